//! Which rows are meant: `age >= 18`, or several such conditions joined by `and`.
//!
//! A column, one of `< <= > >= = !=` (also `≤ ≥ ≠ ==`), and a number or a word, in quotes where it has spaces.

use serde::Serialize;
use thiserror::Error;

use super::{Table, Values};
use crate::experiment::decimal;

/// Conditions that all have to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(Vec<Comparison>);

#[derive(Clone, Debug, PartialEq)]
struct Comparison {
    column: String,
    relation: Relation,
    /// As it was typed, without quotes.
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

/// Signs by their first character, and what they are with `=` behind it.
const RELATIONS: [(char, Option<Relation>, Option<Relation>); 7] = [
    ('<', Some(Relation::Less), Some(Relation::AtMost)),
    ('>', Some(Relation::More), Some(Relation::AtLeast)),
    ('=', Some(Relation::Equal), Some(Relation::Equal)),
    ('!', None, Some(Relation::Unequal)),
    ('≤', Some(Relation::AtMost), None),
    ('≥', Some(Relation::AtLeast), None),
    ('≠', Some(Relation::Unequal), None),
];

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase")]
pub enum ConditionError {
    /// No comparison, or a half one.
    #[error("{part:?} is no comparison of a column with a value, such as age >= 18")]
    ConditionNone {
        /// The part that is none.
        part: String,
    },
    /// No such column.
    #[error("there is no column {column:?}")]
    ConditionNoColumn {
        /// Its name.
        column: String,
    },
    /// A column of numbers is compared with a word, or a word is asked to be less than another.
    #[error("{column:?} can't be compared with {value:?} in this way")]
    ConditionUnlike {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
}

impl Condition {
    /// Reads a condition; an empty one holds for all rows.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        if text.trim().is_empty() {
            return Ok(Self(Vec::new()));
        }
        // By characters alone: searching for text in text would bring std's tables of printable characters along.
        let mut parts = vec![String::new()];
        let mut word = String::new();
        let mut is_quoted = false;
        for c in text.chars() {
            is_quoted ^= c == '"';
            if is_quoted || !c.is_whitespace() {
                word.push(c);
            } else {
                end_word(&mut parts, &mut word);
            }
        }
        end_word(&mut parts, &mut word);
        parts.iter().map(|part| comparison(part.trim())).collect::<Result<_, _>>().map(Self)
    }

    /// For every row whether it is meant; a row that lacks the value is not.
    pub fn rows(&self, table: &Table) -> Result<Vec<bool>, ConditionError> {
        let mut holds = vec![true; table.rows()];
        for comparison in &self.0 {
            comparison.narrow(table, &mut holds)?;
        }
        Ok(holds)
    }
}

/// A word belongs to the comparison under way; `and` begins another one.
fn end_word(parts: &mut Vec<String>, word: &mut String) {
    match parts.last_mut() {
        _ if word.is_empty() => {}
        Some(part) if word != "and" => {
            part.push_str(word);
            part.push(' ');
        }
        _ => parts.push(String::new()),
    }
    word.clear();
}

fn comparison(part: &str) -> Result<Comparison, ConditionError> {
    let none = || ConditionError::ConditionNone { part: part.into() };
    let is_sign = |c: char| RELATIONS.iter().any(|(sign, ..)| *sign == c);
    let mut is_quoted = false;
    let mut rest = part.chars();
    let mut column = String::new();
    let sign = loop {
        let c = rest.next().ok_or_else(none)?;
        is_quoted ^= c == '"';
        if !is_quoted && is_sign(c) {
            break c;
        }
        column.push(c);
    };
    let behind = rest.as_str();
    let (_, alone, with_equal) = RELATIONS.into_iter().find(|(first, ..)| *first == sign).ok_or_else(none)?;
    let (relation, value) = match behind.strip_prefix('=') {
        Some(value) => (with_equal, value),
        None => (alone, behind),
    };
    let [column, value] = [&*column, value].map(|side| side.trim().trim_matches('"').to_string());
    if column.is_empty() || value.is_empty() {
        return Err(none());
    }
    Ok(Comparison { column, relation: relation.ok_or_else(none)?, value })
}

impl Comparison {
    fn narrow(&self, table: &Table, holds: &mut [bool]) -> Result<(), ConditionError> {
        let Self { column, relation, value } = self;
        let found = table
            .column(column)
            .ok_or_else(|| ConditionError::ConditionNoColumn { column: column.clone() })?;
        let unlike = || ConditionError::ConditionUnlike { column: column.clone(), value: value.clone() };
        match &found.values {
            Values::Numbers(numbers) => {
                let value = decimal::read64(value).ok_or_else(unlike)?;
                let is_meant = |number: f64| match relation {
                    Relation::Less => number < value,
                    Relation::AtMost => number <= value,
                    Relation::More => number > value,
                    Relation::AtLeast => number >= value,
                    Relation::Equal => number == value,
                    Relation::Unequal => number != value,
                };
                holds
                    .iter_mut()
                    .zip(numbers)
                    .for_each(|(holds, &number)| *holds &= number.is_some_and(is_meant));
            }
            Values::Categories { names, places } => {
                let place = names.iter().position(|name| name == value).map(|place| place as u32);
                let is_equal = match relation {
                    Relation::Equal => true,
                    Relation::Unequal => false,
                    Relation::Less | Relation::AtMost | Relation::More | Relation::AtLeast => {
                        return Err(unlike());
                    }
                };
                for (holds, &found) in holds.iter_mut().zip(places) {
                    *holds &= found.is_some() && (found == place) == is_equal;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Result<Vec<usize>, ConditionError> {
        let table = "age,sex\n17,m\n18,f\n63,m\nNA,m\n30,NA\n";
        let holds = Condition::parse(text)?.rows(&Table::read(table.as_bytes()).unwrap())?;
        Ok((0..5).filter(|&row| holds[row]).collect())
    }

    #[test]
    fn numbers_and_words_are_compared_and_what_is_missing_is_not_meant() {
        assert_eq!(rows(""), Ok(vec![0, 1, 2, 3, 4]));
        assert_eq!(rows("age >= 18"), Ok(vec![1, 2, 4]));
        assert_eq!(rows("age<18"), Ok(vec![0]));
        assert_eq!(rows("age != 18"), Ok(vec![0, 2, 4]));
        assert_eq!(rows("age ≤ 18 and sex = \"m\""), Ok(vec![0]));
        assert_eq!(rows("sex != m"), Ok(vec![1]));
        assert_eq!(rows("sex = x"), Ok(vec![]));
    }

    #[test]
    fn what_is_in_quotes_is_one_word() {
        let table = "salt and pepper,a=b,body mass\nhigh  and low,1,10\nlow,2,20\n\"a > b\",3,30\n";
        let holds = |text: &str| {
            Condition::parse(text).unwrap().rows(&Table::read(table.as_bytes()).unwrap()).unwrap()
        };
        assert_eq!(holds("\"salt and pepper\" = \"high  and low\""), [true, false, false]);
        assert_eq!(holds("\"a=b\" >= 2 and \"salt and pepper\" != low"), [false, false, true]);
        assert_eq!(holds("\"salt and pepper\"=\"a > b\""), [false, false, true]);
        // Outside of quotes spaces are one, however many there are.
        assert_eq!(holds(" body   mass >  15 "), [false, true, true]);
    }

    #[test]
    fn what_is_no_condition_is_said() {
        let said = |text: &str| rows(text).unwrap_err().to_string();
        assert!(said("age").starts_with("\"age\" is no comparison"));
        assert!(said("age >=").starts_with("\"age >=\" is no comparison"));
        assert!(said("age > 1 and ").starts_with("\"\" is no comparison"));
        assert_eq!(said("weight > 1"), "there is no column \"weight\"");
        assert_eq!(said("age > old"), "\"age\" can't be compared with \"old\" in this way");
        assert_eq!(said("sex > m"), "\"sex\" can't be compared with \"m\" in this way");
    }

    proptest! {
        #[test]
        fn any_text_is_a_condition_or_none(text: String) {
            let _ = rows(&text);
        }
    }
}
