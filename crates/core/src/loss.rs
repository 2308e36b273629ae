//! Losses: how wrong an answer is, and in which direction it should move.

mod absolute_error;
mod binary_cross_entropy;
mod each_output;
mod sigmoid_error;
mod softmax_cross_entropy;
mod squared_error;

use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use crate::dataset::Task;

pub use absolute_error::AbsoluteError;
pub use binary_cross_entropy::BinaryCrossEntropy;
pub use each_output::{EachOutput, OutputLoss};
pub use sigmoid_error::SigmoidError;
pub use softmax_cross_entropy::SoftmaxCrossEntropy;
pub use squared_error::SquaredError;

/// A loss as data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LossSpec {
    /// See [`SoftmaxCrossEntropy`].
    #[default]
    SoftmaxCrossEntropy,
    /// See [`BinaryCrossEntropy`].
    BinaryCrossEntropy,
    /// See [`SquaredError`].
    MeanSquaredError,
    /// See [`AbsoluteError`].
    MeanAbsoluteError,
    /// See [`SigmoidError`].
    SigmoidAbsoluteError,
}

impl LossSpec {
    /// The outputs that a task needs: one for each class, but for two a single one is enough where every output answers a
    /// question of its own ("is it the second?"); one for a number.
    pub fn outputs(self, task: Task) -> usize {
        match (self, task) {
            (_, Task::Value) => 1,
            (LossSpec::SoftmaxCrossEntropy, Task::Classes(classes)) => classes,
            (_, Task::Classes(2)) => 1,
            (_, Task::Classes(classes)) => classes,
        }
    }

    /// The usual one for a task.
    pub fn usual(task: Task) -> Self {
        match task {
            Task::Classes(_) => LossSpec::SoftmaxCrossEntropy,
            Task::Value => LossSpec::MeanSquaredError,
        }
    }

    /// Whether it says how far a number is off, rather than how likely a class is.
    pub fn suits(self, task: Task) -> bool {
        match self {
            LossSpec::MeanSquaredError | LossSpec::MeanAbsoluteError => true,
            LossSpec::SoftmaxCrossEntropy | LossSpec::BinaryCrossEntropy | LossSpec::SigmoidAbsoluteError => {
                task != Task::Value
            }
        }
    }

    /// What a loss of 1 is, in the units of a target that is learned divided by `deviation`.
    pub fn unit(self, deviation: f64) -> f64 {
        match self {
            LossSpec::MeanSquaredError => deviation * deviation,
            LossSpec::MeanAbsoluteError => deviation,
            LossSpec::SoftmaxCrossEntropy | LossSpec::BinaryCrossEntropy | LossSpec::SigmoidAbsoluteError => {
                1.0
            }
        }
    }
}

/// The class that answers to all outputs mean: the one with the greatest, or, where a single answer says how much it is
/// the second of two, the nearer one.
pub(crate) fn class_of(answers: &[f32]) -> usize {
    match answers {
        [second] => usize::from(*second > 0.5),
        answers => crate::trainer::largest(answers),
    }
}

/// What the answers of a block of samples should be.
#[derive(Clone, Copy, Debug)]
pub enum Targets<'a> {
    /// Class numbers, one for each row. Where every output has its own target, it is 1 for the output of the class and 0
    /// for the others; a single output has the class itself, 0 or 1.
    Classes(&'a [u8]),
    /// rows × outputs.
    Values(ArrayView2<'a, f32>),
}

impl Targets<'_> {
    /// The target of one output of `outputs`.
    fn at(&self, row: usize, output: usize, outputs: usize) -> f32 {
        match self {
            Targets::Classes(classes) if outputs == 1 => f32::from(classes[row]),
            Targets::Classes(classes) => f32::from(u8::from(usize::from(classes[row]) == output)),
            Targets::Values(values) => values[[row, output]],
        }
    }
}

/// A loss over a block of samples; the batch's loss is the mean over all its rows.
pub trait Loss {
    /// Writes what the network says in the words of the loss (probabilities, values), and each sample's loss.
    /// outputs and answers: rows × outputs; targets and losses: rows.
    fn forward(
        &self,
        outputs: ArrayView2<f32>,
        targets: Targets,
        answers: ArrayViewMut2<f32>,
        losses: &mut [f32],
    );

    /// ∂loss/∂outputs of the mean over a batch of `batch` rows, in place of the answers.
    fn backward(&self, targets: Targets, batch: usize, answers: ArrayViewMut2<f32>);
}

/// The loss that a spec names.
pub fn build(spec: LossSpec) -> Box<dyn Loss> {
    match spec {
        LossSpec::SoftmaxCrossEntropy => Box::new(SoftmaxCrossEntropy),
        LossSpec::BinaryCrossEntropy => Box::new(EachOutput(&BinaryCrossEntropy)),
        LossSpec::MeanSquaredError => Box::new(EachOutput(&SquaredError)),
        LossSpec::MeanAbsoluteError => Box::new(EachOutput(&AbsoluteError)),
        LossSpec::SigmoidAbsoluteError => Box::new(EachOutput(&SigmoidError)),
    }
}
