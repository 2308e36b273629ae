//! A panel of B: a few columns, packed so that each step of the inner length is some whole vectors.

#![allow(unsafe_code)]

use ndarray::{ArrayView2, ArrayViewMut2, Axis};
use wide::f32x4;

use super::lanes::LANES;
use super::tile;

/// Packs up to `4 · width` columns, filled up with columns of zeros. b: k × columns, with contiguous rows or columns.
pub fn pack(b: ArrayView2<f32>, panel: &mut Vec<f32x4>, width: usize) {
    panel.resize(b.nrows() * width, f32x4::splat(0.0));
    if b.ncols() > 1 && b.strides()[1] != 1 {
        return pack_columns(b, panel, width);
    }
    // How wide a panel is matters where rows are short and many.
    match width {
        1 => pack_rows::<1>(b, panel),
        2 => pack_rows::<2>(b, panel),
        3 => pack_rows::<3>(b, panel),
        4 => pack_rows::<4>(b, panel),
        8 => pack_rows::<8>(b, panel),
        _ => pack_wide(b, panel, width),
    }
}

#[inline(never)]
fn pack_wide(b: ArrayView2<f32>, panel: &mut [f32x4], width: usize) {
    for (packed, row) in panel.chunks_exact_mut(width).zip(b.outer_iter()) {
        let (full, rest) = row.to_slice().expect("contiguous rows").as_chunks::<LANES>();
        for (vector, &values) in packed.iter_mut().zip(full) {
            *vector = f32x4::new(values);
        }
        if let Some(last) = packed.get_mut(full.len()) {
            [*last] = tile::read(rest);
        }
    }
}

/// `width` is just as many vectors as the columns take.
#[inline(never)]
fn pack_rows<const WIDTH: usize>(b: ArrayView2<f32>, panel: &mut [f32x4]) {
    let (panel, _) = panel.as_chunks_mut::<WIDTH>();
    let columns = b.ncols();
    let beyond = WIDTH * LANES - columns;
    let lanes = [0, 1, 2, 3].map(|lane| if lane + beyond < LANES { f32::from_bits(u32::MAX) } else { 0.0 });
    let mask = f32x4::new(lanes);
    // Of the last rows there may not be whole vectors, nor of any where each lies before the one above.
    let last = match usize::try_from(b.strides()[0]) {
        Ok(step) if step > 0 => beyond.div_ceil(step),
        _ => b.nrows(),
    };
    let whole = b.nrows().saturating_sub(last);
    for (packed, row) in panel[..whole].iter_mut().zip(b.outer_iter()) {
        // SAFETY: behind this row there are rows with as many values as are read beyond its end; they are masked.
        *packed = unsafe { row.as_ptr().cast::<[[f32; LANES]; WIDTH]>().read() }.map(f32x4::new);
        packed[WIDTH - 1] &= mask;
    }
    for (packed, row) in panel.iter_mut().zip(b.outer_iter()).skip(whole) {
        *packed = tile::read(row.to_slice().expect("contiguous rows"));
    }
}

/// The same where columns are contiguous (B is a transpose): four steps of four columns at a time.
#[inline(never)]
fn pack_columns(b: ArrayView2<f32>, panel: &mut [f32x4], width: usize) {
    let steps = b.nrows();
    for (place, columns) in b.axis_chunks_iter(Axis(1), LANES).enumerate() {
        let mut rows = [&[][..]; LANES];
        for (to, column) in rows.iter_mut().zip(columns.axis_iter(Axis(1))) {
            *to = column.to_slice().expect("contiguous rows or columns");
        }
        let whole = if columns.ncols() == LANES { steps / LANES * LANES } else { 0 };
        for step in (0..whole).step_by(LANES) {
            let values = rows.map(|row| f32x4::from(&row[step..step + LANES]));
            for (at, vector) in f32x4::transpose(values).into_iter().enumerate() {
                panel[(step + at) * width + place] = vector;
            }
        }
        for step in whole..steps {
            let values = rows.map(|row| row.get(step).copied().unwrap_or(0.0));
            panel[step * width + place] = f32x4::new(values);
        }
    }
}

/// Writes a panel of sums out. c: k × columns with contiguous rows.
#[inline(never)]
pub fn unpack(panel: &[f32x4], width: usize, mut c: ArrayViewMut2<f32>) {
    let columns = c.ncols();
    if c.is_empty() {
        return;
    }
    // Where row follows row, what is written beyond the end of one is written again by the next.
    let mut whole = 0;
    if let (Some(c), true) = (c.as_slice_mut(), width * LANES <= 2 * columns) {
        whole = c.len() / columns - 1;
        for (row, packed) in panel.chunks_exact(width).take(whole).enumerate() {
            let (to, _) = c[row * columns..][..width * LANES].as_chunks_mut::<LANES>();
            to.iter_mut().zip(packed).for_each(|(to, vector)| *to = vector.to_array());
        }
    }
    for (packed, mut row) in panel.chunks_exact(width).zip(c.outer_iter_mut()).skip(whole) {
        let (full, rest) = row.as_slice_mut().expect("contiguous rows").as_chunks_mut::<LANES>();
        full.iter_mut().zip(packed).for_each(|(to, vector)| *to = vector.to_array());
        if let Some(&last) = packed.get(full.len()) {
            tile::write(rest, &[last]);
        }
    }
}
