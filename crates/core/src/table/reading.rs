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

/// Up to `most` records, each as its fields.
pub(super) fn records(text: &str, separator: char, most: usize) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(separator as u8).build();
    let (mut rest, mut records) = (text.as_bytes(), Vec::new());
    while records.len() < most {
        let mut cells = Cells::default();
        let Some((read, _, fields)) = record(&mut reader, rest, &mut cells) else { break };
        rest = &rest[read..];
        records.push((0..fields).map(|place| cells.at(place).to_string()).collect());
    }
    records
}

/// A text on its way to a table: a machine with steps, because a large one takes seconds.
pub struct Reading {
    dialect: Dialect,
    bytes: Vec<u8>,
    /// Where the next record begins.
    place: usize,
    reader: csv_core::Reader,
    names: Vec<String>,
    cells: Cells,
    columns: Vec<Column>,
}

/// Records that are read in a step.
const AT_ONCE: usize = 1000;

impl Reading {
    /// Begins, with what can be said of the whole text at once.
    pub fn new(bytes: Vec<u8>, dialect: &Dialect) -> Result<Self, TableError> {
        let place = bytes.len() - text(&bytes)?.len();
        let reader = ReaderBuilder::new().delimiter(dialect.separator as u8).build();
        let (names, cells, columns) = (Vec::new(), Cells::default(), Vec::new());
        Ok(Self { dialect: *dialect, bytes, place, reader, names, cells, columns })
    }

    /// Reads some records, or makes a column of what was read; the table, when that was the last.
    pub fn advance(&mut self) -> Result<Option<Table>, TableError> {
        if self.place < self.bytes.len() || self.names.is_empty() {
            return self.read_records().map(|()| None);
        }
        let (columns, place) = (self.names.len(), self.columns.len());
        let rows = self.cells.ends.len() / columns;
        if rows < 2 || columns < 2 {
            return Err(TableError::TableTooSmall { rows, columns });
        }
        let fields: Vec<&str> = (0..rows).map(|row| self.cells.at(row * columns + place)).collect();
        let name = std::mem::take(&mut self.names[place]);
        self.columns.push(Column::of(name, &fields, self.dialect.decimal_comma));
        if self.columns.len() < columns {
            return Ok(None);
        }
        let columns = std::mem::take(&mut self.columns);
        if !columns.iter().any(|column| matches!(column.values, Values::Numbers(_))) {
            return Err(TableError::TableNoNumbers);
        }
        Ok(Some(Table { columns, rows }))
    }

    fn read_records(&mut self) -> Result<(), TableError> {
        for _ in 0..AT_ONCE {
            let Some((read, line, fields)) =
                record(&mut self.reader, &self.bytes[self.place..], &mut self.cells)
            else {
                (self.bytes, self.place) = (Vec::new(), 0);
                let none = TableError::TableTooSmall { rows: 0, columns: 0 };
                return if self.names.is_empty() { Err(none) } else { Ok(()) };
            };
            self.place += read;
            if self.names.is_empty() {
                self.begin(fields)?;
            } else if fields != self.names.len() {
                return Err(TableError::TableFields { line, found: fields, expected: self.names.len() });
            }
            if self.cells.ends.len() > Table::MOST_ROWS * self.names.len() {
                return Err(TableError::TableRows { most: Table::MOST_ROWS });
            }
        }
        Ok(())
    }

    /// The first record says how many columns there are, and, if it is a header, what they are called.
    fn begin(&mut self, columns: usize) -> Result<(), TableError> {
        if columns > Table::MOST_COLUMNS {
            return Err(TableError::TableColumns { found: columns, most: Table::MOST_COLUMNS });
        }
        let mut names: Vec<String> = (1..=columns).map(|place| format!("column {place}")).collect();
        if self.dialect.header {
            for (place, name) in names.iter_mut().enumerate() {
                // A mark of bytes in the middle of a file names nothing.
                let found = self.cells.at(place).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
                if !found.is_empty() {
                    *name = found.to_string();
                }
            }
            self.cells = Cells::default();
        }
        self.names = unique(names);
        Ok(())
    }
}

/// The whole of it at once.
pub(super) fn table(text: &str, dialect: &Dialect) -> Result<Table, TableError> {
    let mut reading = Reading::new(text.into(), dialect)?;
    loop {
        if let Some(table) = reading.advance()? {
            return Ok(table);
        }
    }
}

/// Fields, one after the other.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Cells {
    fn at(&self, place: usize) -> &str {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        // Fields are cut at separators of one byte, so each of them is UTF-8 as the text is.
        std::str::from_utf8(&self.text[from..self.ends[place] as usize]).unwrap_or_default()
    }
}

/// Reads a record: how many bytes that took, the line it begins on, and how many fields it has. Lines with nothing on them are
/// passed over.
fn record(reader: &mut csv_core::Reader, text: &[u8], cells: &mut Cells) -> Option<(usize, usize, usize)> {
    let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace());
    let line = reader.line() as usize + blank.filter(|&&byte| byte == b'\n').count();
    let (mut place, mut fields, mut piece) = (0, 0, [0; 256]);
    loop {
        let (result, read, written) = reader.read_field(&text[place..], &mut piece);
        place += read;
        cells.text.extend(&piece[..written]);
        let record_end = match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::End => return None,
        };
        cells.ends.push(cells.text.len() as u32);
        fields += 1;
        if record_end {
            return Some((place, line, fields));
        }
    }
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
