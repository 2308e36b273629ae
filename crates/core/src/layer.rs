//! Layers: what a network is made of, one file for each kind, the derivative beside the operation.

mod activation;
mod dense;
mod dropout;
mod init;

use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use crate::kernel::{Sparse, each};
pub use activation::{Activation, ActivationLayer};
pub use dense::Dense;
pub use dropout::Dropout;
pub use init::Init;

/// A layer as data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum LayerSpec {
    /// See [`Dense`].
    Dense {
        /// The output's width.
        units: usize,
        /// How the weights start; biases start at zero.
        #[serde(default)]
        init: Init,
    },
    /// See [`ActivationLayer`].
    Activation {
        /// The function applied to every value.
        function: Activation,
    },
    /// See [`Dropout`].
    Dropout {
        /// The probability of a value to be silenced.
        #[serde(serialize_with = "crate::experiment::shortest")]
        rate: f32,
    },
}

/// Something learned, and the gradient of the batch's loss by it. Always a matrix: a bias is one row.
#[derive(Clone, Debug)]
pub struct Param {
    /// The parameter itself.
    pub value: Array2<f32>,
    /// ∂loss/∂value of the batch under way.
    pub grad: Array2<f32>,
    /// Whether a batch has begun that has not written its gradient yet.
    cleared: bool,
}

impl Param {
    /// A parameter with a gradient of zero.
    pub fn new(value: Array2<f32>) -> Self {
        let grad = Array2::zeros(value.raw_dim());
        Self { value, grad, cleared: false }
    }

    /// Begins a batch: what next goes into the gradient sets it.
    pub fn clear_gradient(&mut self) {
        self.cleared = true;
    }

    /// Whether what goes into the gradient now is added to what the batch has written before.
    pub fn carries(&mut self) -> bool {
        !std::mem::take(&mut self.cleared)
    }

    /// The same, with every value multiplied.
    pub fn scaled(&mut self, factor: f32) -> &mut Self {
        let w = self.value.as_slice_mut().expect("standard layout");
        each!((w), () => { w *= factor });
        self
    }
}

/// What a layer saw going forward and gets coming back. All have as many rows as the block.
pub struct Pass<'a> {
    /// rows × inputs.
    pub x: ArrayView2<'a, f32>,
    /// rows × outputs, as `forward` wrote it.
    pub y: ArrayView2<'a, f32>,
    /// ∂loss/∂y, rows × outputs.
    pub dy: ArrayView2<'a, f32>,
}

/// Where in a run a block of rows is learned from.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The step (from 0).
    pub step: u64,
    /// The place of the block's first row in its batch.
    pub row: usize,
}

/// One step of the way from pixels to logits. The caller owns every buffer, and all are in standard layout.
pub trait Layer {
    /// The output's width.
    fn outputs(&self) -> usize;

    /// Writes the layer's output. x: rows × inputs, y: rows × outputs.
    fn forward(&self, x: ArrayView2<f32>, y: ArrayViewMut2<f32>);

    /// The same while it learns, where that differs; `backward` follows.
    fn forward_learning(&mut self, x: ArrayView2<f32>, y: ArrayViewMut2<f32>, _moment: Moment) {
        self.forward(x, y);
    }

    /// **Adds** to the gradients of the parameters (sets them after [`Param::clear_gradient`]), and writes
    /// ∂loss/∂x where somebody below needs it (the first layer's input does not). dx: rows × inputs.
    fn backward(&mut self, pass: Pass, dx: Option<ArrayViewMut2<f32>>);

    /// Around one input, of which the layer said `y`: turns the weights that its outputs have in a sum into the weights of
    /// its inputs, and what the sum has besides. None where the layer is no straight piece there.
    fn unfold(&self, y: &[f32], weights: &[f64]) -> Option<(Vec<f64>, f64)>;

    /// The same as `forward`, to the bit, for an input that is mostly zero; says whether it did.
    fn forward_sparse(&self, _x: &Sparse, _y: ArrayViewMut2<f32>) -> bool {
        false
    }

    /// The same as `backward` without `dx`, to the bit, for an input that is mostly zero; says whether it
    /// did. dy: rows × outputs.
    fn backward_sparse(&mut self, _x: &mut Sparse, _dy: ArrayView2<f32>) -> bool {
        false
    }

    /// What is learned, in PyTorch's order (weight, bias).
    fn params(&self) -> &[Param] {
        &[]
    }

    /// The same, to be changed.
    fn params_mut(&mut self) -> &mut [Param] {
        &mut []
    }
}

/// Builds a layer, with random numbers of the seed's streams number `place` (from 0): the one place where a spec becomes
/// a layer.
pub fn build(spec: LayerSpec, inputs: usize, seed: u64, place: u64) -> Box<dyn Layer> {
    match spec {
        LayerSpec::Dense { units, init } => Box::new(Dense::new(inputs, units, init, seed, place)),
        LayerSpec::Activation { function } => Box::new(ActivationLayer::new(function, inputs)),
        LayerSpec::Dropout { rate } => Box::new(Dropout::new(rate, inputs, seed, place)),
    }
}
