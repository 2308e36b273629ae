//! What the files cover: a loop over nothing would pass.

use std::mem::discriminant;

use brainbow::layer::{Activation, LayerSpec};
use brainbow::loss::LossSpec;
use brainbow::optimizer::OptimizerSpec;

use crate::case::{Case, networks};

pub const ACTIVATIONS: [Activation; 7] = [
    Activation::Linear,
    Activation::Relu,
    Activation::LeakyRelu,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::Softplus,
    Activation::Gelu,
];

pub const LOSSES: [LossSpec; 5] = [
    LossSpec::SoftmaxCrossEntropy,
    LossSpec::BinaryCrossEntropy,
    LossSpec::MeanSquaredError,
    LossSpec::MeanAbsoluteError,
    LossSpec::SigmoidAbsoluteError,
];

#[test]
fn every_case_has_two_unequal_batches_and_runs_of_20_steps() {
    for (name, case) in networks() {
        assert_eq!(case.batches.iter().map(super::case::Batch::rows).collect::<Vec<_>>(), [6, 2], "{name}");
        assert!(!case.runs.is_empty(), "{name}");
        for run in &case.runs {
            assert_eq!(run.losses.len(), 20);
            assert_eq!(run.after.iter().map(|after| after.steps).collect::<Vec<_>>(), [1, 20]);
        }
    }
}

#[test]
fn every_optimizer_runs_at_every_depth_with_its_defaults_and_with_others_whose_rate_changes() {
    for depth in [0, 1, 3] {
        let at_depth = |case: &Case| case.layers.len() / 2 == depth;
        let runs: Vec<_> = networks()
            .into_iter()
            .filter(|(_, case)| at_depth(case))
            .flat_map(|(_, case)| case.runs)
            .collect();
        for (name, usual, _) in OptimizerSpec::ALL {
            assert!(runs.iter().any(|run| run.optimizer == usual), "{name} {depth}");
            let changes = usual.clone().settings().is_empty()
                || runs.iter().any(|run| {
                    discriminant(&run.optimizer) == discriminant(&usual)
                        && run.learning_rate.len() > 1
                        && no_setting_is_usual(run.optimizer, usual)
                });
            assert!(changes, "{name} {depth}");
        }
    }
}

fn no_setting_is_usual(mut optimizer: OptimizerSpec, mut usual: OptimizerSpec) -> bool {
    let pairs = optimizer.settings().into_iter().zip(usual.settings());
    pairs.into_iter().all(|(one, other)| *one.value != *other.value)
}

#[test]
fn every_activation_bends_every_depth_and_every_loss_trains_a_network() {
    let networks = networks();
    for function in ACTIVATIONS {
        for depth in [1, 3] {
            let bends = |case: &Case| {
                case.layers.len() / 2 == depth && case.layers.contains(&LayerSpec::Activation { function })
            };
            assert!(networks.iter().any(|(_, case)| bends(case)), "{function:?} {depth}");
        }
    }
    for loss in LOSSES {
        assert!(networks.iter().any(|(_, case)| case.loss == loss), "{loss:?}");
    }
}
