//! Activation: one function applied to every value, `y = f(x)`.

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, LN_2};

use ndarray::{ArrayView2, ArrayViewMut2, Zip};
use serde::{Deserialize, Serialize};

use super::{Layer, Pass};

/// What leaky ReLU lets through of a negative value, as in PyTorch.
const LEAK: f32 = 0.01;

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
    /// `f(x)`.
    pub fn value(self, x: f32) -> f32 {
        match self {
            Activation::Linear => x,
            // Written so that NaN stays NaN: a diverged network must not look healthy.
            Activation::Relu => {
                if x <= 0.0 {
                    0.0
                } else {
                    x
                }
            }
            Activation::LeakyRelu => {
                if x <= 0.0 {
                    LEAK * x
                } else {
                    x
                }
            }
            Activation::Sigmoid => 1.0 / (1.0 + libm::expf(-x)),
            Activation::Tanh => libm::tanhf(x),
            Activation::Softplus => x.max(0.0) + libm::log1pf(libm::expf(-x.abs())) + 0.0 * x,
            Activation::Gelu => x * normal_below(x),
        }
    }

    /// `f′(x)`, given `x` and `y = f(x)`, whichever it is easier had from.
    pub fn slope(self, x: f32, y: f32) -> f32 {
        match self {
            Activation::Linear => 1.0,
            Activation::Relu => {
                if y > 0.0 {
                    1.0
                } else {
                    0.0
                }
            }
            Activation::LeakyRelu => {
                if y > 0.0 {
                    1.0
                } else {
                    LEAK
                }
            }
            Activation::Sigmoid => y * (1.0 - y),
            Activation::Tanh => 1.0 - y * y,
            Activation::Softplus => Activation::Sigmoid.value(x),
            Activation::Gelu => normal_below(x) + x * normal_density(x),
        }
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

/// Φ, the share of a standard normal distribution that lies below x.
fn normal_below(x: f32) -> f32 {
    0.5 * (1.0 + libm::erff(x * FRAC_1_SQRT_2))
}

/// The density of the standard normal distribution at x.
fn normal_density(x: f32) -> f32 {
    0.5 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2 * libm::expf(-0.5 * x * x)
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

    fn forward(&self, x: ArrayView2<f32>, y: ArrayViewMut2<f32>) {
        Zip::from(y).and(x).for_each(|y, &x| *y = self.function.value(x));
    }

    /// ∂x = ∂y · f′(x).
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        if let Some(dx) = dx {
            let slope = |x, y| self.function.slope(x, y);
            Zip::from(dx)
                .and(pass.dy)
                .and(pass.x)
                .and(pass.y)
                .for_each(|dx, &dy, &x, &y| *dx = dy * slope(x, y));
        }
    }
}
