//! The progress bar, on standard error and only where that is a terminal.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::numbers::{count, percent};
use crate::run::Run;

/// Often enough to look alive, seldom enough to cost nothing.
const EVERY: Duration = Duration::from_millis(100);

/// How far a run is, how well it learns, how fast, and how long it will take.
pub struct Bar {
    bar: ProgressBar,
    drawn: Instant,
}

impl Bar {
    /// Begins where the run is.
    pub fn new(run: &Run) -> Self {
        let total = u64::from(run.trainer.experiment().epochs) * run.trainer.train_len() as u64;
        let style = ProgressStyle::with_template("{prefix} {bar:24} {msg}, {eta} left");
        let bar =
            ProgressBar::new(total).with_style(style.expect("the template is one")).with_position(seen(run));
        bar.reset_eta();
        Self { bar, drawn: Instant::now() }
    }

    /// Shows the run as it is, unless that was done a moment ago.
    pub fn show(&mut self, run: &Run, samples_per_second: f64) {
        if self.bar.is_hidden() || self.drawn.elapsed() < EVERY {
            return;
        }
        self.drawn = Instant::now();
        let Some((loss, accuracy)) = run.sums.means() else { return };
        let (epoch, epochs) = (run.trainer.epoch() + 1, run.trainer.experiment().epochs);
        self.bar.set_prefix(format!("epoch {epoch}/{epochs}"));
        let rate = count(samples_per_second as u64);
        self.bar.set_message(format!("loss {loss:.4}, accuracy {}, {rate} samples/s", percent(accuracy)));
        self.bar.set_position(seen(run));
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

fn seen(run: &Run) -> u64 {
    run.trainer.epoch() * run.trainer.train_len() as u64 + run.sums.samples
}
