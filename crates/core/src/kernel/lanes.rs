//! Four lanes of f32: the one width of vector that wasm, SSE and NEON share.

/// Values of one vector.
pub const LANES: usize = 4;
