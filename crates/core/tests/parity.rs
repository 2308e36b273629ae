//! The engine against PyTorch: outputs, losses, gradients, and the weights that every optimizer leads to.
//!
//! `tests/parity/make.py` wrote the numbers, in float64 and from weights and inputs that an f32 holds
//! exactly, so a deviation is our rounding and nothing else. It is measured in units of f32's epsilon
//! (2⁻²³) and of the largest number of the tensor. One operation rounds by at most half a unit; a sum of
//! up to eight products, through up to four layers and back, comes to a few units, and the twenty steps
//! of an optimizer to a few more. The tolerances are about four times the worst deviation measured.

// clippy.toml lets tests unwrap, but does not count functions beside them as tests.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use brainbow::dataset::{Dataset, ImageShape, idx};
use brainbow::experiment::RateFrom;
use brainbow::layer::{self, Activation, Layer, LayerSpec, Param, Pass};
use brainbow::loss::{self, Loss, LossSpec, Targets};
use brainbow::network::{Block, Network};
use brainbow::optimizer::{self, OptimizerSpec};
use brainbow::{Experiment, Trainer};
use ndarray::Array2;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Units allowed for one function (1.8 measured).
const ONE_FUNCTION: f64 = 4.0;
/// For logits and losses (1.8).
const OUTPUTS: f64 = 8.0;
/// For gradients (4.9).
const GRADIENTS: f64 = 20.0;
/// For weights after one step (2.3).
const AFTER_ONE_STEP: f64 = 8.0;
/// For weights after twenty steps, and the losses on the way (9.2).
const AFTER_ALL_STEPS: f64 = 36.0;

/// Rows that go through a network at once: fewer than the batch has, so that it is cut.
const ROWS: usize = 4;

const NETWORKS: [&str; 11] = [
    "network-0",
    "network-1-linear",
    "network-1-relu",
    "network-1-leakyRelu",
    "network-1-sigmoid",
    "network-1-tanh",
    "network-3-linear",
    "network-3-relu",
    "network-3-leakyRelu",
    "network-3-sigmoid",
    "network-3-tanh",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    inputs: usize,
    layers: Vec<LayerSpec>,
    loss: LossSpec,
    parameters: Vec<Parameters>,
    batches: Vec<Batch>,
    runs: Vec<Run>,
}

/// A dense layer's. weight: outputs × inputs, PyTorch's layout, the transpose of ours.
#[derive(Deserialize)]
struct Parameters {
    weight: Rows,
    bias: Vec<f64>,
}

type Rows = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch {
    inputs: Rows,
    labels: Vec<u8>,
    logits: Rows,
    sample_losses: Vec<f64>,
    loss: f64,
    parameter_gradients: Vec<Parameters>,
    input_gradient: Rows,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    optimizer: OptimizerSpec,
    learning_rate: Vec<RateFrom>,
    losses: Vec<f64>,
    after: Vec<After>,
}

#[derive(Deserialize)]
struct After {
    steps: usize,
    parameters: Vec<Parameters>,
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity");
    serde_json::from_str(&fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()).unwrap()
}

fn matrix(rows: &Rows) -> Array2<f64> {
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

fn row(values: &[f64]) -> Array2<f64> {
    Array2::from_shape_vec((1, values.len()), values.to_vec()).unwrap()
}

/// In our layout, in the order of [`Network::params`].
fn in_our_layout(layers: &[Parameters]) -> impl Iterator<Item = Array2<f64>> + '_ {
    layers.iter().flat_map(|layer| [matrix(&layer.weight).reversed_axes(), row(&layer.bias)])
}

/// Fails where ours is further from PyTorch's than so many units; where all of PyTorch's are zero, ours are.
fn compare(what: &str, ours: &Array2<f32>, theirs: &Array2<f64>, units: f64) {
    assert_eq!(ours.dim(), theirs.dim(), "{what}");
    let scale = theirs.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    for (at, &value) in theirs.indexed_iter() {
        let difference = (f64::from(ours[at]) - value).abs();
        let allowed = units * f64::from(f32::EPSILON) * scale;
        assert!(difference <= allowed, "{what} {at:?}: {} for PyTorch's {value}", ours[at]);
    }
    let worst = ours.iter().zip(theirs).map(|(&a, b)| (f64::from(a) - b).abs()).fold(0.0, f64::max);
    println!(
        "{:8.2} of {units} units: {what}",
        worst / scale.max(f64::MIN_POSITIVE) / f64::from(f32::EPSILON)
    );
}

fn compare_all<'a>(
    what: &str,
    ours: impl Iterator<Item = &'a Array2<f32>>,
    theirs: &[Parameters],
    units: f64,
) {
    let ours: Vec<_> = ours.collect();
    assert_eq!(ours.len(), 2 * theirs.len(), "{what}");
    for (place, (ours, theirs)) in ours.into_iter().zip(in_our_layout(theirs)).enumerate() {
        compare(&format!("{what} of {} {}", ["weight", "bias"][place % 2], place / 2), ours, &theirs, units);
    }
}

impl Case {
    fn network(&self) -> Network {
        let mut network = Network::new(self.inputs, &self.layers, 0);
        assert_eq!(network.params().count(), 2 * self.parameters.len());
        for (param, value) in network.params_mut().zip(in_our_layout(&self.parameters)) {
            param.value.assign(&value.mapv(|v| v as f32));
        }
        network
    }
}

/// What one pass over a batch finds, besides the gradients that it leaves in the network.
struct Found {
    logits: Array2<f32>,
    losses: Vec<f32>,
}

impl Found {
    fn mean_loss(&self) -> f64 {
        self.losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / self.losses.len() as f64
    }
}

/// Forward and backward over the batch, in blocks of [`ROWS`] rows.
fn pass(network: &mut Network, loss: &dyn Loss, batch: &Batch) -> Found {
    let mut block = Block::new(network);
    let classes = network.widths().last().unwrap();
    let inputs = matrix(&batch.inputs).mapv(|v| v as f32);
    let mut logits = Array2::zeros((0, classes));
    let mut losses = vec![0.0; batch.labels.len()];
    network.clear_gradients();
    for (place, labels) in batch.labels.chunks(ROWS).enumerate() {
        let (start, rows) = (place * ROWS, labels.len());
        let rows_of = ndarray::s![start..start + rows, ..];
        block.input().slice_mut(ndarray::s![..rows, ..]).assign(&inputs.slice(rows_of));
        network.forward(&mut block, rows);
        let (outputs, mut slopes) = block.output_and_slope(rows);
        logits.append(ndarray::Axis(0), outputs).unwrap();
        loss.forward(outputs, Targets::Classes(labels), slopes.view_mut(), &mut losses[start..start + rows]);
        loss.backward(Targets::Classes(labels), batch.labels.len(), slopes);
        network.backward(&mut block, rows);
    }
    Found { logits, losses }
}

#[test]
fn outputs_and_losses_are_pytorch_s() {
    for name in NETWORKS {
        let case: Case = read(name);
        for batch in &case.batches {
            let found = pass(&mut case.network(), &*loss::build(case.loss), batch);
            compare(&format!("{name}: logits"), &found.logits, &matrix(&batch.logits), OUTPUTS);
            let losses = Array2::from_shape_vec((1, found.losses.len()), found.losses.clone()).unwrap();
            compare(&format!("{name}: sample losses"), &losses, &row(&batch.sample_losses), OUTPUTS);
            let mean = Array2::from_elem((1, 1), found.mean_loss() as f32);
            compare(&format!("{name}: loss"), &mean, &row(&[batch.loss]), OUTPUTS);
        }
    }
}

#[test]
fn the_gradient_of_every_parameter_is_pytorch_s() {
    for name in NETWORKS {
        let case: Case = read(name);
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
    for name in NETWORKS {
        let case: Case = read(name);
        for batch in &case.batches {
            let ours = input_gradient(&case, batch);
            compare(&format!("{name}: input gradient"), &ours, &matrix(&batch.input_gradient), GRADIENTS);
        }
    }
}

/// By hand through the layers, as a network leaves out the one that nobody below needs.
fn input_gradient(case: &Case, batch: &Batch) -> Array2<f32> {
    let network = case.network();
    let rows = batch.labels.len();
    let mut values = vec![matrix(&batch.inputs).mapv(|v| v as f32)];
    let mut layers: Vec<Box<dyn Layer>> = Vec::new();
    for (place, &spec) in case.layers.iter().enumerate() {
        let mut layer = layer::build(spec, values[place].ncols(), 0, 0);
        layer.params_mut().clone_from_slice(network.layer_params(place));
        let mut y = Array2::zeros((rows, layer.outputs()));
        layer.forward(values[place].view(), y.view_mut());
        values.push(y);
        layers.push(layer);
    }
    let loss = loss::build(case.loss);
    let mut slope = Array2::zeros(values[layers.len()].raw_dim());
    loss.forward(
        values[layers.len()].view(),
        Targets::Classes(&batch.labels),
        slope.view_mut(),
        &mut vec![0.0; rows],
    );
    loss.backward(Targets::Classes(&batch.labels), rows, slope.view_mut());
    for (place, layer) in layers.iter_mut().enumerate().rev() {
        let mut below = Array2::zeros(values[place].raw_dim());
        let pass = Pass { x: values[place].view(), y: values[place + 1].view(), dy: slope.view() };
        layer.backward(pass, Some(below.view_mut()));
        slope = below;
    }
    slope
}

#[test]
fn every_optimizer_leads_to_pytorch_s_weights_after_1_and_after_20_steps() {
    for name in NETWORKS {
        let case: Case = read(name);
        for run in &case.runs {
            let what = format!("{name} {:?}", run.optimizer);
            let mut network = case.network();
            let shapes: Vec<_> = network.params().map(|param| param.value.dim()).collect();
            let mut optimizer = optimizer::build(run.optimizer, &shapes);
            let loss = loss::build(case.loss);
            for (step, &expected) in run.losses.iter().enumerate() {
                // The second batch is shorter: each is divided by its own length.
                let batch = &case.batches[step % case.batches.len()];
                let found = pass(&mut network, &*loss, batch).mean_loss() as f32;
                let found = Array2::from_elem((1, 1), found);
                compare(&format!("{what}: loss on the way"), &found, &row(&[expected]), AFTER_ALL_STEPS);
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

#[test]
fn the_cases_cover_every_optimizer_twice_after_1_and_20_steps_and_every_activation_at_every_depth() {
    let mut functions = Vec::new();
    for name in NETWORKS {
        let case: Case = read(name);
        assert_eq!(case.batches.iter().map(|batch| batch.labels.len()).collect::<Vec<_>>(), [6, 2]);
        for run in &case.runs {
            assert_eq!(run.losses.len(), 20);
            assert_eq!(run.after.iter().map(|after| after.steps).collect::<Vec<_>>(), [1, 20]);
        }
        let of_kind =
            |kind: fn(&OptimizerSpec) -> bool| case.runs.iter().filter(|r| kind(&r.optimizer)).count();
        assert_eq!(of_kind(|kind| matches!(kind, OptimizerSpec::Sgd)), 1);
        assert_eq!(of_kind(|kind| matches!(kind, OptimizerSpec::Momentum { .. })), 2);
        assert_eq!(of_kind(|kind| matches!(kind, OptimizerSpec::Adam { .. })), 2);
        assert!(case.runs.iter().any(|run| run.optimizer == OptimizerSpec::MOMENTUM));
        assert!(case.runs.iter().any(|run| run.optimizer == OptimizerSpec::ADAM));
        functions.extend(case.layers.iter().find_map(|layer| match layer {
            LayerSpec::Activation { function } => Some((*function, case.layers.len() / 2)),
            LayerSpec::Dense { .. } | LayerSpec::Dropout { .. } => None,
        }));
    }
    for function in ACTIVATIONS {
        for depth in [1, 3] {
            assert!(functions.contains(&(function, depth)), "{function:?} {depth}");
        }
    }
}

const ACTIVATIONS: [Activation; 5] =
    [Activation::Linear, Activation::Relu, Activation::LeakyRelu, Activation::Sigmoid, Activation::Tanh];

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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LossCase {
    loss: LossSpec,
    logits: Rows,
    labels: Vec<u8>,
    probabilities: Rows,
    sample_losses: Vec<f64>,
    logit_gradient: Rows,
}

#[test]
fn probabilities_losses_and_their_slopes_are_pytorch_s_for_large_logits_too() {
    let case: LossCase = read("loss");
    let (logits, rows) = (matrix(&case.logits).mapv(|v| v as f32), case.labels.len());
    let loss = loss::build(case.loss);
    let (mut answers, mut losses) = (Array2::zeros(logits.raw_dim()), Array2::zeros((1, rows)));
    loss.forward(
        logits.view(),
        Targets::Classes(&case.labels),
        answers.view_mut(),
        losses.as_slice_mut().unwrap(),
    );
    compare("probabilities", &answers, &matrix(&case.probabilities), ONE_FUNCTION);
    compare("losses", &losses, &row(&case.sample_losses), ONE_FUNCTION);
    loss.backward(Targets::Classes(&case.labels), rows, answers.view_mut());
    compare("logits' gradient", &answers, &matrix(&case.logit_gradient), ONE_FUNCTION);
}

#[derive(Deserialize)]
struct TrainerCase {
    height: usize,
    width: usize,
    pixels: Vec<Vec<u8>>,
    labels: Vec<u8>,
    experiment: Experiment,
    losses: Vec<f64>,
    after: Vec<After>,
}

#[test]
fn a_trainer_whose_batch_is_cut_into_blocks_takes_pytorch_s_steps() {
    let case: TrainerCase = read("trainer");
    let mut trainer = Trainer::new(case.experiment.clone(), Arc::new(case.data())).unwrap();
    assert!(Block::new(trainer.network()).rows() < case.labels.len(), "the batch is longer than a block");
    for (step, &expected) in case.losses.iter().enumerate() {
        let result = trainer.run(1).unwrap();
        let found = Array2::from_elem((1, 1), result.loss as f32);
        compare("trainer: loss on the way", &found, &row(&[expected]), AFTER_ALL_STEPS);
        if let Some(after) = case.after.iter().find(|after| after.steps == step + 1) {
            let ours = trainer.network().params().map(|param: &Param| &param.value);
            let units = if step == 0 { AFTER_ONE_STEP } else { AFTER_ALL_STEPS };
            compare_all(&format!("trainer: step {}", step + 1), ours, &after.parameters, units);
        }
    }
}

impl TrainerCase {
    /// As MNIST's files are; the same images serve as those held out.
    fn data(&self) -> Dataset {
        let header = |numbers: &[usize]| numbers.iter().flat_map(|&n| (n as u32).to_be_bytes()).collect();
        let file = |name: &str, head: Vec<u8>, body: &[u8]| idx::File {
            name: name.into(),
            bytes: [head.as_slice(), body].concat(),
        };
        let count = self.labels.len();
        let pair = || {
            let head = header(&[0x0803, count, self.height, self.width]);
            let images = file("images", head, &self.pixels.concat());
            let labels = file("labels", header(&[0x0801, count]), &self.labels);
            idx::pair(images, labels, ImageShape { height: self.height, width: self.width }, 10).unwrap()
        };
        Dataset::from_files(pair(), pair())
    }
}
