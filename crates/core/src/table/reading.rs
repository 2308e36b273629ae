//! From bytes to columns: quotes, both kinds of line ends, a byte-order mark; and where it is wrong, the line.

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::{Column, Dialect, Table, TableError, Values};

/// The text without its byte-order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, TableError> {
    let line_of = |place: usize| 1 + bytes[..place].iter().filter(|&&byte| byte == b'\n').count();
    if let Some(place) = bytes.iter().position(|&byte| byte == 0) {
        return Err(TableError::TableNul { line: line_of(place) });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| TableError::TableNotUtf8 { line: line_of(error.valid_up_to()) })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Up to `most` records, each with the line it begins on and its fields.
pub(super) fn records(text: &str, separator: char, most: usize) -> Vec<(usize, Vec<String>)> {
    Records::new(text, separator).take(most).collect()
}

pub(super) fn table(text: &str, dialect: &Dialect) -> Result<Table, TableError> {
    let mut records = Records::new(text, dialect.separator);
    let Some((line, first)) = records.next() else {
        return Err(TableError::TableTooSmall { rows: 0, columns: 0 });
    };
    let columns = first.len();
    if columns > Table::MOST_COLUMNS {
        return Err(TableError::TableColumns { found: columns, most: Table::MOST_COLUMNS });
    }
    let mut names: Vec<String> = (1..=columns).map(|place| format!("column {place}")).collect();
    let mut fields: Vec<Vec<String>> = vec![Vec::new(); columns];
    let mut rest = Some((line, first));
    if dialect.header {
        let header = rest.take().map(|(_, header)| header).unwrap_or_default();
        for (name, found) in names.iter_mut().zip(header).filter(|(_, found)| !found.trim().is_empty()) {
            *name = found.trim().to_string();
        }
    }
    for (line, record) in rest.into_iter().chain(records) {
        if record.len() != columns {
            return Err(TableError::TableFields { line, found: record.len(), expected: columns });
        }
        if fields[0].len() == Table::MOST_ROWS {
            return Err(TableError::TableRows { most: Table::MOST_ROWS });
        }
        fields.iter_mut().zip(record).for_each(|(column, field)| column.push(field));
    }
    let rows = fields[0].len();
    if rows < 2 || columns < 2 {
        return Err(TableError::TableTooSmall { rows, columns });
    }
    let of = |(name, fields): (String, &Vec<String>)| Column::of(name, fields, dialect.decimal_comma);
    let columns: Vec<Column> = unique(names).into_iter().zip(&fields).map(of).collect();
    if !columns.iter().any(|column| matches!(column.values, Values::Numbers(_))) {
        return Err(TableError::TableNoNumbers);
    }
    Ok(Table { columns, rows })
}

/// A name that comes again gets a number.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        taken.extend(free);
    }
    taken
}

struct Records<'a> {
    reader: csv_core::Reader,
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator as u8).build();
        Self { reader, rest: text.as_bytes() }
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, Vec<String>);

    /// Lines with nothing on them are passed over.
    fn next(&mut self) -> Option<Self::Item> {
        let blank = self.rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let line = self.reader.line() as usize + blank.filter(|&&byte| byte == b'\n').count();
        let (mut fields, mut field, mut piece) = (Vec::new(), Vec::new(), [0; 256]);
        loop {
            let (result, read, written) = self.reader.read_field(self.rest, &mut piece);
            self.rest = &self.rest[read..];
            field.extend(&piece[..written]);
            let record_end = match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => return None,
            };
            // Fields are cut at separators of one byte, so each of them is UTF-8 as the text is.
            fields.push(String::from_utf8_lossy(&std::mem::take(&mut field)).into_owned());
            if record_end {
                return Some((line, fields));
            }
        }
    }
}
