//! A small table as text that is a part of a link: one way to write it, read back as it was.

use super::{Dialect, Table, TableError, Values, reading};
use crate::fingerprint::{Fingerprint, Folded};

impl Table {
    /// How it is written.
    pub const OWN: Dialect = Dialect { separator: ',', decimal_comma: false, header: true };
    /// Characters that a link has room for.
    pub const MOST_CSV: usize = 6000;

    /// The whole table as text; none where that is too long, or a number is beyond those that a network takes.
    pub fn csv(&self) -> Option<String> {
        let names: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        let mut text = names.join(",");
        for row in 0..self.rows {
            let fields: Vec<String> = self.row(row).iter().map(|field| quoted(field)).collect();
            text = text + "\n" + &fields.join(",");
            if text.len() > Self::MOST_CSV {
                return None;
            }
        }
        let beyond = |number: &f64| (*number as f32).is_infinite();
        let is_whole = |values: &Values| match values {
            Values::Numbers(numbers) => !numbers.iter().flatten().any(beyond),
            Values::Categories { .. } => true,
        };
        self.columns.iter().all(|column| is_whole(&column.values)).then_some(text)
    }

    /// Reads such a text.
    pub fn of_csv(text: &str) -> Result<Self, TableError> {
        reading::table(reading::text(text.as_bytes())?, &Self::OWN)
    }

    /// What links call it, where it is one that everybody may have.
    pub fn known_as(&self) -> Option<&'static str> {
        let own = self.fingerprint().to_string();
        KNOWN.iter().find(|(_, fingerprint)| *fingerprint == own).map(|(name, _)| *name)
    }

    /// A short name of all that is in it, so that one table is not taken for another of its name.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut folded = Folded::new();
        for column in &self.columns {
            folded.text(&column.name);
            match &column.values {
                Values::Numbers(numbers) => {
                    numbers.iter().for_each(|number| {
                        folded.word(number.map_or(f32::NAN.to_bits(), |number| (number as f32).to_bits()));
                    });
                }
                Values::Categories { names, places } => {
                    names.iter().for_each(|name| folded.text(name));
                    places.iter().for_each(|place| folded.word(place.unwrap_or(u32::MAX)));
                }
            }
        }
        folded.done()
    }
}

/// Tables that everybody may have, by their fingerprints (a test reads the files).
const KNOWN: [(&str, &str); 2] = [("howell", "d640-5dbc-b2ca"), ("penguins", "3403-5a2e-a8d3")];

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        ["\"", &field.split('"').collect::<Vec<_>>().join("\"\""), "\""].concat()
    } else {
        field.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_is_written_plainly_and_read_back() {
        let text = "Fläche;Ort;Preis\n1,5;\"Au; am \"\"See\"\", hinten\";2\n-3;;NA\n";
        let table = Table::read(text.as_bytes()).unwrap();
        let csv = table.csv().unwrap();
        assert_eq!(csv, "Fläche,Ort,Preis\n1.5,\"Au; am \"\"See\"\", hinten\",2\n-3,,");
        assert_eq!(Table::of_csv(&csv).unwrap(), table);
    }

    #[test]
    fn what_is_too_long_or_too_large_is_not_written() {
        let long = "a,b\n".to_string() + &"1.25,3\n".repeat(900);
        assert!(Table::read(long.as_bytes()).unwrap().csv().is_none());
        assert!(Table::read(b"a,b\n1e300,2\n1,2\n").unwrap().csv().is_none());
    }

    #[test]
    fn any_value_and_any_name_changes_the_fingerprint() {
        let of = |text: &str| Table::read(text.as_bytes()).unwrap().fingerprint();
        let one = of("a,b\n1,x\n2,y\n");
        assert_eq!(one, of("a;b\r\n1;x\r\n2;y\r\n"));
        for other in
            ["a,b\n1,x\n2,x\n", "a,c\n1,x\n2,y\n", "a,b\n1,x\n3,y\n", "a,b\n1,x\n,y\n", "a,b\n2,y\n1,x\n"]
        {
            assert_ne!(one, of(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn whatever_can_be_read_is_written_and_read_back(
            names in proptest::collection::vec(".{0,6}", 2..4),
            rows in proptest::collection::vec((".{0,6}", any::<f32>(), ".{0,6}"), 2..20),
        ) {
            let fields = |row: &(String, f32, String)| [quoted(&row.0), row.1.to_string(), quoted(&row.2)].join(",");
            let mut text = [quoted(names.first().unwrap()), "n".into(), quoted(&names[1])].join(",");
            rows.iter().for_each(|row| text = text.clone() + "\n" + &fields(row));
            if let Ok(table) = Table::of_csv(&text) && let Some(csv) = table.csv() {
                prop_assert_eq!(Table::of_csv(&csv).unwrap(), table);
            }
        }
    }
}
