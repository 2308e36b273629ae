//! Products of dense matrices, in all transpositions, as panels of B against tiles of rows of A.
//!
//! A panel (eight or twelve columns of B, filled up with zeros, or nine or ten where columns of A are contiguous) is packed once and
//! stays in the cache while all rows of A pass by. A tile reads a few rows or columns of A where they lie; A is copied only
//! where its columns crowd in the cache.

#![allow(unsafe_code)]

use std::cell::RefCell;

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, s};
use wide::f32x4;

use super::crowded::{is_crowded, spread_out};
use super::lanes::LANES;
use super::panel;
use super::shared;
use super::tile::{self, Layout, Target};

thread_local! {
    /// One packed panel of B, kept from call to call.
    static PANEL: RefCell<Vec<f32x4>> = const { RefCell::new(Vec::new()) };
}

/// Sets `c` to `a·b`. a: m × k, b: k × n, c: m × n, in any layout.
pub fn product(a: ArrayView2<f32>, b: ArrayView2<f32>, c: ArrayViewMut2<f32>) {
    multiply(a, b, c, false);
}

/// Adds `a·b` to `c`, carrying on the chain that each element of `c` holds.
pub fn add_product(a: ArrayView2<f32>, b: ArrayView2<f32>, c: ArrayViewMut2<f32>) {
    multiply(a, b, c, true);
}

fn multiply(a: ArrayView2<f32>, b: ArrayView2<f32>, mut c: ArrayViewMut2<f32>, carry: bool) {
    assert!((a.nrows(), b.ncols()) == c.dim(), "the product's shape");
    assert!(a.ncols() == b.nrows(), "the inner lengths");
    if c.is_empty() {
        return;
    }
    // What no layer does may cost a copy.
    let Some(layout) = layout_of(a) else {
        return multiply(copy(a).view(), b, c, carry);
    };
    if layout_of(b).is_none() {
        return multiply(a, copy(b).view(), c, carry);
    }
    if c.strides()[1] != 1 && c.ncols() > 1 {
        let mut rows = copy(c.view());
        multiply(a, b, rows.view_mut(), carry);
        return c.iter_mut().zip(&rows).for_each(|(to, &from)| *to = from);
    }
    if let Layout::Columns(apart) = layout
        && is_crowded(a.ncols(), apart)
    {
        return spread_out(a, |a| multiply(a, b, c, carry));
    }
    PANEL.with_borrow_mut(|panel| {
        let mut column = 0;
        while column < b.ncols() {
            let columns = next_columns(layout, b.ncols() - column);
            let b = b.slice(s![.., column..column + columns]);
            let c = c.slice_mut(s![.., column..column + columns]);
            multiply_columns(a, layout, b, panel, c, carry);
            column += columns;
        }
    });
}

/// How many columns the next panel takes.
fn next_columns(layout: Layout, left: usize) -> usize {
    let shared = if let Layout::Columns(_) = layout { shared::columns(left) } else { None };
    shared.unwrap_or(left.min(widest(left) * LANES))
}

/// One panel's columns of B against all rows of A.
fn multiply_columns(
    a: ArrayView2<f32>,
    layout: Layout,
    b: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    mut c: ArrayViewMut2<f32>,
    carry: bool,
) {
    if let Layout::Columns(apart) = layout
        && shared::columns(b.ncols()) == Some(b.ncols())
        && a.nrows() >= shared::HEIGHT
    {
        let whole = a.nrows() / shared::HEIGHT * shared::HEIGHT;
        let (tiles, rest) = a.split_at(Axis(0), whole);
        let (c_tiles, c_rest) = c.view_mut().split_at(Axis(0), whole);
        shared::multiply(tiles, apart, b, packed, c_tiles, carry);
        if !c_rest.is_empty() {
            multiply_columns(rest, layout, b, packed, c_rest, carry);
        }
        return;
    }
    match b.ncols().div_ceil(LANES) {
        1 => multiply_panel::<1>(a, layout, b, packed, c, carry),
        2 => multiply_panel::<2>(a, layout, b, packed, c, carry),
        _ => multiply_panel::<3>(a, layout, b, packed, c, carry),
    }
}

/// The same in standard layout.
#[inline(never)]
fn copy(matrix: ArrayView2<f32>) -> Array2<f32> {
    Array2::from_shape_fn(matrix.dim(), |at| matrix[at])
}

/// How many vectors wide the next panel is: three, but two and two rather than three and one.
fn widest(columns: usize) -> usize {
    match columns.div_ceil(LANES) {
        4 => 2,
        vectors => vectors.min(3),
    }
}

fn layout_of(a: ArrayView2<f32>) -> Option<Layout> {
    let [rows, columns] = [a.strides()[0], a.strides()[1]];
    if columns == 1 || a.ncols() <= 1 {
        Some(Layout::Rows(rows))
    } else if rows == 1 || a.nrows() <= 1 {
        Some(Layout::Columns(columns))
    } else {
        None
    }
}

/// One panel of `WIDTH` vectors of columns of B against all rows of A.
fn multiply_panel<const WIDTH: usize>(
    a: ArrayView2<f32>,
    layout: Layout,
    b: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    mut c: ArrayViewMut2<f32>,
    carry: bool,
) {
    panel::pack(b, packed, WIDTH);
    let (panel, _) = packed.as_chunks::<WIDTH>();
    let (rows, columns, step) = (c.nrows(), c.ncols(), c.strides()[0]);
    let first = c.as_mut_ptr();
    let highest = if WIDTH == 3 { 3 } else { 4 };
    let mut top = 0;
    while top < rows {
        let height = match (rows - top, WIDTH) {
            // Rather two and two than three and one: a single row can't hide the latency of its sums.
            (2 | 4, 3) => 2,
            (left, _) if left >= highest => highest,
            _ => 1,
        };
        // SAFETY: A has `height` rows from `top` on and as many columns as the panel has steps (asserted in
        // `multiply`), in this layout; C is borrowed mutably, has the same rows, and its columns are contiguous.
        unsafe {
            let target = Target { first: first.offset(top as isize * step), step, columns, carry };
            let a = a.as_ptr().offset(top as isize * a.strides()[0]);
            match height {
                1 => tile::multiply::<1, WIDTH>(a, layout, panel, &target),
                // Not each width has each height: these are compiled, those not.
                2 if WIDTH == 3 => tile::multiply::<2, WIDTH>(a, layout, panel, &target),
                3 if WIDTH == 3 => tile::multiply::<3, WIDTH>(a, layout, panel, &target),
                _ => tile::multiply::<4, WIDTH>(a, layout, panel, &target),
            }
        }
        top += height;
    }
}
