//! Writing: an experiment as a link, defaults left out.

use super::escape::{escaped, escaped_lines};
use super::{
    ACTIVATIONS, BATCH_SIZE, EPOCHS, HIDDEN, INITS, LOSSES, MISSING, Number, SCALINGS, SEED, VERSION,
    default_inits, name_of,
};
use crate::dataset::DataSpec;
use crate::dataset::function::FunctionSpec;
use crate::dataset::rows::{ColumnSpec, RowsSpec};
use crate::dataset::toys::{Toy, ToySpec};
use crate::experiment::{Decay, Experiment, RateFrom, Stop};
use crate::layer::{Activation, Init, LayerSpec};
use crate::loss::LossSpec;

/// Writes an experiment; [`parse_link`](super::parse_link) reads the same one back.
pub fn format_link(experiment: &Experiment) -> String {
    let mut parts = Parts(vec!["v=".to_string() + &VERSION.write()]);
    parts.data(&experiment.data);
    let classes: Vec<usize> = Vec::from(experiment.classes).into_iter().map(usize::from).collect();
    parts.word("classes", &list(&classes), "");
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
    #[inline(never)]
    fn put<T: Number>(&mut self, key: &str, value: T, default: T) {
        if value != default {
            self.word(key, &value.write(), "");
        }
    }

    #[inline(never)]
    fn word(&mut self, key: &str, value: &str, default: &str) {
        if value != default {
            self.0.push([key, "=", value].concat());
        }
    }

    fn data(&mut self, data: &DataSpec) {
        match data {
            DataSpec::Mnist => self.word("data", "mnist", ""),
            DataSpec::Fashion => self.word("data", "fashion", ""),
            DataSpec::Cifar10 => self.word("data", "cifar10", ""),
            &DataSpec::Generated { seed } => {
                self.word("data", "generated", "");
                self.put("digits", seed, 1);
            }
            &DataSpec::Toy(ToySpec { shape, points, noise, seed }) => {
                let usual = ToySpec::usual(shape);
                self.word("data", name_of(&Toy::NAMED, shape), "");
                self.put("points", points, usual.points);
                self.put("noise", noise, usual.noise);
                self.put("draw", seed, usual.seed);
            }
            DataSpec::Function(FunctionSpec { formula, from, to, points, noise, seed }) => {
                let usual = FunctionSpec::usual();
                self.word("data", "function", "");
                self.word("f", &escaped(formula), &usual.formula);
                self.put("from", *from, usual.from);
                self.put("to", *to, usual.to);
                self.put("points", *points, usual.points);
                self.put("noise", *noise, usual.noise);
                self.put("draw", *seed, usual.seed);
            }
            DataSpec::Table(RowsSpec { table, target, inputs, rows, missing, csv, fingerprint }) => {
                let column = |ColumnSpec { column, categories }: &ColumnSpec| match categories {
                    0 => escaped(column),
                    categories => [&escaped(column), ":", &u32::from(*categories).write()].concat(),
                };
                self.word("data", "table", "");
                self.word("table", &escaped(table), "");
                self.word("target", &column(target), "");
                self.word("inputs", &inputs.iter().map(column).collect::<Vec<_>>().join(","), "");
                self.word("rows", &escaped(rows), "");
                self.word("missing", name_of(&MISSING, *missing), "drop");
                self.word("csv", &escaped_lines(csv), "");
                self.word("fingerprint", &escaped(fingerprint), "");
            }
        }
    }

    fn network(&mut self, layers: &[LayerSpec]) {
        let Hidden { units, activations, dropouts } = hidden(layers);
        self.word("hidden", &if units.is_empty() { "0".into() } else { list(&units) }, &HIDDEN.write());
        self.word(
            "act",
            &shortest_list(activations.iter().map(|&f| name_of(&ACTIVATIONS, f).into()), "relu"),
            "relu",
        );
        let inits = inits_of(layers);
        if inits != default_inits(&activations) {
            self.word("init", &shortest_list(inits.into_iter().map(init_name), ""), "");
        }
        self.word("drop", &shortest_list(dropouts.iter().map(|rate| rate.write()), "0"), "0");
    }

    fn learning(&mut self, experiment: &Experiment) {
        let usual = LossSpec::usual(experiment.data.task());
        self.word("loss", name_of(&LOSSES, experiment.loss), name_of(&LOSSES, usual));
        let (name, mut usual, rate) = *experiment.optimizer.usual();
        self.word("opt", name, "sgd");
        let mut optimizer = experiment.optimizer;
        for (setting, usual) in optimizer.settings().into_iter().zip(usual.settings()) {
            self.put(setting.name, *setting.value, *usual.value);
        }
        self.word("lr", &rates(&experiment.learning_rate), &rate.write());
        self.put("warmup", experiment.schedule.warmup, 0);
        match experiment.schedule.decay {
            Decay::Constant => {}
            Decay::Step { every, factor } => {
                self.word("decay", &["step:", &every.write(), ":", &factor.write()].concat(), "");
            }
            Decay::Cosine { epochs } => self.word("decay", &["cosine:", &epochs.write()].concat(), ""),
        }
        self.put("l2", experiment.l2, 0.0);
    }

    fn stop(&mut self, stop: &Stop) {
        let mut conditions = Vec::new();
        conditions.extend(stop.accuracy.map(|accuracy| ["accuracy:", &accuracy.write()].concat()));
        conditions.extend(stop.loss.map(|loss| ["loss:", &loss.write()].concat()));
        conditions.extend(stop.patience.map(|epochs| ["patience:", &epochs.write()].concat()));
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
        Init::Normal { sigma } => ["normal:", &sigma.write()].concat(),
        named => name_of(&INITS, named).into(),
    }
}

pub(super) fn list(items: &[usize]) -> String {
    items.iter().map(|item| item.write()).collect::<Vec<_>>().join(",")
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
        0 => change.rate.write(),
        step => [&change.rate.write(), "@", &step.write()].concat(),
    };
    changes.iter().map(one).collect::<Vec<_>>().join(";")
}
