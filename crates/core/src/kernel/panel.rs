//! A panel of B: a few columns, packed so that each step of the inner length is some whole vectors.

use ndarray::{ArrayView2, Axis};
use wide::f32x4;

use super::lanes::LANES;
use super::tile;

/// Wider panels are packed by one function for all widths: it is only for short rows that the width matters.
const SHORT: usize = 4;

/// Packs up to `4 · WIDTH` columns, filled up with columns of zeros. b: k × columns.
pub fn pack<const WIDTH: usize>(b: ArrayView2<f32>, panel: &mut Vec<f32x4>) {
    panel.resize(b.nrows() * WIDTH, f32x4::splat(0.0));
    if WIDTH > SHORT {
        return pack_wide(b, panel, WIDTH);
    }
    let (panel, _) = panel.as_chunks_mut::<WIDTH>();
    if b.ncols() > 1 && b.strides()[0] == 1 {
        return pack_columns(b, panel);
    }
    // How many values the last vector of a row has, known to the compiler: rows are short and many.
    match b.ncols() % LANES {
        0 => pack_rows::<WIDTH, 0>(b, panel),
        1 => pack_rows::<WIDTH, 1>(b, panel),
        2 => pack_rows::<WIDTH, 2>(b, panel),
        _ => pack_rows::<WIDTH, 3>(b, panel),
    }
}

#[inline(never)]
fn pack_wide(b: ArrayView2<f32>, panel: &mut [f32x4], width: usize) {
    for (packed, row) in panel.chunks_exact_mut(width).zip(b.outer_iter()) {
        let columns = row.len();
        let mut put = |row: &[f32]| {
            let (full, rest) = row.as_chunks::<LANES>();
            for (vector, &values) in packed.iter_mut().zip(full) {
                *vector = f32x4::new(values);
            }
            if let Some(last) = packed.get_mut(full.len()) {
                let mut values = [0.0; LANES];
                values[..rest.len()].copy_from_slice(rest);
                *last = f32x4::new(values);
            }
        };
        match row.to_slice() {
            Some(row) => put(row),
            None => {
                let mut copy = [0.0; LANES * 12];
                copy[..columns].iter_mut().zip(row).for_each(|(to, &from)| *to = from);
                put(&copy[..columns]);
            }
        }
    }
}

fn pack_rows<const WIDTH: usize, const REST: usize>(b: ArrayView2<f32>, panel: &mut [[f32x4; WIDTH]]) {
    for (packed, row) in panel.iter_mut().zip(b.outer_iter()) {
        let Some(row) = row.to_slice() else {
            let row: Vec<f32> = row.to_vec();
            *packed = tile::read(&row);
            continue;
        };
        let (full, rest) = row.as_chunks::<LANES>();
        for (place, vector) in packed.iter_mut().enumerate() {
            if let Some(&values) = full.get(place) {
                *vector = f32x4::new(values);
            }
        }
        if REST > 0 {
            let mut values = [0.0; LANES];
            values[..REST].copy_from_slice(&rest[..REST]);
            packed[WIDTH - 1] = f32x4::new(values);
        }
    }
}

/// The same where columns are contiguous (B is a transpose): four steps of four columns at a time.
fn pack_columns<const WIDTH: usize>(b: ArrayView2<f32>, panel: &mut [[f32x4; WIDTH]]) {
    let steps = b.nrows();
    for (place, columns) in b.axis_chunks_iter(Axis(1), LANES).enumerate() {
        let mut rows = [&[][..]; LANES];
        for (to, column) in rows.iter_mut().zip(columns.axis_iter(Axis(1))) {
            *to = column.to_slice().expect("columns are contiguous");
        }
        let whole = if columns.ncols() == LANES { steps / LANES * LANES } else { 0 };
        for step in (0..whole).step_by(LANES) {
            let values = rows.map(|row| f32x4::from(&row[step..step + LANES]));
            for (at, vector) in f32x4::transpose(values).into_iter().enumerate() {
                panel[step + at][place] = vector;
            }
        }
        for (step, packed) in panel.iter_mut().enumerate().skip(whole) {
            let values = rows.map(|row| row.get(step).copied().unwrap_or(0.0));
            packed[place] = f32x4::new(values);
        }
    }
}
