//! How many samples a second the engine learns from, natively, on one core: zeros skipped, and densely with the
//! share of what the core can do at most. On real MNIST where `BRAINBOW_DATA` names it, else on generated digits.

#![allow(clippy::unwrap_used)] // A tool for developers may panic.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Instant;

use brainbow::experiment::parse_link;
use brainbow::network::FirstLayer;
use brainbow::{Dataset, Evaluation, Trainer};
use wide::f32x4;

const BATCH: usize = 64;

fn main() {
    let data = match std::env::var_os("BRAINBOW_DATA") {
        Some(_) => common::mnist(),
        None => Arc::new(Dataset::generated(1, 20_000, 4_000)),
    };
    let limit = (0..5).map(|_| limit()).fold(0.0, f64::max);
    println!("limit: {:.1} GFLOP/s, four lanes multiplied and then added in registers", limit / 1e9);
    println!("hidden      sgd     adam     read  | dense sgd  of the limit");
    let asked: Vec<String> = std::env::args().skip(1).collect();
    for hidden in [0, 10, 30, 128, 512] {
        if !asked.is_empty() && !asked.contains(&hidden.to_string()) {
            continue;
        }
        let rate = |link: &str, first_layer| {
            let mut rates: Vec<f64> = (0..3)
                .map(|_| learned_per_second(&format!("hidden={hidden}{link}"), first_layer, &data))
                .collect();
            rates.sort_by(f64::total_cmp);
            rates[1]
        };
        let (sgd, adam) = (rate("", FirstLayer::Auto), rate("&opt=adam", FirstLayer::Auto));
        let read = read_per_second(hidden, &data);
        let dense = rate("", FirstLayer::Dense);
        let share = dense * operations(hidden) / limit;
        println!("{hidden:>6} {sgd:>8.0} {adam:>8.0} {read:>8.0}  | {dense:>9.0}  {:>5.1} %", 100.0 * share);
    }
}

/// Seconds that this thread has computed, where Linux tells: others may share the machine. Else those that have passed.
fn seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let computed = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    computed.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}

/// Multiplications and additions of matrix products for one sample: forward, and back to all weights and
/// to all layers but the input.
fn operations(hidden: usize) -> f64 {
    let weights = if hidden == 0 { [784 * 10, 0] } else { [784 * hidden, hidden * 10] };
    (4 * weights[0] + 6 * weights[1]) as f64
}

fn learned_per_second(link: &str, first_layer: FirstLayer, data: &Arc<Dataset>) -> f64 {
    let experiment = parse_link(&format!("{link}&batch={BATCH}&epochs=10000")).experiment;
    let mut trainer = Trainer::new(experiment, data.clone()).unwrap();
    trainer.set_first_layer(first_layer);
    trainer.run(trainer.steps_per_epoch() / 4);
    let (start, first) = (seconds(), trainer.step());
    while seconds() - start < 0.3 {
        trainer.run(100);
    }
    ((trainer.step() - first) * BATCH as u64) as f64 / (seconds() - start)
}

fn read_per_second(hidden: usize, data: &Arc<Dataset>) -> f64 {
    let trainer = Trainer::new(parse_link(&format!("hidden={hidden}")).experiment, data.clone()).unwrap();
    let (start, mut evaluations) = (seconds(), 0);
    while seconds() - start < 0.3 {
        let mut evaluation = Evaluation::new(&trainer);
        while !evaluation.advance() {}
        evaluations += 1;
    }
    (evaluations * data.test().len()) as f64 / (seconds() - start)
}

/// Operations a second of a loop that touches no memory, with chains enough to hide their latency.
fn limit() -> f64 {
    const CHAINS: usize = 13;
    let (factor, term) = (f32x4::splat(black_box(0.5)), f32x4::splat(black_box(0.25)));
    let mut chains = [f32x4::splat(0.0); CHAINS];
    let (start, turns) = (seconds(), 20_000_000);
    for _ in 0..turns {
        for chain in &mut chains {
            *chain = *chain * factor + term;
        }
    }
    black_box(chains);
    (turns * CHAINS * 4 * 2) as f64 / (seconds() - start)
}
