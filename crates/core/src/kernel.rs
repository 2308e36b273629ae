//! The few hot loops: products of matrices, sums over rows, and one formula for every value.
//!
//! Every element of a product is **one unbroken ascending chain** of multiply-then-add that starts
//! from +0 (or from what stands there already): no fused multiply-add, no splitting of the sum. The
//! result is therefore the same to the bit on every machine, and for any cutting of a batch into
//! blocks of rows. ndarray's own product, which promises neither, is the oracle in the tests.

mod apart;
mod crowded;
mod each;
mod elementary;
mod lanes;
mod lists;
mod panel;
mod product;
mod rows;
mod shared;
mod skipping;
mod sparse;
mod tile;

pub use apart::squares_apart;
pub use each::count_above;
pub(crate) use each::each;
pub(crate) use each::{flushed, four, put_four, put_rest, rest};
pub use elementary::{exp, sigmoid, tanh};
pub(crate) use lanes::LANES;
pub use lists::ListedRows;
pub use product::{add_product, product};
pub use rows::{add_row, add_sum_of_rows};
pub use skipping::{all_finite, sparse_gradient, sparse_product};
pub use sparse::Sparse;

#[cfg(test)]
mod tests;
