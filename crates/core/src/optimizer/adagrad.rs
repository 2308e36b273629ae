//! Adagrad (Duchi and others 2011), in PyTorch's form.
//!
//! ```text
//! v ← v + g²        w ← w − lr · g / (√v + ε)
//! ```
//!
//! Keras starts `v` at 0.1 and puts ε under the root.

use ndarray::Array2;

use super::{Optimizer, values, values_mut, zeros};
use crate::kernel::each;
use crate::layer::Param;

/// The sum of squared gradients, one for each parameter.
pub struct Adagrad {
    epsilon: f32,
    sums: Vec<Array2<f32>>,
}

impl Adagrad {
    /// Starts with sums of zero: the first step is as long as the learning rate, in every direction.
    pub fn new(epsilon: f32, shapes: &[(usize, usize)]) -> Self {
        Self { epsilon, sums: zeros(shapes).collect() }
    }
}

impl Optimizer for Adagrad {
    fn step(&mut self, _t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        for (param, sum) in params.zip(&mut self.sums) {
            let (w, v, g) = (values_mut(&mut param.value), values_mut(sum), values(&param.grad));
            each!((w, v), (g) => {
                v += g * g;
                w -= lr * (g / (v.sqrt() + self.epsilon));
            });
        }
    }

    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut self.sums
    }
}
