//! Losses: how wrong an answer is, and in which direction it should move.

mod softmax_cross_entropy;

use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

pub use softmax_cross_entropy::SoftmaxCrossEntropy;

/// A loss as data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LossSpec {
    /// See [`SoftmaxCrossEntropy`].
    #[default]
    SoftmaxCrossEntropy,
}

/// A loss over a block of samples; the batch's loss is the mean over all its rows.
pub trait Loss {
    /// Writes what the network says in the words of the loss (probabilities), and each sample's loss.
    /// outputs and answers: rows × outputs; labels and losses: rows.
    fn forward(
        &self,
        outputs: ArrayView2<f32>,
        labels: &[u8],
        answers: ArrayViewMut2<f32>,
        losses: &mut [f32],
    );

    /// ∂loss/∂outputs of the mean over a batch of `batch` rows, in place of the answers.
    fn backward(&self, labels: &[u8], batch: usize, answers: ArrayViewMut2<f32>);
}

/// The loss that a spec names.
pub fn build(spec: LossSpec) -> Box<dyn Loss> {
    match spec {
        LossSpec::SoftmaxCrossEntropy => Box::new(SoftmaxCrossEntropy),
    }
}
