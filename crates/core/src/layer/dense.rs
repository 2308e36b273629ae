//! The fully connected layer, `y = x·W + b`.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};

use super::{Init, Layer, Param, Pass};
use crate::kernel::{self, Sparse};
use crate::random::{self, Purpose};

/// x: rows × inputs, W: inputs × outputs, b: 1 × outputs, y: rows × outputs.
pub struct Dense {
    params: [Param; 2],
}

impl Dense {
    /// A layer with drawn weights and zero biases; `place` names the layer's own random stream.
    pub fn new(inputs: usize, outputs: usize, init: Init, seed: u64, place: u64) -> Self {
        let weights = init.draw(inputs, outputs, &mut random::stream(seed, Purpose::Weights, place));
        Self { params: [Param::new(weights), Param::new(Array2::zeros((1, outputs)))] }
    }
}

impl Layer for Dense {
    fn outputs(&self) -> usize {
        self.params[0].value.ncols()
    }

    fn forward(&self, x: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
        let [w, b] = &self.params;
        kernel::product(x, w.value.view(), y.view_mut());
        kernel::add_row(b.value.view(), y);
    }

    /// ∂W += xᵀ·∂y, ∂b += Σ ∂y over the rows, ∂x = ∂y·Wᵀ.
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        let [w, b] = &mut self.params;
        let add = if w.carries() { kernel::add_product } else { kernel::product };
        add(pass.x.t(), pass.dy, w.grad.view_mut());
        add_bias(b, pass.dy);
        if let Some(dx) = dx {
            kernel::product(pass.dy, w.value.t(), dx);
        }
    }

    /// `Σ w·(x·W + b) = Σ (W·w)·x + b·w`.
    fn unfold(&self, _y: &[f32], weights: &[f64]) -> Option<(Vec<f64>, f64)> {
        let [w, b] = &self.params;
        let with = |row: ArrayView1<f32>| row.iter().zip(weights).map(|(&w, by)| f64::from(w) * by).sum();
        Some((w.value.outer_iter().map(with).collect(), with(b.value.row(0))))
    }

    fn forward_sparse(&self, x: &Sparse, mut y: ArrayViewMut2<f32>) -> bool {
        let [w, b] = &self.params;
        let done = kernel::sparse_product(x, w.value.view(), y.view_mut());
        if done {
            kernel::add_row(b.value.view(), y);
        }
        done
    }

    fn backward_sparse(&mut self, x: &mut Sparse, dy: ArrayView2<f32>) -> bool {
        let [w, b] = &mut self.params;
        if !kernel::all_finite(dy) {
            return false;
        }
        let carry = w.carries();
        kernel::sparse_gradient(x, dy, w.grad.view_mut(), carry);
        add_bias(b, dy);
        true
    }

    fn params(&self) -> &[Param] {
        &self.params
    }

    fn params_mut(&mut self) -> &mut [Param] {
        &mut self.params
    }
}

/// ∂b += Σ ∂y over the rows.
fn add_bias(b: &mut Param, dy: ArrayView2<f32>) {
    if !b.carries() {
        b.grad.fill(0.0);
    }
    kernel::add_sum_of_rows(dy, b.grad.row_mut(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn biases_start_at_zero() {
        let [w, b] = Dense::new(6, 3, Init::HeUniform, 1, 0).params;
        assert!(w.value.iter().all(|&v| v != 0.0));
        assert!(b.value.iter().all(|&v| v == 0.0));
    }

    #[test]
    fn every_layer_and_every_seed_draws_its_own_weights() {
        let weight = |seed, place| Dense::new(4, 3, Init::HeUniform, seed, place).params[0].value[[0, 0]];
        assert_ne!(weight(1, 0), weight(1, 1));
        assert_ne!(weight(1, 0), weight(2, 0));
        assert_eq!(weight(1, 0).to_bits(), weight(1, 0).to_bits());
    }
}
