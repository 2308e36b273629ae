//! How many samples a second the engine learns from, natively, on generated digits.

#![allow(clippy::unwrap_used)] // A tool for developers may panic.

use std::sync::Arc;
use std::time::Instant;

use brainbow::experiment::parse_link;
use brainbow::{Dataset, Trainer};

fn main() {
    let data = Arc::new(Dataset::generated(1, 4000, 10));
    for hidden in ["0", "10", "30", "128", "512"] {
        let mut trainer =
            Trainer::new(parse_link(&format!("hidden={hidden}")).experiment, data.clone()).unwrap();
        trainer.run(trainer.steps_per_epoch());
        let start = Instant::now();
        let mut steps = 0;
        while start.elapsed().as_secs_f64() < 0.5 {
            trainer.set_epochs(10_000).unwrap();
            trainer.run(10);
            steps += 10;
        }
        println!(
            "{hidden:>4}: {:>8.0} samples a second",
            f64::from(steps) * 64.0 / start.elapsed().as_secs_f64()
        );
    }
}
