//! How a table is written: guessed from its first lines.

use serde::{Deserialize, Serialize};

use super::column::{is_missing, number};
use super::{TableError, reading};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dialect {
    /// What stands between fields: one of `,` `;` tab `|`.
    pub separator: char,
    /// Whether numbers are written 1,5 rather than 1.5.
    pub decimal_comma: bool,
    /// Whether the first line names the columns.
    pub header: bool,
}

/// In the order in which they win where lines say nothing.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
/// Records looked at.
const LOOKED_AT: usize = 50;

impl Dialect {
    /// How a file seems to be written.
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        reading::text(bytes).map(Self::of)
    }

    /// How a text seems to be written.
    pub fn of(text: &str) -> Self {
        // The separator that cuts the most lines into the same number of fields, of which there are several; where two
        // do, the one with more fields.
        let mut separator = SEPARATORS[0];
        let mut best = (0, 0);
        for candidate in SEPARATORS {
            let records = reading::records(text, candidate, LOOKED_AT);
            let expected = records.first().map_or(0, Vec::len);
            let alike = records.iter().filter(|fields| fields.len() == expected).count();
            let score = (alike, expected);
            if expected > 1 && score > best {
                (separator, best) = (candidate, score);
            }
        }
        let records = reading::records(text, separator, LOOKED_AT);
        // Only fields that have a comma, or a point that separates no thousands, tell anything.
        let count = |mark: u8, comma: bool| {
            let is_one = |field: &&String| {
                let tells = number(field, comma).is_some() && number(field, !comma).is_none();
                tells && field.bytes().any(|byte| byte == mark)
            };
            records.iter().skip(1).flatten().filter(is_one).count()
        };
        let decimal_comma = separator != ',' && count(b',', true) > count(b'.', false);
        // A header names at least one column and holds no number.
        let is_number = |field: &String| number(field, decimal_comma).is_some();
        let first = records.first().map_or(&[][..], |fields| fields);
        let header = first.iter().any(|field| !is_missing(field)) && !first.iter().any(is_number);
        Self { separator, decimal_comma, header }
    }
}
