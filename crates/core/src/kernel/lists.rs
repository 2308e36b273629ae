//! Lists of what is not zero in rows of bytes: places and values.

#![allow(unsafe_code)]

use std::ops::Range;
use std::sync::LazyLock;

use wide::{u8x16, u16x8};

/// Values that are not zero, and where: their columns within a row, or their rows within a column.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    pub(super) places: &'a [u16],
    pub(super) values: &'a [f32],
}

/// Room for lists, one behind the other.
pub(super) struct Lists {
    /// Longer than the lists, because eight are written at a time.
    pub(super) places: Vec<u16>,
    pub(super) values: Vec<f32>,
}

impl Lists {
    pub(super) fn with_room(entries: usize) -> Self {
        Self { places: vec![0; entries + CHUNK], values: Vec::with_capacity(entries) }
    }

    pub(super) fn list(&self, range: Range<u32>) -> List<'_> {
        let range = range.start as usize..range.end as usize;
        List { places: &self.places[range.clone()], values: &self.values[range] }
    }

    /// Adds what is not zero in a row of bytes, each as the value that the table gives it; where it lies.
    pub(super) fn push(&mut self, bytes: &[u8], table: &[f32; 256]) -> Range<u32> {
        let Self { places, values } = self;
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
        start as u32..values.len() as u32
    }
}

/// Rows of bytes as what is not zero in them, for who asks for the same rows again and again.
pub struct ListedRows {
    columns: usize,
    lists: Lists,
    /// None for a row of which more than half is not zero: that is not worth it.
    rows: Vec<Option<Range<u32>>>,
}

impl ListedRows {
    /// Lists rows of equal length, each byte as the value that the table gives it; the table's first value is zero.
    pub fn of<'a>(columns: usize, table: &[f32; 256], rows: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut lists = Lists::with_room(0);
        let rows = rows.map(|row| {
            assert!(row.len() == columns, "the row's length");
            let range = lists.push(row, table);
            let is_worth_it = range.len() <= columns / 2;
            if !is_worth_it {
                lists.values.truncate(range.start as usize);
            }
            is_worth_it.then_some(range)
        });
        let rows = rows.collect();
        lists.places.truncate(lists.values.len());
        lists.places.shrink_to_fit();
        lists.values.shrink_to_fit();
        Self { columns, lists, rows }
    }

    /// Whether a row was worth listing.
    pub fn has(&self, row: usize) -> bool {
        self.rows[row].is_some()
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Where a row lies among the lists.
    pub(super) fn range(&self, row: usize) -> Range<u32> {
        self.rows[row].clone().expect("a row that was worth listing")
    }

    pub(super) fn lists(&self) -> &Lists {
        &self.lists
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
