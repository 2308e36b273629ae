//! `--save` and `--resume`: PyTorch's names and shapes, and the bits of the run that never stopped.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use std::path::Path;
use std::sync::Arc;

use brainbow::dataset::{GENERATED_TEST, GENERATED_TRAIN};
use brainbow::experiment::parse_link;
use brainbow::trainer::State;
use brainbow::{Dataset, Evaluation, Experiment, Trainer, snapshot};
use common::{closing, folder, objects, run, word};
use safetensors::SafeTensors;

/// The history without its times.
fn history(path: &Path) -> serde_json::Value {
    let bytes = std::fs::read(path).unwrap();
    let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
    let text = &header.metadata().as_ref().unwrap()["brainbow"];
    let mut saved: serde_json::Value = serde_json::from_str(text).unwrap();
    for epoch in saved["history"].as_array_mut().unwrap() {
        epoch.as_object_mut().unwrap().remove("seconds");
    }
    saved
}

/// All numbers of a file.
fn numbers(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let (header, _) = SafeTensors::read_metadata(&bytes).unwrap();
    bytes[8 + header..].to_vec()
}

#[test]
fn four_epochs_are_two_and_two_more() {
    let folder = folder("resume");
    let agree = |optimizer: &str| {
        let (whole, half) =
            (folder.join(format!("{optimizer}-whole")), folder.join(format!("{optimizer}-half")));
        let link = format!("data=blobs&points=5000&hidden=9&val=0.2&opt={optimizer}");
        let at_once = closing(&["train", "--link", &link, "--epochs", "4", "--save", word(&whole)]);
        closing(&["train", "--link", &link, "--epochs", "2", "--save", word(&half)]);
        let resumed = closing(&["train", "--resume", word(&half), "--epochs", "4", "--save", word(&half)]);
        assert!(at_once["fingerprint"].is_string());
        for key in ["fingerprint", "history", "confusion", "link"] {
            assert_eq!(at_once[key], resumed[key], "{optimizer}: {key}");
        }
        assert_eq!(numbers(&whole), numbers(&half), "{optimizer}: the optimizer's memory");
        assert_eq!(history(&whole), history(&half), "{optimizer}");
    };
    std::thread::scope(|scope| {
        for optimizer in ["sgd", "momentum", "adam"] {
            scope.spawn(move || agree(optimizer));
        }
    });
}

#[test]
fn names_and_shapes_are_pytorch_s() {
    let path = folder("names").join("net.safetensors");
    let link = "data=generated&hidden=7&opt=adam&epochs=1";
    closing(&["train", "--link", link, "--save", word(&path)]);
    let bytes = std::fs::read(&path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let shape = |name: &str| file.tensor(name).unwrap().shape().to_vec();
    let shapes =
        [("0.weight", vec![7, 784]), ("0.bias", vec![7]), ("2.weight", vec![10, 7]), ("2.bias", vec![10])];
    for (name, expected) in shapes {
        assert_eq!(shape(name), expected);
        for memory in ["exp_avg", "exp_avg_sq"] {
            assert_eq!(shape(&format!("optimizer.{memory}.{name}")), expected);
        }
    }
    assert_eq!(file.len(), 12);

    let data = Arc::new(Dataset::generated(1, GENERATED_TRAIN, GENERATED_TEST));
    let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
    trainer.run(trainer.steps_per_epoch());
    let weight = &trainer.network().layer_params(2)[0].value;
    let (words, _) = file.tensor("2.weight").unwrap().data().as_chunks::<4>();
    for input in 0..7 {
        for output in 0..10 {
            assert_eq!(f32::from_le_bytes(words[output * 7 + input]), weight[[input, output]]);
        }
    }
}

#[test]
fn a_lower_rate_goes_on_from_where_a_run_was_saved() {
    let path = folder("rate").join("net.safetensors");
    closing(&["train", "--link", "data=xor&hidden=0&epochs=1", "--save", word(&path)]);
    let end = closing(&["train", "--resume", word(&path), "--epochs", "2", "--rate", "0.01"]);
    assert_eq!(end["link"], "v=1&data=xor&hidden=0&lr=0.1;0.01@7&epochs=2");
    let link = end["link"].as_str().unwrap();
    assert_eq!(end["fingerprint"], closing(&["train", "--link", link])["fingerprint"]);
}

#[test]
fn a_run_that_is_done_says_how_to_go_on() {
    let path = folder("done").join("net.safetensors");
    closing(&["train", "--link", "data=xor&hidden=0&epochs=1", "--save", word(&path)]);
    let (code, _, said) = run(&["train", "--resume", word(&path)]);
    assert_eq!(code, 2);
    assert!(said.contains("at the end of its last epoch, 1.") && said.contains("--epochs 2"), "{said}");
}

#[test]
fn a_run_that_its_own_condition_has_ended_does_not_go_on() {
    let path = folder("stopped").join("net.safetensors");
    let link = "data=moons&hidden=5&epochs=50&stop=accuracy:0.7";
    let end = closing(&["train", "--link", link, "--save", word(&path)]);
    assert_eq!(end["state"], "stopped");
    let before = std::fs::read(&path).unwrap();
    let (code, _, said) = run(&["train", "--resume", word(&path), "--save", word(&path)]);
    assert!(code == 2 && said.contains("its own condition"), "{code} {said}");
    assert_eq!(before, std::fs::read(&path).unwrap());
}

#[test]
fn other_data_than_a_network_has_learned_from_is_refused() {
    let folder = folder("other-data");
    let path = folder.join("net.safetensors");
    // As many images as rows of one byte each.
    let write = |count: u8| {
        for part in ["train", "t10k"] {
            let images = [
                vec![0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28],
                vec![count; 784 * usize::from(count)],
            ];
            std::fs::write(folder.join(format!("{part}-images-idx3-ubyte")), images.concat()).unwrap();
            let labels: Vec<u8> =
                [0, 0, 8, 1, 0, 0, 0, count].into_iter().chain((0..count).map(|i| i % 10)).collect();
            std::fs::write(folder.join(format!("{part}-labels-idx1-ubyte")), labels).unwrap();
        }
    };
    write(20);
    closing(&[
        "train",
        "--link",
        "data=mnist&hidden=0&epochs=1",
        "--data",
        word(&folder),
        "--save",
        word(&path),
    ]);
    write(30);
    for command in [&["evaluate"][..], &["train", "--epochs", "2", "--resume"]] {
        let (code, _, said) = run(&[command, &[word(&path), "--data", word(&folder)]].concat());
        assert!(code == 3 && said.contains("20 samples") && said.contains("30"), "{code} {said}");
    }
}

#[test]
fn the_scaling_of_a_network_is_the_one_it_was_saved_with() {
    let path = folder("scaling").join("net.safetensors");
    closing(&["train", "--link", "data=blobs&hidden=3&scale=standard&epochs=1", "--save", word(&path)]);
    let mut bytes = std::fs::read(&path).unwrap();
    let place = {
        let file = SafeTensors::deserialize(&bytes).unwrap();
        file.tensor("scaling.factor").unwrap().data().as_ptr() as usize - bytes.as_ptr() as usize
    };
    bytes[place..place + 4].copy_from_slice(&2.5_f32.to_le_bytes());
    std::fs::write(&path, bytes).unwrap();
    for command in [&["evaluate"][..], &["train", "--epochs", "2", "--resume"]] {
        let (code, _, said) = run(&[command, &[word(&path)]].concat());
        assert!(code == 3 && said.contains("scaled otherwise"), "{code} {said}");
    }
    let text = std::fs::read(&path).unwrap();
    let name = text.windows(12).position(|name| name == b"scaling.mean").unwrap();
    let mut without = text.clone();
    without[name..name + 12].copy_from_slice(b"scaling.meam");
    std::fs::write(&path, without).unwrap();
    let (code, _, said) = run(&["evaluate", word(&path)]);
    assert!(code == 3 && said.contains("it has no `scaling.mean`"), "{code} {said}");
    let numbers = folder("scaling-of-numbers").join("net.safetensors");
    closing(&["train", "--link", "data=function&scale=standard&epochs=1", "--save", word(&numbers)]);
    let bytes = std::fs::read(&numbers).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let target: Vec<f32> = file
        .tensor("scaling.target")
        .unwrap()
        .data()
        .as_chunks::<4>()
        .0
        .iter()
        .map(|word| f32::from_le_bytes(*word))
        .collect();
    assert!(target.len() == 2 && target[1] > 0.0 && target[1] != 1.0, "{target:?}");
    assert_eq!(run(&["evaluate", word(&numbers)]).0, 0);
}

#[cfg(unix)]
#[test]
fn a_link_is_written_where_it_leads() {
    use std::os::unix::fs::symlink;
    let folder = folder("links");
    let [file, near, far, circle] = ["file", "near", "far", "circle"].map(|name| folder.join(name));
    symlink("file", &near).unwrap();
    symlink("near", &far).unwrap();
    for _ in ["not there yet", "there"] {
        closing(&["train", "--link", "data=xor&epochs=1", "--save", word(&far)]);
        assert!([&near, &far].iter().all(|link| std::fs::symlink_metadata(link).unwrap().is_symlink()));
        assert!(std::fs::metadata(&file).unwrap().len() > 100);
        std::fs::write(&file, "before").unwrap();
    }
    symlink("circle", &circle).unwrap();
    let (code, _, said) = run(&["train", "--link", "data=xor&epochs=1", "--save", word(&circle)]);
    assert!(code == 1 && said.contains("circle"), "{code} {said}");
}

#[test]
fn evaluate_reads_what_the_last_epoch_read() {
    let path = folder("evaluate").join("net.safetensors");
    let end = closing(&["train", "--link", "data=blobs&hidden=6&epochs=3", "--save", word(&path)]);
    let answer = &objects(&["evaluate", word(&path)])[0];
    assert_eq!(answer["accuracy"], end["history"]["val_accuracy"][2]);
    assert_eq!(answer["loss"], end["history"]["val_loss"][2]);
    for key in ["confusion", "fingerprint", "link"] {
        assert_eq!(answer[key], end[key], "{key}");
    }
    let cell = |row: usize, column: usize| end["confusion"]["counts"][row][column].as_f64().unwrap();
    let recall = cell(2, 2) / (0..3).map(|column| cell(2, column)).sum::<f64>();
    assert_eq!(answer["scores"][2]["recall"].as_f64(), Some(recall));
    let (_, table, _) = run(&["evaluate", word(&path)]);
    assert!(table.contains("actual  predicted") && table.contains("precision   recall"), "{table}");
}

#[test]
fn evaluated_on_another_set_the_inputs_go_through_what_the_network_has_learned_with() {
    let path = folder("on").join("net.safetensors");
    let link = "data=generated&hidden=0&batch=500&epochs=1&scale=standard&val=0.5";
    closing(&["train", "--link", link, "--save", word(&path)]);
    let answer = &objects(&["evaluate", word(&path), "--on", "generated"])[0];
    // The same, learned and read with the engine alone.
    let experiment = parse_link(link).experiment;
    let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
    let whole = Experiment { validation_split: None, ..experiment.clone() };
    let mut learned = Trainer::new(experiment, data.clone()).unwrap();
    while learned.state() == State::Learning {
        learned.advance();
    }
    let mut read = Trainer::new(whole, data).unwrap();
    let bytes = snapshot::save(&mut learned);
    snapshot::restore(&mut read, &bytes).unwrap();
    let loss = |trainer: &Trainer| {
        let mut evaluation = Evaluation::new(trainer);
        while !evaluation.advance() {}
        evaluation.loss()
    };
    let of_other_inputs = loss(&read);
    read.set_scaling(learned.network().scaling().cloned());
    assert_eq!(answer["loss"].as_f64(), Some(loss(&read)));
    assert_ne!(loss(&read), of_other_inputs);
    let (code, _, said) = run(&["evaluate", word(&path), "--on", "cifar10"]);
    assert!(
        code == 2 && said.contains("has 784 inputs; CIFAR-10 photographs have 3,072 values each."),
        "{code} {said}"
    );
}

#[test]
#[ignore = "needs real MNIST"]
fn a_network_that_has_learned_longer_than_another_set_lasts_is_evaluated_on_it() {
    let path = folder("longer").join("net.safetensors");
    let data = common::mnist();
    closing(&[
        "train",
        "--link",
        "data=mnist&hidden=0&epochs=1",
        "--save",
        word(&path),
        "--data",
        word(&data),
    ]);
    let answer = &objects(&["evaluate", word(&path), "--on", "generated"])[0];
    assert!(answer["accuracy"].as_f64().unwrap() > 0.5, "{answer}");
}

#[cfg(unix)]
mod interrupted {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use super::*;
    use common::{brainbow, told};

    #[test]
    fn ctrl_c_saves_in_the_middle_of_an_epoch_and_nothing_is_lost() {
        let folder = folder("interrupt");
        let (whole, cut) = (folder.join("whole"), folder.join("cut"));
        let link = "data=moons&points=10000&hidden=256,256&opt=momentum&epochs=1000";
        let mut child = brainbow(&["train", "--link", link, "--json", "--save", word(&cut)])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut String::new()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30));
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let lines: Vec<String> = out.lines().map(Result::unwrap).collect();
        let (code, _, said) = told(child.wait_with_output().unwrap());
        assert_eq!(code, 130, "{said}");
        assert!(said.contains("Go on with: brainbow train --resume"), "{said}");
        let end: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
        assert_eq!(end["state"], "interrupted");
        let step = end["step"].as_u64().unwrap();

        let epochs = (step / 157 + 1).to_string();
        let resumed = closing(&["train", "--resume", word(&cut), "--epochs", &epochs, "--save", word(&cut)]);
        let at_once = closing(&["train", "--link", link, "--epochs", &epochs, "--save", word(&whole)]);
        for key in ["fingerprint", "history", "confusion"] {
            assert_eq!(at_once[key], resumed[key], "{key}, interrupted at step {step}");
        }
        assert_eq!(numbers(&whole), numbers(&cut));
    }
}
