//! What `brainbow train` tells while it learns and at the end: a table for people, or JSON by the line.

use std::io::Write;
use std::path::Path;

use brainbow::baseline::{self, Baseline, Fits, Shares};
use brainbow::dataset::Task;
use brainbow::experiment::{StopReason, format_link};
use brainbow::{Evaluation, Experiment};
use serde::Serialize;

use crate::bar::Bar;
use crate::failure::Failure;
use crate::fit;
use crate::matrix::{self, Confusion};
use crate::numbers::{count, duration};
use crate::run::{Epoch, Run};
use crate::score::Score;
use crate::{data, output, summary};

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum End {
    /// All epochs are done.
    Finished,
    /// A condition of the experiment has ended it before.
    Stopped {
        /// Which one.
        reason: StopReason,
    },
    /// It was asked to end.
    Interrupted,
    /// The loss was no number any more.
    Diverged,
}

/// How long it took.
#[derive(Clone, Copy)]
pub struct Times {
    /// From the first step to the last evaluation.
    pub seconds: f64,
    /// Samples learned from in a second of learning.
    pub samples_per_second: f64,
}

/// The last line of `--json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Closing<'a> {
    #[serde(flatten)]
    state: End,
    step: u64,
    history: History<'a>,
    confusion: Option<Confusion>,
    /// Where numbers are told: of the last evaluation's step, and of simpler models beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fits: Option<Fits>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    simpler: Vec<Baseline>,
    /// Where classes are told of what is no image.
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Shares>,
    fingerprint: Option<String>,
    seconds: f64,
    samples_per_second: f64,
    experiment: &'a Experiment,
    link: String,
}

/// Keras's `History.history`: one number for each epoch.
#[derive(Serialize)]
struct History<'a> {
    loss: Vec<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accuracy: Vec<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    root_mean_squared_error: Vec<f64>,
    val_loss: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    val_accuracy: Vec<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    val_root_mean_squared_error: Vec<f64>,
    fingerprint: Vec<Option<&'a str>>,
}

impl<'a> History<'a> {
    fn of(epochs: &'a [Epoch]) -> Self {
        Self {
            loss: epochs.iter().map(|epoch| epoch.loss).collect(),
            accuracy: epochs.iter().filter_map(|epoch| epoch.accuracy).collect(),
            root_mean_squared_error: epochs
                .iter()
                .filter_map(|epoch| epoch.root_mean_squared_error)
                .collect(),
            val_loss: epochs.iter().map(|epoch| epoch.val_loss).collect(),
            val_accuracy: epochs.iter().filter_map(|epoch| epoch.val_accuracy).collect(),
            val_root_mean_squared_error: epochs
                .iter()
                .filter_map(|epoch| epoch.val_root_mean_squared_error)
                .collect(),
            fingerprint: epochs.iter().map(|epoch| epoch.fingerprint.as_deref()).collect(),
        }
    }
}

/// Where it is told.
pub struct Report {
    json: bool,
    bar: Bar,
}

impl Report {
    /// Says what is going to be learned, to people only.
    pub fn begin(run: &Run, json: bool) -> Result<Self, Failure> {
        let report = Self { json, bar: Bar::new(run) };
        if !json {
            let trainer = &run.trainer;
            let experiment = trainer.experiment();
            let [train, held_out] =
                [trainer.train_len(), trainer.held_out().len()].map(|samples| count(samples as u64));
            report.line(&format!(
                "{} on {}: {train} to learn from, {held_out} held out; {}",
                summary::widths(trainer.network()),
                data::title(&experiment.data),
                summary::optimizer(experiment)
            ))?;
            report.line(&format_link(experiment))?;
            let name = match trainer.data().task() {
                Task::Classes(_) => "accuracy",
                Task::Value => "RMSE",
            };
            let val_name = format!("val_{name}");
            report.line(&format!(
                "\n  epoch     loss {name:>9}  val_loss  {val_name:>12}  fingerprint     seconds"
            ))?;
        }
        Ok(report)
    }

    /// Moves the bar.
    pub fn step(&mut self, run: &Run, samples_per_second: f64) {
        self.bar.show(run, samples_per_second);
    }

    /// Says what an epoch brought.
    pub fn epoch(&self, epoch: &Epoch, epochs: u32) -> Result<(), Failure> {
        if self.json {
            return self.bar.aside(|| output::object(epoch));
        }
        self.line(&format!(
            "{:>7}  {:>7.4} {:>9}  {:>8.4}  {:>12}  {:<14}  {:>7.2}",
            format!("{}/{epochs}", epoch.epoch),
            epoch.loss,
            epoch.score(),
            epoch.val_loss.unwrap_or(f64::NAN),
            epoch.val_score(),
            epoch.fingerprint.as_deref().unwrap_or("none"),
            epoch.seconds
        ))
    }

    /// Says what came of it.
    pub fn end(&self, run: &Run, state: End, times: Times, saved: Option<&Path>) -> Result<(), Failure> {
        self.bar.clear();
        if self.json {
            return output::object(&closing(run, state, times));
        }
        if let Some(best) = run.history.last() {
            let epochs = if best.epoch == 1 { "1 epoch".into() } else { format!("{} epochs", best.epoch) };
            let score = best.val_score();
            self.line(&match score {
                Score::Accuracy(_) => {
                    format!("\n{score} of the held-out samples are read correctly after {epochs}.")
                }
                Score::Rmse(_) => {
                    format!("\nThe held-out samples are told with a root mean squared error of {score} after {epochs}.")
                }
            })?;
            let parameters = run.trainer.network().parameter_count();
            if let Some(fits) = run.evaluation.as_ref().and_then(Evaluation::fits) {
                self.line(&format!("\n{}", fit::table(parameters, &fits, &baseline::beside(&run.trainer))))?;
            }
            if let Some(shares) = run.evaluation.as_ref().and_then(Evaluation::shares) {
                let table = fit::share_table(parameters, &shares, &baseline::beside(&run.trainer));
                self.line(&format!("\n{table}"))?;
            }
        }
        if let End::Stopped { reason } = state {
            self.line(match reason {
                StopReason::Accuracy => "Stopped: the accuracy that was asked for is reached.",
                StopReason::Loss => "Stopped: the loss that was asked for is reached.",
                StopReason::Patience => {
                    "Stopped: the validation loss has not come down for as long as was asked."
                }
            })?;
        }
        let rate = count(times.samples_per_second as u64);
        self.line(&format!("{}, {rate} samples a second while learning.", duration(times.seconds)))?;
        match saved {
            Some(path) => self.line(&format!("Saved to {}.", path.display())),
            None => Ok(()),
        }
    }

    fn line(&self, text: &str) -> Result<(), Failure> {
        self.bar.aside(|| writeln!(std::io::stdout(), "{text}"))?;
        Ok(())
    }
}

fn closing(run: &Run, state: End, times: Times) -> Closing<'_> {
    let experiment = run.trainer.experiment();
    Closing {
        state,
        step: run.trainer.step(),
        history: History::of(&run.history),
        confusion: run.evaluation.as_ref().and_then(matrix::confusion),
        fits: run.evaluation.as_ref().and_then(Evaluation::fits),
        simpler: baseline::beside(&run.trainer),
        shares: run.evaluation.as_ref().and_then(Evaluation::shares),
        fingerprint: run.fingerprint(),
        seconds: times.seconds,
        samples_per_second: times.samples_per_second,
        link: format_link(experiment),
        experiment,
    }
}
