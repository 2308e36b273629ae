//! Sums over rows, and a row added to all: what a bias takes.

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2};
use wide::f32x4;

use super::lanes::LANES;

/// Adds the row to every row of `y`. row: 1 × n, y: m × n, in standard layout.
pub fn add_row(row: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
    let (row, y) = (row.to_slice().expect("a contiguous row"), y.as_slice_mut().expect("standard layout"));
    y.chunks_exact_mut(row.len().max(1)).for_each(|y| add(y, row));
}

/// Adds the sum over the rows of `y` to `sums`, first row first. y: m × n in standard layout, sums: n.
pub fn add_sum_of_rows(y: ArrayView2<f32>, mut sums: ArrayViewMut1<f32>) {
    let (y, sums) = (y.to_slice().expect("standard layout"), sums.as_slice_mut().expect("a contiguous row"));
    y.chunks_exact(sums.len().max(1)).for_each(|row| add(sums, row));
}

/// Rows may be short: what is left of the last four is added one by one.
#[inline(always)]
fn add(to: &mut [f32], row: &[f32]) {
    let ((to, to_rest), (row, rest)) = (to.as_chunks_mut::<LANES>(), row.as_chunks::<LANES>());
    for (to, row) in to.iter_mut().zip(row) {
        *to = (f32x4::new(*to) + f32x4::new(*row)).to_array();
    }
    to_rest.iter_mut().zip(rest).for_each(|(to, value)| *to += value);
}
