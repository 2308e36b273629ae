//! The few hot loops: products of matrices and sums over rows.
//!
//! Every element of a product is **one unbroken ascending chain** of multiply-then-add that starts
//! from +0 (or from what stands there already): no fused multiply-add, no splitting of the sum. The
//! result is therefore the same to the bit on every machine, and for any cutting of a batch into
//! blocks of rows. ndarray's own product, which promises neither, is the oracle in the tests.

use std::cell::RefCell;

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, s};
use wide::f32x4;

/// Rows of one register tile.
const ROWS: usize = 4;
/// Columns of one vector.
const LANES: usize = 4;

thread_local! {
    /// Packed copies of A and of one panel of B, kept from call to call.
    static PACKED: RefCell<(Vec<f32>, Vec<f32x4>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Sets `c` to `a·b`. a: m × k, b: k × n, c: m × n, in any layout.
pub fn product(a: ArrayView2<f32>, b: ArrayView2<f32>, mut c: ArrayViewMut2<f32>) {
    c.fill(0.0);
    add_product(a, b, c);
}

/// Adds `a·b` to `c`, carrying on the chain that each element of `c` holds.
pub fn add_product(a: ArrayView2<f32>, b: ArrayView2<f32>, mut c: ArrayViewMut2<f32>) {
    assert_eq!((a.nrows(), b.ncols()), c.dim(), "the product's shape");
    assert_eq!(a.ncols(), b.nrows(), "the inner lengths");
    PACKED.with_borrow_mut(|(rows, panel)| {
        pack_rows(a, rows);
        let mut column = 0;
        while column < b.ncols() {
            // Eight columns at a time; four where no more than four are left.
            if b.ncols() - column > 4 {
                multiply_panel::<2>(rows, b, column, panel, &mut c);
                column += 8;
            } else {
                multiply_panel::<1>(rows, b, column, panel, &mut c);
                column += 4;
            }
        }
    });
}

/// Copies `a` so that the tile's four values of one k lie side by side; missing rows are zero.
fn pack_rows(a: ArrayView2<f32>, packed: &mut Vec<f32>) {
    let (m, k) = a.dim();
    packed.clear();
    packed.resize(m.div_ceil(ROWS) * k * ROWS, 0.0);
    if k == 0 {
        return;
    }
    for (tile, rows) in packed.chunks_exact_mut(k * ROWS).zip(a.axis_chunks_iter(Axis(0), ROWS)) {
        let (values, _) = tile.as_chunks_mut::<ROWS>();
        for (lane, row) in rows.outer_iter().enumerate() {
            for (values, &value) in values.iter_mut().zip(row) {
                values[lane] = value;
            }
        }
    }
}

/// One panel of `WIDTH` vectors of columns of B, packed and padded with zeros, against all rows of A.
fn multiply_panel<const WIDTH: usize>(
    rows: &[f32],
    b: ArrayView2<f32>,
    column: usize,
    panel: &mut Vec<f32x4>,
    c: &mut ArrayViewMut2<f32>,
) {
    let k = b.nrows();
    if k == 0 {
        return;
    }
    let width = (WIDTH * LANES).min(b.ncols() - column);
    panel.clear();
    for row in b.slice(s![.., column..column + width]).outer_iter() {
        let mut values = [[0.0; LANES]; WIDTH];
        for (to, &from) in values.as_flattened_mut().iter_mut().zip(row) {
            *to = from;
        }
        panel.extend(values.map(f32x4::new));
    }
    for (tile, a) in rows.chunks_exact(k * ROWS).enumerate() {
        let top = tile * ROWS;
        let height = ROWS.min(c.nrows() - top);
        let mut block = c.slice_mut(s![top..top + height, column..column + width]);
        let mut values = [[[0.0; LANES]; WIDTH]; ROWS];
        for (values, row) in values.iter_mut().zip(block.outer_iter()) {
            for (to, &from) in values.as_flattened_mut().iter_mut().zip(row) {
                *to = from;
            }
        }
        let sums = multiply_tile(a, panel, values.map(|row| row.map(f32x4::new)));
        for (sums, mut row) in sums.iter().zip(block.outer_iter_mut()) {
            let values = sums.map(f32x4::to_array);
            for (to, &from) in row.iter_mut().zip(values.as_flattened()) {
                *to = from;
            }
        }
    }
}

/// The innermost loop: the tile's sums stay in registers for all of k.
#[inline(always)]
fn multiply_tile<const WIDTH: usize>(
    a: &[f32],
    b: &[f32x4],
    mut sums: [[f32x4; WIDTH]; ROWS],
) -> [[f32x4; WIDTH]; ROWS] {
    let ((a, _), (b, _)) = (a.as_chunks::<ROWS>(), b.as_chunks::<WIDTH>());
    for (a, b) in a.iter().zip(b) {
        for (sums, &a) in sums.iter_mut().zip(a) {
            let a = f32x4::splat(a);
            for (sum, &b) in sums.iter_mut().zip(b) {
                *sum += a * b;
            }
        }
    }
    sums
}

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
mod tests {
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    fn matrix(rows: usize, columns: usize, salt: u32) -> Array2<f32> {
        Array2::from_shape_fn((rows, columns), |(i, j)| {
            let hash = (i as u32 * 7919 + j as u32 * 104_729 + salt).wrapping_mul(2_654_435_761);
            (hash >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
    }

    fn chain(a: ArrayView2<f32>, b: ArrayView2<f32>, i: usize, j: usize) -> f32 {
        (0..a.ncols()).fold(0.0, |sum, k| sum + a[[i, k]] * b[[k, j]])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_product_is_ndarrays_and_to_the_bit_one_ascending_chain(
            m in 0..40_usize, k in 0..70_usize, n in 0..40_usize, flip_a: bool, flip_b: bool,
        ) {
            let a = if flip_a { matrix(k, m, 1).reversed_axes() } else { matrix(m, k, 1) };
            let b = if flip_b { matrix(n, k, 2).reversed_axes() } else { matrix(k, n, 2) };
            let mut c = Array2::from_elem((m, n), f32::NAN);
            product(a.view(), b.view(), c.view_mut());
            let oracle = a.dot(&b);
            for ((i, j), &value) in c.indexed_iter() {
                prop_assert!((value - oracle[[i, j]]).abs() < 1e-4);
                prop_assert_eq!(value.to_bits(), chain(a.view(), b.view(), i, j).to_bits());
            }
        }

        #[test]
        fn a_sum_over_rows_cut_into_blocks_has_the_bits_of_the_whole(cut in 0..50_usize) {
            let (x, dy) = (matrix(50, 13, 3), matrix(50, 6, 4));
            let mut whole = Array2::zeros((13, 6));
            product(x.t(), dy.view(), whole.view_mut());
            let mut parts = Array2::zeros((13, 6));
            for rows in [s![..cut, ..], s![cut.., ..]] {
                add_product(x.slice(rows).t(), dy.slice(rows), parts.view_mut());
            }
            prop_assert_eq!(whole, parts);
        }
    }

    #[test]
    fn rows_are_added_and_summed() {
        let mut y = ndarray::array![[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]];
        add_row(ndarray::array![[10.0, 20.0, 30.0]].view(), y.view_mut());
        assert_eq!(y, ndarray::array![[11.0, 22.0, 33.0], [14.0, 25.0, 37.0]]);
        let mut sums = ndarray::array![1.0, 0.0, 0.0];
        add_sum_of_rows(y.view(), sums.view_mut());
        assert_eq!(sums, ndarray::array![26.0, 47.0, 70.0]);
    }
}
