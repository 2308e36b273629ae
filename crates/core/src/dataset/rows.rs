//! Rows of a table as samples: which column is to be told, from which others, of which rows.
//!
//! A row keeps its place in the table as its id, whatever is left out. A category is as many inputs as it has values, of which
//! one is 1 (scikit-learn's `OneHotEncoder`).

mod error;
mod given;

use serde::{Deserialize, Serialize};

use super::Task;
use crate::table::{Condition, Table};
pub use error::RowsError;
use given::Given;

/// A table as data to learn from. What is counted here is known before the table is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RowsSpec {
    /// Which table: `howell`, `penguins`, or the name of somebody's own.
    pub table: String,
    /// What is to be told.
    pub target: ColumnSpec,
    /// What it is to be told from.
    pub inputs: Vec<ColumnSpec>,
    /// Which rows are used, as [`Condition`] reads it; all of them where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub rows: String,
    /// What is done where an input is missing.
    #[serde(default)]
    pub missing: Missing,
    /// The table itself, where it is small: as [`Table::csv`] writes it. Empty where it comes in a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub csv: String,
    /// What [`Table::fingerprint`] says of the one that is meant; empty where any of that name will do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub fingerprint: String,
}

/// A column, and how many categories it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// As the table names it.
    pub column: String,
    /// 0 where it is a number.
    pub categories: u8,
}

/// What is done with a row that lacks one of its inputs. One that lacks what is to be told is never used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Missing {
    /// It is left out.
    #[default]
    Drop,
    /// A number is the median of its column among the rows learned from, a category none of all.
    Median,
}

/// A table's rows as a network sees them.
pub(super) struct Rows {
    /// rows × inputs; NaN where a number is missing, and in rows that are left out.
    pub values: Vec<f32>,
    /// Of each row; NaN where it is left out.
    pub numbers: Vec<f32>,
    /// Of each row; 255 where it is left out. Empty where numbers are told.
    pub classes: Vec<u8>,
    /// What each input is called.
    pub inputs: Vec<String>,
    /// What each class is called.
    pub class_names: Vec<String>,
    /// Rows that were left out, and values that were filled, because something was missing.
    pub dropped: u32,
    pub filled: u32,
}

impl RowsSpec {
    /// Rows that a run needs.
    pub const LEAST: usize = 4;
    /// Inputs that it may have, categories counted one by one.
    pub const MOST_INPUTS: usize = 1000;
    /// Categories that can be told apart, or be inputs.
    pub const MOST_CATEGORIES: usize = 32;

    /// The census of the !Kung: height from weight, as the course begins.
    pub fn usual() -> Self {
        let column = |name: &str| ColumnSpec { column: name.into(), categories: 0 };
        Self {
            table: "howell".into(),
            target: column("height"),
            inputs: vec![column("weight")],
            rows: String::new(),
            missing: Missing::Drop,
            csv: String::new(),
            fingerprint: String::new(),
        }
    }

    /// What is to be told.
    pub fn task(&self) -> Task {
        match self.target.categories {
            0 => Task::Value,
            classes => Task::Classes(classes.into()),
        }
    }

    /// Inputs of a network.
    pub fn inputs(&self) -> usize {
        self.inputs.iter().map(|input| usize::from(input.categories.max(1))).sum()
    }

    /// Whether it can be used, as far as that can be said without a table that comes in a file.
    pub fn check(&self) -> Result<(), RowsError> {
        self.check_words()?;
        self.own_table().map_or(Ok(()), |table| self.of(&table?).map(drop))
    }

    fn check_words(&self) -> Result<(), RowsError> {
        if self.inputs.is_empty() {
            return Err(RowsError::RowsNoInputs);
        }
        if self.inputs() > Self::MOST_INPUTS {
            return Err(RowsError::RowsInputs { most: Self::MOST_INPUTS, found: self.inputs() });
        }
        let mut columns: Vec<&str> =
            self.inputs.iter().chain([&self.target]).map(|of| of.column.as_str()).collect();
        columns.sort_unstable();
        if let Some([twice, _]) = columns.array_windows().find(|[a, b]| a == b) {
            return Err(RowsError::RowsTwice { column: (*twice).to_string() });
        }
        if usize::from(self.target.categories) > Self::MOST_CATEGORIES || self.target.categories == 1 {
            return Err(RowsError::RowsCategories {
                column: self.target.column.clone(),
                expected: Self::MOST_CATEGORIES,
                found: self.target.categories.into(),
            });
        }
        Condition::parse(&self.rows).map(drop).map_err(|problem| RowsError::RowsCondition { problem })
    }

    /// The table, where it is a part of this.
    pub fn own_table(&self) -> Option<Result<Table, RowsError>> {
        let found = self.csv.len();
        let most = Table::MOST_CSV;
        let read = || Table::of_csv(&self.csv).map_err(|problem| RowsError::RowsCsv { problem });
        (found > 0).then(|| if found > most { Err(RowsError::RowsCsvLong { most, found }) } else { read() })
    }

    /// The rows of a table.
    pub(super) fn of(&self, table: &Table) -> Result<Rows, RowsError> {
        self.check_words()?;
        if !self.fingerprint.is_empty() {
            let (found, expected) = (table.fingerprint().to_string(), self.fingerprint.clone());
            if found != expected {
                return Err(RowsError::RowsOther { table: self.table.clone(), expected, found });
            }
        }
        let condition =
            Condition::parse(&self.rows).map_err(|problem| RowsError::RowsCondition { problem })?;
        let holds = condition.rows(table).map_err(|problem| RowsError::RowsCondition { problem })?;
        let target = Given::of(table, &self.target)?;
        let inputs =
            self.inputs.iter().map(|input| Given::of(table, input)).collect::<Result<Vec<_>, _>>()?;
        let is_whole = |row: usize| inputs.iter().all(|input| input.at[row].is_some());
        let mut rows = Rows {
            values: Vec::with_capacity(table.rows() * self.inputs()),
            numbers: Vec::new(),
            classes: Vec::new(),
            inputs: inputs.iter().flat_map(Given::input_names).collect(),
            class_names: target.names.clone(),
            dropped: 0,
            filled: 0,
        };
        let mut used = 0;
        for (row, holds) in holds.into_iter().enumerate() {
            let is_kept = is_whole(row) || self.missing == Missing::Median;
            let told = target.at[row].filter(|_| holds && is_kept);
            rows.dropped += u32::from(holds && told.is_none());
            rows.tell(&target, told);
            for input in &inputs {
                rows.filled += u32::from(told.is_some() && input.at[row].is_none());
                input.write(row, told.is_some(), &mut rows.values);
            }
            used += usize::from(told.is_some());
        }
        if used < Self::LEAST {
            return Err(RowsError::RowsTooFew { found: used, least: Self::LEAST });
        }
        if rows.is_constant() {
            return Err(RowsError::RowsConstant { column: self.target.column.clone() });
        }
        Ok(rows)
    }
}

impl Rows {
    fn tell(&mut self, target: &Given, told: Option<f64>) {
        if target.names.is_empty() {
            self.numbers.push(told.map_or(f32::NAN, |value| value as f32));
        } else {
            self.classes.push(told.map_or(u8::MAX, |class| class as u8));
        }
    }

    fn is_constant(&self) -> bool {
        let classes = self.classes.iter().filter(|class| **class != u8::MAX);
        let numbers = self.numbers.iter().filter(|number| number.is_finite());
        all_alike(classes) && all_alike(numbers)
    }
}

fn all_alike<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
    let first = values.next();
    values.all(|value| first.as_ref() == Some(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut text = String::from("mass,island,sex,age\n");
        for row in 0..20 {
            let (island, sex) = (["Dream", "Biscoe", "Torgersen"][row % 3], ["male", "female"][row % 2]);
            let mass = if row == 4 { "NA".into() } else { format!("{}", 3000 + 10 * row) };
            text += &format!("{mass},{island},{sex},{}\n", 10 + row);
        }
        Table::read(text.as_bytes()).unwrap()
    }

    fn column(column: &str, categories: u8) -> ColumnSpec {
        ColumnSpec { column: column.into(), categories }
    }

    fn spec(target: ColumnSpec, inputs: &[ColumnSpec]) -> RowsSpec {
        RowsSpec { table: "t".into(), target, inputs: inputs.to_vec(), ..RowsSpec::usual() }
    }

    #[test]
    fn categories_are_one_input_each_and_a_row_keeps_its_place() {
        let spec = spec(column("age", 0), &[column("mass", 0), column("island", 3)]);
        assert_eq!((spec.inputs(), spec.task()), (4, Task::Value));
        let rows = spec.of(&table()).unwrap();
        assert_eq!(rows.inputs, ["mass", "island=Biscoe", "island=Dream", "island=Torgersen"]);
        assert_eq!(rows.values[4 * 7..4 * 8], [3070.0, 1.0, 0.0, 0.0]);
        assert_eq!(rows.values[4 * 8..4 * 9], [3080.0, 0.0, 0.0, 1.0]);
        assert!(rows.numbers[4].is_nan() && rows.values[16].is_nan());
        assert_eq!((rows.numbers[7], rows.dropped, rows.filled), (17.0, 1, 0));
    }

    #[test]
    fn numbers_that_no_network_takes_are_missing_and_those_next_to_nothing_are_zero() {
        let text = "y,x\n1,1e39\n2,-1e16\n3,1e-40\n4,2\n1e20,3\n6,1\n7,5\n";
        let spec = spec(column("y", 0), &[column("x", 0)]);
        let rows = spec.of(&Table::read(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(rows.dropped, 3);
        assert_eq!(rows.values[2..4], [0.0, 2.0]);
        assert!([0, 1, 4].iter().all(|&row: &usize| rows.numbers[row].is_nan()));
    }

    #[test]
    fn a_row_that_lacks_a_number_is_kept_if_that_is_to_be_filled() {
        let spec = RowsSpec { missing: Missing::Median, ..spec(column("sex", 2), &[column("mass", 0)]) };
        let rows = spec.of(&table()).unwrap();
        assert!(rows.values[4].is_nan());
        assert_eq!((rows.dropped, rows.filled), (0, 1));
        assert_eq!(
            (rows.class_names.as_slice(), &rows.classes[..3]),
            (&["female".into(), "male".into()][..], &[1, 0, 1][..])
        );
    }

    #[test]
    fn rows_that_do_not_meet_the_condition_are_left_out() {
        let spec = RowsSpec { rows: "age >= 18".into(), ..spec(column("mass", 0), &[column("age", 0)]) };
        let rows = spec.of(&table()).unwrap();
        let used: Vec<usize> = (0..20).filter(|&row| rows.numbers[row].is_finite()).collect();
        assert_eq!(used, (8..20).collect::<Vec<_>>());
        assert_eq!(rows.dropped, 0);
    }

    #[test]
    fn what_does_not_fit_the_table_is_said() {
        let error = |spec: RowsSpec| spec.of(&table()).err().map(|error| error.to_string());
        let said = |text: &str| Some(text.to_string());
        assert_eq!(error(spec(column("age", 0), &[])), said("there are no inputs"));
        assert_eq!(
            error(spec(column("age", 0), &[column("wings", 0)])),
            said("there is no column \"wings\"")
        );
        assert_eq!(
            error(spec(column("age", 0), &[column("sex", 0)])),
            said("column \"sex\" holds words, not numbers")
        );
        assert_eq!(
            error(spec(column("age", 0), &[column("sex", 3)])),
            said("column \"sex\" has 2 values that differ, not 3")
        );
        assert_eq!(error(spec(column("age", 0), &[column("age", 0)])), said("column \"age\" is named twice"));
        let few = RowsSpec { rows: "age > 27".into(), ..spec(column("mass", 0), &[column("age", 0)]) };
        assert_eq!(error(few), said("2 rows can be used, at least 4 are needed"));
        let print = table().fingerprint().to_string();
        let known = |fingerprint: &str| RowsSpec {
            fingerprint: fingerprint.into(),
            ..spec(column("age", 0), &[column("mass", 0)])
        };
        assert_eq!(error(known(&print)), None);
        assert_eq!(
            error(known("0000-0000-0000")),
            Some(format!(
                "this is another table of the name \"t\": its fingerprint is {print}, not 0000-0000-0000"
            ))
        );
        let constant = RowsSpec { rows: "sex = male".into(), ..spec(column("sex", 2), &[column("age", 0)]) };
        assert_eq!(error(constant), said("\"sex\" is the same in all rows: there is nothing to learn"));
    }
}
