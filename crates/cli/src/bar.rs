//! The progress bar, on standard error and only where that is a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::numbers::count;
use crate::run::Run;

/// Often enough to look alive, seldom enough to cost nothing.
const EVERY: Duration = Duration::from_millis(100);

/// How far a run is, how well it learns, how fast, and how long it will take; all within 80 columns.
pub struct Bar {
    bar: ProgressBar,
    is_seen: bool,
    drawn: Instant,
}

impl Bar {
    /// Begins where the run is. Nothing is drawn before there is something to say.
    pub fn new(run: &Run) -> Self {
        let total = u64::from(run.trainer.experiment().epochs) * run.trainer.train_len() as u64;
        let style = ProgressStyle::with_template("{bar:10} {msg}, {eta} left").expect("the template is one");
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden())
            .with_style(style)
            .with_position(seen(run));
        bar.reset_eta();
        Self { bar, is_seen: std::io::stderr().is_terminal(), drawn: Instant::now() }
    }

    /// Shows the run as it is, unless that was done a moment ago.
    pub fn show(&mut self, run: &Run, samples_per_second: f64) {
        if !self.is_seen || self.drawn.elapsed() < EVERY {
            return;
        }
        let Some((loss, score)) = run.means() else { return };
        self.drawn = Instant::now();
        let (epoch, epochs) = (run.trainer.epoch() + 1, run.trainer.experiment().epochs);
        let (name, rate) = (score.name(), count(samples_per_second as u64));
        let message = format!("epoch {epoch}/{epochs}, loss {loss:.4}, {name} {score}, {rate} samples/s");
        self.bar.set_position(seen(run));
        self.bar.set_message(message);
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Does something to the terminal while the bar is out of the way.
    pub fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        self.bar.suspend(act)
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Samples learned from, in all epochs.
fn seen(run: &Run) -> u64 {
    run.trainer.epoch() * run.trainer.train_len() as u64 + run.sums.samples
}
