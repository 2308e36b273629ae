//! What can't be done is said in sentences with what to do, each under its exit code.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use common::{closing, folder, objects, run, word};

/// Refused with this code, saying all of this, in one sentence of one line.
fn refuses(arguments: &[&str], code: i32, parts: &[&str]) {
    let (found, out, said) = run(arguments);
    assert_eq!(found, code, "{arguments:?}: {said}");
    assert!(out.is_empty() && said.lines().count() == 1, "{out}{said}");
    for part in parts {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn wrong_usage_is_2() {
    let folder = folder("usage");
    let path = folder.join("experiment.json");
    std::fs::write(&path, r#"{"data": {"kind": "mnist"}, "batchsize": 64}"#).unwrap();
    refuses(&["train", word(&path)], 2, &["experiment.json", "`batchsize`; did you mean `batchSize`?"]);
    std::fs::write(&path, "{\"data\": 1,\n").unwrap();
    refuses(&["summary", word(&path)], 2, &["experiment.json ends before the experiment does"]);
    std::fs::write(&path, "{\"data\": 1}\n").unwrap();
    refuses(&["summary", word(&path)], 2, &["experiment.json", "in `data`"]);
    refuses(&["train", "none.json"], 2, &["none.json can't be read"]);
    refuses(&["train", "--link", "data=generated&optt=adam"], 2, &["did you mean `opt`?"]);
    refuses(
        &["train", "--link", "data=generated", "--epochs", "0"],
        2,
        &["`epochs` is 0; it may be 1 to 10000"],
    );
    refuses(&["train", "--link", "data=generated", "--rate", "2000"], 2, &["`learningRate` is 2000"]);
    refuses(&["train", "--save", word(&folder)], 2, &["is a folder"]);
    #[cfg(unix)]
    {
        let pipe = folder.join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        refuses(&["train", "--save", word(&pipe)], 2, &["is no file"]);
    }
    let (code, _, said) = run(&["train", "--jsn"]);
    assert!(code == 2 && said.contains("--json"), "{said}");
    assert_eq!(run(&["train", "--resume", "a", "--link", "b"]).0, 2);
}

#[test]
fn a_folder_of_data_that_is_not_there_is_wrong_usage() {
    let nowhere = folder("nowhere").join("none");
    refuses(&["data", "--data", word(&nowhere)], 2, &["none is no folder", "--data"]);
}

#[test]
fn a_run_whose_last_step_leaves_no_numbers_has_diverged() {
    let path = folder("ruined").join("net.safetensors");
    let link = "data=moons&hidden=20,20,20&act=linear&lr=1000&batch=1000";
    for ends in ["&epochs=3", "&epochs=5", "&epochs=9&stop=patience:2"] {
        let _ = std::fs::remove_file(&path);
        let link = format!("{link}{ends}");
        let (code, out, said) = run(&["train", "--link", &link, "--json", "--save", word(&path)]);
        assert!(code == 4 && said.contains("has the weights after epoch 2;"), "{code} {said}");
        assert!(out.lines().last().unwrap().contains("\"state\":\"diverged\""), "{out}");
        assert!(
            objects(&["evaluate", word(&path)])[0]["loss"].is_number(),
            "the last file with numbers stays"
        );
    }
}

#[test]
fn a_place_that_can_t_be_written_is_1_before_anything_is_learned() {
    let path = folder("place").join("none/net.safetensors");
    refuses(
        &["train", "--link", "data=generated", "--save", word(&path)],
        1,
        &["can't be written", "--save"],
    );
}

#[test]
fn missing_or_broken_data_is_3() {
    let folder = folder("broken");
    let train = ["train", "--link", "data=mnist", "--data", word(&folder)];
    refuses(&train, 3, &["MNIST is neither in", "npm run data", "--data"]);

    let images = folder.join("train-images-idx3-ubyte");
    std::fs::write(&images, b"P5 28 28 255 ....").unwrap();
    refuses(&train, 3, &["MNIST is four files", "no train-labels-idx1-ubyte, no t10k-images-idx3-ubyte"]);
    for name in ["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"] {
        std::fs::write(folder.join(name), [0, 0, 8, 1, 0, 0, 0, 1, 3]).unwrap();
    }
    refuses(&train, 3, &["train-images-idx3-ubyte is not the file it should be"]);
    std::fs::write(&images, [0x1f, 0x8b, 8, 0, 0]).unwrap();
    refuses(&train, 3, &["can't be unpacked", "Download it again"]);
    std::fs::write(&images, [[0, 0, 8, 3], [0, 0, 0, 2], [0, 0, 0, 28], [0, 0, 0, 28]].concat()).unwrap();
    refuses(&train, 3, &["ends after 0 of 2 items"]);

    let (code, out, said) = run(&["data", "--data", word(&folder)]);
    assert_eq!(code, 3, "{said}");
    assert!(out.contains("can't be used") && out.contains("ends after 0 of 2 items"), "{out}");
}

#[test]
fn broken_weights_are_3() {
    let folder = folder("weights");
    let path = folder.join("net.safetensors");
    refuses(&["evaluate", word(&path)], 3, &["can't be read"]);
    std::fs::write(&path, "{}").unwrap();
    refuses(&["evaluate", word(&path)], 3, &["is no whole safetensors file"]);

    closing(&["train", "--link", "data=generated&hidden=0&epochs=1", "--save", word(&path)]);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    refuses(&["train", "--resume", word(&path)], 3, &["is no whole safetensors file"]);

    let renamed = String::from_utf8_lossy(&whole[..2000]).find("\"0.weight\"").unwrap();
    let mut other = whole.clone();
    other[renamed + 1] = b'3';
    std::fs::write(&path, other).unwrap();
    refuses(&["evaluate", word(&path)], 3, &["it has no `0.weight`"]);

    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(&path, changed).unwrap();
    let (code, _, said) = run(&["evaluate", word(&path)]);
    assert!(code == 0 && said.contains("have been changed since they were saved"), "{said}");
}

#[test]
fn help_shows_examples_and_exit_codes_and_a_summary_counts() {
    let (code, help, _) = run(&["--help"]);
    assert!(code == 0 && help.contains("Examples:") && help.contains("130  interrupted"), "{help}");
    for command in ["train", "evaluate", "summary", "data"] {
        let (_, help, _) = run(&[command, "--help"]);
        assert!(help.contains("Examples:") && help.contains(&format!("  brainbow {command}")), "{help}");
    }
    let summary = &objects(&["summary", "--link", "hidden=30"])[0];
    assert_eq!(
        (&summary["parameters"], &summary["layers"][0]["parameters"]),
        (&23_860.into(), &23_550.into())
    );
}

#[test]
#[ignore = "needs real MNIST"]
fn real_mnist_is_known_by_its_checksums() {
    let data = common::mnist();
    let found = &objects(&["data", "--data", word(&data)])[0];
    assert_eq!(found["mnist"]["usable"], true);
    for file in found["mnist"]["files"].as_array().unwrap() {
        assert_eq!((&file["published"], &file["flaw"]), (&true.into(), &serde_json::Value::Null));
    }
}
