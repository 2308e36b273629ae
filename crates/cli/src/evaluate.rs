//! `brainbow evaluate`: what saved weights make of all held-out samples.

use std::io::Write;

use brainbow::Evaluation;
use brainbow::baseline::{self, Fits};
use brainbow::dataset::DataSpec;
use brainbow::experiment::format_link;
use serde::Serialize;

use crate::arguments::{Evaluate, Set};
use crate::failure::Failure;
use crate::matrix::{self, Confusion, Labels, Scores};
use crate::numbers::count;
use crate::run::Run;
use crate::score::Score;
use crate::{data, fit, output, summary, weights};

/// The object that `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<f64>,
    /// Where numbers are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    fits: Option<Fits>,
    loss: Option<f64>,
    samples: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    confusion: Option<Confusion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scores: Vec<Scores<'a>>,
    fingerprint: Option<String>,
    /// Of the run that was saved.
    link: String,
}

/// `brainbow evaluate`.
pub fn evaluate(arguments: &Evaluate) -> Result<(), Failure> {
    let weights = weights::open(&arguments.weights)?;
    let link = format_link(&weights.saved.experiment);
    let mut experiment = weights.saved.experiment.clone();
    if let Some(set) = arguments.on {
        experiment.data = match (set, experiment.data) {
            (Set::Generated, generated @ DataSpec::Generated { .. }) => generated,
            (Set::Generated, _) => DataSpec::Generated { seed: 1 },
            (Set::Mnist, _) => DataSpec::Mnist,
            (Set::Fashion, _) => DataSpec::Fashion,
            (Set::Cifar10, _) => DataSpec::Cifar10,
        };
        // The other set's test samples: none of them has been learned from.
        experiment.validation_split = None;
    }
    let [own, other] = [&weights.saved.experiment, &experiment].map(|of| of.data.shape().inputs() as u64);
    if own != other {
        return Err(Failure::Usage(format!(
            "The network in {} has {} inputs; {} have {} values each. Name another set --on which it can be evaluated.",
            arguments.weights.display(),
            count(own),
            data::title(&experiment.data),
            count(other)
        )));
    }
    let data = data::open(&experiment.data, &arguments.folder.path)?;
    let title = data::title(&experiment.data);
    let mut run = Run::new(experiment, data)?;
    let is_unchanged =
        if arguments.on.is_some() { weights.lend(&mut run)? } else { weights.restore(&mut run)? };
    if !is_unchanged {
        let path = arguments.weights.display();
        eprintln!("brainbow: the weights in {path} have been changed since they were saved.");
    }
    run.evaluate();
    if arguments.json {
        let labels = Labels::of(&run.trainer);
        return output::object(&answer(&run, &labels, link));
    }
    Ok(print(&run, title)?)
}

fn answer<'a>(run: &Run, labels: &'a Labels, link: String) -> Option<Answer<'a>> {
    let evaluation = run.evaluation.as_ref()?;
    let matrix = evaluation.matrix();
    Some(Answer {
        accuracy: matrix.accuracy(),
        fits: run.evaluation.as_ref().and_then(Evaluation::fits),
        loss: Some(evaluation.loss()).filter(|loss| loss.is_finite()),
        samples: run.trainer.held_out().len(),
        confusion: matrix::confusion(evaluation),
        scores: matrix::scores(matrix, labels),
        fingerprint: run.fingerprint(),
        link,
    })
}

fn print(run: &Run, title: &str) -> std::io::Result<()> {
    let Some(evaluation) = &run.evaluation else { return Ok(()) };
    let (trainer, matrix) = (&run.trainer, evaluation.matrix());
    let mut out = std::io::stdout().lock();
    let samples = count(trainer.held_out().len() as u64);
    let step = count(evaluation.step());
    let fingerprint = run.fingerprint().unwrap_or("none".into());
    writeln!(out, "{} at step {step}, fingerprint {fingerprint}", summary::widths(trainer.network()))?;
    writeln!(out, "{samples} held-out {title}")?;
    let score = Score::of(evaluation);
    writeln!(out, "{} {score}, loss {:.4}\n", score.name(), evaluation.loss())?;
    if let Some(fits) = run.evaluation.as_ref().and_then(Evaluation::fits) {
        return write!(
            out,
            "{}",
            fit::table(trainer.network().parameter_count(), &fits, &baseline::beside(trainer))
        );
    }
    let labels = Labels::of(trainer);
    write!(out, "{}\n{}", matrix::table(matrix, &labels), matrix::score_table(matrix, &labels))
}
