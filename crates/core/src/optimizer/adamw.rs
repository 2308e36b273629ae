//! AdamW (Loshchilov and Hutter 2019): Adam, with weights that shrink by themselves.
//!
//! ```text
//! w ← w · (1 − lr·λ), then Adam's step
//! ```
//!
//! The decay stands beside the gradient, not in it: that is the difference from an L2 penalty. As in
//! PyTorch and Keras it holds for all parameters, biases too. The default of λ is PyTorch's 0.01; Keras's is 0.004.

use ndarray::Array2;

use super::{Adam, Optimizer};
use crate::layer::Param;

/// Adam's moments.
pub struct AdamW {
    adam: Adam,
    decay: f32,
}

impl AdamW {
    /// `adam` as it starts, and the share λ that a weight loses, times the learning rate, in every step.
    pub fn new(adam: Adam, decay: f32) -> Self {
        Self { adam, decay }
    }
}

impl Optimizer for AdamW {
    fn step(&mut self, t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        let kept = 1.0 - lr * self.decay;
        let mut shrunk = params.map(|param| param.scaled(kept));
        self.adam.step(t, lr, &mut shrunk);
    }

    fn memory(&mut self) -> &mut [Array2<f32>] {
        self.adam.memory()
    }
}
