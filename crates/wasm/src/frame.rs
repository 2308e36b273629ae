//! What crosses to the page about a run, as typed objects.

use brainbow::dataset::ImageShape;
use brainbow::evaluation::LayerActivity;
use brainbow::experiment::{Experiment, StopReason};
use brainbow::inspection::LayerNorms;
use brainbow::trainer::{State, StepResult};
use brainbow::{Evaluation, Trainer};
use serde::Serialize;
use tsify::Tsify;

/// What a run is made of, told once when it is opened.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The experiment, as it will be replayed.
    pub experiment: Experiment,
    /// The size of an image, or one row of numbers.
    pub shape: ImageShape,
    /// Whether samples are images.
    pub images: bool,
    /// Classes that are learned; none where numbers are told.
    pub classes: usize,
    /// Their numbers in the data set: what the positions in matrices and labels stand for.
    pub class_numbers: Vec<u8>,
    /// What a table calls each input, and each class; empty where there is no table.
    pub input_names: Vec<String>,
    pub class_names: Vec<String>,
    /// Of a table, what each input is among the rows that are used; empty where there is no table.
    pub input_ranges: Vec<InputRange>,
    /// Rows of a table that were left out because something was missing, and values that were filled instead.
    pub dropped: u32,
    pub filled: u32,
    /// The batch that is held out, of a set that comes in batches: `data_batch_5` or `test_batch`.
    #[tsify(optional)]
    pub held_out_batch: Option<String>,
    /// Samples of the whole set: ids lie below it.
    pub samples: u32,
    /// Samples to learn from.
    pub train_samples: usize,
    /// Samples that validation reads.
    pub held_out_samples: usize,
    /// Batches of an epoch.
    pub steps_per_epoch: u32,
    /// Inputs and outputs of each dense layer's weights.
    pub weight_shapes: Vec<[usize; 2]>,
    /// The input's width, then that of every layer's output.
    pub widths: Vec<usize>,
    /// One training sample of each class, the first by id.
    pub examples: Vec<u32>,
}

impl Opened {
    pub(crate) fn of(trainer: &Trainer) -> Self {
        let data = trainer.data();
        let first = |class| data.train().find(|&id| usize::from(data.label(id)) == class);
        let shapes = trainer.network().params().step_by(2).map(|weight| weight.value.dim().into());
        Self {
            experiment: trainer.experiment().clone(),
            shape: data.shape(),
            images: data.has_pixels(),
            classes: data.classes(),
            class_numbers: trainer.experiment().classes.among(data.task().classes()).collect(),
            input_names: data.names().inputs.clone(),
            class_names: data.names().classes.clone(),
            input_ranges: (0..data.names().inputs.len())
                .map(|input| InputRange::of(trainer, input))
                .collect(),
            dropped: data.names().dropped,
            filled: data.names().filled,
            held_out_batch: data.held_out_batch().map(|part| part.to_string()),
            samples: data.test().end,
            train_samples: trainer.train_len(),
            held_out_samples: trainer.held_out().len(),
            steps_per_epoch: trainer.steps_per_epoch() as u32,
            weight_shapes: shapes.collect(),
            widths: trainer.network().widths().collect(),
            examples: (0..data.classes()).filter_map(first).collect(),
        }
    }
}

/// What an input is among the rows that are learned from or held out.
#[derive(Serialize, Tsify)]
pub struct InputRange {
    pub least: f32,
    pub most: f32,
    pub mean: f64,
}

impl InputRange {
    fn of(trainer: &Trainer, input: usize) -> Self {
        let ids = || trainer.train().iter().chain(&**trainer.held_out());
        let values = || ids().map(|&id| trainer.data().input_at(id, input));
        Self {
            least: values().fold(f32::INFINITY, f32::min),
            most: values().fold(f32::NEG_INFINITY, f32::max),
            mean: values().map(f64::from).sum::<f64>() / ids().count() as f64,
        }
    }
}

/// How the layers fare.
#[derive(Serialize, Tsify)]
pub struct Health {
    /// Of the last whole evaluation, one for each activation layer.
    pub activity: Vec<LayerActivity>,
    /// Of the last step that was measured, one for each layer that learns; empty before the first.
    pub norms: Vec<LayerNorms>,
}

impl Health {
    pub(crate) fn of(evaluation: &Evaluation, trainer: &Trainer) -> Self {
        Self { activity: evaluation.layer_activity().collect(), norms: trainer.norms().to_vec() }
    }
}

/// What a slice of training did.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps taken since the run began.
    pub step: u32,
    /// Steps taken in this slice.
    pub steps: u32,
    /// Samples learned from in those steps.
    pub samples: u32,
    /// The sum of those steps' losses (each the mean of its batch).
    pub loss_sum: f64,
    /// Those steps' losses, each times its samples.
    pub sample_loss_sum: f64,
    /// Samples of those steps that were read correctly.
    pub correct: u32,
    /// The sum of their squared errors, where numbers are told.
    pub squares: f64,
    /// Whether the last of them ended an epoch.
    pub ended_epoch: bool,
    /// Whether there is more to do.
    pub state: RunState,
}

impl Progress {
    pub(crate) fn of(trainer: &Trainer) -> Self {
        Self {
            step: trainer.step() as u32,
            steps: 0,
            samples: 0,
            loss_sum: 0.0,
            sample_loss_sum: 0.0,
            correct: 0,
            squares: 0.0,
            ended_epoch: false,
            state: trainer.state().into(),
        }
    }

    pub(crate) fn add(&mut self, result: StepResult) {
        self.step = result.step as u32;
        self.steps += 1;
        self.samples += result.samples;
        self.loss_sum += result.loss;
        self.sample_loss_sum += result.loss * f64::from(result.samples);
        self.correct += result.correct;
        self.squares += result.squares;
        self.ended_epoch = result.ends_epoch;
    }
}

/// See [`State`].
#[derive(Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum RunState {
    /// There are steps to take.
    Learning,
    /// All epochs are done.
    Finished,
    /// A condition of the experiment has ended it before.
    Stopped {
        /// Which one.
        reason: StopReason,
    },
    /// The loss was no number any more.
    Diverged {
        /// The step (from 0) that was not taken.
        step: u32,
        /// Its learning rate.
        rate: f32,
    },
}

impl From<State> for RunState {
    fn from(state: State) -> Self {
        match state {
            State::Learning => RunState::Learning,
            State::Finished => RunState::Finished,
            State::Stopped(reason) => RunState::Stopped { reason },
            State::Diverged { step, rate } => RunState::Diverged { step: step as u32, rate },
        }
    }
}
