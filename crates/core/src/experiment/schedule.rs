//! Learning-rate schedules: what the rate is multiplied with as the run goes on.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// A warm-up, and what comes after it. The rate of a step is the experiment's rate times the factors of both (PyTorch's
/// `ChainedScheduler`; in its `SequentialLR` the decay begins after the warm-up).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Schedule {
    /// Steps over which the rate rises from nothing: `(step + 1) / warmup` (PyTorch's `LinearLR` from
    /// `1 / warmup` over `warmup − 1` steps); 0 for none.
    #[serde(default)]
    pub warmup: u32,
    /// How it falls.
    #[serde(default)]
    pub decay: Decay,
}

/// How a learning rate falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Decay {
    /// It does not.
    #[default]
    Constant,
    /// By `factor` after every so many epochs (PyTorch's `StepLR`).
    Step {
        /// Epochs from one fall to the next.
        every: u32,
        /// What is left of it.
        #[serde(serialize_with = "super::shortest")]
        factor: f32,
    },
    /// Along half a cosine, from all of it to nothing, step by step (Loshchilov and Hutter 2017; PyTorch's
    /// `CosineAnnealingLR`, which rises again afterwards; this one stays at nothing). The length stands here, so that a run that is given more epochs keeps its past.
    Cosine {
        /// Epochs until it is zero.
        epochs: u32,
    },
}

impl Schedule {
    /// What the learning rate is multiplied with at a step (from 0).
    pub fn factor(&self, step: u64, steps_per_epoch: u64) -> f64 {
        let warmth =
            if step < u64::from(self.warmup) { (step + 1) as f64 / f64::from(self.warmup) } else { 1.0 };
        let left = match self.decay {
            Decay::Constant => 1.0,
            Decay::Step { every, factor } => {
                let falls = step / steps_per_epoch / u64::from(every);
                libm::pow(f64::from(factor), falls as f64)
            }
            Decay::Cosine { epochs } => {
                let whole = u64::from(epochs) * steps_per_epoch;
                0.5 * (1.0 + libm::cos(PI * step.min(whole) as f64 / whole as f64))
            }
        };
        warmth * left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(schedule: Schedule, steps: impl IntoIterator<Item = u64>) -> Vec<f64> {
        steps.into_iter().map(|step| (schedule.factor(step, 10) * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn a_constant_rate_is_the_rate() {
        assert_eq!(factors(Schedule::default(), [0, 7, 1_000_000]), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_warm_up_rises_to_the_whole_rate_with_its_last_step() {
        let schedule = Schedule { warmup: 4, ..Schedule::default() };
        assert_eq!(factors(schedule, 0..6), [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_step_falls_at_the_beginning_of_an_epoch() {
        let schedule = Schedule { warmup: 0, decay: Decay::Step { every: 2, factor: 0.5 } };
        assert_eq!(factors(schedule, [0, 19, 20, 39, 40]), [1.0, 1.0, 0.5, 0.5, 0.25]);
    }

    #[test]
    fn a_cosine_falls_to_nothing_and_stays_there() {
        let schedule = Schedule { warmup: 0, decay: Decay::Cosine { epochs: 2 } };
        assert_eq!(factors(schedule, [0, 5, 10, 20, 25]), [1.0, 0.853_553, 0.5, 0.0, 0.0]);
    }
}
