//! The data that a session has been given: sets, and tables by their names.

use std::sync::Arc;

use brainbow::Dataset;
use brainbow::dataset::DataSpec;
use brainbow::table::Table;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::thrown;

/// Sets that came in files, the one that was made or read last, and tables.
#[derive(Default)]
pub(crate) struct Sets {
    sets: Vec<(DataSpec, Arc<Dataset>)>,
    tables: Vec<(String, Table)>,
}

/// The experiment names data that has not been loaded.
#[derive(Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
enum SetsError {
    DataMissing { data: DataSpec },
}

impl Sets {
    /// The data that an experiment names: as it has come in, or made now.
    pub fn get(&mut self, spec: &DataSpec) -> Result<Arc<Dataset>, JsValue> {
        if let Some((_, data)) = self.sets.iter().find(|(other, _)| other == spec) {
            return Ok(data.clone());
        }
        let missing = || thrown(&SetsError::DataMissing { data: spec.clone() });
        let made = match spec {
            DataSpec::Table(rows) if rows.csv.is_empty() => {
                Dataset::rows(rows, self.table(&rows.table).ok_or_else(missing)?).map(Some)
            }
            _ => Dataset::made(spec),
        };
        let data = Arc::new(made.map_err(|error| thrown(&error))?.ok_or_else(missing)?);
        // Of what is made from a seed, or of a table, the last is kept.
        self.sets
            .retain(|(other, _)| matches!(other, DataSpec::Mnist | DataSpec::Fashion | DataSpec::Cifar10));
        self.sets.push((spec.clone(), data.clone()));
        Ok(data)
    }

    /// A set in the place of the same one.
    pub fn put(&mut self, spec: DataSpec, set: Dataset) {
        self.sets.retain(|(other, _)| *other != spec);
        self.sets.push((spec, Arc::new(set)));
    }

    /// A table that has come in.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|(other, _)| other == name).map(|(_, table)| table)
    }

    /// A table, in the place of another of that name.
    pub fn put_table(&mut self, name: String, table: Table) {
        self.tables.retain(|(other, _)| *other != name);
        self.sets.retain(|(other, _)| !matches!(other, DataSpec::Table(rows) if rows.table == name));
        self.tables.push((name, table));
    }
}
