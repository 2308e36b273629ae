//! A run's arrays, under PyTorch's names and in its shapes.
//!
//! ```text
//! 0.weight                      outputs × inputs, as torch.nn.Linear has it (the engine's transposed)
//! 0.bias                        outputs
//! scaling.mean, scaling.factor  what inputs go through first, `(x − mean) · factor`, where they do
//! scaling.target                mean and standard deviation of a number that is told, where it is learned without them
//! optimizer.exp_avg.0.weight    the optimizer's memory of it, if it has one, in the same shape
//! ```
//! `0` is the layer's place in the experiment, activations counted, as in `torch.nn.Sequential`.

use brainbow::dataset::{Scaling, TargetScale};
use brainbow::{Experiment, Trainer, snapshot};

/// What a number to be told is scaled by; not in files of before.
pub const TARGET: &str = "scaling.target";

/// The name, the shape and the little-endian numbers of each array.
pub type Arrays = Vec<(String, Vec<usize>, Vec<u8>)>;

/// The name of each array of a snapshot, in its order.
pub fn names(trainer: &mut Trainer) -> Vec<String> {
    let layers = trainer.experiment().layers.len();
    let network = trainer.network();
    let params: Vec<String> = (0..layers)
        .flat_map(|place| {
            let kinds = ["weight", "bias"].into_iter().take(network.layer_params(place).len());
            kinds.map(move |kind| format!("{place}.{kind}"))
        })
        .collect();
    let memories = memories(trainer.experiment());
    let groups = snapshot::arrays(trainer).count() / params.len();
    let mut names = params.clone();
    for group in 1..groups {
        let memory = memories.get(group - 1).map_or(format!("memory{group}"), |name| (*name).to_string());
        names.extend(params.iter().map(|param| format!("optimizer.{memory}.{param}")));
    }
    names
}

/// What PyTorch calls an optimizer's memory.
fn memories(experiment: &Experiment) -> &'static [&'static str] {
    let spec = serde_json::to_value(experiment.optimizer).unwrap_or_default();
    match spec["kind"].as_str() {
        Some("momentum" | "nesterov") => &["momentum_buffer"],
        Some("rmsprop") => &["square_avg"],
        Some("adagrad") => &["sum"],
        Some("adam" | "adamw") => &["exp_avg", "exp_avg_sq"],
        _ => &[],
    }
}

/// Parameters, the optimizer's memory, the scaling.
pub fn of(trainer: &mut Trainer) -> Arrays {
    let named = names(trainer).into_iter().zip(snapshot::arrays(trainer));
    let arrays = named.map(|(name, array)| {
        let bytes = array.t().iter().flat_map(|value| value.to_le_bytes()).collect();
        let shape = shape(&name, array.dim());
        (name, shape, bytes)
    });
    let mut arrays: Arrays = arrays.collect();
    for (name, values) in trainer.network().scaling().map(scaled).into_iter().flatten() {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        arrays.push((name.into(), vec![values.len()], bytes));
    }
    arrays
}

/// The arrays of a scaling.
pub fn scaled(scaling: &Scaling) -> Vec<(&'static str, Vec<f32>)> {
    let TargetScale { mean, deviation } = scaling.target;
    let mut arrays = vec![("scaling.mean", scaling.mean.clone()), ("scaling.factor", scaling.factor.clone())];
    if scaling.target != TargetScale::default() {
        arrays.push((TARGET, vec![mean as f32, deviation as f32]));
    }
    arrays
}

/// PyTorch's shape of an array of the engine: a bias has one dimension, a weight is outputs × inputs.
pub fn shape(name: &str, (rows, columns): (usize, usize)) -> Vec<usize> {
    if name.ends_with("bias") { vec![columns] } else { vec![columns, rows] }
}
