//! Writing: an experiment as a link, defaults left out.

use std::fmt::Display;

use super::{ACTIVATIONS, BATCH_SIZE, EPOCHS, HIDDEN, INITS, LOSSES, SCALINGS, SEED, VERSION, default_inits};
use crate::dataset::DataSpec;
use crate::experiment::{Decay, Experiment, RateFrom, Stop};
use crate::layer::{Activation, Init, LayerSpec};
use crate::loss::LossSpec;

/// Writes an experiment; [`parse_link`](super::parse_link) reads the same one back.
pub fn format_link(experiment: &Experiment) -> String {
    let mut parts = Parts(vec![format!("v={VERSION}")]);
    parts.data(experiment.data);
    parts.word("classes", &list(&Vec::from(experiment.classes)), "");
    parts.network(&experiment.layers);
    parts.learning(experiment);
    parts.put("batch", experiment.batch_size, BATCH_SIZE);
    parts.put("epochs", experiment.epochs, EPOCHS);
    parts.stop(&experiment.stop);
    parts.word("scale", name_of(&SCALINGS, experiment.scaling), "none");
    parts.put("seed", experiment.seed, SEED);
    if let Some(share) = experiment.validation_split {
        parts.put("val", share, 0.0);
    }
    parts.0.join("&")
}

struct Parts(Vec<String>);

impl Parts {
    /// Adds what differs from the default.
    fn put<T: Display + PartialEq>(&mut self, key: &str, value: T, default: T) {
        if value != default {
            self.0.push(format!("{key}={value}"));
        }
    }

    fn word(&mut self, key: &str, value: &str, default: &str) {
        self.put(key, value, default);
    }

    fn data(&mut self, data: DataSpec) {
        match data {
            DataSpec::Mnist => self.word("data", "mnist", ""),
            DataSpec::Fashion => self.word("data", "fashion", ""),
            DataSpec::Cifar10 => self.word("data", "cifar10", ""),
            DataSpec::Generated { seed } => {
                self.word("data", "generated", "");
                self.put("digits", seed, 1);
            }
        }
    }

    fn network(&mut self, layers: &[LayerSpec]) {
        let Hidden { units, activations, dropouts } = hidden(layers);
        self.word("hidden", &if units.is_empty() { "0".into() } else { list(&units) }, &HIDDEN.to_string());
        self.word(
            "act",
            &shortest_list(activations.iter().map(|&f| name_of(&ACTIVATIONS, f).into()), "relu"),
            "relu",
        );
        let inits = inits_of(layers);
        if inits != default_inits(&activations) {
            self.word("init", &shortest_list(inits.into_iter().map(init_name), ""), "");
        }
        self.word("drop", &shortest_list(dropouts.iter().map(ToString::to_string), "0"), "0");
    }

    fn learning(&mut self, experiment: &Experiment) {
        let default = LossSpec::default();
        self.word("loss", name_of(&LOSSES, experiment.loss), name_of(&LOSSES, default));
        let (name, mut usual, rate) = *experiment.optimizer.usual();
        self.word("opt", name, "sgd");
        let mut optimizer = experiment.optimizer;
        for (setting, usual) in optimizer.settings().into_iter().zip(usual.settings()) {
            self.put(setting.name, *setting.value, *usual.value);
        }
        self.word("lr", &rates(&experiment.learning_rate), &rate.to_string());
        self.put("warmup", experiment.schedule.warmup, 0);
        match experiment.schedule.decay {
            Decay::Constant => {}
            Decay::Step { every, factor } => self.word("decay", &format!("step:{every}:{factor}"), ""),
            Decay::Cosine { epochs } => self.word("decay", &format!("cosine:{epochs}"), ""),
        }
        self.put("l2", experiment.l2, 0.0);
    }

    fn stop(&mut self, stop: &Stop) {
        let mut conditions = Vec::new();
        conditions.extend(stop.accuracy.map(|accuracy| format!("accuracy:{accuracy}")));
        conditions.extend(stop.loss.map(|loss| format!("loss:{loss}")));
        conditions.extend(stop.patience.map(|epochs| format!("patience:{epochs}")));
        self.word("stop", &conditions.join(","), "");
    }
}

/// The hidden layers, with what stands behind each.
struct Hidden {
    units: Vec<usize>,
    /// Linear where there is none.
    activations: Vec<Activation>,
    /// 0 where there is none.
    dropouts: Vec<f32>,
}

fn hidden(layers: &[LayerSpec]) -> Hidden {
    let mut hidden = Hidden { units: vec![], activations: vec![], dropouts: vec![] };
    for layer in layers {
        match *layer {
            LayerSpec::Dense { units, .. } => {
                hidden.units.push(units);
                hidden.activations.push(Activation::Linear);
                hidden.dropouts.push(0.0);
            }
            LayerSpec::Activation { function } => {
                hidden.activations.pop();
                hidden.activations.push(function);
            }
            LayerSpec::Dropout { rate } => {
                hidden.dropouts.pop();
                hidden.dropouts.push(rate);
            }
        }
    }
    // The output's.
    hidden.units.pop();
    hidden.activations.pop();
    hidden.dropouts.pop();
    hidden
}

fn inits_of(layers: &[LayerSpec]) -> Vec<Init> {
    let init = |layer: &LayerSpec| match layer {
        LayerSpec::Dense { init, .. } => Some(*init),
        LayerSpec::Activation { .. } | LayerSpec::Dropout { .. } => None,
    };
    layers.iter().filter_map(init).collect()
}

fn init_name(init: Init) -> String {
    match init {
        Init::Normal { sigma } => format!("normal:{sigma}"),
        named => name_of(&INITS, named).into(),
    }
}

fn name_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, it)| *it == value).expect("the table has every value").0
}

pub(super) fn list<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// One word where all are the same; `none` where there are none.
fn shortest_list(words: impl Iterator<Item = String>, none: &str) -> String {
    let words: Vec<_> = words.collect();
    match words.split_first() {
        None => none.into(),
        Some((first, rest)) if rest.iter().all(|word| word == first) => first.clone(),
        Some(_) => words.join(","),
    }
}

fn rates(changes: &[RateFrom]) -> String {
    let one = |change: &RateFrom| match change.step {
        0 => change.rate.to_string(),
        step => format!("{}@{step}", change.rate),
    };
    changes.iter().map(one).collect::<Vec<_>>().join(";")
}
