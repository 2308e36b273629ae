//! Gradient descent with momentum, `v ← μ·v + g`, `w ← w − lr·v`.
//!
//! PyTorch's form (Sutskever and others 2013 put the learning rate into `v`, as Keras does; the two
//! differ once the learning rate changes).

use ndarray::Array2;

use super::{Optimizer, values, values_mut, zeros};
use crate::kernel::{each, flushed};
use crate::layer::Param;

/// One velocity for each parameter.
pub struct Momentum {
    momentum: f32,
    velocities: Vec<Array2<f32>>,
}

impl Momentum {
    /// Starts at rest.
    pub fn new(momentum: f32, shapes: &[(usize, usize)]) -> Self {
        Self { momentum, velocities: zeros(shapes).collect() }
    }
}

impl Optimizer for Momentum {
    fn step(&mut self, _t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        for (param, velocity) in params.zip(&mut self.velocities) {
            let (w, v, g) = (values_mut(&mut param.value), values_mut(velocity), values(&param.grad));
            each!((w, v), (g) => {
                v = flushed(self.momentum * v + g);
                w -= lr * v;
            });
        }
    }

    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut self.velocities
    }
}
