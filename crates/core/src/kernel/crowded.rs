//! A matrix whose columns are far apart in memory, copied so that they do not crowd into a few sets of a cache.
//!
//! A cache finds a line by a few bits of its address. Columns that are a multiple of 4,096 bytes apart, as those of
//! 1,024 or 3,072 inputs are, all want the same set, and drive each other out while a tile goes through them.

use std::cell::RefCell;

use ndarray::{ArrayView2, ShapeBuilder};

/// Of a usual cache nearest to the processor.
const LINE: usize = 64;
const SETS: usize = 64;
const WAYS: usize = 8;

thread_local! {
    /// The copy's room, kept from call to call.
    static ROOM: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Whether so many columns, so many values apart, have too few sets. Where they have all of them there is nothing to spread.
pub fn is_crowded(columns: usize, apart: isize) -> bool {
    let bytes = apart.unsigned_abs() * size_of::<f32>();
    if bytes == 0 || !bytes.is_multiple_of(LINE) {
        return false;
    }
    let sets = SETS >> (bytes / LINE).trailing_zeros().min(SETS.trailing_zeros());
    sets < SETS && columns > sets * WAYS
}

/// Lends a copy whose columns are an odd number of lines apart. Columns of `a` must be contiguous.
pub fn spread_out<R>(a: ArrayView2<f32>, then: impl FnOnce(ArrayView2<f32>) -> R) -> R {
    let (rows, columns) = a.dim();
    let line = LINE / size_of::<f32>();
    let apart = (rows.div_ceil(line) | 1) * line;
    ROOM.with_borrow_mut(|room| {
        room.resize(apart * columns, 0.0);
        for (to, column) in room.chunks_exact_mut(apart).zip(a.columns()) {
            to[..rows].copy_from_slice(column.to_slice().expect("contiguous columns"));
        }
        let copy = ArrayView2::from_shape((rows, columns).strides((1, apart)), &room[..]);
        then(copy.expect("room for all columns"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn columns_crowd_where_they_share_the_lower_bits_of_their_addresses() {
        assert!(is_crowded(64, 3072) && is_crowded(64, 1024) && is_crowded(64, 512) && is_crowded(64, 256));
        assert!(!is_crowded(64, 784) && !is_crowded(64, 128) && !is_crowded(64, 30) && !is_crowded(8, 3072));
        assert!(!is_crowded(64, 0));
    }

    #[test]
    fn columns_that_are_spread_out_do_not_crowd_however_many_they_are() {
        assert!(!is_crowded(600, 400) && !is_crowded(10_000, 16));
        spread_out(Array2::zeros((600, 256)).t(), |copy| assert!(!is_crowded(600, copy.strides()[1])));
    }

    #[test]
    fn the_copy_is_the_matrix_and_its_columns_do_not_crowd() {
        for rows in [1, 15, 256, 300, 1024] {
            let a = Array2::from_shape_fn((64, rows), |(i, j)| (i * 1000 + j) as f32);
            spread_out(a.t(), |copy| {
                assert_eq!(copy, a.t());
                assert!(!is_crowded(64, copy.strides()[1]));
            });
        }
    }
}
