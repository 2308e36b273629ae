//! The few hot loops: products of matrices and sums over rows.
//!
//! Every element of a product is **one unbroken ascending chain** of multiply-then-add that starts
//! from +0 (or from what stands there already): no fused multiply-add, no splitting of the sum. The
//! result is therefore the same to the bit on every machine, and for any cutting of a batch into
//! blocks of rows. ndarray's own product, which promises neither, is the oracle in the tests.

mod lanes;
mod panel;
mod product;
mod skipping;
mod sparse;
mod tile;

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2};

pub use product::{add_product, product};
pub use skipping::{all_finite, sparse_gradient, sparse_product};
pub use sparse::Sparse;

/// Adds the row to every row of `y`. row: 1 × n, y: m × n.
pub fn add_row(row: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
    y += &row.row(0);
}

/// Adds the sum over the rows of `y` to `sums`, first row first. y: m × n, sums: n.
pub fn add_sum_of_rows(y: ArrayView2<f32>, mut sums: ArrayViewMut1<f32>) {
    for row in y.outer_iter() {
        sums += &row;
    }
}

#[cfg(test)]
mod tests;
