//! Four lanes of f32: the one width of vector that wasm, SSE and NEON share.

use wide::f32x4;

/// Values of one vector.
pub const LANES: usize = 4;

/// The values of a row as vectors, the last ones filled up with zeros.
#[inline(always)]
pub fn vectors<const WIDTH: usize>(row: &[f32]) -> [f32x4; WIDTH] {
    let (full, rest) = row.as_chunks::<LANES>();
    let mut vectors = [f32x4::splat(0.0); WIDTH];
    for (vector, &values) in vectors.iter_mut().zip(full) {
        *vector = f32x4::new(values);
    }
    if let Some(vector) = vectors.get_mut(full.len()) {
        let mut values = [0.0; LANES];
        for (value, &from) in values.iter_mut().zip(rest) {
            *value = from;
        }
        *vector = f32x4::new(values);
    }
    vectors
}
