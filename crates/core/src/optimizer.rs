//! Optimizers: how a gradient becomes a step. PyTorch's formulas where Keras's differ.

mod adam;
mod momentum;
mod sgd;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::layer::Param;
pub use adam::Adam;
pub use momentum::Momentum;
pub use sgd::Sgd;

/// An optimizer as data; the learning rate is not part of it, it belongs to whoever turns the knob.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum OptimizerSpec {
    /// See [`Sgd`].
    Sgd,
    /// See [`Momentum`].
    Momentum {
        /// How much of the last step is kept, in `[0, 1)`.
        #[serde(serialize_with = "crate::experiment::shortest")]
        momentum: f32,
    },
    /// See [`Adam`].
    Adam {
        /// Decay of the mean of gradients.
        #[serde(serialize_with = "crate::experiment::shortest")]
        beta1: f32,
        /// Decay of the mean of squared gradients.
        #[serde(serialize_with = "crate::experiment::shortest")]
        beta2: f32,
        /// Added to the root.
        #[serde(serialize_with = "crate::experiment::shortest")]
        epsilon: f32,
    },
}

impl OptimizerSpec {
    /// Momentum 0.9.
    pub const MOMENTUM: Self = OptimizerSpec::Momentum { momentum: 0.9 };
    /// Adam with PyTorch's defaults (Keras's epsilon is 1e-7).
    pub const ADAM: Self = OptimizerSpec::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
}

/// Moves parameters along their gradients.
pub trait Optimizer {
    /// Takes step number `t` (from 1) with learning rate `lr`; the parameters come in the same order every time.
    fn step(&mut self, t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>);

    /// What it remembers between steps, each as large as a parameter; empty if nothing.
    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut []
    }
}

/// Builds an optimizer for parameters of these shapes (rows, columns).
pub fn build(spec: OptimizerSpec, shapes: &[(usize, usize)]) -> Box<dyn Optimizer> {
    match spec {
        OptimizerSpec::Sgd => Box::new(Sgd),
        OptimizerSpec::Momentum { momentum } => Box::new(Momentum::new(momentum, shapes)),
        OptimizerSpec::Adam { beta1, beta2, epsilon } => Box::new(Adam::new([beta1, beta2], epsilon, shapes)),
    }
}

/// One array of zeros for each parameter.
fn zeros(shapes: &[(usize, usize)]) -> impl Iterator<Item = Array2<f32>> + '_ {
    shapes.iter().map(|&shape| Array2::zeros(shape))
}

/// As one slice, over which a loop vectorises.
fn values(array: &Array2<f32>) -> &[f32] {
    array.as_slice().expect("standard layout")
}

fn values_mut(array: &mut Array2<f32>) -> &mut [f32] {
    array.as_slice_mut().expect("standard layout")
}
