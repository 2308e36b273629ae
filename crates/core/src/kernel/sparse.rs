//! A block of inputs as what is not zero in it: rows of (place, value), and the same by columns.
//!
//! Four in five pixels of a digit are paper. What [`super::skipping`] makes of these lists has the bits
//! of the dense product.

use ndarray::ArrayViewMut2;
use wide::{u8x16, u16x8};

/// A value that is not zero, and where: its column within a row, or its row within a column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// The column or the row.
    pub place: u32,
    /// The value.
    pub value: f32,
}

/// Lists of entries, one behind the other: list i lies between starts i and i + 1.
#[derive(Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Lists {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Entry]> {
        self.starts.windows(2).map(|ends| &self.entries[ends[0] as usize..ends[1] as usize])
    }
}

/// A matrix that is mostly zero. Every place in its lists lies within its columns or rows.
pub struct Sparse {
    columns: usize,
    by_rows: Lists,
    by_columns: Lists,
    /// Whether the columns' lists are of the present rows.
    has_columns: bool,
    /// Places of the row under way; longer than a row, because eight are written at a time.
    found: Vec<u16>,
}

impl Sparse {
    /// A matrix without rows.
    pub fn new(columns: usize) -> Self {
        assert!(columns <= 1 << 16, "a column's number has 16 bits");
        let mut sparse = Self {
            columns,
            by_rows: Lists::default(),
            by_columns: Lists::default(),
            has_columns: false,
            found: vec![0; columns + 16],
        };
        sparse.clear();
        sparse
    }

    /// Takes all rows away.
    pub fn clear(&mut self) {
        self.by_rows.starts.clear();
        self.by_rows.starts.push(0);
        self.by_rows.entries.clear();
        self.has_columns = false;
    }

    /// Rows.
    pub fn nrows(&self) -> usize {
        self.by_rows.starts.len() - 1
    }

    /// Columns.
    pub fn ncols(&self) -> usize {
        self.columns
    }

    /// Values that are not zero.
    pub fn entries(&self) -> usize {
        self.by_rows.entries.len()
    }

    /// Adds a row of bytes, each as the value that the table gives it; the table's first value is zero.
    ///
    /// No branch depends on a byte: sixteen are compared at once, and a table has the places of each
    /// eight bits that are set.
    pub fn push_row(&mut self, bytes: &[u8], values: &[f32; 256]) {
        assert_eq!(bytes.len(), self.columns, "the row's length");
        let mut count = 0;
        let (chunks, rest) = bytes.as_chunks::<16>();
        let mut last = [0; 16];
        last[..rest.len()].copy_from_slice(rest);
        for (at, &chunk) in chunks.iter().chain(std::iter::once(&last)).enumerate() {
            let zeros = u8x16::new(chunk).simd_eq(u8x16::splat(0)).to_bitmask();
            for half in 0..2 {
                let set = (!zeros >> (8 * half)) as usize & 0xff;
                let (places, found) = &SET_BITS[set];
                let places = u16x8::new(*places) + u16x8::splat((16 * at + 8 * half) as u16);
                self.found[count..count + 8].copy_from_slice(&places.to_array());
                count += found;
            }
        }
        let entry = |&place: &u16| Entry {
            place: u32::from(place),
            value: values[usize::from(bytes[usize::from(place)])],
        };
        self.by_rows.entries.extend(self.found[..count].iter().map(entry));
        self.by_rows.starts.push(self.by_rows.entries.len() as u32);
    }

    /// Lists the same values by columns, rows ascending within each, if that has not been done.
    pub fn list_columns(&mut self) {
        if std::mem::replace(&mut self.has_columns, true) {
            return;
        }
        let Lists { starts, entries } = &mut self.by_columns;
        starts.clear();
        starts.resize(self.columns + 2, 0);
        for entry in &self.by_rows.entries {
            starts[entry.place as usize + 2] += 1;
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        // While it is filled, the list of column i ends where start i + 1 is.
        entries.resize(self.by_rows.entries.len(), Entry::default());
        for (row, list) in self.by_rows.iter().enumerate() {
            for entry in list {
                let end = &mut starts[entry.place as usize + 1];
                entries[*end as usize] = Entry { place: row as u32, value: entry.value };
                *end += 1;
            }
        }
        starts.pop();
    }

    /// Writes all values out, the zeros too. dense: at least as many rows × columns.
    pub fn copy_into(&self, mut dense: ArrayViewMut2<f32>) {
        for (list, mut row) in self.by_rows.iter().zip(dense.outer_iter_mut()) {
            row.fill(0.0);
            list.iter().for_each(|entry| row[entry.place as usize] = entry.value);
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[Entry]> {
        self.by_rows.iter()
    }

    /// In the order of the columns; [`Sparse::list_columns`] must have been called.
    pub(super) fn columns(&self) -> impl Iterator<Item = &[Entry]> {
        assert!(self.has_columns, "the columns are listed");
        self.by_columns.iter()
    }
}

/// For every byte the places of its bits that are set, ascending, and how many they are.
static SET_BITS: [([u16; 8], usize); 256] = {
    let mut table = [([0; 8], 0); 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                let (places, count) = &mut table[byte];
                places[*count] = bit;
                *count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_and_columns_list_what_is_not_zero_in_ascending_order(
            columns in 0..70_usize, rows in 0..9_usize, ink in 0..5_u32,
        ) {
            let byte = |row: usize, column: usize| {
                let hash = (row as u32 * 97 + column as u32 * 31 + ink).wrapping_mul(2_654_435_761) >> 16;
                if hash % 5 < ink { hash as u8 } else { 0 }
            };
            let mut values = [0.0; 256];
            values.iter_mut().enumerate().for_each(|(byte, value)| *value = byte as f32 * 0.5);
            let dense = Array2::from_shape_fn((rows, columns), |(i, j)| values[usize::from(byte(i, j))]);
            let mut sparse = Sparse::new(columns);
            for _ in 0..2 {
                // The second time it begins anew.
                sparse.clear();
                for row in 0..rows {
                    sparse.push_row(&(0..columns).map(|j| byte(row, j)).collect::<Vec<_>>(), &values);
                }
                sparse.list_columns();
            }
            let listed = |line: ndarray::ArrayView1<f32>| -> Vec<Entry> {
                let entries = line.iter().enumerate().filter(|(_, value)| **value != 0.0);
                entries.map(|(place, &value)| Entry { place: place as u32, value }).collect()
            };
            prop_assert_eq!(sparse.rows().count(), rows);
            prop_assert_eq!(sparse.columns().count(), columns);
            for (list, row) in sparse.rows().zip(dense.rows()) {
                prop_assert_eq!(list.to_vec(), listed(row));
            }
            for (list, column) in sparse.columns().zip(dense.columns()) {
                prop_assert_eq!(list.to_vec(), listed(column));
            }
            let mut written = Array2::from_elem((rows, columns), f32::NAN);
            sparse.copy_into(written.view_mut());
            prop_assert_eq!(written, dense);
        }
    }
}
