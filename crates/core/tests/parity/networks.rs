//! Networks of every activation, loss and optimizer.

use brainbow::experiment::RateFrom;
use brainbow::layer::{self, Layer, Pass};
use brainbow::{loss, optimizer};
use ndarray::Array2;

use crate::case::{Batch, Case, networks, pass};
use crate::numbers::{compare, compare_all, compare_one, exact, matrix, row};
use crate::{AFTER_ALL_STEPS, AFTER_ONE_STEP, GRADIENTS, ON_THE_WAY, OUTPUTS};

#[test]
fn outputs_and_losses_are_pytorch_s() {
    for (name, case) in networks() {
        for batch in &case.batches {
            let found = pass(&mut case.network(), &*loss::build(case.loss), batch);
            compare(&format!("{name}: logits"), &found.logits, &matrix(&batch.logits), OUTPUTS);
            let losses = Array2::from_shape_vec((1, found.losses.len()), found.losses.clone()).unwrap();
            compare(&format!("{name}: sample losses"), &losses, &row(&batch.sample_losses), OUTPUTS);
            compare_one(&format!("{name}: loss"), found.mean_loss(), batch.loss, OUTPUTS);
        }
    }
}

#[test]
fn the_gradient_of_every_parameter_is_pytorch_s() {
    for (name, case) in networks() {
        for batch in &case.batches {
            let mut network = case.network();
            pass(&mut network, &*loss::build(case.loss), batch);
            let ours = network.params().map(|param| &param.grad);
            compare_all(&format!("{name}: gradient"), ours, &batch.parameter_gradients, GRADIENTS);
        }
    }
}

#[test]
fn the_gradient_of_the_input_is_pytorch_s() {
    for (name, case) in networks() {
        for batch in &case.batches {
            let ours = input_gradient(&case, batch);
            compare(&format!("{name}: input gradient"), &ours, &matrix(&batch.input_gradient), GRADIENTS);
        }
    }
}

/// By hand through the layers, as a network leaves out the one that nobody below needs.
fn input_gradient(case: &Case, batch: &Batch) -> Array2<f32> {
    let (network, rows, wanted) = (case.network(), batch.rows(), batch.wanted());
    let mut values = vec![exact(&batch.inputs)];
    let mut layers: Vec<Box<dyn Layer>> = Vec::new();
    for (place, &spec) in case.layers.iter().enumerate() {
        let mut layer = layer::build(spec, values[place].ncols(), 0, 0);
        layer.params_mut().clone_from_slice(network.layer_params(place));
        let mut y = Array2::zeros((rows, layer.outputs()));
        layer.forward(values[place].view(), y.view_mut());
        values.push(y);
        layers.push(layer);
    }
    let (loss, outputs) = (loss::build(case.loss), values[layers.len()].view());
    let mut slope = Array2::zeros(outputs.raw_dim());
    loss.forward(outputs, wanted.rows(0..rows), slope.view_mut(), &mut vec![0.0; rows]);
    loss.backward(wanted.rows(0..rows), rows, slope.view_mut());
    for (place, layer) in layers.iter_mut().enumerate().rev() {
        let mut below = Array2::zeros(values[place].raw_dim());
        let pass = Pass { x: values[place].view(), y: values[place + 1].view(), dy: slope.view() };
        layer.backward(pass, Some(below.view_mut()));
        slope = below;
    }
    slope
}

#[test]
fn every_optimizer_and_every_loss_lead_to_pytorch_s_weights_after_1_and_after_20_steps() {
    for (name, case) in networks() {
        for run in &case.runs {
            let what = format!("{name} {:?}", run.optimizer);
            let mut network = case.network();
            let shapes: Vec<_> = network.params().map(|param| param.value.dim()).collect();
            let mut optimizer = optimizer::build(run.optimizer, &shapes);
            let loss = loss::build(case.loss);
            for (step, &expected) in run.losses.iter().enumerate() {
                // The second batch is shorter: each is divided by its own length.
                let batch = &case.batches[step % case.batches.len()];
                let found = pass(&mut network, &*loss, batch).mean_loss();
                compare_one(&format!("{what}: loss on the way"), found, expected, ON_THE_WAY);
                optimizer.step(step as u64 + 1, rate_at(&run.learning_rate, step), &mut network.params_mut());
                if let Some(after) = run.after.iter().find(|after| after.steps == step + 1) {
                    let units = if step == 0 { AFTER_ONE_STEP } else { AFTER_ALL_STEPS };
                    let ours = network.params().map(|param| &param.value);
                    compare_all(&format!("{what}: step {}", step + 1), ours, &after.parameters, units);
                }
            }
        }
    }
}

fn rate_at(rates: &[RateFrom], step: usize) -> f32 {
    rates.iter().rfind(|change| change.step as usize <= step).unwrap().rate
}
