//! `brainbow train`: the page's numbers to the bit, and their shape as JSON.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;

use brainbow::dataset::{GENERATED_TEST, GENERATED_TRAIN};
use brainbow::experiment::parse_link;
use brainbow::{Dataset, Evaluation, Trainer};
use common::{brainbow, closing, folder, objects, run, word};
use serde_json::{Value, json};

#[test]
fn the_golden_runs_end_in_the_page_s_weights() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden.json");
    let golden: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let goes_as_written = |run: &Value| {
        let link = run["link"].as_str().unwrap();
        let experiment = parse_link(link).experiment;
        let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
        let steps_per_epoch = Trainer::new(experiment, data).unwrap().steps_per_epoch();
        let epochs = run["steps"].as_u64().unwrap() / steps_per_epoch;
        let end = closing(&["train", "--link", link, "--epochs", &epochs.to_string()]);
        assert_eq!(end["step"], run["steps"], "{link}");
        assert_eq!(end["fingerprint"], run["fingerprint"], "{link}");
    };
    // Every run draws its digits itself: two at a time.
    let (first, second) = golden.split_at(golden.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().for_each(goes_as_written));
        second.iter().for_each(goes_as_written);
    });
}

#[test]
fn epochs_have_keras_s_names_and_the_numbers_of_the_engine() {
    let link = "data=generated&hidden=8&batch=600&epochs=2";
    let lines = objects(&["train", "--link", link]);
    let [first, _, end] = lines.as_slice() else { panic!("two epochs and an end: {lines:?}") };

    let data = Arc::new(Dataset::generated(1, GENERATED_TRAIN, GENERATED_TEST));
    let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
    let (mut loss, mut correct) = (0.0, 0);
    while trainer.epoch() < 1 {
        if let Some(step) = trainer.advance() {
            // The last batch of an epoch is shorter: a mean of means would not do.
            loss += step.loss * f64::from(step.samples);
            correct += step.correct;
        }
    }
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    let seconds = first["seconds"].as_f64().unwrap();
    assert!(seconds > 0.0);
    let expected = json!({
        "epoch": 1,
        "loss": loss / 20_000.0,
        "accuracy": f64::from(correct) / 20_000.0,
        "val_loss": evaluation.loss(),
        "val_accuracy": evaluation.matrix().accuracy().unwrap(),
        "fingerprint": trainer.fingerprint().unwrap().to_string(),
        "seconds": seconds,
    });
    assert_eq!(*first, expected);

    assert_eq!((&end["state"], &end["step"]), (&json!("finished"), &json!(68)));
    assert_eq!(end["history"]["loss"][0], first["loss"]);
    assert_eq!(end["history"]["val_accuracy"].as_array().unwrap().len(), 2);
    assert_eq!(end["link"], "v=1&data=generated&hidden=8&batch=600&epochs=2");
    assert_eq!(end["experiment"], json!(parse_link(link).experiment));
    assert!(end["samplesPerSecond"].as_f64().unwrap() > 1000.0);
    assert_eq!(end["confusion"]["step"], 68);
    let rows = end["confusion"]["counts"].as_array().unwrap();
    let total = |row: &Value| row.as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).sum::<u64>();
    // Rows are the truth: as many of each digit as there are.
    assert_eq!(rows.iter().map(total).collect::<Vec<_>>(), [400; 10]);
}

#[test]
fn an_experiment_as_json_is_the_run_of_its_link() {
    let experiment = json!(parse_link("data=moons&hidden=5&opt=adam&epochs=1&lr=0.1").experiment).to_string();
    let path = folder("json").join("experiment.json");
    std::fs::write(&path, &experiment).unwrap();
    let from_link = closing(&["train", "--link", "#data=moons&hidden=5&opt=adam&epochs=1&lr=0.1&lang=es"]);
    assert_eq!(closing(&["train", word(&path)])["fingerprint"], from_link["fingerprint"]);

    let mut child =
        brainbow(&["train", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(experiment.as_bytes()).unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(out.contains(from_link["fingerprint"].as_str().unwrap()));
}

#[test]
fn arguments_go_before_the_experiment() {
    let end =
        closing(&["train", "--link", "data=xor&hidden=0", "--epochs", "1", "--seed", "7", "--rate", "0.2"]);
    assert_eq!(end["link"], "v=1&data=xor&hidden=0&lr=0.2&epochs=1&seed=7");
}

#[test]
fn people_get_a_table_that_names_every_epoch_s_weights() {
    let (code, out, said) = run(&["train", "--link", "data=generated&hidden=0&epochs=1"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(
        out.starts_with("784-10 on generated digits: 20,000 to learn from, 4,000 held out; sgd\n"),
        "{out}"
    );
    let golden: Vec<Value> = serde_json::from_str(include_str!("../../../tests/golden.json")).unwrap();
    let first = golden.iter().find(|run| run["link"] == "data=generated&hidden=0").unwrap();
    assert!(out.contains(first["fingerprint"].as_str().unwrap()), "{out}");
    assert!(out.contains("1/1   0.6904   83.89 %"), "{out}");
}

#[test]
fn a_loss_that_stops_being_a_number_is_said_and_has_its_own_code() {
    let arguments = ["train", "--link", "data=generated&hidden=10&act=linear&lr=1000", "--json"];
    let (code, out, said) = run(&arguments);
    assert_eq!(code, 4);
    assert!(
        said.contains("the loss stopped being a number. The learning rate of 1000 is too high"),
        "{said}"
    );
    let end: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!((&end["state"], &end["confusion"]), (&json!("diverged"), &Value::Null));
}

#[test]
fn who_has_read_enough_may_close_the_pipe() {
    let mut child = brainbow(&["train", "--link", "data=generated&hidden=0&epochs=10000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(1), b"".as_slice()));
}

#[test]
#[ignore = "needs real MNIST"]
fn real_mnist_gives_the_engine_s_weights_packed_or_not() {
    let (packed, plain) = (common::mnist(), folder("plain"));
    for entry in std::fs::read_dir(packed.join("mnist")).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".gz") else { continue };
        let mut to = std::fs::File::create(plain.join(name)).unwrap();
        std::io::copy(&mut flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap()), &mut to)
            .unwrap();
    }
    // A link that names no data learns on MNIST where it is.
    let train = |data| closing(&["train", "--link", "hidden=0&epochs=1", "--data", word(data)]);
    let (first, second) = (train(&packed), train(&plain));
    assert_eq!(first["link"], "v=1&data=mnist&hidden=0&epochs=1");
    assert_eq!(first["fingerprint"], second["fingerprint"]);
    assert!(first["history"]["val_accuracy"][0].as_f64().unwrap() > 0.89);
}
