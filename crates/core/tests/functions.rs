//! What a course asks of networks that fit functions: each preset's root mean squared error, as the median of seeds 0 to 4.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::sync::Arc;

use brainbow::baseline::{Fits, beside};
use brainbow::experiment::{Experiment, PRESETS, parse_link, summary};
use brainbow::{Dataset, Evaluation, Trainer};

fn preset(name: &str) -> &'static str {
    PRESETS.iter().find(|preset| preset.name == name).unwrap().link
}

fn trainer(experiment: Experiment) -> Trainer {
    let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
    Trainer::new(experiment, data).unwrap()
}

/// To the end of its epochs.
fn learned(link: &str, seed: u32) -> (Trainer, Fits) {
    let link = parse_link(&format!("{link}&seed={seed}"));
    assert_eq!(link.notices, []);
    let mut trainer = trainer(link.experiment);
    trainer.run(u64::MAX);
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    let fits = evaluation.fits().unwrap();
    (trainer, fits)
}

/// The held-out root mean squared errors of seeds 0 to 4, rising.
fn errors(name: &str) -> Vec<f64> {
    let one = |seed| learned(preset(name), seed).1.held_out.unwrap().rmse;
    let mut errors: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..5).map(|seed| scope.spawn(move || one(seed))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    errors.sort_by(f64::total_cmp);
    println!("{name}: {errors:.5?}");
    errors
}

#[test]
fn five_hundred_tanh_fit_a_sine() {
    assert!(errors("sineWide")[2] <= 0.046);
}

#[test]
fn three_and_three_tanh_fit_a_sine() {
    assert!(errors("sineDeep")[2] <= 0.026);
}

#[test]
fn eight_hundred_relu_fit_a_parabola() {
    assert!(errors("squareWide")[2] <= 0.05);
}

#[test]
fn parameters_are_those_that_there_are() {
    let count = |link: &str| {
        let lines = summary(1, &parse_link(link).experiment.layers);
        lines.iter().map(|line| line.parameters).sum::<usize>()
    };
    assert_eq!([count(preset("sineWide")), count(preset("sineDeep"))], [1501, 22]);
}

#[test]
fn linear_layers_are_the_linear_model() {
    let (trainer, fits) = learned(preset("straight"), 0);
    let linear = beside(&trainer).remove(1);
    let (ours, theirs) = (fits.train.unwrap().rmse, linear.fits.unwrap().train.unwrap().rmse);
    // Least squares are the least; batches of 32 keep going around them.
    assert!(ours >= theirs - 1e-6 && ours < 1.01 * theirs, "{ours} {theirs}");
}
