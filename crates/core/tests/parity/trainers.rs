//! Whole experiments: schedules, penalties and a batch that is longer than a block of rows.

use std::sync::Arc;

use brainbow::dataset::{Dataset, ImageShape, idx};
use brainbow::layer::Param;
use brainbow::network::Block;
use brainbow::{Experiment, Trainer};
use serde::Deserialize;

use crate::case::After;
use crate::numbers::{compare_all, compare_one, read};
use crate::{AFTER_ALL_STEPS, AFTER_ONE_STEP, ON_THE_WAY};

#[derive(Deserialize)]
struct Trainers {
    height: usize,
    width: usize,
    pixels: Vec<Vec<u8>>,
    labels: Vec<u8>,
    cases: Vec<TrainerCase>,
}

#[derive(Deserialize)]
struct TrainerCase {
    experiment: Experiment,
    losses: Vec<f64>,
    after: Vec<After>,
}

#[test]
fn a_trainer_whose_batch_is_cut_into_blocks_takes_pytorch_s_steps() {
    let trainers: Trainers = read("trainers");
    assert_eq!(trainers.cases.len(), 5);
    let data = Arc::new(trainers.data());
    for (place, case) in trainers.cases.iter().enumerate() {
        let what = format!("trainer {place} {:?}", case.experiment.optimizer);
        let mut trainer = Trainer::new(case.experiment.clone(), data.clone()).unwrap();
        assert!(
            Block::new(trainer.network()).rows() < trainers.labels.len(),
            "the batch is longer than a block"
        );
        for (step, &expected) in case.losses.iter().enumerate() {
            let result = trainer.run(1).unwrap();
            compare_one(&format!("{what}: loss on the way"), result.loss, expected, ON_THE_WAY);
            if let Some(after) = case.after.iter().find(|after| after.steps == step + 1) {
                let ours = trainer.network().params().map(|param: &Param| &param.value);
                let units = if step == 0 { AFTER_ONE_STEP } else { AFTER_ALL_STEPS };
                compare_all(&format!("{what}: step {}", step + 1), ours, &after.parameters, units);
            }
        }
    }
}

impl Trainers {
    /// As MNIST's files are; the same images serve as those held out.
    fn data(&self) -> Dataset {
        let header = |numbers: &[usize]| numbers.iter().flat_map(|&n| (n as u32).to_be_bytes()).collect();
        let file = |name: &str, head: Vec<u8>, body: &[u8]| idx::File {
            name: name.into(),
            bytes: [head.as_slice(), body].concat(),
        };
        let count = self.labels.len();
        let pair = || {
            let head = header(&[0x0803, count, self.height, self.width]);
            let images = file("images", head, &self.pixels.concat());
            let labels = file("labels", header(&[0x0801, count]), &self.labels);
            idx::pair(images, labels, ImageShape::grey(self.height, self.width), 10).unwrap()
        };
        Dataset::from_files(pair(), pair())
    }
}
