//! Reading: a link as an experiment that can be built, and notices of what was wrong with it.

use std::ops::RangeInclusive;

use super::escape::{unescaped, unescaped_lines};
use super::{
    ACTIVATIONS, BATCH_SIZE, EPOCHS, HIDDEN, INITS, LOSSES, Link, MISSING, Notice, NoticeKind, Number,
    SCALINGS, SEED, VERSION, default_inits,
};
use crate::dataset::function::FunctionSpec;
use crate::dataset::rows::{ColumnSpec, RowsSpec};
use crate::dataset::toys::{Toy, ToySpec};
use crate::dataset::{Classes, DataSpec, Task};
use crate::experiment::{Decay, Experiment, RateFrom, Schedule, Stop, limits};
use crate::layer::{Activation, Init, LayerSpec};
use crate::loss::LossSpec;
use crate::optimizer::OptimizerSpec;

/// Reads what stands behind the `#` of an address, without the `#`.
pub fn parse_link(text: &str) -> Link {
    let text: String = text.chars().take(MOST).collect();
    let text = text.split('&').map(plain).collect::<Vec<_>>().join("&");
    let mut reader = Reader::new(&text);
    reader.version();
    let names_data = reader.pairs.iter().any(|(key, ..)| *key == "data");
    let data = reader.data();
    let classes = reader.classes(&data);
    let loss = reader.loss(data.task());
    let layers = reader.layers(loss.outputs(classes.of_task(data.task())));
    let (optimizer, rate) = reader.optimizer();
    let experiment = Experiment {
        data,
        classes,
        layers,
        loss,
        optimizer,
        learning_rate: reader.rates(rate),
        schedule: reader.schedule(),
        l2: reader.number("l2", 0.0, &limits::L2),
        batch_size: reader.number("batch", BATCH_SIZE, &limits::BATCH_SIZE),
        epochs: reader.number("epochs", EPOCHS, &limits::EPOCHS),
        stop: reader.stop(),
        scaling: reader.word("scale", &SCALINGS).unwrap_or_default(),
        seed: reader.number("seed", SEED, &(0..=u32::MAX)),
        validation_split: reader.optional("val", &limits::SPLIT),
    };
    Link { experiment, names_data, notices: reader.finish() }
}

/// More than this is no link of ours.
const MOST: usize = 100_000;

/// The parts of a link that are still to be read, and what was wrong with those that were.
///
/// What is asked many times is not inlined: speed does not matter here, the size of the module does.
struct Reader<'a> {
    /// Key, value, taken.
    pairs: Vec<(&'a str, &'a str, bool)>,
    notices: Vec<Notice>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let mut pairs = Vec::new();
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            pairs.push((key, value, false));
        }
        Self { pairs, notices: Vec::new() }
    }

    /// The last value of a key counts.
    #[inline(never)]
    fn take(&mut self, key: &str) -> Option<&'a str> {
        let mut found = None;
        for (name, value, taken) in &mut self.pairs {
            if *name == key {
                *taken = true;
                found = Some(*value);
            }
        }
        found
    }

    #[inline(never)]
    fn note(&mut self, kind: NoticeKind, key: &str, found: &str, used: String) {
        self.notices.push(Notice { kind, key: key.into(), found: found.into(), used, why: None });
    }

    fn version(&mut self) {
        let Some(found) = self.take("v") else { return };
        if found.parse::<u32>().is_ok_and(|version| version > VERSION) {
            self.note(NoticeKind::Newer, "v", found, VERSION.write());
        } else if found.parse() != Ok(VERSION) {
            self.note(NoticeKind::Refused, "v", found, VERSION.write());
        }
    }

    #[inline(never)]
    fn number<T: Number>(&mut self, key: &str, default: T, range: &RangeInclusive<T>) -> T {
        let Some(found) = self.take(key) else { return default };
        self.within(key, found, range).unwrap_or_else(|| {
            self.note(NoticeKind::Refused, key, found, default.write());
            default
        })
    }

    #[inline(never)]
    fn optional(&mut self, key: &str, range: &RangeInclusive<f32>) -> Option<f32> {
        let found = self.take(key)?;
        let value = self.within(key, found, range);
        if value.is_none() {
            self.note(NoticeKind::Refused, key, found, String::new());
        }
        value
    }

    /// The number, moved into its range with a notice; nothing where it is none.
    #[inline(never)]
    fn within<T: Number>(&mut self, key: &str, found: &str, range: &RangeInclusive<T>) -> Option<T> {
        let value = T::read(found)?;
        let nearest = if value < *range.start() { *range.start() } else { *range.end() };
        if range.contains(&value) {
            return Some(value);
        }
        self.note(NoticeKind::Clamped, key, found, nearest.write());
        Some(nearest)
    }

    /// A word of a table.
    fn word<T: Copy>(&mut self, key: &str, table: &[(&str, T)]) -> Option<T> {
        self.one(key, |text| named(table, text))
    }

    fn one<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = self.take(key)?;
        let value = read(found);
        if value.is_none() {
            self.note(NoticeKind::Refused, key, found, String::new());
        }
        value
    }

    /// A list of `count` words, one word standing for all.
    #[inline(never)]
    fn words<T: Clone>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        count: usize,
    ) -> Option<Vec<T>> {
        let found = self.take(key)?;
        let mut words = Vec::new();
        for word in found.split(',') {
            words.extend(read(word));
        }
        let all = words.len() == found.split(',').count();
        if all && words.len() == 1 {
            words.resize(count, words[0].clone());
        }
        if !all || words.len() != count {
            self.note(NoticeKind::Refused, key, found, String::new());
            return None;
        }
        Some(words)
    }

    fn data(&mut self) -> DataSpec {
        let seed = self.number("digits", 1, &(0..=u32::MAX));
        match self.take("data") {
            Some("mnist") => DataSpec::Mnist,
            Some("fashion") => DataSpec::Fashion,
            Some("cifar10") => DataSpec::Cifar10,
            None | Some("generated") => DataSpec::Generated { seed },
            Some("function") => self.function(),
            Some("table") => self.table(),
            Some(found) => match Toy::NAMED.iter().find(|(name, _)| *name == found) {
                Some(&(_, shape)) => self.toy(shape),
                None => {
                    self.note(NoticeKind::Refused, "data", found, "generated".into());
                    DataSpec::Generated { seed }
                }
            },
        }
    }

    /// `data=moons&points=400&noise=0.1&draw=1`.
    fn toy(&mut self, shape: Toy) -> DataSpec {
        let usual = ToySpec::usual(shape);
        let points = self.number("points", usual.points, &ToySpec::POINTS);
        let noise = self.number("noise", usual.noise, &ToySpec::NOISE);
        let seed = self.number("draw", usual.seed, &(0..=u32::MAX));
        DataSpec::Toy(ToySpec { shape, points, noise, seed })
    }

    /// `data=function&f=sin(x)&from=-3.2&to=3.2&points=200&noise=0.1&draw=1`.
    fn function(&mut self) -> DataSpec {
        let usual = FunctionSpec::usual();
        let formula = self.take("f").map_or(usual.formula.clone(), unescaped);
        let mut function = FunctionSpec {
            formula,
            from: self.number("from", usual.from, &FunctionSpec::RANGE),
            to: self.number("to", usual.to, &FunctionSpec::RANGE),
            points: self.number("points", usual.points, &FunctionSpec::POINTS),
            noise: self.number("noise", usual.noise, &FunctionSpec::NOISE),
            seed: self.number("draw", usual.seed, &(0..=u32::MAX)),
        };
        if function.from >= function.to {
            let found = [&function.from.write(), ":", &function.to.write()].concat();
            self.note(NoticeKind::Refused, "from", &found, usual.from.write());
            (function.from, function.to) = (usual.from, usual.to);
        }
        if function.check().is_err() {
            let found = std::mem::replace(&mut function.formula, usual.formula);
            self.note(NoticeKind::Refused, "f", &found, function.formula.clone());
        }
        // Where the usual formula has values, too.
        DataSpec::Function(function)
    }

    /// `data=table&table=howell&target=height&inputs=weight,age,male:2&rows=age>=18&missing=median`.
    fn table(&mut self) -> DataSpec {
        let column = |text: &str| {
            let (name, categories) = text.split_once(':').unwrap_or((text, "0"));
            Some(ColumnSpec { column: unescaped(name), categories: categories.parse().ok()? })
        };
        let table = unescaped(self.take("table").unwrap_or_default());
        let target = self.one("target", column);
        let inputs = self.one("inputs", |text| text.split(',').map(column).collect::<Option<Vec<_>>>());
        let rows = self.take("rows").map(unescaped).unwrap_or_default();
        let missing = self.word("missing", &MISSING).unwrap_or_default();
        let name = table.clone();
        let csv = self.take("csv").map(unescaped_lines).unwrap_or_default();
        let is_own = !csv.is_empty();
        let fingerprint = self.take("fingerprint").map(unescaped).unwrap_or_default();
        let found = target.zip(inputs).map(|(target, inputs)| RowsSpec {
            table,
            target,
            inputs,
            rows,
            missing,
            csv,
            fingerprint,
        });
        let why = match found.filter(|_| !name.is_empty()).map(|rows| (rows.check(), rows)) {
            Some((Ok(()), rows)) => return DataSpec::Table(rows),
            Some((Err(why), _)) => Some(why),
            None => None,
        };
        let (usual, used) = if is_own {
            // Who sent it needed no file, so this needs none.
            (DataSpec::Function(FunctionSpec::usual()), FunctionSpec::usual().formula)
        } else {
            (DataSpec::Table(RowsSpec::usual()), RowsSpec::usual().table)
        };
        let (kind, key) = (NoticeKind::Refused, "table".into());
        self.notices.push(Notice { kind, key, found: name, used, why });
        usual
    }

    /// The loss, of those that suit what is to be told.
    fn loss(&mut self, task: Task) -> LossSpec {
        let usual = LossSpec::usual(task);
        let Some(loss) = self.word("loss", &LOSSES) else { return usual };
        if loss.suits(task) {
            return loss;
        }
        let [found, used] = [loss, usual].map(|loss| super::name_of(&LOSSES, loss));
        self.note(NoticeKind::Refused, "loss", found, used.into());
        usual
    }

    /// `classes=2,9`: two of ten.
    fn classes(&mut self, data: &DataSpec) -> Classes {
        let Some(found) = self.take("classes") else { return Classes::ALL };
        let numbers: Option<Vec<u8>> = found.split(',').map(|number| number.parse().ok()).collect();
        match numbers.and_then(Classes::of).filter(|classes| classes.fits(data.classes())) {
            Some(classes) if classes.count(data.classes()) < data.classes() => classes,
            Some(_) => Classes::ALL,
            None => {
                self.note(NoticeKind::Refused, "classes", found, String::new());
                Classes::ALL
            }
        }
    }

    fn layers(&mut self, outputs: usize) -> Vec<LayerSpec> {
        let hidden = self.hidden();
        let activations = self
            .words("act", |text| named(&ACTIVATIONS, text), hidden.len())
            .unwrap_or(vec![Activation::Relu; hidden.len()]);
        let inits = self.words("init", init, hidden.len() + 1).unwrap_or_else(|| default_inits(&activations));
        let dropouts = self.words("drop", dropout, hidden.len()).unwrap_or(vec![0.0; hidden.len()]);
        let mut layers = Vec::new();
        for (place, &units) in hidden.iter().enumerate() {
            layers.push(LayerSpec::Dense { units, init: inits[place] });
            layers.push(LayerSpec::Activation { function: activations[place] });
            if dropouts[place] > 0.0 {
                layers.push(LayerSpec::Dropout { rate: dropouts[place] });
            }
        }
        layers.push(LayerSpec::Dense { units: outputs, init: inits[hidden.len()] });
        layers
    }

    fn hidden(&mut self) -> Vec<usize> {
        let Some(found) = self.take("hidden") else { return vec![HIDDEN] };
        if found == "0" {
            return Vec::new();
        }
        let sizes: Vec<_> = found.split(',').collect();
        if sizes.len() > limits::HIDDEN_LAYERS {
            self.note(NoticeKind::Clamped, "hidden", found, sizes[..limits::HIDDEN_LAYERS].join(","));
        }
        let kept = &sizes[..sizes.len().min(limits::HIDDEN_LAYERS)];
        let units: Option<Vec<_>> =
            kept.iter().map(|size| self.within("hidden", size, &limits::UNITS)).collect();
        units.unwrap_or_else(|| {
            self.note(NoticeKind::Refused, "hidden", found, HIDDEN.write());
            vec![HIDDEN]
        })
    }

    /// The optimizer, and the learning rate that it usually starts with.
    fn optimizer(&mut self) -> (OptimizerSpec, f32) {
        let found = self.take("opt").unwrap_or("sgd");
        let known = OptimizerSpec::ALL.iter().find(|(name, ..)| *name == found);
        let &(_, mut optimizer, rate) = known.unwrap_or_else(|| {
            self.note(NoticeKind::Refused, "opt", found, "sgd".into());
            &OptimizerSpec::ALL[0]
        });
        for setting in optimizer.settings() {
            *setting.value = self.number(setting.name, *setting.value, &setting.range);
        }
        (optimizer, rate)
    }

    /// `warmup=200&decay=step:5:0.5` or `decay=cosine:20`.
    fn schedule(&mut self) -> Schedule {
        let warmup = self.number("warmup", 0, &limits::WARMUP);
        Schedule { warmup, decay: self.one("decay", decay).unwrap_or_default() }
    }

    /// `stop=accuracy:0.95,loss:0.1,patience:5`.
    fn stop(&mut self) -> Stop {
        let mut stop = Stop::default();
        let Some(found) = self.take("stop") else { return stop };
        for condition in found.split(',') {
            let (name, value) = condition.split_once(':').unwrap_or((condition, ""));
            let understood = match name {
                "accuracy" => set(&mut stop.accuracy, self.within("stop", value, &limits::ACCURACY)),
                "loss" => set(&mut stop.loss, self.within("stop", value, &limits::LOSS)),
                "patience" => set(&mut stop.patience, self.within("stop", value, &limits::EPOCHS)),
                _ => false,
            };
            if !understood {
                self.note(NoticeKind::Refused, "stop", condition, String::new());
            }
        }
        stop
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
                    self.note(NoticeKind::Refused, "lr", found, default.write());
                    return vec![RateFrom { step: 0, rate: default }];
                }
            }
        }
        changes
    }

    fn finish(mut self) -> Vec<Notice> {
        for (key, value, taken) in std::mem::take(&mut self.pairs) {
            if !taken {
                self.note(NoticeKind::Unknown, key, value, String::new());
            }
        }
        self.notices
    }
}

/// What stands behind these has been typed by somebody, and is escaped in its own way.
const TYPED: [&str; 6] = ["f", "table", "target", "inputs", "rows", "csv"];

/// Without the marks that others write instead of our punctuation.
fn plain(value: &str) -> String {
    if TYPED.iter().any(|key| value.split('=').next() == Some(key)) {
        return value.into();
    }
    let mut parts = value.split('%');
    let mut plain = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let known = [("2C", ","), ("3B", ";"), ("40", "@")];
        let found = known.iter().find_map(|(mark, sign)| Some((*sign, part.strip_prefix(mark)?)));
        let (sign, rest) = found.unwrap_or(("%", part));
        plain.extend([sign, rest]);
    }
    plain
}

fn named<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

fn within<T: Number>(text: &str, range: &RangeInclusive<T>) -> Option<T> {
    T::read(text).filter(|value| range.contains(value))
}

/// `he`, or `normal:0.05`.
fn init(text: &str) -> Option<Init> {
    match text.strip_prefix("normal:") {
        Some(sigma) => Some(Init::Normal { sigma: within(sigma, &limits::SIGMA)? }),
        None => named(&INITS, text),
    }
}

fn dropout(text: &str) -> Option<f32> {
    within(text, &limits::DROPOUT)
}

/// `step:5:0.5` or `cosine:20`.
fn decay(text: &str) -> Option<Decay> {
    let parts: Vec<_> = text.split(':').collect();
    match parts[..] {
        ["step", every, factor] => Some(Decay::Step {
            every: within(every, &limits::EPOCHS)?,
            factor: within(factor, &limits::FACTOR)?,
        }),
        ["cosine", epochs] => Some(Decay::Cosine { epochs: within(epochs, &limits::EPOCHS)? }),
        _ => None,
    }
}

/// Whether there was something to set.
fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    *place = value.or(place.take());
    is_there
}
