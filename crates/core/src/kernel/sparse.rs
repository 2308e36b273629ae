//! A block of inputs as what is not zero in it: rows of (place, value), and the same by columns.
//!
//! Four in five pixels of a digit are paper. What [`super::skipping`] makes of these lists has the bits
//! of the dense product.

#![allow(unsafe_code)]

use std::sync::LazyLock;

use ndarray::ArrayViewMut2;
use wide::{u8x16, u16x8};

/// Values that are not zero, and where: their columns within a row, or their rows within a column.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    pub(super) places: &'a [u16],
    pub(super) values: &'a [f32],
}

/// Lists, one behind the other: list i lies between starts i and i + 1.
struct Lists {
    starts: Vec<u32>,
    /// Longer than the lists, because eight are written at a time.
    places: Vec<u16>,
    values: Vec<f32>,
}

impl Lists {
    fn iter(&self) -> impl Iterator<Item = List<'_>> {
        self.starts.windows(2).map(|ends| {
            let range = ends[0] as usize..ends[1] as usize;
            List { places: &self.places[range.clone()], values: &self.values[range] }
        })
    }
}

/// Rows of bytes as what is not zero in them, for who asks for the same rows again and again. Their values stay bytes: less
/// memory to go through is worth more than the look into a table.
pub struct ListedRows {
    columns: usize,
    /// List i lies between starts i and i + 1; one that is not worth it is empty, and so noted.
    starts: Vec<u32>,
    is_listed: Vec<bool>,
    places: Box<[u16]>,
    bytes: Box<[u8]>,
}

impl ListedRows {
    /// Lists rows of equal length; those of which more than half is not zero are not worth it.
    pub fn of<'a>(columns: usize, rows: impl Iterator<Item = &'a [u8]>) -> Self {
        let (mut starts, mut is_listed) = (vec![0], Vec::new());
        let (mut places, mut bytes) = (Vec::new(), Vec::new());
        let mut listed = vec![0; columns + CHUNK];
        for row in rows {
            assert!(row.len() == columns, "the row's length");
            let count = list_places(row, &mut listed);
            is_listed.push(count <= columns / 2);
            if count <= columns / 2 {
                places.extend_from_slice(&listed[..count]);
                bytes.extend(listed[..count].iter().map(|&place| row[usize::from(place)]));
            }
            starts.push(places.len() as u32);
        }
        Self { columns, starts, is_listed, places: places.into(), bytes: bytes.into() }
    }

    /// Whether a row was worth listing.
    pub fn has(&self, row: usize) -> bool {
        self.is_listed[row]
    }
}

/// A matrix that is mostly zero. Every place in its lists lies within its columns or rows.
pub struct Sparse {
    columns: usize,
    by_rows: Lists,
    by_columns: Lists,
    /// Whether the columns' lists are of the present rows.
    has_columns: bool,
}

impl Sparse {
    /// A matrix without rows, with room for so many of them, however full they are.
    pub fn new(rows: usize, columns: usize) -> Self {
        assert!(columns.max(rows) <= 1 << 16, "a place has 16 bits");
        let room = || Lists {
            starts: Vec::with_capacity(columns.max(rows) + 2),
            places: vec![0; rows * columns + CHUNK],
            values: Vec::with_capacity(rows * columns),
        };
        let mut sparse = Self { columns, by_rows: room(), by_columns: room(), has_columns: false };
        sparse.clear();
        sparse
    }

    /// Takes all rows away.
    pub fn clear(&mut self) {
        self.by_rows.starts.clear();
        self.by_rows.starts.push(0);
        self.by_rows.values.clear();
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
        self.by_rows.values.len()
    }

    /// Adds a row of bytes, each as the value that the table gives it; the table's first value is zero.
    pub fn push_row(&mut self, bytes: &[u8], table: &[f32; 256]) {
        assert!(bytes.len() == self.columns, "the row's length");
        let Lists { starts, places, values } = &mut self.by_rows;
        let start = values.len();
        if places.len() < start + bytes.len() + CHUNK {
            places.resize(start + bytes.len() + CHUNK, 0);
        }
        let count = list_places(bytes, &mut places[start..]);
        let value = |&place: &u16| {
            // SAFETY: only places of bytes that are there are listed.
            table[usize::from(unsafe { *bytes.get_unchecked(usize::from(place)) })]
        };
        values.extend(places[start..start + count].iter().map(value));
        starts.push(values.len() as u32);
    }

    /// Adds a row that has been listed before, to the same effect.
    pub fn push_listed(&mut self, rows: &ListedRows, row: usize, table: &[f32; 256]) {
        assert!(rows.columns == self.columns && rows.has(row), "a row of this length that was listed");
        let range = rows.starts[row] as usize..rows.starts[row + 1] as usize;
        let Lists { starts, places, values } = &mut self.by_rows;
        let start = values.len();
        if places.len() < start + range.len() + CHUNK {
            places.resize(start + range.len() + CHUNK, 0);
        }
        places[start..start + range.len()].copy_from_slice(&rows.places[range.clone()]);
        values.extend(rows.bytes[range].iter().map(|&byte| table[usize::from(byte)]));
        starts.push(values.len() as u32);
    }

    /// Lists the same values by columns, rows ascending within each, if that has not been done.
    pub fn list_columns(&mut self) {
        if std::mem::replace(&mut self.has_columns, true) {
            return;
        }
        let Lists { starts, places, values } = &mut self.by_columns;
        let count = self.by_rows.values.len();
        starts.clear();
        starts.resize(self.columns + 2, 0);
        for place in &self.by_rows.places[..count] {
            starts[usize::from(*place) + 2] += 1;
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        // While it is filled, the list of column i ends where start i + 1 is.
        if places.len() < count {
            places.resize(count, 0);
        }
        values.resize(count, 0.0);
        for (row, list) in self.by_rows.iter().enumerate() {
            for (place, value) in list.places.iter().zip(list.values) {
                let end = &mut starts[usize::from(*place) + 1];
                places[*end as usize] = row as u16;
                values[*end as usize] = *value;
                *end += 1;
            }
        }
        starts.pop();
    }

    /// Writes all values out, the zeros too. dense: at least as many rows × columns.
    pub fn copy_into(&self, mut dense: ArrayViewMut2<f32>) {
        for (list, mut row) in self.by_rows.iter().zip(dense.outer_iter_mut()) {
            row.fill(0.0);
            list.places.iter().zip(list.values).for_each(|(place, value)| row[usize::from(*place)] = *value);
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = List<'_>> {
        self.by_rows.iter()
    }

    /// In the order of the columns; [`Sparse::list_columns`] must have been called.
    pub(super) fn columns(&self) -> impl Iterator<Item = List<'_>> {
        assert!(self.has_columns, "the columns are listed");
        self.by_columns.iter()
    }
}

/// Bytes that are looked at together.
const CHUNK: usize = 16;

/// Writes the places of the bytes that are not zero, and gives their number. There must be room for
/// `CHUNK` more than there are bytes.
///
/// No branch depends on a byte: sixteen are compared at once, and a table has the places of each eight
/// bits that are set.
fn list_places(bytes: &[u8], places: &mut [u16]) -> usize {
    assert!(places.len() >= bytes.len() + CHUNK, "room for all places");
    let table = &*PLACES;
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    let mut last = [0; CHUNK];
    last[..rest.len()].copy_from_slice(rest);
    let mut count = 0;
    for at in 0..bytes.len().div_ceil(CHUNK) {
        let (chunk, first) = (*chunks.get(at).unwrap_or(&last), CHUNK * at);
        let zeros = u8x16::new(chunk).simd_eq(u8x16::splat(0)).to_bitmask();
        for (set, first) in [(!zeros & 0xff, first), (!zeros >> 8 & 0xff, first + 8)] {
            let found = u16x8::new(table[set as usize]) + u16x8::splat(first as u16);
            // SAFETY: no more than `first` places have been found, and there is room for `CHUNK` more.
            unsafe { places.as_mut_ptr().add(count).cast::<[u16; 8]>().write_unaligned(found.to_array()) };
            count += set.count_ones() as usize;
        }
    }
    count
}

/// For every byte the places of its bits that are set, ascending.
static PLACES: LazyLock<[[u16; 8]; 256]> = LazyLock::new(|| {
    let mut table = [[0; 8]; 256];
    for (byte, places) in table.iter_mut().enumerate() {
        let set = (0..8).filter(|bit| byte >> bit & 1 == 1);
        places.iter_mut().zip(set).for_each(|(place, bit)| *place = bit);
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 6 } else { 256 }))]
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
            let mut sparse = Sparse::new(rows, columns);
            for _ in 0..2 {
                // The second time it begins anew.
                sparse.clear();
                for row in 0..rows {
                    sparse.push_row(&(0..columns).map(|j| byte(row, j)).collect::<Vec<_>>(), &values);
                }
                sparse.list_columns();
            }
            let listed = |line: ndarray::ArrayView1<f32>| -> (Vec<u16>, Vec<f32>) {
                let entries = line.into_iter().enumerate().filter(|(_, value)| **value != 0.0);
                entries.map(|(place, &value)| (place as u16, value)).unzip()
            };
            let found = |list: List| (list.places.to_vec(), list.values.to_vec());
            prop_assert_eq!(sparse.rows().count(), rows);
            prop_assert_eq!(sparse.columns().count(), columns);
            for (list, row) in sparse.rows().zip(dense.rows()) {
                prop_assert_eq!(found(list), listed(row));
            }
            for (list, column) in sparse.columns().zip(dense.columns()) {
                prop_assert_eq!(found(list), listed(column));
            }
            let mut written = Array2::from_elem((rows, columns), f32::NAN);
            sparse.copy_into(written.view_mut());
            prop_assert_eq!(written, dense);
        }
    }
}
