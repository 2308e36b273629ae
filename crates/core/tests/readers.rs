//! What comes from outside, mutated: it is taken or refused, but never panics, and what was taken can be used.
//!
//! IDX files and links have theirs beside the code.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::sync::Arc;

use brainbow::dataset::Task;
use brainbow::experiment::{ExperimentError, format_link, parse_link};
use brainbow::snapshot::SnapshotError;
use brainbow::{Dataset, Evaluation, Experiment, Trainer, snapshot};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// Every kind of everything, so that there is something to mutate.
const LINKS: [&str; 6] = [
    "hidden=0&lr=0.1;0.05@3",
    "hidden=3,2&act=gelu,tanh&drop=0.2&init=normal:0.1&opt=adamw&loss=bce&val=0.1",
    "hidden=4&opt=rmsprop&loss=mae&warmup=5&decay=step:2:0.5&stop=accuracy:0.5,loss:0.1,patience:2",
    "data=cifar10&classes=2,4,9&hidden=0&scale=mean",
    "data=fashion&classes=0,1&hidden=2&loss=bce",
    "hidden=2&act=softplus&opt=nesterov&l2=0.1&decay=cosine:3&digits=7&init=zero",
];

const WORDS: [&str; 12] = [
    "",
    "dense",
    "dropout",
    "activation",
    "adam",
    "cosine",
    "step",
    "zero",
    "mnist",
    "generated",
    "tanh",
    "1",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..20_u32).prop_map(Value::from),
        (0.0..1.0_f64).prop_map(Value::from),
        select(&WORDS[..]).prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "normal": { "sigma": 1e300 } })),
        Just(json!({ "kind": "dense", "units": 10 })),
    ]
}

/// The places of everything in it, itself included.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.into());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{here}/{i}"), found));
        }
        Value::Object(items) => {
            items.iter().for_each(|(key, item)| places(item, &format!("{here}/{key}"), found));
        }
        _ => {}
    }
}

fn mutate(value: &mut Value, at: Index, by: Value, how: u8) {
    let mut found = Vec::new();
    places(value, "", &mut found);
    let place = value.pointer_mut(&found[at.index(found.len())]).unwrap();
    match (how, &mut *place) {
        (0, Value::Array(items)) => items.push(by),
        (1, Value::Array(items)) => drop(items.pop()),
        (2, Value::Array(items)) => items.extend(items.clone()),
        (0, Value::Object(items)) => drop(items.insert("more".into(), by)),
        (1, Value::Object(items)) => *items = items.clone().into_iter().skip(1).collect(),
        _ => *place = by,
    }
}

/// What passes the checks can be built, learned from and written as a link.
fn use_it(experiment: &Experiment, step: u64) {
    let _ = experiment.check(Task::Classes(0));
    if experiment.check(Task::Classes(10)).is_err() {
        return;
    }
    let _ = parse_link(&format_link(experiment));
    assert!(experiment.rate_at(step, 313).is_finite());
    let data = Arc::new(Dataset::generated(1, 12, 3));
    let mut trainer = match Trainer::new(experiment.clone(), data) {
        Ok(trainer) => trainer,
        // Of three held-out digits few classes have one.
        Err(error) => return assert_eq!(error, ExperimentError::TooFewSamples),
    };
    trainer.run(2);
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    trainer.judge(&evaluation);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_mutated_experiment_is_refused_or_can_be_run(
        link in select(&LINKS[..]), step: u64,
        changes in proptest::collection::vec((any::<Index>(), leaf(), 0..8_u8), 1..4),
    ) {
        let mut value = serde_json::to_value(parse_link(link).experiment).unwrap();
        for (at, by, how) in changes {
            mutate(&mut value, at, by, how);
        }
        if let Ok(experiment) = serde_json::from_value::<Experiment>(value) {
            use_it(&experiment, step);
        }
    }

    #[test]
    fn mutated_text_is_refused_or_is_an_experiment(
        link in select(&LINKS[..]), at: Index, by: u8, to: Index, step: u64,
    ) {
        let mut text = serde_json::to_vec(&parse_link(link).experiment).unwrap();
        let place = at.index(text.len());
        text[place] = by;
        let _ = serde_json::from_slice::<Experiment>(&text[..to.index(text.len())]);
        if let Ok(experiment) = serde_json::from_slice::<Experiment>(&text) {
            use_it(&experiment, step);
        }
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text: String, bytes: Vec<u8>) {
        prop_assert!(serde_json::from_str::<Experiment>(&text).is_err());
        prop_assert!(serde_json::from_slice::<Experiment>(&bytes).is_err());
    }
}

fn trainer() -> Trainer {
    let experiment = parse_link("hidden=1&opt=adam&batch=10&epochs=3&stop=patience:9").experiment;
    Trainer::new(experiment, Arc::new(Dataset::generated(1, 12, 3))).unwrap()
}

fn saved() -> Vec<u8> {
    let mut trainer = trainer();
    trainer.run(2);
    snapshot::save(&mut trainer)
}

/// Whatever it holds, the run can be looked at, goes on or does not, and can be saved.
fn go_on(trainer: &mut Trainer, steps: u64) {
    for _ in 0..3 {
        let _ = trainer.set_epochs(10_000);
        trainer.run(steps);
        let mut evaluation = Evaluation::new(trainer);
        while !evaluation.advance() {}
        trainer.judge(&evaluation);
        let _ = (trainer.fingerprint(), trainer.tune(0.5));
    }
    let _ = snapshot::save(trainer);
}

proptest! {
    #[test]
    fn a_mutated_snapshot_is_refused_or_can_be_gone_on_from(
        header in proptest::collection::vec((0..40_usize, any::<u8>()), 0..12), at: Index, by: u8, cut: Option<Index>,
    ) {
        let mut bytes = saved();
        let place = at.index(bytes.len());
        bytes[place] = by;
        header.into_iter().for_each(|(place, by)| bytes[place] = by);
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let mut trainer = trainer();
        let before = trainer.fingerprint();
        match snapshot::restore(&mut trainer, &bytes) {
            Ok(()) => go_on(&mut trainer, 2),
            Err(_) => prop_assert_eq!((trainer.fingerprint(), trainer.step()), (before, 0)),
        }
    }

    #[test]
    fn bytes_that_are_no_snapshot_are_refused(bytes: Vec<u8>) {
        prop_assert!(snapshot::restore(&mut trainer(), &bytes).is_err());
    }
}

#[test]
fn a_snapshot_of_a_step_or_of_epochs_that_no_run_reaches_is_refused() {
    for words in [8..16, 24..32] {
        for by in [0x7f, 0xff] {
            let mut bytes = saved();
            bytes[words.clone()].fill(by);
            assert_eq!(snapshot::restore(&mut trainer(), &bytes), Err(SnapshotError::NotASnapshot));
        }
    }
    // The most epochs that can be counted; and whoever sets a step by himself may be wrong, too.
    let mut bytes = saved();
    bytes[24..28].fill(0xff);
    let mut patient = trainer();
    snapshot::restore(&mut patient, &bytes).unwrap();
    go_on(&mut patient, 2);
    let mut trainer = trainer();
    snapshot::resume_at(&mut trainer, u64::MAX);
    go_on(&mut trainer, u64::MAX);
}
