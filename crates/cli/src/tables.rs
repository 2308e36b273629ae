//! Tables: where the known ones lie in the folder of the data, and files of one's own.

use std::fmt;
use std::path::{Path, PathBuf};

use brainbow::table::{Table, TableError};
use serde::Serialize;

use crate::failure::Failure;
use crate::files;
use crate::numbers::count;

/// A table that links may name.
pub struct Known {
    /// Its name in links, and the word for `npm run data`.
    pub name: &'static str,
    /// Where it may lie in the folder.
    places: &'static [&'static str],
}

/// The tables that everybody may have.
pub const KNOWN: [Known; 2] = [
    Known { name: "howell", places: &["howell/Howell1.csv", "Howell1.csv"] },
    Known { name: "penguins", places: &["penguins/penguins.csv", "tabular/penguins.csv", "penguins.csv"] },
];

impl Known {
    /// Where it is, if it is there.
    pub fn find(&self, folder: &Path) -> Option<PathBuf> {
        self.places.iter().map(|place| folder.join(place)).find(|path| path.is_file())
    }
}

/// What was found of a known table.
#[derive(Default, Serialize)]
pub struct Looked {
    /// Whether it can be learned on.
    usable: bool,
    path: Option<String>,
    rows: Option<usize>,
    /// What tells it from others of its name.
    fingerprint: Option<String>,
    /// What the columns are called.
    columns: Vec<String>,
    #[serde(skip)]
    verdict: String,
}

impl Known {
    /// Reads it, if it is there.
    pub fn look(&self, folder: &Path) -> (Looked, Result<(), Failure>) {
        let Some(path) = self.find(folder) else {
            let verdict = format!("not in {}: `npm run data -- {}` fetches it", folder.display(), self.name);
            return (Looked { verdict, ..Looked::default() }, Ok(()));
        };
        let path = Some(path.display().to_string());
        match open(self.name, folder) {
            Ok(table) => (Looked { path, ..Looked::of(&table) }, Ok(())),
            Err(failure) => {
                (Looked { path, verdict: failure.to_string(), ..Looked::default() }, Err(failure))
            }
        }
    }
}

impl Looked {
    fn of(table: &Table) -> Self {
        let columns: Vec<_> = table.columns().iter().map(|column| column.name.clone()).collect();
        Self {
            usable: true,
            path: None,
            rows: Some(table.rows()),
            fingerprint: Some(table.fingerprint().to_string()),
            verdict: format!("{} rows of {} columns", count(table.rows() as u64), columns.len()),
            columns,
        }
    }
}

impl fmt::Display for Looked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.verdict)
    }
}

/// Reads the table of a link: a known one, or a file by its path, here or in the folder.
pub fn open(name: &str, folder: &Path) -> Result<Table, Failure> {
    let known = KNOWN.iter().find(|known| known.name == name);
    let path = match known {
        Some(known) => known.find(folder).ok_or_else(|| {
            Failure::Data(format!(
                "The table {name} is not in {}. Fetch it with `npm run data -- {name}`, or say --data DIR where it is.",
                folder.display()
            ))
        })?,
        None => {
            let places = [PathBuf::from(name), folder.join(name)];
            places.into_iter().find(|path| path.is_file()).ok_or_else(|| {
                Failure::Data(format!("The table {name} is neither here nor in {}.", folder.display()))
            })?
        }
    };
    let bytes = files::read(&path).map_err(Failure::Data)?;
    Table::read(&bytes).map_err(|error| Failure::Data(sentence(&path, &error)))
}

fn sentence(path: &Path, error: &TableError) -> String {
    format!("{}: {error}.", path.display())
}
