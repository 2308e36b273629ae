//! Training: a machine with steps that takes a network through an experiment.
//!
//! One call of [`Trainer::advance`] learns from one block of rows, which lasts a few milliseconds at
//! most; whoever calls decides for how long. A step (one batch) is complete when all its rows have
//! gone through. No cut into blocks, pause or look changes a bit of the result.

use std::sync::Arc;

use ndarray::ArrayView2;

use crate::dataset::{Dataset, Expected, Scaling};
use crate::evaluation::Evaluation;
use crate::experiment::{Experiment, ExperimentError, RateFrom, Stop, StopReason, Watch};
use crate::fingerprint::{self, Fingerprint};
use crate::inspection::{LayerNorms, Norms};
use crate::layer::Moment;
use crate::loss::{self, Loss, Targets};
use crate::network::{Block, FirstLayer, Network};
use crate::optimizer::Optimizer;
use crate::random::{self, Purpose};

/// Whether a trainer goes on, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// There are steps to take.
    Learning,
    /// All epochs are done.
    Finished,
    /// A condition of the experiment has ended it before.
    Stopped(StopReason),
    /// The loss of a step was no number any more; the step was not taken.
    Diverged {
        /// Which step (from 0).
        step: u64,
        /// Its learning rate.
        rate: f32,
    },
}

/// What a step found before it changed the weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepResult {
    /// Steps taken so far, this one included.
    pub step: u64,
    /// The mean loss of the batch.
    pub loss: f64,
    /// Samples of the batch that were read correctly.
    pub correct: u32,
    /// The sum of its squared errors, in the target's units, where numbers are told.
    pub squares: f64,
    /// Samples of the batch.
    pub samples: u32,
    /// Whether this was the last step of an epoch.
    pub ends_epoch: bool,
}

/// A network on its way through an experiment.
pub struct Trainer {
    experiment: Experiment,
    data: Arc<Dataset>,
    network: Network,
    optimizer: Box<dyn Optimizer>,
    loss: Box<dyn Loss>,
    block: Block,
    /// The samples to learn from, in this epoch's order.
    order: Vec<u32>,
    train: Arc<[u32]>,
    held_out: Arc<[u32]>,
    step: u64,
    state: State,
    batch: Batch,
    /// What the stop conditions know of the epochs so far.
    watch: Watch,
    /// The last step whose validation they have heard.
    judged: u64,
    norms: Norms,
    /// For every input the bits of all its values in samples learned from: zero where it has always been.
    inked: Vec<u8>,
    expected: Expected,
    losses: Vec<f32>,
}

/// The batch under way.
#[derive(Default)]
struct Batch {
    rows: usize,
    loss: f64,
    correct: u32,
    squares: f64,
}

impl Batch {
    /// Adds up what a block of rows was taken for (rows × outputs), and how wrong that is.
    fn note(&mut self, judged: ArrayView2<f32>, targets: Targets, losses: &[f32]) {
        let answers = judged.to_slice().expect("standard layout").chunks_exact(judged.ncols());
        match targets {
            Targets::Classes(labels) => {
                for (answers, &label) in answers.zip(labels) {
                    self.correct += u32::from(loss::class_of(answers) == usize::from(label));
                }
            }
            Targets::Values(values) => {
                for (answers, value) in answers.zip(values) {
                    let off = f64::from(answers[0] - value);
                    self.squares += off * off;
                }
            }
        }
        losses.iter().for_each(|&loss| self.loss += f64::from(loss));
    }
}

impl Trainer {
    /// Builds everything that the experiment names. Afterwards nothing can fail.
    pub fn new(experiment: Experiment, data: Arc<Dataset>) -> Result<Self, ExperimentError> {
        let data = experiment.check_on(&data)?;
        let inputs = data.shape().inputs();
        let (train, held_out) = data.split(experiment.validation_split, u64::from(experiment.seed));
        let data = data.filled_from(&train);
        let mut network = experiment.build_network(inputs);
        network.set_scaling(Scaling::of(experiment.scaling, &data, &train));
        let block = Block::new(&network);
        let mut trainer = Self {
            optimizer: experiment.build_optimizer(&network),
            loss: experiment.build_loss(),
            expected: Expected::new(&data, network.target(), block.rows()),
            losses: vec![0.0; block.rows()],
            // Numbers are never blank.
            inked: vec![if data.has_pixels() { 0 } else { u8::MAX }; inputs],
            order: train.clone(),
            held_out: held_out.into(),
            step: 0,
            state: State::Learning,
            batch: Batch::default(),
            watch: Watch::default(),
            judged: 0,
            norms: Norms::of(&network),
            train: train.into(),
            block,
            network,
            data,
            experiment,
        };
        trainer.shuffle();
        Ok(trainer)
    }

    /// Learns from the next block of rows; gives the step's result where that completes a batch, and
    /// nothing where it does not or there is nothing left to do.
    pub fn advance(&mut self) -> Option<StepResult> {
        if self.state != State::Learning {
            return None;
        }
        let size = self.batch_len();
        let rows = self.block.rows().min(size - self.batch.rows);
        if self.batch.rows == 0 {
            self.network.clear_gradients();
        }
        self.load(rows);
        self.learn(rows, size);
        self.batch.rows += rows;
        if self.batch.rows == size { self.finish_batch(size) } else { None }
    }

    /// Takes whole steps until `steps` are taken or there are none left; gives the last one's result.
    pub fn run(&mut self, steps: u64) -> Option<StepResult> {
        let goal = self.step.saturating_add(steps);
        let mut last = None;
        while self.step < goal && self.state == State::Learning {
            last = self.advance().or(last);
        }
        last
    }

    /// Learns on with another learning rate; the change becomes part of the experiment.
    pub fn tune(&mut self, rate: f32) -> Result<(), ExperimentError> {
        let mut changed = self.experiment.clone();
        // A batch under way ends with the rate it began with: nothing has been updated yet, so the
        // change holds for it as well.
        let step = self.step as u32;
        changed.learning_rate.retain(|change| change.step < step);
        if changed.learning_rate.last().is_none_or(|last| last.rate != rate) {
            changed.learning_rate.push(RateFrom { step, rate });
        }
        changed.check(self.data.task())?;
        self.experiment = changed;
        if matches!(self.state, State::Diverged { .. }) {
            self.state = State::Learning;
        }
        Ok(())
    }

    /// Sets the number of epochs; a finished run learns on where there are more of them.
    pub fn set_epochs(&mut self, epochs: u32) -> Result<(), ExperimentError> {
        let changed = Experiment { epochs, ..self.experiment.clone() };
        changed.check(self.data.task())?;
        self.experiment = changed;
        if !matches!(self.state, State::Diverged { .. } | State::Stopped(_)) {
            self.state = if self.epoch() < u64::from(epochs) { State::Learning } else { State::Finished };
        }
        Ok(())
    }

    /// Hears how the held-out samples are read at the end of an epoch, which may be a reason to stop. To be told of every
    /// epoch before the next one is learned; of other steps, and a second time, it takes no notice.
    pub fn judge(&mut self, evaluation: &Evaluation) {
        let step = evaluation.step();
        let ends_epoch =
            step == self.step && step > self.judged && step.is_multiple_of(self.steps_per_epoch());
        if !ends_epoch {
            return;
        }
        self.judged = step;
        let accuracy = evaluation.matrix().accuracy();
        let reason = self.watch.hear(&self.experiment.stop, evaluation.loss(), accuracy);
        self.end_for(reason);
    }

    /// Ends a run for a reason, if there is one.
    fn end_for(&mut self, reason: Option<StopReason>) {
        if let (Some(reason), State::Learning) = (reason, self.state) {
            self.state = State::Stopped(reason);
        }
    }

    /// Tells a resumed run the validation (loss, accuracy) of its epochs so far, as [`Trainer::judge`] heard them: one that
    /// the last of them has ended is at its end again.
    pub fn recall(&mut self, epochs: impl Iterator<Item = (f64, Option<f64>)>) {
        self.watch = Watch::default();
        let mut reason = None;
        for (loss, accuracy) in epochs {
            reason = self.watch.hear(&self.experiment.stop, loss, accuracy);
        }
        if self.step.is_multiple_of(self.steps_per_epoch()) {
            self.end_for(reason);
        }
    }

    /// What the stop conditions know, to be saved and restored.
    pub(crate) fn watch(&mut self) -> &mut Watch {
        &mut self.watch
    }

    /// Sets the stop conditions; a run that one of the old ones has ended learns on.
    pub fn set_stop(&mut self, stop: Stop) -> Result<(), ExperimentError> {
        let changed = Experiment { stop, ..self.experiment.clone() };
        changed.check(self.data.task())?;
        self.experiment = changed;
        if matches!(self.state, State::Stopped(_)) {
            self.state = State::Learning;
        }
        Ok(())
    }

    /// Puts what inputs go through first in the place of what was learned from this data: that of another run's network.
    pub fn set_scaling(&mut self, scaling: Option<Scaling>) {
        self.network.set_scaling(scaling);
    }

    /// Chooses how the first layer reads its input, which changes the time a step takes and no bit.
    pub fn set_first_layer(&mut self, first_layer: FirstLayer) {
        self.block.set_first_layer(first_layer);
    }

    /// Asks for the lengths of the next step's gradients and updates.
    pub fn measure_next_step(&mut self) {
        self.norms.want();
    }

    /// The lengths of the last step that was measured; empty before the first.
    pub fn norms(&self) -> &[LayerNorms] {
        self.norms.layers()
    }

    /// The experiment, with every change made while learning.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The data.
    pub fn data(&self) -> &Arc<Dataset> {
        &self.data
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Whether there are steps to take.
    pub fn state(&self) -> State {
        self.state
    }

    /// Steps taken.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Whole epochs done.
    pub fn epoch(&self) -> u64 {
        self.step / self.steps_per_epoch()
    }

    /// Batches of one pass over the training samples.
    pub fn steps_per_epoch(&self) -> u64 {
        (self.train.len() as u64).div_ceil(u64::from(self.experiment.batch_size))
    }

    /// The samples to learn from.
    pub fn train(&self) -> &Arc<[u32]> {
        &self.train
    }

    /// How many they are.
    pub fn train_len(&self) -> usize {
        self.train.len()
    }

    /// The samples that validation reads: the test set unless a split is set.
    pub fn held_out(&self) -> &Arc<[u32]> {
        &self.held_out
    }

    /// For every input, whether a sample learned from so far has ink there. Weights of the others never move.
    pub fn inked(&self) -> impl Iterator<Item = bool> {
        self.inked.iter().map(|&ink| ink != 0)
    }

    /// A short name of the weights as they are; none where one is not a number.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        fingerprint::of(&self.network)
    }

    /// What a snapshot holds, to be read and written: parameters, then the optimizer's memory.
    pub(crate) fn memory(&mut self) -> impl Iterator<Item = &mut ndarray::Array2<f32>> {
        self.network.params_mut().map(|param| &mut param.value).chain(self.optimizer.memory())
    }

    /// Puts the trainer at the beginning of a step, its memory having been set.
    pub(crate) fn resume_at(&mut self, step: u64) {
        self.step = step;
        self.batch = Batch::default();
        self.watch = Watch::default();
        self.judged = step;
        self.state =
            if self.epoch() < u64::from(self.experiment.epochs) { State::Learning } else { State::Finished };
        self.shuffle();
        // What has been learned from: all of them after an epoch, before that the first of its order.
        let seen = if self.epoch() > 0 { self.order.len() } else { self.batch_start() };
        self.inked.fill(if self.data.has_pixels() { 0 } else { u8::MAX });
        self.order[..seen].iter().for_each(|&id| note_ink(&mut self.inked, self.data.pixels(id)));
    }

    fn batch_len(&self) -> usize {
        let size = self.experiment.batch_size as usize;
        size.min(self.order.len() - self.batch_start())
    }

    /// Where in the epoch's order the batch begins.
    fn batch_start(&self) -> usize {
        (self.step % self.steps_per_epoch()) as usize * self.experiment.batch_size as usize
    }

    fn load(&mut self, rows: usize) {
        let start = self.batch_start() + self.batch.rows;
        let ids = &self.order[start..start + rows];
        self.block.load(&self.data, ids);
        self.expected.load(&self.data, ids);
        if self.step >= self.steps_per_epoch() {
            return; // All samples have been seen.
        }
        ids.iter().for_each(|&id| note_ink(&mut self.inked, self.data.pixels(id)));
    }

    fn learn(&mut self, rows: usize, batch: usize) {
        let moment = Moment { step: self.step, row: self.batch.rows };
        self.network.forward_learning(&mut self.block, rows, moment);
        let (outputs, mut slopes) = self.block.output_and_slope(rows);
        let (targets, losses) = (self.expected.targets(rows), &mut self.losses[..rows]);
        self.loss.forward(outputs, targets, slopes.view_mut(), losses);
        // A single output is judged by its answer; of several, the largest says it as well, before rounding.
        let judged = if outputs.ncols() == 1 { slopes.view() } else { outputs };
        self.batch.note(judged, targets, losses);
        self.loss.backward(targets, batch, slopes);
        self.network.backward(&mut self.block, rows);
    }

    fn finish_batch(&mut self, size: usize) -> Option<StepResult> {
        let Batch { loss, correct, squares, .. } = std::mem::take(&mut self.batch);
        let deviation = self.network.target().deviation;
        let loss = loss / size as f64 * self.experiment.loss.unit(deviation);
        let squares = squares * deviation * deviation;
        let rate = self.experiment.rate_at(self.step, self.steps_per_epoch());
        if !loss.is_finite() {
            self.state = State::Diverged { step: self.step, rate };
            return None;
        }
        if self.experiment.l2 > 0.0 {
            self.network.add_penalty(self.experiment.l2);
        }
        self.norms.begin(&self.network);
        self.optimizer.step(self.step + 1, rate, &mut self.network.params_mut());
        self.norms.end(&self.network);
        self.step += 1;
        let ends_epoch = self.step.is_multiple_of(self.steps_per_epoch());
        if ends_epoch {
            if self.epoch() >= u64::from(self.experiment.epochs) {
                self.state = State::Finished;
            }
            self.shuffle();
        }
        Some(StepResult { step: self.step, loss, correct, squares, samples: size as u32, ends_epoch })
    }

    /// The order of the present epoch, which depends on nothing but the seed and the epoch's number.
    fn shuffle(&mut self) {
        self.order.copy_from_slice(&self.train);
        let mut rng = random::stream(u64::from(self.experiment.seed), Purpose::Shuffle, self.epoch());
        random::shuffle(&mut rng, &mut self.order);
    }
}

/// Adds an image's ink to that of others, eight pixels at a time.
fn note_ink(inked: &mut [u8], ink: &[u8]) {
    let (inked, inked_rest) = inked.as_chunks_mut::<8>();
    let (ink, ink_rest) = ink.as_chunks::<8>();
    for (inked, &ink) in inked.iter_mut().zip(ink) {
        *inked = (u64::from_ne_bytes(*inked) | u64::from_ne_bytes(ink)).to_ne_bytes();
    }
    inked_rest.iter_mut().zip(ink_rest).for_each(|(inked, &ink)| *inked |= ink);
}

/// Where the largest value is, the first of equals.
pub(crate) fn largest(values: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (place, &value) in values.iter().enumerate() {
        if value > best.1 {
            best = (place, value);
        }
    }
    best.0
}

#[cfg(test)]
mod tests;
