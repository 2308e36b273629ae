//! A column of a table as it is learned.

use super::{ColumnSpec, RowsError};
use crate::table::{Table, Values};

/// A column as it is learned: numbers, or places among named categories.
pub(super) struct Given {
    name: String,
    /// Empty where it is a number.
    pub names: Vec<String>,
    pub at: Vec<Option<f64>>,
}

/// Beyond this a number is none that a network can learn from: its square has no place among those of f32. As near to zero it is
/// zero.
const MOST: f64 = 1e15;

fn taken(number: f64) -> Option<f64> {
    (number.abs() <= MOST).then_some(if number.abs() < 1.0 / MOST { 0.0 } else { number })
}

impl Given {
    pub fn of(table: &Table, spec: &ColumnSpec) -> Result<Self, RowsError> {
        let column = table
            .column(&spec.column)
            .ok_or_else(|| RowsError::RowsNoColumn { column: spec.column.clone() })?;
        let name = spec.column.clone();
        if spec.categories == 0 {
            let Values::Numbers(numbers) = &column.values else {
                return Err(RowsError::RowsNotNumbers { column: name });
            };
            return Ok(Self {
                name,
                names: Vec::new(),
                at: numbers.iter().map(|number| number.and_then(taken)).collect(),
            });
        }
        let (names, at) = column.categories();
        let expected = usize::from(spec.categories);
        if names.len() != expected {
            return Err(RowsError::RowsCategories { column: name, expected, found: names.len() });
        }
        Ok(Self { name, names, at: at.into_iter().map(|place| place.map(f64::from)).collect() })
    }

    pub fn input_names(&self) -> Vec<String> {
        if self.names.is_empty() {
            return vec![self.name.clone()];
        }
        self.names.iter().map(|name| [&self.name, "=", name].concat()).collect()
    }

    pub fn write(&self, row: usize, is_used: bool, values: &mut Vec<f32>) {
        let at = self.at[row];
        if self.names.is_empty() {
            values.push(at.filter(|_| is_used).map_or(f32::NAN, |value| value as f32));
        } else {
            let is_at = |place: usize| if at == Some(place as f64) { 1.0 } else { 0.0 };
            values.extend((0..self.names.len()).map(is_at));
        }
    }
}
