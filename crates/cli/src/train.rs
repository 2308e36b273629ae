//! `brainbow train`: learns, tells, saves.

use std::path::Path;
use std::time::{Duration, Instant};

use brainbow::trainer::State;

use crate::arguments::Train;
use crate::failure::Failure;
use crate::numbers::count;
use crate::report::{End, Report, Times};
use crate::run::Run;
use crate::{data, destination, experiment, interrupt, weights};

/// `brainbow train`.
pub fn train(arguments: &Train) -> Result<(), Failure> {
    let save = arguments.save.as_deref();
    save.map_or(Ok(()), destination::check)?;
    let mut run = match &arguments.resume {
        Some(path) => resumed(arguments, path)?,
        None => fresh(arguments)?,
    };
    interrupt::listen()?;
    let mut report = Report::begin(&run, arguments.json)?;
    let before = run.history.len();
    let times = learn(&mut run, save, &mut report)?;
    let end = match run.trainer.state() {
        _ if is_ruined(&run) => End::Diverged,
        State::Finished => End::Finished,
        State::Stopped(reason) => End::Stopped { reason },
        State::Learning => End::Interrupted,
        State::Diverged { .. } => End::Diverged,
    };
    if end == End::Interrupted {
        save.map_or(Ok(()), |path| weights::save(&mut run, path))?;
    }
    let is_saved = end == End::Interrupted || run.history.len() - usize::from(is_ruined(&run)) > before;
    report.end(&run, end, times, save.filter(|_| is_saved))?;
    match end {
        End::Finished | End::Stopped { .. } => Ok(()),
        End::Interrupted => Err(Failure::Interrupted(interrupted(&run, arguments))),
        End::Diverged => Err(Failure::Diverged(diverged(&run, arguments, save.filter(|_| is_saved)))),
    }
}

fn fresh(arguments: &Train) -> Result<Run, Failure> {
    let folder = &arguments.folder.path;
    let mut experiment = experiment::read(&arguments.which, Some(folder))?;
    experiment.epochs = arguments.epochs.unwrap_or(experiment.epochs);
    experiment.seed = arguments.seed.unwrap_or(experiment.seed);
    if let Some(rate) = arguments.rate {
        experiment.learning_rate = vec![brainbow::experiment::RateFrom { step: 0, rate }];
    }
    experiment::check(&experiment)?;
    let data = data::open(&experiment.data, folder)?;
    Run::new(experiment, data)
}

fn resumed(arguments: &Train, path: &Path) -> Result<Run, Failure> {
    let (mut run, unchanged) = weights::resume(path, &arguments.folder.path)?;
    if !unchanged {
        eprintln!("brainbow: the weights in {} have been changed since they were saved.", path.display());
    }
    let refused = |error| Failure::Usage(experiment::sentence(&error));
    if let Some(epochs) = arguments.epochs {
        run.trainer.set_epochs(epochs).map_err(refused)?;
    }
    if let Some(rate) = arguments.rate {
        run.trainer.tune(rate).map_err(refused)?;
    }
    if let State::Stopped(_) = run.trainer.state() {
        return Err(Failure::Usage(format!(
            "{} was ended by its own condition after epoch {}. There is nothing to go on with.",
            path.display(),
            run.trainer.epoch()
        )));
    }
    if !run.is_learning() {
        let done = run.trainer.epoch();
        return Err(Failure::Usage(format!(
            "{} is at the end of its last epoch, {done}. Say --epochs {} to go on.",
            path.display(),
            2 * done
        )));
    }
    Ok(run)
}

/// Learns until all is done, the run is asked to end or the loss is no number.
fn learn(run: &mut Run, mut save: Option<&Path>, report: &mut Report) -> Result<Times, Failure> {
    let (start, mut epoch_start) = (Instant::now(), Instant::now());
    let (mut samples, mut aside) = (0_u64, Duration::ZERO);
    while run.is_learning() && !is_ruined(run) && !interrupt::is_asked() {
        let Some(result) = run.advance() else { continue };
        samples += u64::from(result.samples);
        report.step(run, per_second(samples, start.elapsed().saturating_sub(aside)));
        if result.ends_epoch {
            let pause = Instant::now();
            let epoch = run.end_epoch(|| epoch_start.elapsed().as_secs_f64()).clone();
            if is_ruined(run) {
                save = None; // What is there is better.
            }
            save.map_or(Ok(()), |path| weights::save(run, path))?;
            report.epoch(&epoch, run.trainer.experiment().epochs)?;
            aside += pause.elapsed();
            epoch_start = Instant::now();
        }
    }
    let all = start.elapsed();
    Ok(Times {
        seconds: all.as_secs_f64(),
        samples_per_second: per_second(samples, all.saturating_sub(aside)),
    })
}

/// Whether the last epoch has left weights whose loss is no number. A step's own loss is that of the weights before it.
fn is_ruined(run: &Run) -> bool {
    run.history.last().is_some_and(|last| last.val_loss.is_none())
}

fn per_second(samples: u64, time: Duration) -> f64 {
    samples as f64 / time.as_secs_f64().max(1e-9)
}

fn interrupted(run: &Run, arguments: &Train) -> String {
    let trainer = &run.trainer;
    let (step, epoch, epochs) = (count(trainer.step()), trainer.epoch(), trainer.experiment().epochs);
    let what = format!("interrupted at step {step}, after {epoch} of {epochs} epochs");
    match &arguments.save {
        Some(path) => format!("{what}. Go on with: {}", again(run, arguments, path)),
        None => format!("{what}. Nothing was saved: there was no --save."),
    }
}

fn diverged(run: &Run, arguments: &Train, saved: Option<&Path>) -> String {
    let trainer = &run.trainer;
    let rate_at = |step| trainer.experiment().rate_at(step, trainer.steps_per_epoch());
    let (step, rate) = match trainer.state() {
        State::Diverged { step, rate } => (step, rate),
        _ => (trainer.step(), rate_at(trainer.step() - 1)),
    };
    let what = format!(
        "at step {} the loss stopped being a number. The learning rate of {rate} is too high: say a lower one with --rate.",
        count(step)
    );
    // A ruined epoch is not saved.
    let last = run.history.iter().rfind(|epoch| epoch.val_loss.is_some());
    match (saved, last) {
        (Some(path), Some(last)) => format!(
            "{what} {} has the weights after epoch {}; go on from there with: {} --rate {}",
            path.display(),
            last.epoch,
            again(run, arguments, path),
            rate / 10.0
        ),
        _ => what,
    }
}

/// The command that goes on from a file.
fn again(run: &Run, arguments: &Train, path: &Path) -> String {
    let comes_in_files = run.trainer.experiment().data.comes_in_files();
    let data =
        if comes_in_files { format!(" --data {}", quoted(&arguments.folder.path)) } else { String::new() };
    format!("brainbow train --resume {0} --save {0}{data}", quoted(path))
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:=@%".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_cut_it() {
        assert_eq!(quoted(Path::new("out/net-1.safetensors")), "out/net-1.safetensors");
        assert_eq!(quoted(Path::new("with space/it's")), r"'with space/it'\''s'");
    }
}
