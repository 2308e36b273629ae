//! The experiment as a line that a person can read, change and send: `data=mnist&hidden=30,10&lr=0.1;0.05@3000`.
//!
//! Defaults are left out, but the data set is always named. Reading never fails: what can't be used is
//! replaced, and said in a [`Notice`].

mod escape;
mod read;
mod write;

use serde::Serialize;

use super::{Experiment, decimal};
use crate::dataset::ScalingSpec;
use crate::dataset::rows::{Missing, RowsError};
use crate::layer::{Activation, Init};
use crate::loss::LossSpec;
pub use read::parse_link;
pub use write::format_link;

/// The version that this code writes and reads.
const VERSION: u32 = 1;
const HIDDEN: usize = 10;
const BATCH_SIZE: u32 = 64;
const EPOCHS: u32 = 30;
const SEED: u32 = 42;

const ACTIVATIONS: [(&str, Activation); 7] = [
    ("relu", Activation::Relu),
    ("leaky", Activation::LeakyRelu),
    ("sigmoid", Activation::Sigmoid),
    ("tanh", Activation::Tanh),
    ("linear", Activation::Linear),
    ("softplus", Activation::Softplus),
    ("gelu", Activation::Gelu),
];
/// `normal` is followed by its deviation: `normal:0.05`.
const INITS: [(&str, Init); 7] = [
    ("he", Init::HeUniform),
    ("he-normal", Init::HeNormal),
    ("glorot", Init::GlorotUniform),
    ("glorot-normal", Init::GlorotNormal),
    ("lecun", Init::LecunUniform),
    ("lecun-normal", Init::LecunNormal),
    ("zero", Init::Zero),
];
const SCALINGS: [(&str, ScalingSpec); 3] =
    [("none", ScalingSpec::None), ("mean", ScalingSpec::Mean), ("standard", ScalingSpec::Standard)];
const MISSING: [(&str, Missing); 2] = [("drop", Missing::Drop), ("median", Missing::Median)];
const LOSSES: [(&str, LossSpec); 5] = [
    ("softmax", LossSpec::SoftmaxCrossEntropy),
    ("bce", LossSpec::BinaryCrossEntropy),
    ("mse", LossSpec::MeanSquaredError),
    ("mae", LossSpec::MeanAbsoluteError),
    ("sigmoid-mae", LossSpec::SigmoidAbsoluteError),
];

/// A number as it stands in a link.
trait Number: PartialOrd + Copy {
    fn read(text: &str) -> Option<Self>;
    fn write(self) -> String;
}

impl Number for f32 {
    fn read(text: &str) -> Option<Self> {
        decimal::read(text)
    }

    fn write(self) -> String {
        decimal::write(self)
    }
}

impl Number for u32 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(self) -> String {
        self.to_string()
    }
}

impl Number for usize {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(self) -> String {
        self.to_string()
    }
}

/// An experiment read from a link, and what was wrong with the link.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What the link asks for, defaults filled in; always buildable.
    pub experiment: Experiment,
    /// Whether the link names a data set; if not, the page may choose.
    pub names_data: bool,
    /// What could not be taken as it stands.
    pub notices: Vec<Notice>,
}

/// Something in a link that was not taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Notice {
    /// What happened to it.
    pub kind: NoticeKind,
    /// The part before `=`.
    pub key: String,
    /// The part after it.
    pub found: String,
    /// What is used instead; empty where there is nothing.
    pub used: String,
    /// Why, where a table can't be learned from.
    pub why: Option<RowsError>,
}

/// What happened to a part of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum NoticeKind {
    /// Moved to the nearest allowed value.
    Clamped,
    /// Not understood; the default is used.
    Refused,
    /// No such setting.
    Unknown,
    /// Written by a later version.
    Newer,
}

fn name_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, it)| *it == value).expect("the table has every value").0
}

/// He before a ReLU and its kin, Glorot elsewhere; all zero without a hidden layer, so that a template shows only what
/// was learned.
fn default_inits(activations: &[Activation]) -> Vec<Init> {
    let hidden = activations.iter().map(|function| match function {
        Activation::Relu | Activation::LeakyRelu | Activation::Softplus | Activation::Gelu => Init::HeUniform,
        Activation::Linear | Activation::Sigmoid | Activation::Tanh => Init::GlorotUniform,
    });
    let output = if activations.is_empty() { Init::Zero } else { Init::GlorotUniform };
    hidden.chain([output]).collect()
}

#[cfg(test)]
mod tests;
