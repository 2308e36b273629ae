//! A run under way: the trainer, and what adds up beside it. Reads no clock: whoever drives it has one.

use std::sync::Arc;

use brainbow::trainer::{State, StepResult};
use brainbow::{Dataset, Evaluation, Experiment, Trainer};
use serde::{Deserialize, Serialize};

use crate::experiment;
use crate::failure::Failure;

/// One epoch under Keras's names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// From 1.
    pub epoch: u64,
    /// The mean over the samples learned from, each as it was read while learning.
    pub loss: f64,
    /// The share of them read correctly.
    pub accuracy: f64,
    /// The mean over all held-out samples at the epoch's end; none where it is no number.
    pub val_loss: Option<f64>,
    /// The share of them read correctly.
    pub val_accuracy: f64,
    /// Of the weights at the epoch's end.
    pub fingerprint: Option<String>,
    /// Evaluation included.
    pub seconds: f64,
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
}

impl Sums {
    fn add(&mut self, result: StepResult) {
        self.loss += result.loss * f64::from(result.samples);
        self.correct += u64::from(result.correct);
        self.samples += u64::from(result.samples);
    }

    /// The mean loss and the share read correctly; none before the first step.
    pub fn means(&self) -> Option<(f64, f64)> {
        let samples = self.samples as f64;
        (self.samples > 0).then(|| (self.loss / samples, self.correct as f64 / samples))
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
        let evaluation = self.evaluate();
        let (val_loss, val_accuracy) = (evaluation.loss(), evaluation.matrix().accuracy().unwrap_or(0.0));
        let (loss, accuracy) = std::mem::take(&mut self.sums).means().expect("an epoch has a step");
        self.history.push(Epoch {
            epoch: self.trainer.epoch(),
            loss,
            accuracy,
            val_loss: Some(val_loss).filter(|loss| loss.is_finite()),
            val_accuracy,
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
