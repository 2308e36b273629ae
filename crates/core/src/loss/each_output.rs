//! Losses that look at every output by itself: a sample's loss is the mean over its outputs, as in PyTorch and Keras.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::{Loss, Targets};

/// The loss of one output.
pub trait OutputLoss {
    /// What the output says, in the words of the loss.
    fn answer(&self, output: f32) -> f32;

    /// How wrong that is.
    fn loss(&self, output: f32, target: f32) -> f32;

    /// ∂loss/∂output, given the answer.
    fn slope(&self, answer: f32, target: f32) -> f32;
}

/// `1 / (1 + e⁻ˣ)`, as an answer.
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}

/// The mean of a loss over the outputs of a sample.
pub struct EachOutput(pub &'static dyn OutputLoss);

impl Loss for EachOutput {
    fn forward(
        &self,
        outputs: ArrayView2<f32>,
        targets: Targets,
        mut answers: ArrayViewMut2<f32>,
        losses: &mut [f32],
    ) {
        let width = outputs.ncols();
        for (row, loss) in losses.iter_mut().enumerate() {
            let mut sum = 0.0;
            for (output, (&value, answer)) in outputs.row(row).iter().zip(answers.row_mut(row)).enumerate() {
                *answer = self.0.answer(value);
                sum += self.0.loss(value, targets.at(row, output, width));
            }
            *loss = sum / width as f32;
        }
    }

    fn backward(&self, targets: Targets, batch: usize, mut answers: ArrayViewMut2<f32>) {
        let width = answers.ncols();
        let share = (batch * width) as f32;
        for ((row, output), answer) in answers.indexed_iter_mut() {
            *answer = self.0.slope(*answer, targets.at(row, output, width)) / share;
        }
    }
}
