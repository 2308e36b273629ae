//! Learns in slices on request, for `npm run bench:native`: a line of JSON in, a line of JSON out.
//!
//! `{"hidden":128,"optimizer":"sgd","ms":300}` gives `{"samples":…,"ms":…,"loss":…}`. Real MNIST is read from the
//! folder that is named on the command line; without one the digits are generated.

#![allow(clippy::unwrap_used)] // A tool for developers may panic.

use std::collections::HashMap;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use brainbow::dataset::idx::{self, File, Pair};
use brainbow::dataset::{GENERATED_TEST, GENERATED_TRAIN, ImageShape};
use brainbow::experiment::parse_link;
use brainbow::{Dataset, Trainer};
use flate2::read::GzDecoder;
use serde_json::{Value, json};

fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let data = Arc::new(match &folder {
        Some(folder) => Dataset::from_files(pair(folder, "train"), pair(folder, "t10k")),
        None => Dataset::generated(1, GENERATED_TRAIN, GENERATED_TEST),
    });
    let mut trainers = HashMap::new();
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |name: &str| asked[name].as_str().unwrap_or_default();
        let link =
            format!("hidden={}&opt={}&epochs=10000&{}", asked["hidden"], text("optimizer"), text("more"));
        let trainer = trainers.entry(link).or_insert_with_key(|link| begin(link, &data));
        println!("{}", learn(trainer, asked["ms"].as_f64().unwrap()));
        io::stdout().flush().unwrap();
    }
}

/// A trainer after its first pass, in which the pixels that were inked are still being noted.
fn begin(link: &str, data: &Arc<Dataset>) -> Trainer {
    let link = parse_link(link);
    assert!(link.notices.is_empty(), "{:?}", link.notices);
    let mut trainer = Trainer::new(link.experiment, data.clone()).unwrap();
    trainer.run(trainer.steps_per_epoch());
    trainer
}

fn learn(trainer: &mut Trainer, ms: f64) -> Value {
    let start = Instant::now();
    let mut samples = 0;
    loop {
        let step = trainer.run(1).expect("a run of 10,000 epochs goes on");
        samples += step.samples;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        if took >= ms {
            return json!({ "samples": samples, "ms": took, "loss": step.loss });
        }
    }
}

fn pair(folder: &Path, part: &str) -> Pair {
    let open = |kind: &str| {
        let name = format!("{part}-{kind}-ubyte.gz");
        let mut bytes = Vec::new();
        let file = std::fs::File::open(folder.join(&name)).unwrap();
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        File { name, bytes }
    };
    idx::pair(open("images-idx3"), open("labels-idx1"), ImageShape::grey(28, 28), 10).unwrap()
}
