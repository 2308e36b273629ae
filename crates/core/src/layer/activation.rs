//! Activation: one function applied to every value, `y = f(x)`.

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, LN_2};

use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};
use wide::f32x4;

use super::{Layer, Pass};
use crate::kernel::{self, each};

/// What leaky ReLU lets through of a negative value, as in PyTorch.
const LEAK: f32 = 0.01;

/// What every view that reaches a layer is in.
const STANDARD: &str = "standard layout";

/// The functions, under PyTorch's and Keras's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Activation {
    /// `x`.
    Linear,
    /// `max(0, x)`.
    Relu,
    /// `x` above zero, `0.01 · x` below (PyTorch's slope; Keras's is 0.3).
    LeakyRelu,
    /// `1 / (1 + e⁻ˣ)`.
    Sigmoid,
    /// `(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`.
    Tanh,
    /// `log(1 + eˣ)`, a ReLU without a kink.
    Softplus,
    /// `x · Φ(x)` with the normal distribution's Φ (Hendrycks and Gimpel 2016), not the approximation by tanh.
    Gelu,
}

impl Activation {
    /// Writes `f(x)` of every value.
    fn values(self, x: &[f32], y: &mut [f32]) {
        // Written so that NaN stays NaN: a diverged network must not look healthy.
        match self {
            Activation::Linear => y.copy_from_slice(x),
            Activation::Relu => each!((y), (x) => { y = x.simd_le(0.0).bitselect(f32x4::splat(0.0), x) }),
            Activation::LeakyRelu => each!((y), (x) => { y = x.simd_le(0.0).bitselect(LEAK * x, x) }),
            Activation::Sigmoid => each!((y), (x) => { y = kernel::sigmoid(x) }),
            Activation::Tanh => each!((y), (x) => { y = kernel::tanh(x) }),
            Activation::Softplus => y.iter_mut().zip(x).for_each(|(y, &x)| *y = softplus(x)),
            Activation::Gelu => y.iter_mut().zip(x).for_each(|(y, &x)| *y = x * normal_below(x)),
        }
    }

    /// Writes `dy · f′(x)` of every value, given `x` and `y = f(x)`, whichever it is easier had from.
    fn slopes(self, x: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) {
        let one = f32x4::splat(1.0);
        let above = |y: f32x4, below: f32| y.simd_gt(0.0).bitselect(one, f32x4::splat(below));
        match self {
            Activation::Linear => dx.copy_from_slice(dy),
            Activation::Relu => each!((dx), (y, dy) => { dx = dy * above(y, 0.0) }),
            Activation::LeakyRelu => each!((dx), (y, dy) => { dx = dy * above(y, LEAK) }),
            Activation::Sigmoid => each!((dx), (y, dy) => { dx = dy * (y * (one - y)) }),
            Activation::Tanh => each!((dx), (y, dy) => { dx = dy * (one - y * y) }),
            Activation::Softplus => each!((dx), (x, dy) => { dx = kernel::sigmoid(x) * dy }),
            Activation::Gelu => {
                let slope = |x: f32| normal_below(x) + x * normal_density(x);
                dx.iter_mut().zip(dy).zip(x).for_each(|((dx, &dy), &x)| *dx = dy * slope(x));
            }
        }
    }

    /// Whether its slope comes to nothing at both ends.
    pub fn has_flat_ends(self) -> bool {
        matches!(self, Activation::Sigmoid | Activation::Tanh)
    }

    /// Whether the slope at this output is below 5 % of its greatest, on a curve that is flat at both ends.
    pub fn is_flat_at(self, y: f32) -> bool {
        match self {
            Activation::Sigmoid => y * (1.0 - y) < 0.05 * 0.25,
            Activation::Tanh => 1.0 - y * y < 0.05,
            Activation::Linear
            | Activation::Relu
            | Activation::LeakyRelu
            | Activation::Softplus
            | Activation::Gelu => false,
        }
    }

    /// Of functions that are two straight pieces, 1 above zero: what the slope is below. None where a function bends.
    fn slope_below_zero(self) -> Option<f32> {
        match self {
            Activation::Linear => Some(1.0),
            Activation::Relu => Some(0.0),
            Activation::LeakyRelu => Some(LEAK),
            Activation::Sigmoid | Activation::Tanh | Activation::Softplus | Activation::Gelu => None,
        }
    }

    /// Whether a unit that is never active has stopped to learn, or nearly so.
    pub fn can_die(self) -> bool {
        match self {
            Activation::Relu | Activation::LeakyRelu | Activation::Softplus | Activation::Gelu => true,
            Activation::Linear | Activation::Sigmoid | Activation::Tanh => false,
        }
    }

    /// Above this output a neuron counts as active: what zero gives for the sigmoid and softplus, zero for the others.
    pub fn threshold(self) -> f32 {
        match self {
            Activation::Sigmoid => 0.5,
            Activation::Softplus => LN_2,
            Activation::Linear
            | Activation::Relu
            | Activation::LeakyRelu
            | Activation::Tanh
            | Activation::Gelu => 0.0,
        }
    }
}

/// x and y: rows × width.
pub struct ActivationLayer {
    function: Activation,
    width: usize,
}

impl ActivationLayer {
    /// A layer as wide as the one below.
    pub fn new(function: Activation, width: usize) -> Self {
        Self { function, width }
    }
}

impl Layer for ActivationLayer {
    fn outputs(&self) -> usize {
        self.width
    }

    fn forward(&self, x: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
        let y = y.as_slice_mut().expect(STANDARD);
        self.function.values(x.to_slice().expect(STANDARD), y);
    }

    fn unfold(&self, y: &[f32], weights: &[f64]) -> Option<(Vec<f64>, f64)> {
        let below = self.function.slope_below_zero()?;
        let slope = |y: f32| if y > 0.0 { 1.0 } else { below };
        Some((weights.iter().zip(y).map(|(weight, &y)| weight * f64::from(slope(y))).collect(), 0.0))
    }

    /// ∂x = ∂y · f′(x).
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        if let Some(mut dx) = dx {
            let [x, y, dy] = [pass.x, pass.y, pass.dy].map(|view| view.to_slice().expect(STANDARD));
            self.function.slopes(x, y, dy, dx.as_slice_mut().expect(STANDARD));
        }
    }
}

/// Written so that NaN stays NaN.
fn softplus(x: f32) -> f32 {
    let above = if x <= 0.0 { 0.0 } else { x };
    above + libm::log1pf(libm::expf(-x.abs()))
}

/// Φ, the share of a standard normal distribution that lies below x.
fn normal_below(x: f32) -> f32 {
    0.5 * (1.0 + libm::erff(x * FRAC_1_SQRT_2))
}

/// The density of the standard normal distribution at x.
fn normal_density(x: f32) -> f32 {
    0.5 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2 * libm::expf(-0.5 * x * x)
}
