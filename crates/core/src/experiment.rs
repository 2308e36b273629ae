//! An experiment: a run as data, and the one place where everything is built from it.

pub(crate) mod decimal;
mod link;
mod preset;
mod schedule;
mod stop;
mod summary;

use std::ops::RangeInclusive;
use std::sync::Arc;

use ndarray::Array2;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::dataset::rows::RowsError;
use crate::dataset::toys::ToySpec;
use crate::dataset::{Classes, DataSpec, Dataset, ScalingSpec, Task};
use crate::formula::FormulaError;
use crate::layer::{Init, LayerSpec};
use crate::loss::{self, Loss, LossSpec};
use crate::network::Network;
use crate::optimizer::{self, Optimizer, OptimizerSpec};
pub use link::{Link, Notice, NoticeKind, format_link, parse_link};
pub use preset::{PRESETS, Preset};
pub use schedule::{Decay, Schedule};
pub(crate) use stop::Watch;
pub use stop::{Stop, StopReason};
pub use summary::{LayerSummary, summary};

/// The limits within which an experiment is built.
pub mod limits {
    use std::ops::RangeInclusive;

    /// Hidden layers.
    pub const HIDDEN_LAYERS: usize = 6;
    /// Units of a dense layer.
    pub const UNITS: RangeInclusive<usize> = 1..=1024;
    /// Samples of a batch; with all of them in one batch it is gradient descent.
    pub const BATCH_SIZE: RangeInclusive<u32> = 1..=1_000_000;
    /// Passes over the training samples.
    pub const EPOCHS: RangeInclusive<u32> = 1..=10_000;
    /// Learning rates; a thousand is foolish, and survivable.
    pub const RATE: RangeInclusive<f32> = 1e-6..=1000.0;
    /// The share of the training samples that may be held out.
    pub const SPLIT: RangeInclusive<f32> = 0.01..=0.5;
    /// The share of units that a dropout layer silences.
    pub const DROPOUT: RangeInclusive<f32> = 0.0..=0.95;
    /// The penalty on squared weights.
    pub const L2: RangeInclusive<f32> = 0.0..=10.0;
    /// The standard deviation of normally drawn weights.
    pub const SIGMA: RangeInclusive<f32> = 0.0..=10.0;
    /// Steps over which the learning rate may rise.
    pub const WARMUP: RangeInclusive<u32> = 0..=1_000_000;
    /// What is left of a learning rate that falls.
    pub const FACTOR: RangeInclusive<f32> = 0.0..=1.0;
    /// An accuracy at which a run ends.
    pub const ACCURACY: RangeInclusive<f32> = 0.0..=1.0;
    /// A loss at which a run ends.
    pub const LOSS: RangeInclusive<f32> = 0.0..=1e12;
}

/// A run as data. Equal experiments on equal data give equal weights, bit for bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Experiment {
    /// What is learned from.
    pub data: DataSpec,
    /// Which of its classes; all of them where the list is empty.
    #[serde(default, skip_serializing_if = "Classes::is_all")]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "number[]"))]
    pub classes: Classes,
    /// From the pixels to the logits; the last is dense with the units that the loss needs for the classes.
    pub layers: Vec<LayerSpec>,
    /// How wrong an answer is.
    #[serde(default)]
    pub loss: LossSpec,
    /// How a gradient becomes a step.
    pub optimizer: OptimizerSpec,
    /// The learning rate and every change of it while learning, by rising step; the first is for step 0.
    pub learning_rate: Vec<RateFrom>,
    /// What the learning rate is multiplied with as the run goes on.
    #[serde(default)]
    pub schedule: Schedule,
    /// λ of the penalty `λ/2 · Σ w²` on all weights (biases are free), as in PyTorch's `weight_decay` of SGD; Keras's
    /// `l2` is half of it. The losses that are shown are without it.
    #[serde(default, serialize_with = "shortest")]
    pub l2: f32,
    /// Samples of a batch; the last batch of an epoch may be shorter.
    pub batch_size: u32,
    /// Passes over the training samples.
    pub epochs: u32,
    /// When to end before they are over.
    #[serde(default)]
    pub stop: Stop,
    /// What is done to the inputs, learned from the training samples.
    #[serde(default)]
    pub scaling: ScalingSpec,
    /// Of the initial weights, the order of the samples and the split; not of generated data.
    pub seed: u32,
    /// The share of the training samples held out for validation; without it the test set serves.
    #[serde(default, serialize_with = "shortest_option")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub validation_split: Option<f32>,
}

/// A learning rate that holds from a step on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateFrom {
    /// The first step (from 0) that is taken with it.
    pub step: u32,
    /// The learning rate.
    #[serde(serialize_with = "shortest")]
    pub rate: f32,
}

/// Writes 0.1 as 0.1, not as the f64 next to the f32 next to it; it is read back as the same f32.
pub(crate) fn shortest<S: serde::Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(decimal::as_f64(*value))
}

fn shortest_option<S: serde::Serializer>(value: &Option<f32>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => shortest(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// Why an experiment can't be built.
#[derive(Clone, Debug, PartialEq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ExperimentError {
    /// A number outside its limits.
    #[error("{setting} is {found}, it may be {least} to {most}")]
    OutOfRange {
        /// The setting's name, as in JSON.
        setting: &'static str,
        /// What was asked for.
        found: f64,
        /// The smallest allowed.
        least: f64,
        /// The largest allowed.
        most: f64,
    },
    /// The first or the last layer is not dense.
    #[error("a network begins and ends with a dense layer")]
    NotDense,
    /// Layers that no link could tell of: two activations, or one behind a dropout.
    #[error("behind a dense layer come an activation and a dropout at most, in this order")]
    LayerOrder,
    /// A choice of classes that the data does not have, or that leaves nothing to tell apart.
    #[error("the classes must be two or more of 0 to {most}")]
    Classes {
        /// The largest class.
        most: usize,
    },
    /// The data has too few samples of these classes.
    #[error("the data has too few samples of these classes")]
    TooFewSamples,
    /// The output does not fit the classes.
    #[error("the last layer has {found} units, its classes and loss need {expected}")]
    OutputUnits {
        /// See [`LossSpec::outputs`].
        expected: usize,
        /// Units of the last layer.
        found: usize,
    },
    /// Learning rates that do not begin at step 0 or do not rise by step.
    #[error("the learning rates must begin at step 0 and rise by step")]
    RateOrder,
    /// A loss that says how likely a class is, where a number is to be told.
    #[error("a number is learned with the mean squared or the mean absolute error")]
    LossOfClasses,
    /// A formula that can't be read.
    #[error("the formula: {problem}")]
    Formula {
        /// What and where.
        problem: FormulaError,
    },
    /// A table that can't be learned from in this way.
    #[error("the table: {problem}")]
    Rows {
        /// Why.
        problem: RowsError,
    },
    /// A range of x that does not rise.
    #[error("the range of x must rise")]
    EmptyRange,
    /// A formula that has no value anywhere in its range.
    #[error("the formula has no value in this range that could be learned")]
    NoValues,
}

impl From<RowsError> for ExperimentError {
    fn from(problem: RowsError) -> Self {
        Self::Rows { problem }
    }
}

impl From<FormulaError> for ExperimentError {
    fn from(problem: FormulaError) -> Self {
        Self::Formula { problem }
    }
}

impl Experiment {
    /// The learning rate that is set at a step (from 0), before its schedule.
    pub fn rate_set_at(&self, step: u64) -> f32 {
        let changes = self.learning_rate.iter();
        changes
            .take_while(|change| u64::from(change.step) <= step)
            .last()
            .expect("rates begin at step 0")
            .rate
    }

    /// The learning rate of a step (from 0).
    pub fn rate_at(&self, step: u64, steps_per_epoch: u64) -> f32 {
        (f64::from(self.rate_set_at(step)) * self.schedule.factor(step, steps_per_epoch)) as f32
    }

    /// The units of the hidden layers, from the input on.
    pub fn hidden(&self) -> Vec<usize> {
        let mut units: Vec<usize> = self.layers.iter().filter_map(units_of).collect();
        units.pop();
        units
    }

    /// Whether everything lies within its limits and this data has samples for it; gives the samples of its classes.
    pub fn check_on(&self, data: &Arc<Dataset>) -> Result<Arc<Dataset>, ExperimentError> {
        self.check(data.task())?;
        let data = data.of_classes(self.classes);
        if data.is_enough() { Ok(data) } else { Err(ExperimentError::TooFewSamples) }
    }

    /// Whether everything lies within its limits, for a data set of which this is to be told.
    pub fn check(&self, task: Task) -> Result<(), ExperimentError> {
        if let DataSpec::Toy(toy) = &self.data {
            let (least, most) = (*ToySpec::POINTS.start(), *ToySpec::POINTS.end());
            in_range("points", f64::from(toy.points), f64::from(least), f64::from(most))?;
            real_in_range("noise", toy.noise, &ToySpec::NOISE)?;
        }
        if let DataSpec::Function(function) = &self.data {
            function.check()?;
        }
        if let DataSpec::Table(rows) = &self.data {
            rows.check()?;
        }
        if !self.classes.fits(task.classes()) {
            return Err(ExperimentError::Classes { most: task.classes().saturating_sub(1) });
        }
        if !self.loss.suits(task) {
            return Err(ExperimentError::LossOfClasses);
        }
        let ends = (self.layers.first().and_then(units_of), self.layers.last().and_then(units_of));
        let (Some(_), Some(outputs)) = ends else { return Err(ExperimentError::NotDense) };
        let expected = self.loss.outputs(self.classes.of_task(task));
        if outputs != expected {
            return Err(ExperimentError::OutputUnits { expected, found: outputs });
        }
        let hidden = self.hidden();
        in_range("hiddenLayers", hidden.len() as f64, 0.0, limits::HIDDEN_LAYERS as f64)?;
        let follows = |pair: &[LayerSpec]| match pair {
            [before, LayerSpec::Dropout { .. }] => !matches!(before, LayerSpec::Dropout { .. }),
            [before, LayerSpec::Activation { .. }] => matches!(before, LayerSpec::Dense { .. }),
            _ => true,
        };
        if !self.layers.windows(2).all(follows) {
            return Err(ExperimentError::LayerOrder);
        }
        for units in hidden {
            in_range("units", units as f64, *limits::UNITS.start() as f64, *limits::UNITS.end() as f64)?;
        }
        let whole = |range: &RangeInclusive<u32>| (f64::from(*range.start()), f64::from(*range.end()));
        let (least, most) = whole(&limits::BATCH_SIZE);
        in_range("batchSize", f64::from(self.batch_size), least, most)?;
        let (least, most) = whole(&limits::EPOCHS);
        in_range("epochs", f64::from(self.epochs), least, most)?;
        if self.learning_rate.first().is_none_or(|first| first.step != 0)
            || self.learning_rate.windows(2).any(|pair| pair[0].step >= pair[1].step)
        {
            return Err(ExperimentError::RateOrder);
        }
        for change in &self.learning_rate {
            real_in_range("learningRate", change.rate, &limits::RATE)?;
        }
        if let Some(share) = self.validation_split {
            real_in_range("validationSplit", share, &limits::SPLIT)?;
        }
        for layer in &self.layers {
            match *layer {
                LayerSpec::Dense { init: Init::Normal { sigma }, .. } => {
                    real_in_range("sigma", sigma, &limits::SIGMA)?;
                }
                LayerSpec::Dropout { rate } => real_in_range("dropout", rate, &limits::DROPOUT)?,
                LayerSpec::Dense { .. } | LayerSpec::Activation { .. } => {}
            }
        }
        real_in_range("l2", self.l2, &limits::L2)?;
        self.check_schedule()?;
        for setting in self.optimizer.clone().settings() {
            real_in_range(setting.name, *setting.value, &setting.range)?;
        }
        Ok(())
    }

    fn check_schedule(&self) -> Result<(), ExperimentError> {
        let whole = |name, found: u32, range: &RangeInclusive<u32>| {
            in_range(name, f64::from(found), f64::from(*range.start()), f64::from(*range.end()))
        };
        whole("warmup", self.schedule.warmup, &limits::WARMUP)?;
        match self.schedule.decay {
            Decay::Constant => {}
            Decay::Step { every, factor } => {
                whole("every", every, &limits::EPOCHS)?;
                real_in_range("factor", factor, &limits::FACTOR)?;
            }
            Decay::Cosine { epochs } => whole("cosine", epochs, &limits::EPOCHS)?,
        }
        if let Some(accuracy) = self.stop.accuracy {
            real_in_range("accuracy", accuracy, &limits::ACCURACY)?;
        }
        if let Some(loss) = self.stop.loss {
            real_in_range("loss", loss, &limits::LOSS)?;
        }
        self.stop.patience.map_or(Ok(()), |epochs| whole("patience", epochs, &limits::EPOCHS))
    }

    /// The network with its initial weights.
    pub fn build_network(&self, inputs: usize) -> Network {
        Network::new(inputs, &self.layers, u64::from(self.seed))
    }

    /// The network with all parameters zero, for the parameters of another.
    pub fn build_blank_network(&self, inputs: usize) -> Network {
        let blank = |layer: &LayerSpec| match *layer {
            LayerSpec::Dense { units, .. } => LayerSpec::Dense { units, init: Init::Zero },
            other @ (LayerSpec::Activation { .. } | LayerSpec::Dropout { .. }) => other,
        };
        Network::new(inputs, &self.layers.iter().map(blank).collect::<Vec<_>>(), 0)
    }

    /// The optimizer, with nothing to remember yet.
    pub fn build_optimizer(&self, network: &Network) -> Box<dyn Optimizer> {
        let shapes: Vec<_> = network.params().map(|param| Array2::dim(&param.value)).collect();
        optimizer::build(self.optimizer, &shapes)
    }

    /// The loss.
    pub fn build_loss(&self) -> Box<dyn Loss> {
        loss::build(self.loss)
    }
}

fn units_of(layer: &LayerSpec) -> Option<usize> {
    match layer {
        LayerSpec::Dense { units, .. } => Some(*units),
        LayerSpec::Activation { .. } | LayerSpec::Dropout { .. } => None,
    }
}

pub(crate) fn real_in_range(
    setting: &'static str,
    found: f32,
    range: &RangeInclusive<f32>,
) -> Result<(), ExperimentError> {
    in_range(setting, f64::from(found), f64::from(*range.start()), f64::from(*range.end()))
}

/// NaN lies in no range.
pub(crate) fn in_range(
    setting: &'static str,
    found: f64,
    least: f64,
    most: f64,
) -> Result<(), ExperimentError> {
    if (least..=most).contains(&found) {
        Ok(())
    } else {
        Err(ExperimentError::OutOfRange { setting, found, least, most })
    }
}
