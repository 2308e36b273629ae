//! Tables: text with separated values, read as typed columns, with the line and the column of whatever is wrong.
//!
//! How a file is written (separator, decimal comma, header) is guessed from its first lines and can be corrected.

mod column;
mod condition;
mod csv;
mod dialect;
mod reading;

use serde::Serialize;
use thiserror::Error;

pub use column::{Column, Values};
pub use condition::{Condition, ConditionError};
pub use dialect::Dialect;
pub use reading::Reading;

use crate::experiment::decimal;

/// Columns of equally many values.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

/// Why a text is no table. Lines count from 1, as editors do.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase")]
pub enum TableError {
    /// A byte that no UTF-8 text has.
    #[error("line {line} is not UTF-8")]
    TableNotUtf8 {
        /// Where.
        line: usize,
    },
    /// A byte 0, which no text has.
    #[error("line {line} holds a NUL byte")]
    TableNul {
        /// Where.
        line: usize,
    },
    /// A line with more or fewer fields than the first.
    #[error("line {line}: {found} field{}, the first line has {expected}", if *found == 1 { "" } else { "s" })]
    TableFields {
        /// Where.
        line: usize,
        /// Fields there.
        found: usize,
        /// Fields of the first line.
        expected: usize,
    },
    /// More rows than a page can hold.
    #[error("more than {most} rows")]
    TableRows {
        /// Rows allowed.
        most: usize,
    },
    /// More columns than a network is made for.
    #[error("{found} columns, at most {most}")]
    TableColumns {
        /// Columns there.
        found: usize,
        /// Columns allowed.
        most: usize,
    },
    /// Fewer than two rows, or a single column.
    #[error("a table with rows: {rows}, columns: {columns} is too small to learn from")]
    TableTooSmall {
        /// Rows, the header not counted.
        rows: usize,
        /// Columns.
        columns: usize,
    },
    /// No column of numbers.
    #[error("no column holds numbers")]
    TableNoNumbers,
}

impl Table {
    /// Rows are read up to so many.
    pub const MOST_ROWS: usize = 200_000;
    /// Columns are read up to so many.
    pub const MOST_COLUMNS: usize = 100;

    /// Reads a text as it seems to be written.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let text = reading::text(bytes)?;
        reading::table(text, &Dialect::of(text))
    }

    /// Reads a text as it is said to be written.
    pub fn read_as(bytes: &[u8], dialect: &Dialect) -> Result<Self, TableError> {
        reading::table(reading::text(bytes)?, dialect)
    }

    /// The columns, from left to right.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows there are, the header not counted.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A row's values as text, from left to right; empty where one is missing.
    pub fn row(&self, row: usize) -> Vec<String> {
        let text = |column: &Column| match &column.values {
            Values::Numbers(numbers) => numbers[row].map(|number| decimal::write(number as f32)),
            Values::Categories { names, places } => places[row].map(|place| names[place as usize].clone()),
        };
        self.columns.iter().map(|column| text(column).unwrap_or_default()).collect()
    }

    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

#[cfg(test)]
mod tests;
