//! A column: numbers, or one of some categories, with what is missing.

use crate::experiment::decimal;
use crate::order::sorted;

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// As the header has it, or `column 1`, `column 2`, … without one.
    pub name: String,
    /// What is in it.
    pub values: Values,
    /// How many values differ.
    pub distinct: usize,
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
    if !decimal_comma && begins.len() + 1 >= field.len() && field.is_ascii() {
        return decimal::read64(field).filter(|number| number.is_finite());
    }
    if decimal_comma && !is_grouped(begins) {
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

/// Whether there are points only before the comma, and before three digits each: 1.234.567,8.
fn is_grouped(digits: &str) -> bool {
    let mut parts = digits.split(',');
    let groups: Vec<&str> = parts.next().unwrap_or_default().split('.').collect();
    let are_three = |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(are_three));
    is_whole && !parts.any(|behind| behind.contains('.'))
}

impl Column {
    /// Numbers where everything that is there is one, else categories.
    pub(super) fn of(name: String, fields: &[&str], decimal_comma: bool) -> Self {
        let values = numbers(fields, decimal_comma).unwrap_or_else(|| categories(fields));
        let distinct = match &values {
            Values::Numbers(numbers) => distinct(numbers).len(),
            Values::Categories { names, .. } => names.len(),
        };
        Self { name, values, distinct }
    }

    /// The values that differ, in order, and the place of each row's among them: also of numbers, where they are few.
    pub fn categories(&self) -> (Vec<String>, Vec<Option<u32>>) {
        match &self.values {
            Values::Categories { names, places } => (names.clone(), places.clone()),
            Values::Numbers(numbers) => {
                let distinct = distinct(numbers);
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

/// None where something that is there is no number, or nothing is there.
fn numbers(fields: &[&str], decimal_comma: bool) -> Option<Values> {
    let mut numbers = Vec::with_capacity(fields.len());
    for field in fields {
        let found = number(field, decimal_comma);
        if found.is_none() && !is_missing(field) {
            return None;
        }
        numbers.push(found);
    }
    numbers.iter().any(Option::is_some).then_some(Values::Numbers(numbers))
}

/// Those that differ, in order.
fn distinct(numbers: &[Option<f64>]) -> Vec<f64> {
    let mut distinct = sorted(numbers.iter().flatten().copied().collect());
    distinct.dedup();
    distinct
}

fn categories(fields: &[&str]) -> Values {
    let mut names: Vec<&str> =
        fields.iter().filter(|field| !is_missing(field)).map(|field| field.trim()).collect();
    names.sort_unstable();
    names.dedup();
    let place = |field: &&str| {
        let known = names.binary_search(&field.trim()).ok().filter(|_| !is_missing(field));
        known.map(|place| place as u32)
    };
    let places = fields.iter().map(place).collect();
    Values::Categories { names: names.into_iter().map(str::to_string).collect(), places }
}
