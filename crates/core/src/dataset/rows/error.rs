//! Why a table can't be learned from.

use serde::Serialize;
use thiserror::Error;

use crate::table::{ConditionError, TableError};

/// Why a table can't be learned from in this way.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RowsError {
    /// No such column.
    #[error("there is no column {column:?}")]
    RowsNoColumn {
        /// Its name.
        column: String,
    },
    /// The column has words.
    #[error("column {column:?} holds words, not numbers")]
    RowsNotNumbers {
        /// Its name.
        column: String,
    },
    /// The column has other categories than it is said to have.
    #[error("column {column:?} has {found} values that differ, not {expected}")]
    RowsCategories {
        /// Its name.
        column: String,
        /// As the experiment says.
        expected: usize,
        /// As the table says.
        found: usize,
    },
    /// The same column twice, or the one that is to be told among those it is told from.
    #[error("column {column:?} is named twice")]
    RowsTwice {
        /// Its name.
        column: String,
    },
    /// Nothing to learn from.
    #[error("there are no inputs")]
    RowsNoInputs,
    /// More inputs than a network is made for.
    #[error("{found} inputs, at most {most}")]
    RowsInputs {
        /// Inputs allowed.
        most: usize,
        /// Inputs there are.
        found: usize,
    },
    /// Too few rows are left.
    #[error("{found} rows can be used, at least {least} are needed")]
    RowsTooFew {
        /// Rows that are left.
        found: usize,
        /// Rows needed.
        least: usize,
    },
    /// What is to be told is the same everywhere.
    #[error("{column:?} is the same in all rows: there is nothing to learn")]
    RowsConstant {
        /// Its name.
        column: String,
    },
    /// The table that is a part of the experiment is none.
    #[error("the table in the experiment: {problem}")]
    RowsCsv {
        /// What is wrong with it.
        problem: TableError,
    },
    /// The table that is a part of the experiment is longer than a link has room for.
    #[error("the table in the experiment has {found} characters, at most {most}")]
    RowsCsvLong {
        /// Characters allowed.
        most: usize,
        /// Characters it has.
        found: usize,
    },
    /// The table has another fingerprint than the one that is meant.
    #[error("this is another table of the name {table:?}: its fingerprint is {found}, not {expected}")]
    RowsOther {
        /// Its name.
        table: String,
        /// As the experiment says.
        expected: String,
        /// As the table says.
        found: String,
    },
    /// A condition that can't be read.
    #[error("the condition: {problem}")]
    RowsCondition {
        /// What and where.
        problem: ConditionError,
    },
}
