//! RMSprop (Hinton's lecture 6e, 2012), in PyTorch's form.
//!
//! ```text
//! v ← ρ·v + (1 − ρ)·g²        w ← w − lr · g / (√v + ε)
//! ```
//!
//! Keras puts ε under the root, and its defaults differ (ρ 0.9, ε 1e-7).

use ndarray::Array2;

use super::{Optimizer, values, values_mut, zeros};
use crate::kernel::{each, flushed};
use crate::layer::Param;

/// The mean of squared gradients, one for each parameter.
pub struct RmsProp {
    rho: f32,
    epsilon: f32,
    squares: Vec<Array2<f32>>,
}

impl RmsProp {
    /// Starts with squares of zero, for which nothing corrects.
    pub fn new(rho: f32, epsilon: f32, shapes: &[(usize, usize)]) -> Self {
        Self { rho, epsilon, squares: zeros(shapes).collect() }
    }
}

impl Optimizer for RmsProp {
    fn step(&mut self, _t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        for (param, square) in params.zip(&mut self.squares) {
            let (w, v, g) = (values_mut(&mut param.value), values_mut(square), values(&param.grad));
            each!((w, v), (g) => {
                v = flushed(self.rho * v + (1.0 - self.rho) * (g * g));
                w -= lr * (g / (v.sqrt() + self.epsilon));
            });
        }
    }

    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut self.squares
    }
}
