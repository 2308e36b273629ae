//! Products of a block of inputs that skip its zeros, with the bits of the dense products.
//!
//! A chain that starts from +0 never comes to −0: only −0 + −0 makes one. So adding 0 · w, which is ±0
//! as long as w is finite, changes nothing, and may be left out. Where a weight or a slope is infinite or
//! no number, 0 · w is NaN and must be added; then nothing is done here, and the caller multiplies
//! densely: a network that diverges does so at the same step with the same bits.

#![allow(unsafe_code)]

use std::cell::RefCell;

use ndarray::{ArrayView2, ArrayViewMut2, s};
use wide::{bytemuck, f32x4};

use super::lanes::LANES;
use super::lists::List;
use super::panel;
use super::sparse::Sparse;
use super::tile;

/// Vectors of sums that one list keeps in registers, beside a value and a product.
const WIDEST: usize = 12;
/// Up to so many vectors a gradient is added to row by row; wider ones are summed column by column, which
/// takes lists of the columns and spares a load and a store for each sum.
const NARROW: usize = 8;

thread_local! {
    /// A packed panel, kept from call to call.
    static PANEL: RefCell<Vec<f32x4>> = const { RefCell::new(Vec::new()) };
}

/// Calls a function with a width known to the compiler, the next of a few: each is code of its own.
macro_rules! with_width {
    ([$($width:literal),+] $widest:literal, $vectors:expr, $function:ident $arguments:tt) => {
        match $vectors {
            $(vectors if vectors <= $width => $function::<$width> $arguments,)+
            _ => $function::<$widest> $arguments,
        }
    };
}

/// Sets `y` to `x·w`; says whether it did, which it can't unless all of `w` is finite.
/// x: rows × inputs, w: inputs × outputs, y: rows × outputs with contiguous rows.
pub fn sparse_product(x: &Sparse, w: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) -> bool {
    assert!((x.nrows(), w.ncols()) == y.dim(), "the product's shape");
    assert!(x.ncols() == w.nrows(), "the inner lengths");
    PANEL.with_borrow_mut(|panel| {
        panels(w.ncols()).all(|columns| {
            let w = w.slice(s![.., columns.clone()]);
            let y = y.slice_mut(s![.., columns.clone()]);
            with_width!([1, 2, 3, 4, 8] 12, columns.len().div_ceil(LANES), rows_times(x, w, panel, y))
        })
    })
}

/// Whether no value is infinite or not a number. Rows must be contiguous.
pub fn all_finite(values: ArrayView2<f32>) -> bool {
    values.outer_iter().all(|row| are_finite(row.to_slice().expect("contiguous rows")))
}

/// Sets `gradient` to `xᵀ·dy`, or adds to it if `carry`. All of `dy` must be finite ([`all_finite`]), or
/// the bits are not those of the dense product.
/// x: rows × inputs, dy: rows × outputs, gradient: inputs × outputs, both with contiguous rows.
pub fn sparse_gradient(x: &mut Sparse, dy: ArrayView2<f32>, mut gradient: ArrayViewMut2<f32>, carry: bool) {
    assert!((x.ncols(), dy.ncols()) == gradient.dim(), "the gradient's shape");
    assert!(x.nrows() == dy.nrows(), "the inner lengths");
    let narrow = dy.ncols().div_ceil(LANES) <= NARROW;
    if !narrow {
        x.list_columns();
    }
    PANEL.with_borrow_mut(|panel| {
        for columns in panels(dy.ncols()) {
            let dy = dy.slice(s![.., columns.clone()]);
            let gradient = gradient.slice_mut(s![.., columns.clone()]);
            let width = columns.len().div_ceil(LANES);
            if narrow {
                with_width!([1, 2, 3, 4] 8, width, add_rows(x, dy, panel, gradient, carry));
            } else {
                with_width!([8] 12, width, sum_columns(x, dy, panel, gradient, carry));
            }
        }
    });
}

/// Cuts columns into panels of the greatest width, and a last one.
fn panels(columns: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..columns).step_by(LANES * WIDEST).map(move |start| start..columns.min(start + LANES * WIDEST))
}

fn rows_times<const WIDTH: usize>(
    x: &Sparse,
    w: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    mut y: ArrayViewMut2<f32>,
) -> bool {
    panel::pack(w, packed, WIDTH);
    if !are_finite(bytemuck::cast_slice(packed)) {
        return false;
    }
    let (panel, _) = packed.as_chunks::<WIDTH>();
    for (list, mut y) in x.rows().zip(y.outer_iter_mut()) {
        // SAFETY: the panel has x's columns, within which places of its rows lie.
        let sums = unsafe { combine(list, panel, [f32x4::splat(0.0); WIDTH]) };
        tile::write(y.as_slice_mut().expect("contiguous rows"), &sums);
    }
    true
}

fn sum_columns<const WIDTH: usize>(
    x: &Sparse,
    dy: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    mut gradient: ArrayViewMut2<f32>,
    carry: bool,
) {
    panel::pack(dy, packed, WIDTH);
    let (panel, _) = packed.as_chunks::<WIDTH>();
    for (list, mut gradient) in x.columns().zip(gradient.outer_iter_mut()) {
        let gradient = gradient.as_slice_mut().expect("contiguous rows");
        let start = if carry { tile::read(gradient) } else { [f32x4::splat(0.0); WIDTH] };
        // SAFETY: the panel has x's rows, within which places of its columns lie.
        let sums = unsafe { combine(list, panel, start) };
        tile::write(gradient, &sums);
    }
}

/// Carries on the chains of Σ value · panel[place] over a list, in its order.
///
/// # Safety
/// Every place of the list must lie within the panel.
#[inline(always)]
unsafe fn combine<const WIDTH: usize>(
    list: List,
    panel: &[[f32x4; WIDTH]],
    mut sums: [f32x4; WIDTH],
) -> [f32x4; WIDTH] {
    for (&place, &value) in list.places.iter().zip(list.values) {
        let value = f32x4::splat(value);
        // SAFETY: as asked of the caller.
        let vectors = unsafe { panel.get_unchecked(usize::from(place)) };
        for (sum, vector) in sums.iter_mut().zip(vectors) {
            *sum += value * *vector;
        }
    }
    sums
}

/// The gradient row by row: a row of dy stays in registers, the sums in a packed panel.
fn add_rows<const WIDTH: usize>(
    x: &Sparse,
    dy: ArrayView2<f32>,
    packed: &mut Vec<f32x4>,
    gradient: ArrayViewMut2<f32>,
    carry: bool,
) {
    if carry {
        panel::pack(gradient.view(), packed, WIDTH);
    } else {
        packed.clear();
        packed.resize(x.ncols() * WIDTH, f32x4::splat(0.0));
    }
    let (panel, _) = packed.as_chunks_mut::<WIDTH>();
    for (list, dy) in x.rows().zip(dy.outer_iter()) {
        let slopes: [f32x4; WIDTH] = tile::read(dy.to_slice().expect("contiguous rows"));
        for (&place, &value) in list.places.iter().zip(list.values) {
            let value = f32x4::splat(value);
            // SAFETY: the panel has x's columns, within which places of its rows lie.
            let sums = unsafe { panel.get_unchecked_mut(usize::from(place)) };
            for (sum, slope) in sums.iter_mut().zip(slopes) {
                *sum += value * slope;
            }
        }
    }
    panel::unpack(packed, WIDTH, gradient);
}

/// Whether 0 · v is zero for all values, added up in four vectors.
fn are_finite(values: &[f32]) -> bool {
    let (chunks, rest) = values.as_chunks::<16>();
    let mut sums = [f32x4::splat(0.0); 4];
    for chunk in chunks {
        for (sum, vector) in sums.iter_mut().zip(chunk.as_chunks::<LANES>().0) {
            *sum += f32x4::new(*vector) * 0.0;
        }
    }
    let [a, b, c, d] = sums;
    (a + b + (c + d)).to_array() == [0.0; LANES] && rest.iter().all(|value| value.is_finite())
}
