//! The experiment as a line that a person can read, change and send: `data=mnist&hidden=30,10&lr=0.1;0.05@3000`.
//!
//! Defaults are left out, but the data set is always named. Reading never fails: what can't be used is
//! replaced, and said in a [`Notice`].

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::Serialize;

use super::{Experiment, RateFrom, limits};
use crate::dataset::DataSpec;
use crate::layer::{Activation, Init, LayerSpec};
use crate::loss::LossSpec;
use crate::optimizer::OptimizerSpec;

/// The version that this code writes and reads.
const VERSION: u32 = 1;
/// Classes of every data set there is.
const CLASSES: usize = 10;
const HIDDEN: usize = 10;
const BATCH_SIZE: u32 = 64;
const EPOCHS: u32 = 30;
const SEED: u32 = 42;

const ACTIVATIONS: [(&str, Activation); 5] = [
    ("relu", Activation::Relu),
    ("leaky", Activation::LeakyRelu),
    ("sigmoid", Activation::Sigmoid),
    ("tanh", Activation::Tanh),
    ("linear", Activation::Linear),
];
const INITS: [(&str, Init); 3] =
    [("he", Init::HeUniform), ("glorot", Init::GlorotUniform), ("zero", Init::Zero)];

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

/// Reads what stands behind the `#` of an address, without the `#`.
pub fn parse_link(text: &str) -> Link {
    let mut reader = Reader::new(text);
    reader.version();
    let names_data = reader.pairs.iter().any(|(key, ..)| key == "data");
    let data = reader.data();
    let layers = reader.layers();
    let optimizer = reader.optimizer();
    let experiment = Experiment {
        data,
        layers,
        loss: LossSpec::SoftmaxCrossEntropy,
        optimizer,
        learning_rate: reader.rates(default_rate(optimizer)),
        batch_size: reader.number("batch", BATCH_SIZE, &limits::BATCH_SIZE),
        epochs: reader.number("epochs", EPOCHS, &limits::EPOCHS),
        seed: reader.number("seed", SEED, &(0..=u32::MAX)),
        validation_split: reader.optional("val", &limits::SPLIT),
    };
    Link { experiment, names_data, notices: reader.finish() }
}

/// Writes an experiment; [`parse_link`] reads the same one back.
pub fn format_link(experiment: &Experiment) -> String {
    let mut parts = vec![format!("v={VERSION}")];
    let mut put = |key: &str, value: String, default: &str| {
        if value != default {
            parts.push(format!("{key}={value}"));
        }
    };
    match experiment.data {
        DataSpec::Mnist => put("data", "mnist".into(), ""),
        DataSpec::Generated { seed } => {
            put("data", "generated".into(), "");
            put("digits", seed.to_string(), "1");
        }
    }
    let hidden = experiment.hidden();
    let activations = activations_of(&experiment.layers, hidden.len());
    put("hidden", if hidden.is_empty() { "0".into() } else { list(&hidden) }, &HIDDEN.to_string());
    put("act", shortest_list(activations.iter().map(|&function| name_of(&ACTIVATIONS, function))), "relu");
    let inits = inits_of(&experiment.layers);
    if inits != default_inits(&activations) {
        put("init", shortest_list(inits.iter().map(|&init| name_of(&INITS, init))), "");
    }
    match experiment.optimizer {
        OptimizerSpec::Sgd => {}
        OptimizerSpec::Momentum { momentum } => {
            put("opt", "momentum".into(), "");
            put("momentum", momentum.to_string(), "0.9");
        }
        OptimizerSpec::Adam { beta1, beta2, epsilon } => {
            put("opt", "adam".into(), "");
            put("beta1", beta1.to_string(), "0.9");
            put("beta2", beta2.to_string(), "0.999");
            put("epsilon", format!("{epsilon:e}"), "1e-8");
        }
    }
    put("lr", rates(&experiment.learning_rate), &default_rate(experiment.optimizer).to_string());
    put("batch", experiment.batch_size.to_string(), &BATCH_SIZE.to_string());
    put("epochs", experiment.epochs.to_string(), &EPOCHS.to_string());
    put("seed", experiment.seed.to_string(), &SEED.to_string());
    if let Some(share) = experiment.validation_split {
        put("val", share.to_string(), "");
    }
    parts.join("&")
}

/// The learning rate that a fresh experiment starts with.
fn default_rate(optimizer: OptimizerSpec) -> f32 {
    match optimizer {
        OptimizerSpec::Sgd => 0.1,
        OptimizerSpec::Momentum { .. } => 0.02,
        OptimizerSpec::Adam { .. } => 0.001,
    }
}

/// He before a ReLU, Glorot elsewhere; all zero without a hidden layer, so that a template shows only what was learned.
fn default_inits(activations: &[Activation]) -> Vec<Init> {
    let hidden = activations.iter().map(|function| match function {
        Activation::Relu | Activation::LeakyRelu => Init::HeUniform,
        Activation::Linear | Activation::Sigmoid | Activation::Tanh => Init::GlorotUniform,
    });
    let output = if activations.is_empty() { Init::Zero } else { Init::GlorotUniform };
    hidden.chain([output]).collect()
}

fn layers(hidden: &[usize], activations: &[Activation], inits: &[Init]) -> Vec<LayerSpec> {
    let mut layers = Vec::new();
    for ((&units, &function), &init) in hidden.iter().zip(activations).zip(inits) {
        layers.extend([LayerSpec::Dense { units, init }, LayerSpec::Activation { function }]);
    }
    layers.push(LayerSpec::Dense { units: CLASSES, init: *inits.last().expect("the output's") });
    layers
}

/// The function behind each hidden layer; linear where there is none.
fn activations_of(layers: &[LayerSpec], hidden: usize) -> Vec<Activation> {
    let mut functions = Vec::new();
    for layer in layers {
        match *layer {
            LayerSpec::Dense { .. } => functions.push(Activation::Linear),
            LayerSpec::Activation { function } => {
                if let Some(last) = functions.last_mut() {
                    *last = function;
                }
            }
        }
    }
    functions.truncate(hidden);
    functions
}

fn inits_of(layers: &[LayerSpec]) -> Vec<Init> {
    let init = |layer: &LayerSpec| match layer {
        LayerSpec::Dense { init, .. } => Some(*init),
        LayerSpec::Activation { .. } => None,
    };
    layers.iter().filter_map(init).collect()
}

fn name_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, it)| *it == value).expect("the table has every value").0
}

fn list<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// One word where all are the same; nothing (relu, the default) where there are none.
fn shortest_list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    match names.split_first() {
        None => "relu".into(),
        Some((first, rest)) if rest.iter().all(|name| name == first) => (*first).into(),
        Some(_) => names.join(","),
    }
}

fn rates(changes: &[RateFrom]) -> String {
    let one = |change: &RateFrom| match change.step {
        0 => change.rate.to_string(),
        step => format!("{}@{step}", change.rate),
    };
    changes.iter().map(one).collect::<Vec<_>>().join(";")
}

/// The parts of a link that are still to be read, and what was wrong with those that were.
struct Reader {
    /// Key, value, taken.
    pairs: Vec<(String, String, bool)>,
    notices: Vec<Notice>,
}

impl Reader {
    /// More than this is no link of ours.
    const MOST: usize = 100_000;

    fn new(text: &str) -> Self {
        let text: String = text.chars().take(Self::MOST).collect();
        let pairs = text.split('&').filter(|part| !part.is_empty()).map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let plain = value.replace("%2C", ",").replace("%3B", ";").replace("%40", "@");
            (key.to_string(), plain, false)
        });
        Self { pairs: pairs.collect(), notices: Vec::new() }
    }

    /// The last value of a key counts.
    fn take(&mut self, key: &str) -> Option<String> {
        let mut found = None;
        for (name, value, taken) in &mut self.pairs {
            if name == key {
                *taken = true;
                found = Some(value.clone());
            }
        }
        found
    }

    fn note(&mut self, kind: NoticeKind, key: &str, found: &str, used: impl Display) {
        self.notices.push(Notice { kind, key: key.into(), found: found.into(), used: used.to_string() });
    }

    fn version(&mut self) {
        let Some(found) = self.take("v") else { return };
        if found.parse::<u32>().is_ok_and(|version| version > VERSION) {
            self.note(NoticeKind::Newer, "v", &found, VERSION);
        } else if found.parse() != Ok(VERSION) {
            self.note(NoticeKind::Refused, "v", &found, VERSION);
        }
    }

    fn number<T>(&mut self, key: &str, default: T, range: &RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + Copy + Display,
    {
        let Some(found) = self.take(key) else { return default };
        self.within(key, &found, range).unwrap_or_else(|| {
            self.note(NoticeKind::Refused, key, &found, default);
            default
        })
    }

    fn optional(&mut self, key: &str, range: &RangeInclusive<f32>) -> Option<f32> {
        let found = self.take(key)?;
        let value = self.within(key, &found, range);
        if value.is_none() {
            self.note(NoticeKind::Refused, key, &found, "");
        }
        value
    }

    /// The number, moved into its range with a notice; nothing where it is none.
    fn within<T>(&mut self, key: &str, found: &str, range: &RangeInclusive<T>) -> Option<T>
    where
        T: FromStr + PartialOrd + Copy + Display,
    {
        let value: T = found.parse().ok()?;
        let nearest = if value < *range.start() { *range.start() } else { *range.end() };
        if range.contains(&value) {
            return Some(value);
        }
        // NaN is neither below nor above.
        value.partial_cmp(range.start())?;
        self.note(NoticeKind::Clamped, key, found, nearest);
        Some(nearest)
    }

    /// A word of a table, or a list of `count` words, one word standing for all.
    fn words<T: Copy>(&mut self, key: &str, table: &[(&str, T)], count: usize) -> Option<Vec<T>> {
        let found = self.take(key)?;
        let word = |text: &str| table.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        let words: Option<Vec<T>> = found.split(',').map(word).collect();
        match words {
            Some(words) if words.len() == 1 => Some(vec![words[0]; count]),
            Some(words) if words.len() == count => Some(words),
            _ => {
                self.note(NoticeKind::Refused, key, &found, "");
                None
            }
        }
    }

    fn data(&mut self) -> DataSpec {
        let seed = self.number("digits", 1, &(0..=u32::MAX));
        match self.take("data").as_deref() {
            Some("mnist") => DataSpec::Mnist,
            None | Some("generated") => DataSpec::Generated { seed },
            Some(found) => {
                self.note(NoticeKind::Refused, "data", found, "generated");
                DataSpec::Generated { seed }
            }
        }
    }

    fn layers(&mut self) -> Vec<LayerSpec> {
        let hidden = self.hidden();
        let activations =
            self.words("act", &ACTIVATIONS, hidden.len()).unwrap_or(vec![Activation::Relu; hidden.len()]);
        let inits =
            self.words("init", &INITS, hidden.len() + 1).unwrap_or_else(|| default_inits(&activations));
        layers(&hidden, &activations, &inits)
    }

    fn hidden(&mut self) -> Vec<usize> {
        let Some(found) = self.take("hidden") else { return vec![HIDDEN] };
        if found == "0" {
            return Vec::new();
        }
        let sizes: Vec<_> = found.split(',').collect();
        if sizes.len() > limits::HIDDEN_LAYERS {
            self.note(NoticeKind::Clamped, "hidden", &found, sizes[..limits::HIDDEN_LAYERS].join(","));
        }
        let kept = &sizes[..sizes.len().min(limits::HIDDEN_LAYERS)];
        let units: Option<Vec<_>> =
            kept.iter().map(|size| self.within("hidden", size, &limits::UNITS)).collect();
        units.unwrap_or_else(|| {
            self.note(NoticeKind::Refused, "hidden", &found, HIDDEN);
            vec![HIDDEN]
        })
    }

    fn optimizer(&mut self) -> OptimizerSpec {
        match self.take("opt").as_deref() {
            None | Some("sgd") => OptimizerSpec::Sgd,
            Some("momentum") => {
                OptimizerSpec::Momentum { momentum: self.number("momentum", 0.9, &limits::DECAY) }
            }
            Some("adam") => OptimizerSpec::Adam {
                beta1: self.number("beta1", 0.9, &limits::DECAY),
                beta2: self.number("beta2", 0.999, &limits::DECAY),
                epsilon: self.number("epsilon", 1e-8, &limits::EPSILON),
            },
            Some(found) => {
                self.note(NoticeKind::Refused, "opt", found, "sgd");
                OptimizerSpec::Sgd
            }
        }
    }

    fn rates(&mut self, default: f32) -> Vec<RateFrom> {
        let Some(found) = self.take("lr") else { return vec![RateFrom { step: 0, rate: default }] };
        let mut changes: Vec<RateFrom> = Vec::new();
        for part in found.split(';') {
            let (rate, step) = part.split_once('@').unwrap_or((part, "0"));
            let rate = self.within("lr", rate, &limits::RATE);
            match (rate, step.parse()) {
                (Some(rate), Ok(step)) if changes.last().map_or(step == 0, |last| last.step < step) => {
                    changes.push(RateFrom { step, rate });
                }
                _ => {
                    self.note(NoticeKind::Refused, "lr", &found, default);
                    return vec![RateFrom { step: 0, rate: default }];
                }
            }
        }
        changes
    }

    fn finish(mut self) -> Vec<Notice> {
        for (key, value, taken) in std::mem::take(&mut self.pairs) {
            if !taken {
                self.note(NoticeKind::Unknown, &key, &value, "");
            }
        }
        self.notices
    }
}

#[cfg(test)]
mod tests;
