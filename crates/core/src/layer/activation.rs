//! Activation: one function applied to every value, `y = f(x)`.

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
        }
    }

    /// `f′(x)`, given `y = f(x)`, from which all of these can be had.
    pub fn slope(self, y: f32) -> f32 {
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
        }
    }

    /// Above this output a neuron counts as active: half way up for the sigmoid, zero for the others.
    pub fn threshold(self) -> f32 {
        match self {
            Activation::Sigmoid => 0.5,
            Activation::Linear | Activation::Relu | Activation::LeakyRelu | Activation::Tanh => 0.0,
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

    fn forward(&self, x: ArrayView2<f32>, y: ArrayViewMut2<f32>) {
        Zip::from(y).and(x).for_each(|y, &x| *y = self.function.value(x));
    }

    /// ∂x = ∂y · f′(x).
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        if let Some(dx) = dx {
            Zip::from(dx).and(pass.dy).and(pass.y).for_each(|dx, &dy, &y| *dx = dy * self.function.slope(y));
        }
    }
}
