//! Golden fingerprints: whole runs whose weights are known to the bit. Native, Node and both browsers read the same
//! constants, `tests/golden.json`.
//!
//! `BRAINBOW_WRITE_GOLDEN=1 cargo test --test golden` writes them anew, where the engine or the generated digits were
//! changed on purpose.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use brainbow::experiment::parse_link;
use brainbow::{Dataset, Trainer};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Golden {
    /// An experiment on data that is made from a seed.
    link: String,
    /// Whole epochs.
    steps: u64,
    /// Of the weights after these steps.
    fingerprint: String,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden.json")
}

fn fingerprint_of(link: &str, steps: u64, drawn: &mut BTreeMap<String, Arc<Dataset>>) -> String {
    let link = parse_link(link);
    assert!(link.notices.is_empty(), "{:?}", link.notices);
    let spec = &link.experiment.data;
    let made = || Arc::new(Dataset::made(spec).unwrap().expect("golden runs need no files"));
    let data = drawn.entry(format!("{spec:?}")).or_insert_with(made);
    let mut trainer = Trainer::new(link.experiment, data.clone()).unwrap();
    assert_eq!(steps % trainer.steps_per_epoch(), 0, "a page names its weights at the end of an epoch");
    trainer.run(steps);
    assert_eq!(trainer.step(), steps);
    trainer.fingerprint().expect("the weights are numbers").to_string()
}

#[test]
fn native_runs_end_in_the_golden_weights() {
    let text = std::fs::read_to_string(path()).unwrap();
    let mut runs: Vec<Golden> = serde_json::from_str(&text).unwrap();
    let write = std::env::var_os("BRAINBOW_WRITE_GOLDEN").is_some();
    let mut drawn = BTreeMap::new();
    let mut wrong = Vec::new();
    for run in &mut runs {
        let found = fingerprint_of(&run.link, run.steps, &mut drawn);
        if found != run.fingerprint {
            wrong.push(format!("{}: {found}, not {}", run.link, run.fingerprint));
        }
        run.fingerprint = found;
    }
    if write {
        std::fs::write(path(), serde_json::to_string_pretty(&runs).unwrap() + "\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
