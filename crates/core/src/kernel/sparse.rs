//! A block of inputs as what is not zero in it: rows of (place, value), and the same by columns.
//!
//! Four in five pixels of a digit are paper. What [`super::skipping`] makes of these lists has the bits
//! of the dense product.

use std::ops::Range;
use std::sync::Arc;

use ndarray::ArrayViewMut2;

use super::lists::{List, ListedRows, Lists};

/// A matrix that is mostly zero. Every place in its lists lies within its columns or rows.
pub struct Sparse {
    columns: usize,
    by_rows: Rows,
    /// List i lies between starts i and i + 1.
    by_columns: Lists,
    starts: Vec<u32>,
    /// Whether the columns' lists are of the present rows.
    has_columns: bool,
}

/// Lists of rows, of which some lie where they have been kept.
struct Rows {
    own: Lists,
    kept: Vec<Arc<ListedRows>>,
    /// For each row who of `kept` has it, or nobody, and where it lies there.
    rows: Vec<(Option<u32>, Range<u32>)>,
    entries: usize,
}

impl Rows {
    fn push(&mut self, kept: Option<u32>, range: Range<u32>) {
        self.entries += range.len();
        self.rows.push((kept, range));
    }

    fn iter(&self) -> impl Iterator<Item = List<'_>> {
        self.rows.iter().map(|(kept, range)| {
            let lists = kept.map_or(&self.own, |place| self.kept[place as usize].lists());
            lists.list(range.clone())
        })
    }
}

impl Sparse {
    /// A matrix without rows, with room for so many of them, however full they are.
    pub fn new(rows: usize, columns: usize) -> Self {
        assert!(columns.max(rows) <= 1 << 16, "a place has 16 bits");
        let own = Lists::with_room(rows * columns);
        let by_rows =
            Rows { own, kept: Vec::with_capacity(rows), rows: Vec::with_capacity(rows), entries: 0 };
        let starts = Vec::with_capacity(columns + 2);
        Self { columns, by_rows, by_columns: Lists::with_room(rows * columns), starts, has_columns: false }
    }

    /// Takes all rows away.
    pub fn clear(&mut self) {
        let Rows { own, kept, rows, entries } = &mut self.by_rows;
        own.values.clear();
        kept.clear();
        rows.clear();
        *entries = 0;
        self.has_columns = false;
    }

    /// Rows.
    pub fn nrows(&self) -> usize {
        self.by_rows.rows.len()
    }

    /// Columns.
    pub fn ncols(&self) -> usize {
        self.columns
    }

    /// Values that are not zero.
    pub fn entries(&self) -> usize {
        self.by_rows.entries
    }

    /// Adds a row of bytes, each as the value that the table gives it; the table's first value is zero.
    pub fn push_row(&mut self, bytes: &[u8], table: &[f32; 256]) {
        assert!(bytes.len() == self.columns, "the row's length");
        let range = self.by_rows.own.push(bytes, table);
        self.by_rows.push(None, range);
    }

    /// Adds a row that has been listed before, to the same effect: it is read where it lies.
    pub fn push_listed(&mut self, listed: &Arc<ListedRows>, row: usize) {
        assert!(listed.columns() == self.columns, "the row's length");
        let kept = &mut self.by_rows.kept;
        if !kept.last().is_some_and(|last| Arc::ptr_eq(last, listed)) {
            kept.push(listed.clone());
        }
        let place = kept.len() as u32 - 1;
        self.by_rows.push(Some(place), listed.range(row));
    }

    /// Lists the same values by columns, rows ascending within each, if that has not been done.
    pub fn list_columns(&mut self) {
        if std::mem::replace(&mut self.has_columns, true) {
            return;
        }
        let (Lists { places, values }, starts) = (&mut self.by_columns, &mut self.starts);
        starts.clear();
        starts.resize(self.columns + 2, 0);
        for list in self.by_rows.iter() {
            list.places.iter().for_each(|&place| starts[usize::from(place) + 2] += 1);
        }
        let mut sum = 0;
        for start in starts.iter_mut() {
            sum += *start;
            *start = sum;
        }
        // While it is filled, the list of column i ends where start i + 1 is.
        let count = self.by_rows.entries;
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
        for (list, mut row) in self.rows().zip(dense.outer_iter_mut()) {
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
        self.starts.windows(2).map(|ends| self.by_columns.list(ends[0]..ends[1]))
    }
}

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
