//! A run under way: the trainer, and what adds up beside it. Reads no clock: whoever drives it has one.

use std::sync::Arc;

use brainbow::dataset::Task;
use brainbow::trainer::{State, StepResult};
use brainbow::{Dataset, Evaluation, Experiment, Trainer};
use serde::{Deserialize, Serialize};

use crate::experiment;
use crate::failure::Failure;
use crate::score::Score;

/// One epoch under Keras's names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// From 1.
    pub epoch: u64,
    /// The mean over the samples learned from, each as it was read while learning.
    pub loss: f64,
    /// The share of them read correctly, where classes are told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// The root of their mean squared error, where numbers are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root_mean_squared_error: Option<f64>,
    /// The mean over all held-out samples at the epoch's end; none where it is no number.
    pub val_loss: Option<f64>,
    /// The share of them read correctly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub val_accuracy: Option<f64>,
    /// The root of their mean squared error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub val_root_mean_squared_error: Option<f64>,
    /// Of the weights at the epoch's end.
    pub fingerprint: Option<String>,
    /// Evaluation included.
    pub seconds: f64,
}

impl Epoch {
    /// Of the samples learned from.
    pub fn score(&self) -> Score {
        score(self.accuracy, self.root_mean_squared_error)
    }

    /// Of those held out.
    pub fn val_score(&self) -> Score {
        score(self.val_accuracy, self.val_root_mean_squared_error)
    }
}

fn score(accuracy: Option<f64>, rmse: Option<f64>) -> Score {
    accuracy.map_or(Score::Rmse(rmse.unwrap_or(f64::NAN)), Score::Accuracy)
}

/// Sums over the epoch under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    /// Each step's mean loss times its samples.
    pub loss: f64,
    /// Samples read correctly.
    pub correct: u64,
    /// Samples learned from.
    pub samples: u64,
    /// The sum of their squared errors.
    #[serde(default)]
    pub squares: f64,
}

impl Sums {
    fn add(&mut self, result: StepResult) {
        self.loss += result.loss * f64::from(result.samples);
        self.correct += u64::from(result.correct);
        self.samples += u64::from(result.samples);
        self.squares += result.squares;
    }
}

/// A trainer with its history.
pub struct Run {
    pub trainer: Trainer,
    /// Of the epoch under way.
    pub sums: Sums,
    /// The epochs done, those before a resumption included.
    pub history: Vec<Epoch>,
    /// The last whole evaluation.
    pub evaluation: Option<Evaluation>,
}

impl Run {
    /// A run at step 0.
    pub fn new(experiment: Experiment, data: Arc<Dataset>) -> Result<Self, Failure> {
        let trainer = Trainer::new(experiment, data)
            .map_err(|error| Failure::Usage(format!("The experiment: {}", experiment::sentence(&error))))?;
        Ok(Self { trainer, sums: Sums::default(), history: Vec::new(), evaluation: None })
    }

    /// The epoch's mean loss, and how well the samples were told while they were learned; none before its first step.
    pub fn means(&self) -> Option<(f64, Score)> {
        let Sums { loss, correct, squares, samples } = self.sums;
        let count = samples as f64;
        let score = match self.trainer.data().task() {
            Task::Classes(_) => Score::Accuracy(correct as f64 / count),
            Task::Value => Score::Rmse((squares / count).sqrt()),
        };
        (samples > 0).then_some((loss / count, score))
    }

    /// Whether there are steps to take.
    pub fn is_learning(&self) -> bool {
        self.trainer.state() == State::Learning
    }

    /// Learns from the next block of rows; the step's result where that completes a batch.
    pub fn advance(&mut self) -> Option<StepResult> {
        let result = self.trainer.advance()?;
        self.sums.add(result);
        Some(result)
    }

    /// Reads all held-out samples with the weights as they are.
    pub fn evaluate(&mut self) -> &Evaluation {
        let mut evaluation = Evaluation::new(&self.trainer);
        while !evaluation.advance() {}
        self.trainer.judge(&evaluation);
        self.evaluation.insert(evaluation)
    }

    /// Closes the epoch that has just ended, `seconds` telling how long it took.
    pub fn end_epoch(&mut self, seconds: impl FnOnce() -> f64) -> &Epoch {
        let (loss, score) = self.means().expect("an epoch has a step");
        self.sums = Sums::default();
        let evaluation = self.evaluate();
        let (val_loss, val_score) = (evaluation.loss(), Score::of(evaluation));
        self.history.push(Epoch {
            epoch: self.trainer.epoch(),
            loss,
            accuracy: score.accuracy(),
            root_mean_squared_error: score.rmse(),
            val_loss: Some(val_loss).filter(|loss| loss.is_finite()),
            val_accuracy: val_score.accuracy(),
            val_root_mean_squared_error: val_score.rmse(),
            fingerprint: self.fingerprint(),
            seconds: seconds(),
        });
        self.history.last().expect("just pushed")
    }

    /// Of the weights as they are; none where one is no number.
    pub fn fingerprint(&self) -> Option<String> {
        self.trainer.fingerprint().map(|fingerprint| fingerprint.to_string())
    }
}
