//! Optimizers: how a gradient becomes a step. PyTorch's formulas where Keras's differ.

mod adagrad;
mod adam;
mod adamw;
mod momentum;
mod nesterov;
mod rmsprop;
mod sgd;

use std::ops::RangeInclusive;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::layer::Param;
pub use adagrad::Adagrad;
pub use adam::Adam;
pub use adamw::AdamW;
pub use momentum::Momentum;
pub use nesterov::Nesterov;
pub use rmsprop::RmsProp;
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
    /// See [`Nesterov`].
    Nesterov {
        /// How much of the last step is kept, in `[0, 1)`.
        #[serde(serialize_with = "crate::experiment::shortest")]
        momentum: f32,
    },
    /// See [`RmsProp`].
    Rmsprop {
        /// Decay of the mean of squared gradients (PyTorch's `alpha`).
        #[serde(serialize_with = "crate::experiment::shortest")]
        rho: f32,
        /// Added to the root.
        #[serde(serialize_with = "crate::experiment::shortest")]
        epsilon: f32,
    },
    /// See [`Adagrad`].
    Adagrad {
        /// Added to the root.
        #[serde(serialize_with = "crate::experiment::shortest")]
        epsilon: f32,
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
    /// See [`AdamW`].
    #[serde(rename_all = "camelCase")]
    Adamw {
        /// Decay of the mean of gradients.
        #[serde(serialize_with = "crate::experiment::shortest")]
        beta1: f32,
        /// Decay of the mean of squared gradients.
        #[serde(serialize_with = "crate::experiment::shortest")]
        beta2: f32,
        /// Added to the root.
        #[serde(serialize_with = "crate::experiment::shortest")]
        epsilon: f32,
        /// The share that a parameter loses in every step, times the learning rate.
        #[serde(serialize_with = "crate::experiment::shortest")]
        weight_decay: f32,
    },
}

/// A number that an optimizer takes.
pub struct Setting<'a> {
    /// Its name, in JSON and in a link.
    pub name: &'static str,
    /// The number itself.
    pub value: &'a mut f32,
    /// Where it may lie.
    pub range: RangeInclusive<f32>,
}

impl OptimizerSpec {
    /// Momentum 0.9.
    pub const MOMENTUM: Self = OptimizerSpec::Momentum { momentum: 0.9 };
    /// Adam with PyTorch's defaults (Keras's epsilon is 1e-7, and is added to the root before that is corrected).
    pub const ADAM: Self = OptimizerSpec::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    /// All of them with PyTorch's defaults, under the names that a link has for them, and the learning rate that a
    /// fresh experiment starts with.
    pub const ALL: [(&'static str, Self, f32); 7] = [
        ("sgd", OptimizerSpec::Sgd, 0.1),
        ("momentum", Self::MOMENTUM, 0.02),
        ("nesterov", OptimizerSpec::Nesterov { momentum: 0.9 }, 0.02),
        ("rmsprop", OptimizerSpec::Rmsprop { rho: 0.99, epsilon: 1e-8 }, 0.001),
        ("adagrad", OptimizerSpec::Adagrad { epsilon: 1e-10 }, 0.02),
        ("adam", Self::ADAM, 0.001),
        (
            "adamw",
            OptimizerSpec::Adamw { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.01 },
            0.001,
        ),
    ];

    /// Its name in a link, its defaults, and the learning rate it starts with.
    pub fn usual(&self) -> &'static (&'static str, Self, f32) {
        let same = |other: &Self| std::mem::discriminant(other) == std::mem::discriminant(self);
        Self::ALL.iter().find(|(_, usual, _)| same(usual)).expect("the table has every optimizer")
    }

    /// Its numbers, in the order in which they are written.
    pub fn settings(&mut self) -> Vec<Setting<'_>> {
        const DECAY: RangeInclusive<f32> = 0.0..=0.999_999;
        const EPSILON: RangeInclusive<f32> = 1e-12..=1.0;
        let decay = |name, value| Setting { name, value, range: DECAY };
        let small = |value| Setting { name: "epsilon", value, range: EPSILON };
        match self {
            OptimizerSpec::Sgd => vec![],
            OptimizerSpec::Momentum { momentum } | OptimizerSpec::Nesterov { momentum } => {
                vec![decay("momentum", momentum)]
            }
            OptimizerSpec::Rmsprop { rho, epsilon } => vec![decay("rho", rho), small(epsilon)],
            OptimizerSpec::Adagrad { epsilon } => vec![small(epsilon)],
            OptimizerSpec::Adam { beta1, beta2, epsilon } => {
                vec![decay("beta1", beta1), decay("beta2", beta2), small(epsilon)]
            }
            OptimizerSpec::Adamw { beta1, beta2, epsilon, weight_decay } => vec![
                decay("beta1", beta1),
                decay("beta2", beta2),
                small(epsilon),
                Setting { name: "weightDecay", value: weight_decay, range: 0.0..=1.0 },
            ],
        }
    }
}

/// Moves parameters along their gradients.
pub trait Optimizer {
    /// Takes step number `t` (from 1) with learning rate `lr`; the parameters come in the same order every time.
    fn step(&mut self, t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>);

    /// What it remembers between steps, each as large as a parameter; empty if nothing. None of it is a denormal number.
    fn memory(&mut self) -> &mut [Array2<f32>] {
        &mut []
    }
}

/// Builds an optimizer for parameters of these shapes (rows, columns).
pub fn build(spec: OptimizerSpec, shapes: &[(usize, usize)]) -> Box<dyn Optimizer> {
    match spec {
        OptimizerSpec::Sgd => Box::new(Sgd),
        OptimizerSpec::Momentum { momentum } => Box::new(Momentum::new(momentum, shapes)),
        OptimizerSpec::Nesterov { momentum } => Box::new(Nesterov::new(momentum, shapes)),
        OptimizerSpec::Rmsprop { rho, epsilon } => Box::new(RmsProp::new(rho, epsilon, shapes)),
        OptimizerSpec::Adagrad { epsilon } => Box::new(Adagrad::new(epsilon, shapes)),
        OptimizerSpec::Adam { beta1, beta2, epsilon } => Box::new(Adam::new([beta1, beta2], epsilon, shapes)),
        OptimizerSpec::Adamw { beta1, beta2, epsilon, weight_decay } => {
            Box::new(AdamW::new(Adam::new([beta1, beta2], epsilon, shapes), weight_decay))
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::Param;

    #[test]
    fn what_an_optimizer_remembers_decays_to_zero_and_is_never_a_denormal_number() {
        let [beta1, beta2, epsilon] = [0.9, 0.99, 1e-8];
        for spec in [
            OptimizerSpec::Momentum { momentum: 0.9 },
            OptimizerSpec::Nesterov { momentum: 0.9 },
            OptimizerSpec::Rmsprop { rho: 0.9, epsilon },
            OptimizerSpec::Adam { beta1, beta2, epsilon },
            OptimizerSpec::Adamw { beta1, beta2, epsilon, weight_decay: 0.01 },
        ] {
            let mut param = Param::new(Array2::ones((2, 3)));
            let mut optimizer = build(spec, &[(2, 3)]);
            param.grad.fill(0.5);
            optimizer.step(1, 0.1, &mut std::iter::once(&mut param));
            param.grad.fill(0.0);
            let mut remembered = |t| {
                optimizer.step(t, 0.1, &mut std::iter::once(&mut param));
                optimizer.memory().iter().flatten().copied().collect::<Vec<_>>()
            };
            assert!(remembered(2).iter().all(|&value| value > 0.0), "{spec:?}");
            for t in 3..10_000 {
                assert!(remembered(t).iter().all(|value| !value.is_subnormal()), "{spec:?} at step {t}");
            }
            assert!(remembered(10_000).iter().all(|&value| value == 0.0), "{spec:?}");
        }
    }
}
