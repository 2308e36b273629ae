//! Activation: one function applied to every value, `y = f(x)`.

use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use super::{Layer, Pass};
use crate::kernel;

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
}

impl Activation {
    /// Writes `f(x)` of every value.
    fn values(self, x: &[f32], y: &mut [f32]) {
        // Written so that NaN stays NaN: a diverged network must not look healthy.
        match self {
            Activation::Linear => y.copy_from_slice(x),
            Activation::Relu => map(x, y, |x| if x <= 0.0 { 0.0 } else { x }),
            Activation::LeakyRelu => map(x, y, |x| if x <= 0.0 { LEAK * x } else { x }),
            Activation::Sigmoid => kernel::each(x, y, kernel::sigmoid),
            Activation::Tanh => kernel::each(x, y, kernel::tanh),
        }
    }

    /// Writes `dy · f′(x)` of every value, given `y = f(x)`, from which all of these can be had.
    fn slopes(self, y: &[f32], dy: &[f32], dx: &mut [f32]) {
        match self {
            Activation::Linear => dx.copy_from_slice(dy),
            Activation::Relu => multiply(y, dy, dx, |y| if y > 0.0 { 1.0 } else { 0.0 }),
            Activation::LeakyRelu => multiply(y, dy, dx, |y| if y > 0.0 { 1.0 } else { LEAK }),
            Activation::Sigmoid => multiply(y, dy, dx, |y| y * (1.0 - y)),
            Activation::Tanh => multiply(y, dy, dx, |y| 1.0 - y * y),
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

    fn forward(&self, x: ArrayView2<f32>, mut y: ArrayViewMut2<f32>) {
        let y = y.as_slice_mut().expect(STANDARD);
        self.function.values(x.to_slice().expect(STANDARD), y);
    }

    /// ∂x = ∂y · f′(x).
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>) {
        if let Some(mut dx) = dx {
            let (y, dy) = (pass.y.to_slice().expect(STANDARD), pass.dy.to_slice().expect(STANDARD));
            self.function.slopes(y, dy, dx.as_slice_mut().expect(STANDARD));
        }
    }
}

fn map(x: &[f32], y: &mut [f32], f: impl Fn(f32) -> f32) {
    y.iter_mut().zip(x).for_each(|(y, &x)| *y = f(x));
}

fn multiply(y: &[f32], dy: &[f32], dx: &mut [f32], slope: impl Fn(f32) -> f32) {
    dx.iter_mut().zip(dy).zip(y).for_each(|((dx, &dy), &y)| *dx = dy * slope(y));
}
