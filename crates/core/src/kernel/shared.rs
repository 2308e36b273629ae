//! Nine or ten columns as two vectors and a half: rows two by two share the vector of their last two columns.
//!
//! Ten classes are what most images here have, and ten columns would fill two vectors and half of a third. The shared
//! vector takes two neighbouring values of a column of A with one load, so that it costs nothing where columns of A are
//! contiguous, as they are in the gradient of a weight; where rows are, it would take a shuffle and registers that are not
//! there.

#![allow(unsafe_code)]

use ndarray::{ArrayView2, ArrayViewMut2};
use wide::{bytemuck, f32x4, u64x2};

use super::lanes::LANES;
use super::panel;
use super::tile;

/// Rows of a tile: ten sums, which with the panel's vectors, the spread value and a product fill fifteen of the sixteen
/// registers; the last one is V8's own.
pub const HEIGHT: usize = 4;

/// How many of so many columns are to be taken as two vectors and a half, so that the others fill theirs; none where a
/// single vector would be left, whose few sums can't hide the latency of one another.
pub fn columns(left: usize) -> Option<usize> {
    let over = left % LANES;
    let is_worth_it = left > 2 * LANES && (over == 1 || over == 2) && left / LANES != 3;
    is_worth_it.then_some(2 * LANES + over)
}

/// Multiplies nine or ten columns with all rows of A, whose number is one of whole tiles and whose columns are contiguous,
/// `apart` from one another. C has contiguous rows.
#[inline(never)]
pub fn multiply(
    a: ArrayView2<f32>,
    apart: isize,
    b: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    mut c: ArrayViewMut2<f32>,
    carry: bool,
) {
    assert!(a.nrows().is_multiple_of(HEIGHT) && (a.nrows(), b.ncols()) == c.dim(), "whole tiles");
    assert!(
        (2 * LANES + 1..=2 * LANES + 2).contains(&b.ncols()) && a.ncols() == b.nrows(),
        "nine or ten columns"
    );
    panel::pack(b, packed, 3);
    let (panel, _) = packed.as_chunks_mut::<3>();
    for [_, _, last] in &mut *panel {
        *last = last.unpack_lo(*last); // (8, 8, 9, 9)
    }
    let (columns, step) = (c.ncols(), c.strides()[0]);
    let first = c.as_mut_ptr();
    for top in (0..a.nrows()).step_by(HEIGHT) {
        // SAFETY: A has these rows and as many columns as the panel has steps; C is borrowed mutably, has these rows, and its
        // columns are contiguous.
        unsafe {
            let row = |row: usize| first.offset((top + row) as isize * step);
            let mut sums = Sums::default();
            if carry {
                for pair in 0..HEIGHT / 2 {
                    let [upper, lower] = [2 * pair, 2 * pair + 1].map(|at| tile::load::<3>(row(at), columns));
                    sums.own[2 * pair] = [upper[0], upper[1]];
                    sums.own[2 * pair + 1] = [lower[0], lower[1]];
                    sums.shared[pair] = upper[2].unpack_lo(lower[2]);
                }
            }
            let sums = tile::chain(a.as_ptr().add(top), apart, panel, sums, |sums, a, b| sums.add(a, b));
            for (at, &[left, right]) in sums.own.iter().enumerate() {
                let shared = sums.shared[at / 2].to_array();
                row(at).cast::<[[f32; LANES]; 2]>().write([left.to_array(), right.to_array()]);
                row(at).add(2 * LANES).write(shared[at % 2]);
                if columns > 2 * LANES + 1 {
                    row(at).add(2 * LANES + 1).write(shared[2 + at % 2]);
                }
            }
        }
    }
}

/// A tile's sums: two vectors for each row, and for each pair of rows a third: (upper 8, lower 8, upper 9, lower 9).
#[derive(Default)]
struct Sums {
    own: [[f32x4; 2]; HEIGHT],
    shared: [f32x4; HEIGHT / 2],
}

impl Sums {
    /// One step of the chains.
    ///
    /// # Safety
    /// `a` must point to `HEIGHT` values.
    #[inline(always)]
    unsafe fn add(&mut self, a: *const f32, &[b0, b1, last]: &[f32x4; 3]) {
        for pair in 0..HEIGHT / 2 {
            for row in [2 * pair, 2 * pair + 1] {
                // SAFETY: the column has this row.
                let value = f32x4::splat(unsafe { *a.add(row) });
                self.own[row][0] += value * b0;
                self.own[row][1] += value * b1;
            }
            // SAFETY: it has both.
            let both = u64x2::splat(unsafe { a.add(2 * pair).cast::<u64>().read_unaligned() });
            self.shared[pair] += bytemuck::cast::<u64x2, f32x4>(both) * last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_or_ten_columns_are_taken_where_the_rest_then_fills_its_vectors() {
        let taken = |left| columns(left).map(|columns| (columns, (left - columns) % LANES));
        assert_eq!([9, 10, 30, 129].map(taken), [Some((9, 0)), Some((10, 0)), Some((10, 0)), Some((9, 0))]);
        assert_eq!([0, 2, 6, 8, 11, 12, 13, 14, 128].map(taken), [None; 9]);
    }
}
