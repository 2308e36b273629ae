//! Evaluation: all held-out samples read by a copy of one step's parameters, and of numbers those learned from, too, which
//! are few and whose fit is asked for beside.
//!
//! A machine with steps, like training. Everything it answers (matrix, accuracy, rankings) is of one
//! and the same step, however far the network has learned meanwhile.

mod activity;
mod confusion;
mod excites;
mod measures;
mod ranking;
mod roc;

use std::ops::Range;
use std::sync::Arc;

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::dataset::{Dataset, Expected, Task};
use crate::inspection::{LinearPictures, Why};
use crate::loss::{self, Loss, Targets};
use crate::network::{Block, Network};
use crate::trainer::Trainer;
use activity::Activity;
pub use activity::LayerActivity;
pub use confusion::ConfusionMatrix;
use excites::Watch;
pub use excites::{Excited, Excites, Unit};
pub use ranking::{Among, Order, Ranked, Ranking};
pub use roc::Roc;

/// What a network says about every held-out sample.
pub struct Evaluation {
    step: u64,
    data: Arc<Dataset>,
    /// Those held out, which are read first.
    ids: Arc<[u32]>,
    /// Those learned from, where they are read as well.
    learned: Arc<[u32]>,
    /// How many are read.
    read: usize,
    readings: Vec<Reading>,
    /// samples × classes, in the order of `ids`.
    probabilities: Vec<f32>,
    /// Without classes, where numbers are told.
    matrix: ConfusionMatrix,
    /// What is told of each sample that has been read, in the target's units, where numbers are told.
    told: Vec<f64>,
    /// How many of those learned from are read as what they are.
    right: usize,
    loss_sum: f64,
    activity: Vec<Activity>,
    watch: Option<Watch>,
    /// Of the watched unit's layer, where that is a later one.
    pictures: Option<LinearPictures>,
    /// A copy, as the network was at that step.
    network: Network,
    loss: Box<dyn Loss>,
    /// What a loss of 1 is in the target's units.
    loss_unit: f64,
    /// Gone when all samples are read.
    reader: Option<Reader>,
}

/// What reading takes besides: buffers for a block of samples.
struct Reader {
    block: Block,
    expected: Expected,
    losses: Vec<f32>,
}

/// What the network made of one sample.
#[derive(Clone, Copy, Debug)]
struct Reading {
    id: u32,
    actual: u8,
    predicted: u8,
    /// Of the predicted class.
    probability: f32,
    /// The predicted class's probability less the next one's.
    margin: f32,
    loss: f32,
}

impl Evaluation {
    /// Begins to read the trainer's held-out samples with its network as it is now.
    pub fn new(trainer: &Trainer) -> Self {
        let data = trainer.data().clone();
        let mut network = trainer.experiment().build_blank_network(data.shape().inputs());
        network.copy_from(trainer.network());
        let (ids, classes) = (trainer.held_out().clone(), data.classes());
        let learned = if data.has_pixels() { Arc::default() } else { trainer.train().clone() };
        // Of numbers nothing is read.
        let readings = if classes > 0 { ids.len() } else { 0 };
        Self {
            step: trainer.step(),
            read: 0,
            readings: Vec::with_capacity(readings),
            probabilities: Vec::with_capacity(ids.len() * classes),
            matrix: ConfusionMatrix::new(classes),
            told: Vec::with_capacity(if classes > 0 { 0 } else { ids.len() + learned.len() }),
            right: 0,
            loss_sum: 0.0,
            activity: Activity::of(&trainer.experiment().layers, &network),
            watch: None,
            pictures: None,
            reader: Some(Reader::new(&network, &data)),
            loss_unit: trainer.experiment().loss.unit(network.target().deviation),
            loss: trainer.experiment().build_loss(),
            network,
            data,
            ids,
            learned,
        }
    }

    /// Watches a unit from the beginning on, and makes the linear pictures of its layer where that is a later one; nothing
    /// where there is no such unit.
    #[must_use]
    pub fn watching(mut self, unit: Option<Unit>) -> Self {
        let of = unit.and_then(|unit| {
            let dense = |&place: &usize| !self.network.layer_params(place).is_empty();
            let place = (0..self.network.len()).filter(dense).nth(unit.layer)?;
            (unit.unit < self.network.layer(place).outputs()).then(|| Watch::new(unit, place))
        });
        let later = of.as_ref().map(|watch| watch.of.layer).filter(|&layer| layer > 0);
        self.pictures = later.and_then(|layer| LinearPictures::new(&self.network, layer));
        self.watch = of;
        self
    }

    /// Reads the next block of samples, or works on the pictures; whether all is done.
    pub fn advance(&mut self) -> bool {
        let Some(mut reader) = self.reader.take() else { return self.advance_pictures() };
        if self.read < self.ids.len() {
            self.read_held_out(&mut reader);
        } else {
            self.read_learned(&mut reader);
        }
        if !self.is_complete() {
            self.reader = Some(reader);
        }
        self.is_complete() && self.pictures.is_none()
    }

    fn read_held_out(&mut self, reader: &mut Reader) {
        let ids = reader.next_of(&self.ids, self.read);
        let (answers, targets, losses) =
            reader.read(&self.data, &mut self.network, &*self.loss, &self.ids[ids.clone()]);
        match targets {
            Targets::Values(_) => self.told.extend(in_units(&self.network, answers.view())),
            Targets::Classes(labels) => {
                for (row, place) in ids.clone().enumerate() {
                    let answers = answers.row(row);
                    let answers = answers.as_slice().expect("a row of a standard array");
                    // A single answer is how much it is the second of two classes.
                    let two = [1.0 - answers[0], answers[0]];
                    let probabilities = if answers.len() == 1 { &two } else { answers };
                    let predicted = loss::class_of(answers);
                    let reading = read(self.ids[place], labels[row], predicted, losses[row], probabilities);
                    self.matrix.count(reading.actual, reading.predicted);
                    self.probabilities.extend(probabilities);
                    self.readings.push(reading);
                }
            }
        }
        losses.iter().for_each(|&loss| self.loss_sum += f64::from(loss));
        self.activity.iter_mut().for_each(|activity| activity.count(&reader.block, ids.len()));
        if let Some(watch) = &mut self.watch {
            watch.note(&reader.block, ids.len());
        }
        self.read += ids.len();
    }

    /// Only what is told of them is of interest.
    fn read_learned(&mut self, reader: &mut Reader) {
        let ids = reader.next_of(&self.learned, self.read - self.ids.len());
        let (answers, targets, _) =
            reader.read(&self.data, &mut self.network, &*self.loss, &self.learned[ids.clone()]);
        match targets {
            Targets::Values(_) => self.told.extend(in_units(&self.network, answers.view())),
            Targets::Classes(labels) => {
                for (answers, &label) in answers.outer_iter().zip(labels) {
                    let answers = answers.to_slice().expect("a row of a standard array");
                    self.right += usize::from(loss::class_of(answers) == usize::from(label));
                }
            }
        }
        self.read += ids.len();
    }

    fn advance_pictures(&mut self) -> bool {
        self.pictures.as_mut().is_none_or(|pictures| pictures.advance(&self.network))
    }

    /// Whether all samples are read; what follows counts those that are.
    pub fn is_complete(&self) -> bool {
        self.read == self.ids.len() + self.learned.len()
    }

    /// Steps that the network had taken.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Rows are the actual classes, columns the predicted ones.
    pub fn matrix(&self) -> &ConfusionMatrix {
        &self.matrix
    }

    /// The mean loss over all samples, in the target's units where numbers are told.
    pub fn loss(&self) -> f64 {
        self.loss_sum / self.read.min(self.ids.len()) as f64 * self.loss_unit
    }

    /// For the activation layer behind hidden layer `hidden` (from 0): how many samples made each unit active.
    pub fn active(&self, hidden: usize) -> Option<&[u32]> {
        self.activity.get(hidden).map(Activity::active)
    }

    /// The same for the activation behind a dense layer (from 0); none where there is no activation.
    pub fn active_behind(&self, layer: usize) -> Option<&[u32]> {
        let dense = |&place: &usize| !self.network.layer_params(place).is_empty();
        let place = (0..self.network.len()).filter(dense).nth(layer)?;
        self.activity.iter().find(|activity| activity.place() == place + 1).map(Activity::active)
    }

    /// What the units of every activation layer do.
    pub fn layer_activity(&self) -> impl Iterator<Item = LayerActivity> + '_ {
        self.activity.iter().map(Activity::summary)
    }

    /// The unit that is watched.
    pub fn watched(&self) -> Option<Unit> {
        Some(self.watch.as_ref()?.of)
    }

    /// The linear pictures of its layer, inputs × units, where that is a later one.
    pub fn pictures(&self) -> Option<ArrayView2<'_, f32>> {
        self.pictures.as_ref()?.weights()
    }

    /// The network as it was at that step.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The `count` samples that excite the watched unit most, and least.
    pub fn excites(&self, count: usize) -> Option<Excites> {
        Some(self.watch.as_ref()?.excites(&self.ids, &self.activity, count))
    }

    /// The probabilities of all classes for a held-out sample.
    pub fn probabilities(&self, id: u32) -> Option<&[f32]> {
        let place = self.ids.binary_search(&id).ok().filter(|&place| place < self.readings.len())?;
        let classes = self.data.classes();
        Some(&self.probabilities[place * classes..][..classes])
    }

    /// What the network of that step makes of any sample, also of one that was learned from; none where there is no such
    /// sample. The prediction is compared with `against`, or as [`Why::new`] chooses.
    pub fn why(&self, id: u32, against: Option<u8>) -> Option<Why> {
        let is_there = id < self.data.test().end && self.data.task() != Task::Value;
        // A class that is not learned has no place among the answers.
        let actual = |label: u8| Some(label).filter(|&label| usize::from(label) < self.data.classes());
        is_there.then(|| self.why_input(&self.data.input(id), actual(self.data.label(id)), against))
    }

    /// The same for any image of the data's size.
    pub fn why_pixels(&self, pixels: &[u8]) -> Why {
        let input: Vec<f32> = pixels.iter().map(|&pixel| f32::from(pixel) / 255.0).collect();
        self.why_input(&input, None, None)
    }

    /// What the network of that step makes of any inputs, one sample after the other: samples × classes probabilities, or a
    /// number for each, in the target's units.
    pub fn answers_to(&self, inputs: &[f32]) -> Vec<f32> {
        let width = self.data.shape().inputs();
        let mut block = Block::new(&self.network);
        let mut told = Vec::with_capacity(inputs.len() / width * self.data.classes().max(1));
        for chunk in inputs.chunks(block.rows() * width) {
            let rows = chunk.len() / width;
            for (row, sample) in chunk.chunks_exact(width).enumerate() {
                block.load_input(row, sample);
            }
            self.network.forward(&mut block, rows);
            let (outputs, mut answers) = block.output_and_slope(rows);
            self.loss.forward(
                outputs,
                Targets::Classes(&vec![0; rows]),
                answers.view_mut(),
                &mut vec![0.0; rows],
            );
            for answers in answers.outer_iter() {
                let answers = answers.as_slice().expect("a row of a standard array");
                match (self.data.task(), answers) {
                    (Task::Value, &[answer]) => told.push(self.network.target().value(answer) as f32),
                    // A single answer is how much it is the second of two classes.
                    (_, &[second]) => told.extend([1.0 - second, second]),
                    (_, answers) => told.extend(answers),
                }
            }
        }
        told
    }

    fn why_input(&self, input: &[f32], actual: Option<u8>, against: Option<u8>) -> Why {
        let against = against.filter(|&class| usize::from(class) < self.data.classes());
        Why::new(&self.network, &*self.loss, input, actual, against)
    }

    /// For every sample, by id, whether it excites the watched unit: makes its sum greater than zero.
    pub fn exciting(&self) -> impl ExactSizeIterator<Item = bool> + '_ {
        (0..self.readings.len()).map(|place| self.is_exciting(place))
    }

    fn is_exciting(&self, place: usize) -> bool {
        self.watch.as_ref().is_some_and(|watch| watch.is_excited(place))
    }

    /// What was made of every sample, by sample id.
    pub fn readings(&self) -> impl ExactSizeIterator<Item = Ranked> + '_ {
        self.readings.iter().map(Ranked::from)
    }

    /// The first `most` of some samples in an order; equals by sample id.
    pub fn ranked(&self, among: Among, order: Order, most: usize) -> Ranking {
        let classes = self.data.classes();
        let probabilities = |place: usize| &self.probabilities[place * classes..][..classes];
        ranking::rank(&self.readings, probabilities, |place| self.is_exciting(place), among, order, most)
    }

    /// For every cell of the matrix, row by row, the sample read with the greatest confidence.
    pub fn most_confident(&self) -> Vec<Option<u32>> {
        ranking::most_confident(&self.readings, self.data.classes())
    }
}

impl Reader {
    fn new(network: &Network, data: &Dataset) -> Self {
        let block = Block::new(network);
        let expected = Expected::new(data, network.target(), block.rows());
        Self { expected, losses: vec![0.0; block.rows()], block }
    }

    /// The places of the next samples after so many.
    fn next_of(&self, ids: &[u32], read: usize) -> Range<usize> {
        read..ids.len().min(read + self.block.rows())
    }

    /// What the network answers to samples, what is expected, and their losses.
    fn read(
        &mut self,
        data: &Dataset,
        network: &mut Network,
        loss: &dyn Loss,
        ids: &[u32],
    ) -> (ArrayViewMut2<'_, f32>, Targets<'_>, &[f32]) {
        let rows = ids.len();
        self.block.load(data, ids);
        self.expected.load(data, ids);
        network.forward(&mut self.block, rows);
        let (outputs, mut answers) = self.block.output_and_slope(rows);
        let targets = self.expected.targets(rows);
        let losses = &mut self.losses[..rows];
        loss.forward(outputs, targets, answers.view_mut(), losses);
        (answers, targets, losses)
    }
}

/// What is told, in the target's units.
fn in_units<'a>(network: &'a Network, answers: ArrayView2<'a, f32>) -> impl Iterator<Item = f64> + 'a {
    answers.into_iter().map(|&answer| network.target().value(answer))
}

fn read(id: u32, actual: u8, predicted: usize, loss: f32, probabilities: &[f32]) -> Reading {
    let mut next = 0.0;
    for (class, &p) in probabilities.iter().enumerate() {
        if class != predicted && p > next {
            next = p;
        }
    }
    let probability = probabilities[predicted];
    Reading { id, actual, predicted: predicted as u8, probability, margin: probability - next, loss }
}
