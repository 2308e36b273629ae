//! One thing at a time: activations, losses and learning rates.

use brainbow::experiment::{Schedule, parse_link};
use brainbow::layer::{self, Activation, LayerSpec, Pass};
use brainbow::loss::{self, LossSpec};
use ndarray::Array2;
use serde::Deserialize;

use crate::ONE_FUNCTION;
use crate::case::Wanted;
use crate::coverage::{ACTIVATIONS, LOSSES};
use crate::numbers::{Rows, compare, exact, matrix, read, row};

#[derive(Deserialize)]
struct Curves {
    x: Vec<f64>,
    functions: Vec<Curve>,
}

#[derive(Deserialize)]
struct Curve {
    function: Activation,
    y: Vec<f64>,
    slope: Vec<f64>,
}

#[test]
fn activations_and_their_slopes_are_pytorch_s_at_zero_and_far_out_too() {
    let curves: Curves = read("activations");
    assert_eq!(curves.functions.iter().map(|curve| curve.function).collect::<Vec<_>>(), ACTIVATIONS);
    let x = row(&curves.x).mapv(|v| v as f32);
    for Curve { function, y: value, slope } in &curves.functions {
        let mut layer = layer::build(LayerSpec::Activation { function: *function }, x.ncols(), 0, 0);
        let (mut y, mut dx) = (Array2::zeros(x.raw_dim()), Array2::zeros(x.raw_dim()));
        layer.forward(x.view(), y.view_mut());
        let dy = Array2::from_elem(x.raw_dim(), -2.0);
        layer.backward(Pass { x: x.view(), y: y.view(), dy: dy.view() }, Some(dx.view_mut()));
        compare(&format!("{function:?}"), &y, &row(value), ONE_FUNCTION);
        compare(&format!("{function:?}: slope"), &dx, &row(slope).mapv(|slope| -2.0 * slope), ONE_FUNCTION);
    }
}

#[test]
fn a_unit_counts_as_active_above_what_zero_gives() {
    for function in ACTIVATIONS {
        let (zero, mut y) = (Array2::zeros((1, 1)), Array2::zeros((1, 1)));
        layer::build(LayerSpec::Activation { function }, 1, 0, 0).forward(zero.view(), y.view_mut());
        let (threshold, at_zero) = (function.threshold(), y[[0, 0]]);
        assert!((threshold - at_zero).abs() < 1e-6, "{function:?}: {threshold}, not {at_zero}");
    }
}

#[derive(Deserialize)]
struct LossCases {
    cases: Vec<LossCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LossCase {
    loss: LossSpec,
    logits: Rows,
    classes: Option<Vec<u8>>,
    values: Option<Rows>,
    answers: Rows,
    sample_losses: Vec<f64>,
    logit_gradient: Rows,
}

#[test]
fn answers_losses_and_their_slopes_are_pytorch_s_for_classes_for_values_and_for_large_logits() {
    let LossCases { cases } = read("losses");
    for loss in LOSSES {
        assert!(cases.iter().filter(|case| case.loss == loss).count() >= 3, "{loss:?}");
    }
    for case in &cases {
        let (logits, rows) = (exact(&case.logits), case.logits.len());
        let (wanted, loss) =
            (Wanted::of(case.classes.as_ref(), case.values.as_ref()), loss::build(case.loss));
        let (mut answers, mut losses) = (Array2::zeros(logits.raw_dim()), Array2::zeros((1, rows)));
        let what = format!("{:?} of {:?}", case.loss, logits.dim());
        loss.forward(logits.view(), wanted.rows(0..rows), answers.view_mut(), losses.as_slice_mut().unwrap());
        compare(&format!("{what}: answers"), &answers, &matrix(&case.answers), ONE_FUNCTION);
        compare(&format!("{what}: losses"), &losses, &row(&case.sample_losses), ONE_FUNCTION);
        loss.backward(wanted.rows(0..rows), rows, answers.view_mut());
        compare(&format!("{what}: slopes"), &answers, &matrix(&case.logit_gradient), ONE_FUNCTION);
    }
}

#[derive(Deserialize)]
struct Schedules {
    rate: f32,
    cases: Vec<Rates>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rates {
    schedule: Schedule,
    steps_per_epoch: u64,
    rates: Vec<f64>,
}

#[test]
fn every_step_of_a_schedule_is_taken_with_pytorch_s_rate() {
    let Schedules { rate, cases } = read("schedules");
    assert_eq!(cases.len(), 6);
    let mut experiment = parse_link("").experiment;
    experiment.learning_rate[0].rate = rate;
    for Rates { schedule, steps_per_epoch, rates } in cases {
        experiment.schedule = schedule;
        let ours = (0..rates.len()).map(|step| experiment.rate_at(step as u64, steps_per_epoch));
        let ours = Array2::from_shape_vec((1, rates.len()), ours.collect()).unwrap();
        compare(&format!("{schedule:?}"), &ours, &row(&rates), 1.0);
    }
}
