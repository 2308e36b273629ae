//! Data sets: samples under one id each, from the file to the tooltip.
//!
//! Training samples come first: test image i of MNIST is 60,000 + i. An id is never re-indexed,
//! whatever is filtered, shuffled, sorted or split.

pub mod cifar;
mod classes;
mod expected;
mod filling;
pub mod function;
pub mod generated;
pub mod idx;
pub mod rows;
mod samples;
mod scaling;
mod spec;
pub mod toys;

use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use ndarray::ArrayViewMut2;
use wide::bytemuck::cast;
use wide::{f32x4, u8x16};

use crate::experiment::ExperimentError;
use crate::kernel::{ListedRows, Sparse};
use crate::random::{self, Purpose};
use crate::table::Table;
pub use classes::Classes;
pub use expected::Expected;
use function::FunctionSpec;
use rows::RowsSpec;
use samples::{Answers, Samples};
pub use scaling::{Scaling, ScalingSpec, TargetScale};
pub use spec::{DataSpec, ImageShape, Task};
use toys::ToySpec;

/// Generated digits to learn from.
pub const GENERATED_TRAIN: u32 = 20_000;
/// Generated digits held out.
pub const GENERATED_TEST: u32 = 4_000;

/// What a table calls its parts, and what it lacked; empty where there is no table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Each input: a column, or a category of one.
    pub inputs: Vec<String>,
    /// Each class.
    pub classes: Vec<String>,
    /// Rows that were left out because something was missing.
    pub dropped: u32,
    /// Values that were filled instead.
    pub filled: u32,
}

/// What is held out of a set without samples for that, if nothing else is said.
const HELD_OUT: f32 = 0.2;

/// Samples that are listed together: one by one they would leave memory in pieces.
const LISTED: usize = 64;

/// Images of one size or rows of numbers, each with a label or a number to be told; all of a set, or those of some of its
/// classes. A clone shares them.
#[derive(Clone)]
pub struct Dataset {
    shape: ImageShape,
    task: Task,
    learned: Classes,
    train: u32,
    samples: Arc<Samples>,
    held_out_batch: Option<cifar::Part>,
    /// How far numbers reach from zero, and a little further.
    reach: f32,
    names: Arc<Names>,
    /// What a number is that is missing, by its column; nothing where none is.
    medians: Arc<[f32]>,
    /// What is not zero in the samples held out, which every evaluation reads again: some at a time, listed when first read.
    listed: Arc<Vec<OnceLock<Arc<ListedRows>>>>,
}

impl Dataset {
    /// Images from files that [`idx::pair`] has checked: those to learn from, and those held out.
    pub fn from_files(train: idx::Pair, test: idx::Pair) -> Self {
        let (shape, count) = (train.shape, train.len());
        Self::new(shape, count, Samples::Pairs { size: shape.inputs(), parts: [train, test] })
    }

    /// Photographs from batches that [`cifar::batches`] has checked; the last batch is held out.
    pub fn from_batches(batches: cifar::Batches) -> Self {
        let records = |batch: &Vec<u8>| batch.len() / cifar::RECORD;
        let (files, held_out) = (batches.files, batches.held_out);
        let train = files.split_last().map_or(0, |(_, train)| train.iter().map(records).sum());
        let data = Self::new(DataSpec::Cifar10.shape(), train, Samples::Records { batches: files });
        Self { held_out_batch: Some(held_out), ..data }
    }

    /// What is made from a seed, or is a part of the experiment; none where it comes in files.
    pub fn made(spec: &DataSpec) -> Result<Option<Self>, ExperimentError> {
        Ok(Some(match spec {
            DataSpec::Mnist | DataSpec::Fashion | DataSpec::Cifar10 => return Ok(None),
            DataSpec::Table(rows) => match rows.own_table() {
                None => return Ok(None),
                Some(table) => Self::rows(rows, &table?)?,
            },
            DataSpec::Generated { seed } => Self::generated(*seed, GENERATED_TRAIN, GENERATED_TEST),
            DataSpec::Toy(toy) => Self::toy(*toy),
            DataSpec::Function(function) => Self::function(function)?,
        }))
    }

    /// Digits drawn from a seed, made one by one as they are first looked at.
    pub fn generated(seed: u32, train: u32, test: u32) -> Self {
        Self::new(ImageShape::grey(28, 28), train as usize, Samples::generated(seed, train + test))
    }

    /// Points of a toy set.
    pub fn toy(spec: ToySpec) -> Self {
        let count = spec.points + spec.held_out();
        let point = |index| spec.shape.point(f64::from(spec.noise), u64::from(spec.seed), index);
        let (values, classes): (Vec<[f32; 2]>, Vec<u8>) = (0..u64::from(count)).map(point).unzip();
        let values = values.concat();
        let reach = 1.05 * values.iter().fold(0.0, |most: f32, value| most.max(value.abs()));
        let samples = Samples::Numbers { columns: 2, values, answers: Answers::Classes(classes) };
        let data = Self::new(ImageShape::row(2), spec.points as usize, samples);
        Self { task: Task::Classes(spec.shape.classes()), reach, ..data }
    }

    /// Points of a function.
    pub fn function(spec: &FunctionSpec) -> Result<Self, ExperimentError> {
        let (values, answers) = spec.points()?.unzip();
        let samples = Samples::Numbers { columns: 1, values, answers: Answers::Values(answers) };
        let data = Self::new(ImageShape::row(1), spec.points as usize, samples);
        Ok(Self { task: Task::Value, reach: spec.from.abs().max(spec.to.abs()), ..data })
    }

    /// Rows of a table, of which none are held out for good.
    pub fn rows(spec: &RowsSpec, table: &Table) -> Result<Self, ExperimentError> {
        let rows = spec.of(table)?;
        let columns = spec.inputs();
        let answers = match spec.task() {
            Task::Classes(_) => Answers::Classes(rows.classes),
            Task::Value => Answers::Values(rows.numbers),
        };
        let samples = Samples::Numbers { columns, values: rows.values, answers };
        let names = Names {
            inputs: rows.inputs,
            classes: rows.class_names,
            dropped: rows.dropped,
            filled: rows.filled,
        };
        let data = Self::new(ImageShape::row(columns), table.rows(), samples);
        Ok(Self { task: spec.task(), names: Arc::new(names), ..data })
    }

    fn new(shape: ImageShape, train: usize, samples: Samples) -> Self {
        let held_out = samples.len().saturating_sub(train);
        Self {
            shape,
            task: Task::Classes(10),
            learned: Classes::ALL,
            train: train as u32,
            samples: Arc::new(samples),
            held_out_batch: None,
            reach: 1.0,
            names: Arc::default(),
            medians: Arc::default(),
            listed: Arc::new(std::iter::repeat_with(OnceLock::new).take(held_out.div_ceil(LISTED)).collect()),
        }
    }

    /// The same samples under the same ids, of which only those of some classes are learned and held out.
    pub fn of_classes(self: &Arc<Self>, learned: Classes) -> Arc<Self> {
        if learned == self.learned {
            return self.clone();
        }
        Arc::new(Self { learned, ..Self::clone(self) })
    }

    /// The size of every image.
    pub fn shape(&self) -> ImageShape {
        self.shape
    }

    /// How many classes are learned; labels lie below it. None where numbers are told.
    pub fn classes(&self) -> usize {
        self.learned.count(self.task.classes())
    }

    /// What is to be told of a sample, among all classes that the set has.
    pub fn task(&self) -> Task {
        self.task
    }

    /// The batch that is held out, of a set that comes in batches.
    pub fn held_out_batch(&self) -> Option<cifar::Part> {
        self.held_out_batch
    }

    /// What the parts of a table are called.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Numbers lie between this and its negative; pixels, too.
    pub fn reach(&self) -> f32 {
        self.reach
    }

    /// Ids of the samples to learn from, of all classes.
    pub fn train(&self) -> Range<u32> {
        0..self.train
    }

    /// Ids of the samples held out, of all classes.
    pub fn test(&self) -> Range<u32> {
        self.train..self.samples.len() as u32
    }

    /// An image's values, row by row, plane by plane; of drawings 0 is paper and 255 ink. Nothing where samples are no
    /// images.
    ///
    /// # Panics
    /// Where there is no such sample.
    pub fn pixels(&self, id: u32) -> &[u8] {
        self.samples.pixels(id as usize).unwrap_or_default()
    }

    /// A sample's class, as a position among those that are learned; 255 where it is left out or has none.
    ///
    /// # Panics
    /// Where there is no such sample.
    pub fn label(&self, id: u32) -> u8 {
        self.learned.position(self.samples.class(id as usize)).unwrap_or(u8::MAX)
    }

    /// The number to be told of a sample; none where it has a class.
    ///
    /// # Panics
    /// Where there is no such sample.
    pub fn value(&self, id: u32) -> Option<f32> {
        self.samples.value(id as usize)
    }

    /// Whether a sample is used: its class is learned, and a row has what it takes.
    fn is_learned(&self, id: u32) -> bool {
        match self.value(id) {
            Some(value) => value.is_finite(),
            None => (self.learned.is_all() && self.has_pixels()) || self.label(id) != u8::MAX,
        }
    }

    /// Writes a sample as the network sees it: pixels / 255, or numbers as they are.
    pub fn copy_input(&self, id: u32, input: &mut [f32]) {
        // b / 255 = b / 256 · (1 + 1 / 255): a division's bits (a test goes through all 256), and faster than dividing or
        // looking up.
        let unit = |number: u8x16| {
            let share = cast::<u8x16, f32x4>(number) - f32x4::splat(AROUND);
            share + share * (1.0 / 255.0)
        };
        let Some(pixels) = self.samples.pixels(id as usize) else {
            input.copy_from_slice(self.samples.numbers(id as usize));
            return self.fill(input);
        };
        let (pixels, pixels_rest) = pixels.as_chunks::<16>();
        let (inputs, inputs_rest) = input.as_chunks_mut::<16>();
        for (to, &pixels) in inputs.iter_mut().zip(pixels) {
            let (pixels, nothing) = (u8x16::new(pixels), u8x16::default());
            let halves = [u8x16::unpack_low(pixels, nothing), u8x16::unpack_high(pixels, nothing)];
            let numbers = halves.map(|half| [u8x16::unpack_low(half, HEAD), u8x16::unpack_high(half, HEAD)]);
            *to = cast(numbers.map(|both| both.map(unit)));
        }
        inputs_rest.iter_mut().zip(pixels_rest).for_each(|(to, &pixel)| *to = UNIT[usize::from(pixel)]);
    }

    /// A sample as the network sees it.
    pub fn input(&self, id: u32) -> Vec<f32> {
        let mut input = vec![0.0; self.shape.inputs()];
        self.copy_input(id, &mut input);
        input
    }

    /// One of a sample's inputs as the network sees it.
    ///
    /// # Panics
    /// Where there is no such sample, or no such input.
    pub fn input_at(&self, id: u32, column: usize) -> f32 {
        if let Some(pixels) = self.samples.pixels(id as usize) {
            return UNIT[usize::from(pixels[column])];
        }
        let value = self.samples.numbers(id as usize)[column];
        if value.is_nan() { self.medians.get(column).copied().unwrap_or(value) } else { value }
    }

    /// Writes samples into the first rows of a block. inputs: rows × values.
    pub fn copy_inputs(&self, ids: &[u32], mut inputs: ArrayViewMut2<f32>) {
        self.fetch(ids);
        for (&id, mut row) in ids.iter().zip(inputs.outer_iter_mut()) {
            self.copy_input(id, row.as_slice_mut().expect("a row of a standard array"));
        }
    }

    /// Whether samples are images.
    pub fn has_pixels(&self) -> bool {
        !matches!(*self.samples, Samples::Numbers { .. })
    }

    /// Lists what is not zero in images; says whether that is no more than `most` values.
    pub fn copy_sparse_inputs(&self, ids: &[u32], inputs: &mut Sparse, most: usize) -> bool {
        inputs.clear();
        if !self.has_pixels() {
            return false;
        }
        if ids.first().is_none_or(|&id| self.listed(id).is_none()) {
            self.fetch(ids);
        }
        ids.iter().all(|&id| {
            match self.listed(id) {
                Some((rows, row)) => inputs.push_listed(rows, row),
                None => inputs.push_row(self.pixels(id), &UNIT),
            }
            inputs.entries() <= most
        })
    }

    /// What is not zero in a sample that is held out, where that is less than half of it: the lists it is in, and its place.
    fn listed(&self, id: u32) -> Option<(&Arc<ListedRows>, usize)> {
        let place = id.checked_sub(self.train)? as usize;
        let first = id - (place % LISTED) as u32;
        let rows = self.listed.get(place / LISTED)?.get_or_init(|| {
            let ids = first..(first + LISTED as u32).min(self.test().end);
            Arc::new(ListedRows::of(self.shape.inputs(), &UNIT, ids.map(|id| self.pixels(id))))
        });
        rows.has(place % LISTED).then_some((rows, place % LISTED))
    }

    /// Looks once at every cache line of the samples, which lie anywhere in memory: looks that do not wait
    /// for one another are answered several at a time, those of the lists that follow would not be.
    fn fetch(&self, ids: &[u32]) {
        let mut sum = 0;
        for &id in ids {
            for line in self.pixels(id).chunks(64) {
                sum ^= line[0];
            }
        }
        std::hint::black_box(sum);
    }

    /// Which samples to learn from and which to hold out: all of the training samples and the test
    /// set, or a share of the training samples drawn by the seed: a fifth where there is no test set.
    pub fn split(&self, share: Option<f32>, seed: u64) -> (Vec<u32>, Vec<u32>) {
        let learned = |ids: Range<u32>| ids.filter(|&id| self.is_learned(id)).collect();
        let train: Vec<u32> = learned(self.train());
        let share = share.or(self.test().is_empty().then_some(HELD_OUT));
        let Some(share) = share else { return (train, learned(self.test())) };
        let held = ((train.len() as f32 * share) as usize).clamp(1, train.len() - 1);
        let mut shuffled = train.clone();
        random::shuffle(&mut random::stream(seed, Purpose::Split, 0), &mut shuffled);
        let mut is_held_out = vec![false; self.train().len()];
        shuffled[train.len() - held..].iter().for_each(|&id| is_held_out[id as usize] = true);
        train.into_iter().partition(|&id| !is_held_out[id as usize])
    }

    /// Whether there are samples to learn from, also where some are held out, and to validate with.
    pub fn is_enough(&self) -> bool {
        let learned = |ids: Range<u32>| ids.filter(|&id| self.is_learned(id));
        let is_tested = self.test().is_empty() || learned(self.test()).next().is_some();
        learned(self.train()).nth(1).is_some() && is_tested
    }
}

/// A number whose last bit counts 256ths: with a byte as its lowest byte it is this and so many 256ths.
const AROUND: f32 = 32_768.0;
/// Its two highest bytes, each behind a byte's place.
const HEAD: u8x16 = u8x16::new([0, 0x47, 0, 0x47, 0, 0x47, 0, 0x47, 0, 0x47, 0, 0x47, 0, 0x47, 0, 0x47]);

/// Every byte as the network sees it.
static UNIT: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|byte| byte as f32 / 255.0));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_digit_does_not_depend_on_what_was_looked_at_before() {
        let (a, b) = (Dataset::generated(3, 50, 10), Dataset::generated(3, 50, 10));
        let _ = a.pixels(7);
        assert_eq!(a.pixels(55), b.pixels(55));
        assert_ne!(a.pixels(55), Dataset::generated(4, 50, 10).pixels(55));
        assert_eq!((a.train(), a.test()), (0..50, 50..60));
    }

    #[test]
    fn a_pixel_is_divided_by_255_to_the_bit() {
        let bytes: Vec<u8> = (0..=255).collect();
        let side = ImageShape::grey(16, 16);
        let files =
            || idx::Pair { shape: side, images: [vec![0; 16], bytes.clone()].concat(), labels: vec![0; 9] };
        let mut input = [f32::NAN; 256];
        Dataset::from_files(files(), files()).copy_input(0, &mut input);
        for (byte, value) in bytes.iter().zip(input) {
            assert_eq!(value.to_bits(), (f32::from(*byte) / 255.0).to_bits(), "{byte}");
            assert_eq!(value.to_bits(), UNIT[usize::from(*byte)].to_bits(), "{byte}");
        }
    }

    /// Two records a batch; every value tells its batch, record and plane.
    fn photographs() -> Dataset {
        let file = |batch: u8| {
            let record = |label| {
                let plane = move |colour: u8| [batch * 40 + label * 4 + colour; 1024];
                [vec![label], [0, 1, 2].map(plane).concat()].concat()
            };
            let name = format!("data_batch_{batch}.bin");
            idx::File { name, bytes: [record(batch), record(9)].concat() }
        };
        Dataset::from_batches(cifar::batches_of(vec![file(5), file(1), file(2)], 2).unwrap())
    }

    #[test]
    fn photographs_are_numbered_batch_by_batch_and_come_plane_by_plane() {
        let data = photographs();
        assert_eq!((data.train(), data.test(), data.shape().inputs()), (0..4, 4..6, 3072));
        assert_eq!([0, 1, 2, 3, 4, 5].map(|id| data.label(id)), [1, 9, 2, 9, 5, 9]);
        assert_eq!([0, 1024, 3071].map(|at| data.pixels(2)[at]), [88, 89, 90]);
        assert_eq!(data.held_out_batch(), Some(cifar::Part::Train(5)));
        let mut input = vec![0.0; 3072];
        data.copy_input(4, &mut input);
        assert_eq!([0, 1023, 1024, 2048].map(|at| (input[at] * 255.0).round()), [220.0, 220.0, 221.0, 222.0]);
    }

    #[test]
    fn points_are_rows_of_numbers_and_no_images() {
        let spec = ToySpec { shape: toys::Toy::Blobs, points: 30, noise: 0.2, seed: 4 };
        let data = Dataset::toy(spec);
        assert_eq!((data.train(), data.test(), data.shape().inputs()), (0..30, 30..45, 2));
        assert_eq!((data.classes(), data.has_pixels()), (3, false));
        for id in [0, 17, 44] {
            let (at, class) = spec.shape.point(f64::from(spec.noise), 4, u64::from(id));
            assert_eq!((data.input(id), data.label(id)), (at.to_vec(), class));
        }
        assert!(data.pixels(3).is_empty() && !data.copy_sparse_inputs(&[3], &mut Sparse::new(1, 2), 2));
    }

    #[test]
    fn two_of_ten_keep_their_ids_and_their_labels_are_positions() {
        let all = Arc::new(Dataset::generated(1, 100, 50));
        let two = all.of_classes(Classes::of([9, 2]).unwrap());
        let (train, held_out) = two.split(None, 0);
        assert_eq!((two.classes(), train.len(), held_out.len()), (2, 10 + 10, 5 + 5));
        for id in train.into_iter().chain(held_out) {
            assert_eq!(all.label(id), [2, 9][usize::from(two.label(id))]);
            assert_eq!(two.pixels(id).as_ptr(), all.pixels(id).as_ptr(), "nothing is copied");
        }
        let seven = (0..100).find(|&id| all.label(id) == 7).unwrap();
        assert_eq!(two.label(seven), u8::MAX);
        assert!(
            two.is_enough() && !Arc::new(photographs()).of_classes(Classes::of([1, 2]).unwrap()).is_enough()
        );
    }

    #[test]
    fn a_split_takes_every_training_sample_once_and_keeps_its_id() {
        let data = Dataset::generated(1, 1000, 10);
        let (train, held_out) = data.split(Some(0.1), 5);
        assert_eq!(held_out.len(), 100);
        let mut all = [train.clone(), held_out.clone()].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(data.train()));
        assert_ne!(held_out, data.split(Some(0.1), 6).1);
        assert_eq!(data.split(None, 5).1, data.test().collect::<Vec<_>>());
    }
}
