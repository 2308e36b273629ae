//! Tables that have come in: what their columns are.

use brainbow::dataset::DataSpec;
use brainbow::table::{Dialect, Reading, Table, Values};
use js_sys::Float32Array;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::session::Session;
use crate::{cross, read, thrown};

/// What a table is, as far as it takes to choose what is to be told from what.
#[derive(Serialize, Tsify)]
pub struct TableFacts {
    /// As it was asked for, or as everybody calls it.
    pub name: String,
    /// Rows, the header not counted.
    pub rows: usize,
    /// How it was read.
    pub dialect: Dialect,
    /// The whole of it, as a part of an experiment; none where it is too long for that.
    pub csv: Option<String>,
    /// What tells it from others of its name.
    pub fingerprint: String,
    /// Whether everybody may have it, and its name says which one it is.
    pub known: bool,
    /// From left to right.
    pub columns: Vec<ColumnFacts>,
}

/// What a column is.
#[derive(Serialize, Tsify)]
pub struct ColumnFacts {
    /// As the header has it.
    pub name: String,
    /// Whether it holds numbers.
    pub numbers: bool,
    /// Values that differ.
    pub distinct: usize,
    /// Rows without a value.
    pub missing: usize,
}

impl TableFacts {
    fn of(name: &str, table: &Table, dialect: Dialect) -> Self {
        let columns = table.columns().iter().map(|column| ColumnFacts {
            name: column.name.clone(),
            numbers: matches!(column.values, Values::Numbers(_)),
            distinct: column.distinct,
            missing: column.missing(),
        });
        Self {
            name: name.into(),
            rows: table.rows(),
            dialect,
            csv: table.csv(),
            fingerprint: table.fingerprint().to_string(),
            known: table.known_as() == Some(name),
            columns: columns.collect(),
        }
    }
}

/// What the table is that is a part of an experiment. Throws what is wrong with it.
#[wasm_bindgen(js_name = ownTable)]
pub fn own_table(name: &str, csv: &str) -> Result<Ts<TableFacts>, JsValue> {
    let table = Table::of_csv(csv).map_err(|error| thrown(&error))?;
    cross(&TableFacts::of(name, &table, Table::OWN))
}

#[wasm_bindgen]
impl Session {
    /// Rows of the table that the open run learns from, as text: one after the other, as many values as it has columns.
    #[wasm_bindgen(js_name = tableRows)]
    pub fn table_rows(&self, ids: Vec<u32>) -> Result<Vec<String>, JsValue> {
        let DataSpec::Table(spec) = &self.run()?.trainer.experiment().data else { return Ok(Vec::new()) };
        let own = spec.own_table().and_then(Result::ok);
        let Some(table) = own.as_ref().or_else(|| self.sets.table(&spec.table)) else {
            return Ok(Vec::new());
        };
        let rows = ids.into_iter().map(|id| id as usize).filter(|&id| id < table.rows());
        Ok(rows.flat_map(|id| table.row(id)).collect())
    }

    /// What the network of the last whole evaluation makes of inputs that no row may have: a number, or the probabilities of
    /// all classes.
    #[wasm_bindgen(js_name = answersTo)]
    pub fn answers_to(&self, inputs: &[f32]) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.evaluated()?.answers_to(inputs).as_slice()))
    }

    /// Begins to make a table of the file that has come in, as it seems to be written or as `dialect` says. Throws a
    /// `TableError`.
    #[wasm_bindgen(js_name = beginTable)]
    pub fn begin_table(&mut self, name: String, dialect: Option<Ts<Dialect>>) -> Result<(), JsValue> {
        let bytes = self.incoming.take_bytes();
        let dialect = match dialect {
            Some(dialect) => read(&dialect)?,
            None => Dialect::of_bytes(&bytes).map_err(|error| thrown(&error))?,
        };
        let reading = Reading::new(bytes, &dialect).map_err(|error| thrown(&error))?;
        self.reading = Some((name, dialect, reading));
        Ok(())
    }

    /// Reads on for about `ms` milliseconds: what the table is, when it stands in the place of another of that name. Throws a
    /// `TableError`.
    #[wasm_bindgen(js_name = readTable)]
    pub fn read_table(&mut self, ms: f64) -> Result<Option<Ts<TableFacts>>, JsValue> {
        let end = self.clock.now() + ms;
        let Some((name, dialect, mut reading)) = self.reading.take() else { return Ok(None) };
        loop {
            if let Some(table) = reading.advance().map_err(|error| thrown(&error))? {
                // A file of another name may hold a table that everybody knows.
                let name = table.known_as().map_or(name, str::to_string);
                let facts = cross(&TableFacts::of(&name, &table, dialect))?;
                self.sets.put_table(name, table);
                return Ok(Some(facts));
            }
            if self.clock.now() >= end {
                self.reading = Some((name, dialect, reading));
                return Ok(None);
            }
        }
    }
}
