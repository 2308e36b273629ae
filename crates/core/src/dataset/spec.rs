//! A data set as data: which one, and what is known of it before any file has been read.

use serde::{Deserialize, Serialize};

use super::function::FunctionSpec;
use super::rows::RowsSpec;
use super::toys::ToySpec;

/// A data set as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum DataSpec {
    /// MNIST's 60,000 and 10,000 digits, from their four files.
    Mnist,
    /// Fashion-MNIST: as many pieces of clothing, in files of the same form.
    Fashion,
    /// CIFAR-10's photographs, from as many of its batches of 10,000 as there are.
    Cifar10,
    /// Digits drawn by [`generated`](super::generated): 20,000 to learn from and 4,000 held out.
    Generated {
        /// Which digits; the network's own seed does not touch them.
        seed: u32,
    },
    /// Points in two dimensions.
    Toy(ToySpec),
    /// Points of a function of one number.
    Function(FunctionSpec),
    /// Rows of a table.
    Table(RowsSpec),
}

/// What is to be told of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// One of so many classes.
    Classes(usize),
    /// A number.
    Value,
}

impl Task {
    /// How many classes there are; none where a number is told.
    pub fn classes(self) -> usize {
        match self {
            Task::Classes(classes) => classes,
            Task::Value => 0,
        }
    }
}

impl DataSpec {
    /// Whether it has to be read from files; the others are made from a seed, or are a part of the experiment.
    pub fn comes_in_files(&self) -> bool {
        match self {
            DataSpec::Mnist | DataSpec::Fashion | DataSpec::Cifar10 => true,
            DataSpec::Table(rows) => rows.csv.is_empty(),
            DataSpec::Generated { .. } | DataSpec::Toy(_) | DataSpec::Function(_) => false,
        }
    }

    /// The size of every image, known before there is any.
    pub fn shape(&self) -> ImageShape {
        match self {
            DataSpec::Mnist | DataSpec::Fashion | DataSpec::Generated { .. } => ImageShape::grey(28, 28),
            DataSpec::Cifar10 => ImageShape { height: 32, width: 32, channels: 3 },
            DataSpec::Toy(_) => ImageShape::row(2),
            DataSpec::Function(_) => ImageShape::row(1),
            DataSpec::Table(rows) => ImageShape::row(rows.inputs()),
        }
    }

    /// What is to be told of its samples.
    pub fn task(&self) -> Task {
        match self {
            DataSpec::Mnist | DataSpec::Fashion | DataSpec::Cifar10 | DataSpec::Generated { .. } => {
                Task::Classes(10)
            }
            DataSpec::Toy(toy) => Task::Classes(toy.shape.classes()),
            DataSpec::Function(_) => Task::Value,
            DataSpec::Table(rows) => rows.task(),
        }
    }

    /// How many classes there are; none where a number is told.
    pub fn classes(&self) -> usize {
        self.task().classes()
    }

    /// The classes' names as the set's authors wrote them; none where a class is its number.
    pub fn class_names(&self) -> Option<&'static [&'static str]> {
        match self {
            DataSpec::Mnist
            | DataSpec::Generated { .. }
            | DataSpec::Toy(_)
            | DataSpec::Function(_)
            | DataSpec::Table(_) => None,
            DataSpec::Fashion => Some(&FASHION),
            DataSpec::Cifar10 => Some(&CIFAR10),
        }
    }
}

const FASHION: [&str; 10] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];
const CIFAR10: [&str; 10] =
    ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/// The size of one image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImageShape {
    /// Pixels from top to bottom.
    pub height: usize,
    /// Pixels from left to right.
    pub width: usize,
    /// Values of a pixel: 1 is grey, 3 are red, green, blue, each a plane of its own behind the one before.
    pub channels: usize,
}

impl ImageShape {
    /// One value for each pixel.
    pub const fn grey(height: usize, width: usize) -> Self {
        Self { height, width, channels: 1 }
    }

    /// Values that are no picture, in a row.
    pub const fn row(values: usize) -> Self {
        Self { height: 1, width: values, channels: 1 }
    }

    /// All of an image's values, which are the network's inputs.
    pub fn inputs(self) -> usize {
        self.height * self.width * self.channels
    }
}
