//! The fully connected layer, `y = x·W + b`.

use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use super::{Layer, Param, Pass};
use crate::kernel::{self, Sparse};
use crate::random::{self, Purpose};

/// How the weights of a dense layer start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Init {
    /// Uniform in ±√(6 / inputs) (He and others 2015; Keras's `he_uniform`, PyTorch's `kaiming_uniform_`).
    #[default]
    HeUniform,
    /// Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010; Keras's default for a dense layer).
    GlorotUniform,
    /// All zero. Without a hidden layer a good start; with one, every neuron stays like its neighbour.
    Zero,
}

impl Init {
    /// The half width of the uniform draw.
    fn limit(self, inputs: usize, outputs: usize) -> f32 {
        match self {
            Init::HeUniform => (6.0 / inputs as f32).sqrt(),
            Init::GlorotUniform => (6.0 / (inputs + outputs) as f32).sqrt(),
            Init::Zero => 0.0,
        }
    }
}

/// x: rows × inputs, W: inputs × outputs, b: 1 × outputs, y: rows × outputs.
pub struct Dense {
    params: [Param; 2],
}

impl Dense {
    /// A layer with drawn weights and zero biases; `place` names the layer's own random stream.
    pub fn new(inputs: usize, outputs: usize, init: Init, seed: u64, place: u64) -> Self {
        let limit = init.limit(inputs, outputs);
        let mut rng = random::stream(seed, Purpose::Weights, place);
        let draw = || limit * (2.0 * random::unit(&mut rng) - 1.0);
        let weights = match init {
            Init::Zero => Array2::zeros((inputs, outputs)),
            Init::HeUniform | Init::GlorotUniform => Array2::from_shape_simple_fn((inputs, outputs), draw),
        };
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
    fn weights_fill_their_range_and_biases_start_at_zero() {
        for (init, limit) in
            [(Init::HeUniform, 0.1_f32), (Init::GlorotUniform, (6.0_f32 / 900.0).sqrt()), (Init::Zero, 0.0)]
        {
            let layer = Dense::new(600, 300, init, 1, 0);
            let [w, b] = &layer.params;
            let largest = w.value.iter().fold(0.0_f32, |m, v| m.max(v.abs()));
            assert!(largest <= limit && largest >= 0.999 * limit, "{init:?}: {largest}");
            assert!(b.value.iter().all(|&v| v == 0.0));
        }
    }

    #[test]
    fn every_layer_and_every_seed_draws_its_own_weights() {
        let weight = |seed, place| Dense::new(4, 3, Init::HeUniform, seed, place).params[0].value[[0, 0]];
        assert_ne!(weight(1, 0), weight(1, 1));
        assert_ne!(weight(1, 0), weight(2, 0));
        assert_eq!(weight(1, 0).to_bits(), weight(1, 0).to_bits());
    }
}
