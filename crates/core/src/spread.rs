//! The spread that a single run hides: the same experiment with other seeds, each to its end.
//!
//! A machine with steps, as training is. Another seed is another split, other initial weights and another order.

use std::sync::Arc;

use serde::Serialize;

use crate::baseline::{Fits, Shares};
use crate::dataset::Dataset;
use crate::evaluation::Evaluation;
use crate::experiment::{Experiment, ExperimentError, RateFrom, Stop};
use crate::trainer::{State, Trainer};

/// How a run with one seed has ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Seeded {
    /// Its seed.
    pub seed: u32,
    /// How well it tells numbers; none where it tells classes, or has come to no end.
    pub fits: Option<Fits>,
    /// How often it tells classes right.
    pub shares: Option<Shares>,
}

/// Runs with the seeds 0 to 4, one after the other.
pub struct Spread {
    experiment: Experiment,
    data: Arc<Dataset>,
    trainer: Option<Trainer>,
    evaluating: Option<Evaluation>,
    done: Vec<Seeded>,
}

impl Spread {
    /// How many seeds there are.
    pub const SEEDS: u32 = 5;

    /// Begins. A rate that was changed while learning is the one that was set last, from the start.
    pub fn new(experiment: &Experiment, data: &Arc<Dataset>) -> Self {
        let mut experiment = experiment.clone();
        let rate = experiment.rate_set_at(u64::MAX);
        experiment.learning_rate = vec![RateFrom { step: 0, rate }];
        Self { experiment, data: data.clone(), trainer: None, evaluating: None, done: Vec::new() }
    }

    /// Learns from the next block of rows, or reads one to measure it; whether all are done.
    pub fn advance(&mut self) -> Result<bool, ExperimentError> {
        if self.is_done() {
            return Ok(true);
        }
        let trainer = match &mut self.trainer {
            Some(trainer) => trainer,
            None => {
                let seed = self.done.len() as u32;
                let experiment = Experiment { seed, ..self.experiment.clone() };
                self.trainer.insert(Trainer::new(experiment, self.data.clone())?)
            }
        };
        if let Some(evaluation) = &mut self.evaluating {
            if evaluation.advance() {
                trainer.judge(evaluation);
                if trainer.state() != State::Learning {
                    self.done.push(seeded(trainer, evaluation));
                    self.trainer = None;
                }
                self.evaluating = None;
            }
            return Ok(self.is_done());
        }
        let ends_epoch = trainer.advance().is_some_and(|step| step.ends_epoch);
        // A condition may end it.
        let is_judged = ends_epoch && trainer.experiment().stop != Stop::default();
        if is_judged || trainer.state() != State::Learning {
            self.evaluating = Some(Evaluation::new(trainer));
        }
        Ok(self.is_done())
    }

    /// Whether all have come to their ends.
    pub fn is_done(&self) -> bool {
        self.done.len() as u32 == Self::SEEDS
    }

    /// Those that have come to their ends.
    pub fn seeds(&self) -> &[Seeded] {
        &self.done
    }
}

fn seeded(trainer: &Trainer, evaluation: &Evaluation) -> Seeded {
    let seed = trainer.experiment().seed;
    if matches!(trainer.state(), State::Diverged { .. }) {
        return Seeded { seed, fits: None, shares: None };
    }
    Seeded { seed, fits: evaluation.fits(), shares: evaluation.shares() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parse_link;

    fn spread(link: &str) -> Vec<Seeded> {
        let experiment = parse_link(link).experiment;
        let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
        let mut spread = Spread::new(&experiment, &data);
        while !spread.advance().unwrap() {}
        spread.seeds().to_vec()
    }

    #[test]
    fn each_seed_ends_where_its_own_run_ends() {
        let link = "data=function&points=60&hidden=4&opt=adam&lr=0.02&batch=16&epochs=40&val=0.2";
        let found = spread(link);
        assert_eq!(found.iter().map(|one| one.seed).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        for one in found {
            let experiment = parse_link(&format!("{link}&seed={}", one.seed)).experiment;
            let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
            let mut trainer = Trainer::new(experiment, data).unwrap();
            trainer.run(u64::MAX);
            let mut evaluation = Evaluation::new(&trainer);
            while !evaluation.advance() {}
            assert_eq!(one.fits.unwrap(), evaluation.fits().unwrap());
        }
    }

    #[test]
    fn conditions_end_a_run_and_one_that_diverges_has_no_end() {
        let found =
            spread("data=moons&points=40&hidden=4&opt=adam&lr=0.05&batch=8&epochs=500&stop=accuracy:0.9");
        assert!(found.iter().all(|one| one.shares.unwrap().held_out >= 0.9));
        let found = spread("data=function&points=20&hidden=4&act=linear&lr=1000&epochs=20");
        assert!(found.iter().all(|one| one.fits.is_none() && one.shares.is_none()));
    }
}
