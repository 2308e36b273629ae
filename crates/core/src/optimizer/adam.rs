//! Adam (Kingma and Ba 2015), in PyTorch's form.
//!
//! ```text
//! m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
//! w ← w − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
//! ```

use ndarray::Array2;

use super::{Optimizer, values, values_mut, zeros};
use crate::kernel::{each, flushed};
use crate::layer::Param;

/// First and second moments, one of each for each parameter.
pub struct Adam {
    betas: [f32; 2],
    epsilon: f32,
    /// The first moments of all parameters, then the second moments.
    moments: Vec<Array2<f32>>,
}

impl Adam {
    /// Starts with moments of zero, which the first steps correct for.
    pub fn new(betas: [f32; 2], epsilon: f32, shapes: &[(usize, usize)]) -> Self {
        Self { betas, epsilon, moments: zeros(shapes).chain(zeros(shapes)).collect() }
    }
}

impl Optimizer for Adam {
    fn step(&mut self, t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        let [beta1, beta2] = self.betas;
        let correction = |beta: f32| 1.0 - libm::pow(f64::from(beta), t as f64);
        let rate = (f64::from(lr) / correction(beta1)) as f32;
        let root = (1.0 / correction(beta2).sqrt()) as f32;
        // By itself: behind `self` it would be read again for every four values.
        let epsilon = self.epsilon;
        let half = self.moments.len() / 2;
        let (firsts, seconds) = self.moments.split_at_mut(half);
        for ((param, first), second) in params.zip(firsts).zip(seconds) {
            let (w, m, v) = (values_mut(&mut param.value), values_mut(first), values_mut(second));
            let g = values(&param.grad);
            each!((w, m, v), (g) => {
                m = flushed(beta1 * m + (1.0 - beta1) * g);
                v = flushed(beta2 * v + (1.0 - beta2) * (g * g));
                w -= rate * (m / (v.sqrt() * root + epsilon));
            });
        }
    }

    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut self.moments
    }
}
