//! A network, what goes through it, and where training leads it.

use std::fs;
use std::path::Path;

use brainbow::experiment::RateFrom;
use brainbow::layer::LayerSpec;
use brainbow::loss::{Loss, LossSpec, Targets};
use brainbow::network::{Block, Network};
use brainbow::optimizer::OptimizerSpec;
use ndarray::{Array2, Axis, s};
use serde::Deserialize;

use crate::numbers::{Parameters, Rows, exact, in_our_layout, read};

/// Rows that go through a network at once: fewer than the batch has, so that it is cut.
const ROWS: usize = 4;

#[derive(Deserialize)]
pub struct Case {
    pub inputs: usize,
    pub layers: Vec<LayerSpec>,
    pub loss: LossSpec,
    parameters: Vec<Parameters>,
    pub batches: Vec<Batch>,
    pub runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    pub inputs: Rows,
    labels: Option<Vec<u8>>,
    values: Option<Rows>,
    pub logits: Rows,
    pub sample_losses: Vec<f64>,
    pub loss: f64,
    pub parameter_gradients: Vec<Parameters>,
    pub input_gradient: Rows,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    pub optimizer: OptimizerSpec,
    pub learning_rate: Vec<RateFrom>,
    pub losses: Vec<f64>,
    pub after: Vec<After>,
}

#[derive(Deserialize)]
pub struct After {
    pub steps: usize,
    pub parameters: Vec<Parameters>,
}

/// Class numbers, or a value for each output.
pub enum Wanted {
    Classes(Vec<u8>),
    Values(Array2<f32>),
}

impl Wanted {
    pub fn of(classes: Option<&Vec<u8>>, values: Option<&Rows>) -> Self {
        match (classes, values) {
            (Some(classes), None) => Wanted::Classes(classes.clone()),
            (None, Some(values)) => Wanted::Values(exact(values)),
            _ => panic!("either classes or values"),
        }
    }

    pub fn rows(&self, rows: std::ops::Range<usize>) -> Targets<'_> {
        match self {
            Wanted::Classes(classes) => Targets::Classes(&classes[rows]),
            Wanted::Values(values) => Targets::Values(values.slice(s![rows, ..])),
        }
    }
}

impl Batch {
    pub fn rows(&self) -> usize {
        self.inputs.len()
    }

    pub fn wanted(&self) -> Wanted {
        Wanted::of(self.labels.as_ref(), self.values.as_ref())
    }
}

/// All networks, by the names of their files.
pub fn networks() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let named = |file: &str| file.starts_with("network-") || file.starts_with("loss-");
    let mut names: Vec<_> = files.filter(|file| named(file)).collect();
    names.sort();
    let case = |file: String| {
        let name = file.trim_end_matches(".json");
        (name.to_owned(), read(name))
    };
    names.into_iter().map(case).collect()
}

impl Case {
    pub fn network(&self) -> Network {
        let mut network = Network::new(self.inputs, &self.layers, 0);
        assert_eq!(network.params().count(), 2 * self.parameters.len());
        for (param, value) in network.params_mut().zip(in_our_layout(&self.parameters)) {
            param.value.assign(&value.mapv(|v| v as f32));
        }
        network
    }
}

/// What one pass over a batch finds, besides the gradients that it leaves in the network.
pub struct Found {
    pub logits: Array2<f32>,
    pub losses: Vec<f32>,
}

impl Found {
    pub fn mean_loss(&self) -> f64 {
        self.losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / self.losses.len() as f64
    }
}

/// Forward and backward over the batch, in blocks of [`ROWS`] rows.
pub fn pass(network: &mut Network, loss: &dyn Loss, batch: &Batch) -> Found {
    let mut block = Block::new(network);
    let (inputs, wanted) = (exact(&batch.inputs), batch.wanted());
    let mut logits = Array2::zeros((0, network.widths().last().unwrap()));
    let mut losses = vec![0.0; batch.rows()];
    network.clear_gradients();
    for start in (0..batch.rows()).step_by(ROWS) {
        let end = batch.rows().min(start + ROWS);
        let rows = end - start;
        block.input().slice_mut(s![..rows, ..]).assign(&inputs.slice(s![start..end, ..]));
        network.forward(&mut block, rows);
        let (outputs, mut slopes) = block.output_and_slope(rows);
        logits.append(Axis(0), outputs).unwrap();
        loss.forward(outputs, wanted.rows(start..end), slopes.view_mut(), &mut losses[start..end]);
        loss.backward(wanted.rows(start..end), batch.rows(), slopes);
        network.backward(&mut block, rows);
    }
    Found { logits, losses }
}
