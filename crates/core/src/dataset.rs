//! Data sets: samples under one id each, from the file to the tooltip.
//!
//! Training samples come first: test image i of MNIST is 60,000 + i. An id is never re-indexed,
//! whatever is filtered, shuffled, sorted or split.

pub mod generated;
pub mod idx;
mod scaling;

use std::ops::Range;
use std::sync::OnceLock;

use ndarray::ArrayViewMut2;
use serde::{Deserialize, Serialize};

use crate::kernel::Sparse;
use crate::random::{self, Purpose};
pub use scaling::{Scaling, ScalingSpec};

/// A data set as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum DataSpec {
    /// MNIST's 60,000 and 10,000 digits, from their four files.
    Mnist,
    /// Digits drawn by [`generated`]: 20,000 to learn from and 4,000 held out.
    Generated {
        /// Which digits; the network's own seed does not touch them.
        seed: u32,
    },
}

impl DataSpec {
    /// The size of every image, known before there is any.
    pub fn shape(self) -> ImageShape {
        match self {
            DataSpec::Mnist | DataSpec::Generated { .. } => ImageShape { height: 28, width: 28 },
        }
    }

    /// How many classes there are.
    pub fn classes(self) -> usize {
        match self {
            DataSpec::Mnist | DataSpec::Generated { .. } => 10,
        }
    }
}

/// Generated digits to learn from.
pub const GENERATED_TRAIN: u32 = 20_000;
/// Generated digits held out.
pub const GENERATED_TEST: u32 = 4_000;

/// The size of one image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImageShape {
    /// Pixels from top to bottom.
    pub height: usize,
    /// Pixels from left to right.
    pub width: usize,
}

impl ImageShape {
    /// All of an image's pixels, which are the network's inputs.
    pub fn pixels(self) -> usize {
        self.height * self.width
    }
}

/// Images of one size, each with a label.
pub struct Dataset {
    shape: ImageShape,
    classes: usize,
    train: u32,
    samples: Samples,
}

/// One image of generated digits.
type Digit = [u8; 28 * 28];

enum Samples {
    /// The bytes of the two files' images and labels, behind their headers.
    Files { images: [Vec<u8>; 2], labels: [Vec<u8>; 2] },
    /// Drawn when first asked for, into places that are there from the beginning.
    Generated { seed: u64, drawn: Vec<OnceLock<Digit>> },
}

impl Dataset {
    /// Images from files that [`idx::pair`] has checked: those to learn from, and those held out.
    pub fn from_files(train: idx::Pair, test: idx::Pair) -> Self {
        Self {
            shape: train.shape,
            classes: 10,
            train: train.labels.len() as u32 - idx::LABELS_HEADER as u32,
            samples: Samples::Files {
                images: [train.images, test.images],
                labels: [train.labels, test.labels],
            },
        }
    }

    /// Digits drawn from a seed, made one by one as they are first looked at.
    pub fn generated(seed: u32, train: u32, test: u32) -> Self {
        let drawn = std::iter::repeat_with(OnceLock::new).take((train + test) as usize).collect();
        Self {
            shape: ImageShape { height: 28, width: 28 },
            classes: 10,
            train,
            samples: Samples::Generated { seed: u64::from(seed), drawn },
        }
    }

    /// The size of every image.
    pub fn shape(&self) -> ImageShape {
        self.shape
    }

    /// How many classes there are; labels lie below it.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Ids of the samples to learn from.
    pub fn train(&self) -> Range<u32> {
        0..self.train
    }

    /// Ids of the samples held out.
    pub fn test(&self) -> Range<u32> {
        let total = match &self.samples {
            Samples::Files { labels, .. } => labels.iter().map(|l| l.len() - idx::LABELS_HEADER).sum(),
            Samples::Generated { drawn, .. } => drawn.len(),
        };
        self.train..total as u32
    }

    /// A sample's pixels, row by row, 0 paper to 255 ink.
    ///
    /// # Panics
    /// Where there is no such sample.
    pub fn pixels(&self, id: u32) -> &[u8] {
        match &self.samples {
            Samples::Files { images, .. } => {
                let (file, place) = self.place(id);
                let size = self.shape.pixels();
                &images[file][idx::IMAGES_HEADER + place * size..][..size]
            }
            Samples::Generated { seed, drawn } => drawn[id as usize]
                .get_or_init(|| {
                    let mut digit = [0; 28 * 28];
                    generated::render(*seed, id, &mut digit);
                    digit
                })
                .as_slice(),
        }
    }

    /// A sample's class.
    ///
    /// # Panics
    /// Where there is no such sample.
    pub fn label(&self, id: u32) -> u8 {
        match &self.samples {
            Samples::Files { labels, .. } => {
                let (file, place) = self.place(id);
                labels[file][idx::LABELS_HEADER + place]
            }
            Samples::Generated { seed, drawn } => {
                assert!((id as usize) < drawn.len(), "a sample that there is");
                generated::label(*seed, id)
            }
        }
    }

    /// Writes a sample as the network sees it: pixels / 255.
    pub fn copy_input(&self, id: u32, input: &mut [f32]) {
        // 1 / 255 in two parts, of which the first product is exact: a division's bits (a test goes through
        // all 256), and faster than dividing or looking up. Sixteen at a time fill whole vectors of bytes.
        let unit = |pixel: u8| f32::from(pixel) * FIRST_PART + f32::from(pixel) * REST;
        let pixels = self.pixels(id);
        let (pixels, pixels_rest) = pixels.as_chunks::<16>();
        let (inputs, inputs_rest) = input.as_chunks_mut::<16>();
        for (to, pixels) in inputs.iter_mut().zip(pixels) {
            *to = pixels.map(unit);
        }
        inputs_rest.iter_mut().zip(pixels_rest).for_each(|(to, &pixel)| *to = unit(pixel));
    }

    /// Writes samples into the first rows of a block. inputs: rows × pixels.
    pub fn copy_inputs(&self, ids: &[u32], mut inputs: ArrayViewMut2<f32>) {
        self.fetch(ids);
        for (&id, mut row) in ids.iter().zip(inputs.outer_iter_mut()) {
            self.copy_input(id, row.as_slice_mut().expect("a row of a standard array"));
        }
    }

    /// Lists what is not zero in samples; says whether that is no more than `most` values.
    pub fn copy_sparse_inputs(&self, ids: &[u32], inputs: &mut Sparse, most: usize) -> bool {
        inputs.clear();
        self.fetch(ids);
        ids.iter().all(|&id| {
            inputs.push_row(self.pixels(id), &UNIT);
            inputs.entries() <= most
        })
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

    /// Writes the classes of samples.
    pub fn copy_labels(&self, ids: &[u32], labels: &mut [u8]) {
        labels.iter_mut().zip(ids).for_each(|(label, &id)| *label = self.label(id));
    }

    /// Which samples to learn from and which to hold out: all of the training samples and the test
    /// set, or a share of the training samples drawn by the seed.
    pub fn split(&self, share: Option<f32>, seed: u64) -> (Vec<u32>, Vec<u32>) {
        let train: Vec<u32> = self.train().collect();
        let Some(share) = share else { return (train, self.test().collect()) };
        let held = ((train.len() as f32 * share) as usize).clamp(1, train.len() - 1);
        let mut shuffled = train.clone();
        random::shuffle(&mut random::stream(seed, Purpose::Split, 0), &mut shuffled);
        let mut is_held_out = vec![false; train.len()];
        shuffled[train.len() - held..].iter().for_each(|&id| is_held_out[id as usize] = true);
        train.into_iter().partition(|&id| !is_held_out[id as usize])
    }

    fn place(&self, id: u32) -> (usize, usize) {
        match id.checked_sub(self.train) {
            None => (0, id as usize),
            Some(place) => (1, place as usize),
        }
    }
}

/// 1 / 255 = 2⁻⁸ + 2⁻¹⁶ + 2⁻²⁴ + …: the first two, and the others, which are the same sixteen bits lower.
const FIRST_PART: f32 = 257.0 / 65_536.0;
const REST: f32 = 1.0 / 255.0 / 65_536.0;

/// A byte as the network sees it.
static UNIT: [f32; 256] = {
    let mut table = [0.0; 256];
    let mut value = 0;
    while value < 256 {
        table[value] = value as f32 / 255.0;
        value += 1;
    }
    table
};

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
        let side = ImageShape { height: 16, width: 16 };
        let files =
            || idx::Pair { shape: side, images: [vec![0; 16], bytes.clone()].concat(), labels: vec![0; 9] };
        let mut input = [f32::NAN; 256];
        Dataset::from_files(files(), files()).copy_input(0, &mut input);
        for (byte, value) in bytes.iter().zip(input) {
            assert_eq!(value.to_bits(), (f32::from(*byte) / 255.0).to_bits(), "{byte}");
            assert_eq!(value.to_bits(), UNIT[usize::from(*byte)].to_bits(), "{byte}");
        }
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
