//! A column: numbers, or one of some categories, with what is missing.

use crate::experiment::decimal;

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// As the header has it, or `column 1`, `column 2`, … without one.
    pub name: String,
    /// What is in it.
    pub values: Values,
}

/// A column's values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; none is NaN.
    Numbers(Vec<Option<f64>>),
    /// Places in the list of names, which is sorted.
    Categories {
        /// Every text there is, once.
        names: Vec<String>,
        /// For each row.
        places: Vec<Option<u32>>,
    },
}

/// What stands for a missing value, without regard to upper and lower case.
const MISSING: [&str; 8] = ["", "na", "n/a", "nan", "null", "none", "?", "-"];

pub(super) fn is_missing(field: &str) -> bool {
    MISSING.iter().any(|missing| missing.eq_ignore_ascii_case(field.trim()))
}

/// A number as it is written; infinities are none, and nothing that only begins as a number is one.
pub(super) fn number(field: &str, decimal_comma: bool) -> Option<f64> {
    let field = field.trim();
    let begins = field.trim_start_matches(['+', '-', '−']);
    if !begins.starts_with(|c: char| c.is_ascii_digit() || c == '.' || (decimal_comma && c == ',')) {
        return None;
    }
    let plain: String = field
        .chars()
        .filter(|c| !(decimal_comma && *c == '.'))
        .map(|c| match c {
            ',' if decimal_comma => '.',
            '−' => '-',
            other => other,
        })
        .collect();
    decimal::read64(&plain).filter(|number| number.is_finite())
}

impl Column {
    /// Numbers where everything that is there is one, else categories.
    pub(super) fn of(name: String, fields: &[String], decimal_comma: bool) -> Self {
        let present = || fields.iter().filter(|field| !is_missing(field));
        let is_numeric =
            present().next().is_some() && present().all(|field| number(field, decimal_comma).is_some());
        let values = if is_numeric {
            Values::Numbers(fields.iter().map(|field| number(field, decimal_comma)).collect())
        } else {
            categories(fields)
        };
        Self { name, values }
    }

    /// The values that differ, in order, and the place of each row's among them: also of numbers, where they are few.
    pub fn categories(&self) -> (Vec<String>, Vec<Option<u32>>) {
        match &self.values {
            Values::Categories { names, places } => (names.clone(), places.clone()),
            Values::Numbers(numbers) => {
                let mut distinct: Vec<f64> = numbers.iter().flatten().copied().collect();
                distinct.sort_by(f64::total_cmp);
                distinct.dedup();
                let place = |number: &f64| distinct.binary_search_by(|other| other.total_cmp(number)).ok();
                let places =
                    numbers.iter().map(|number| number.as_ref().and_then(place).map(|place| place as u32));
                (distinct.iter().map(|&number| decimal::write(number as f32)).collect(), places.collect())
            }
        }
    }

    /// How many rows have no value.
    pub fn missing(&self) -> usize {
        match &self.values {
            Values::Numbers(numbers) => numbers.iter().filter(|number| number.is_none()).count(),
            Values::Categories { places, .. } => places.iter().filter(|place| place.is_none()).count(),
        }
    }
}

fn categories(fields: &[String]) -> Values {
    let present = |field: &&String| !is_missing(field);
    let mut names: Vec<String> =
        fields.iter().filter(present).map(|field| field.trim().to_string()).collect();
    names.sort_unstable();
    names.dedup();
    let place = |field: &String| {
        let known = names.binary_search_by(|name| name.as_str().cmp(field.trim()));
        Some(field).filter(present).and_then(|_| known.ok()).map(|place| place as u32)
    };
    let places = fields.iter().map(place).collect();
    Values::Categories { names, places }
}
