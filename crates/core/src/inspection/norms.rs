//! The lengths of a step: gradients that vanish or explode, and steps too long for the weights, show here first.

use serde::Serialize;

use crate::layer::Param;
use crate::network::Network;

/// Euclidean lengths over all parameters of a layer, weight and bias together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LayerNorms {
    /// The layer's place in the network (from 0).
    pub place: usize,
    /// Of ∂loss/∂parameters of the batch, the penalty included.
    pub gradient: f64,
    /// Of what the step added to the parameters.
    pub update: f64,
    /// Of the parameters after the step.
    pub weights: f64,
}

/// Measures one step when it is asked to, and costs no time otherwise; its room is there from the beginning.
pub struct Norms {
    wanted: bool,
    /// All parameters before the step.
    before: Vec<f32>,
    layers: Vec<LayerNorms>,
}

impl Norms {
    /// With room for a network's parameters: a step that is measured allocates no more than any other.
    pub(crate) fn of(network: &Network) -> Self {
        Self {
            wanted: false,
            before: Vec::with_capacity(network.parameter_count()),
            layers: Vec::with_capacity(network.len()),
        }
    }

    /// Asks for the next step to be measured.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// The last step that was measured; empty before the first.
    pub fn layers(&self) -> &[LayerNorms] {
        &self.layers
    }

    /// Notes the parameters before a step.
    pub(crate) fn begin(&mut self, network: &Network) {
        if self.wanted {
            self.before.clear();
            self.before.extend(network.params().flat_map(|param| &param.value));
        }
    }

    /// Measures, the step having been taken.
    pub(crate) fn end(&mut self, network: &Network) {
        if !std::mem::take(&mut self.wanted) {
            return;
        }
        self.layers.clear();
        let mut before = self.before.iter();
        for place in 0..network.len() {
            let params = network.layer_params(place);
            if params.is_empty() {
                continue;
            }
            let values = || params.iter().flat_map(|param: &Param| &param.value);
            let moved = values().zip(&mut before).map(|(now, before)| now - before);
            self.layers.push(LayerNorms {
                place,
                update: length(moved),
                gradient: length(params.iter().flat_map(|param| &param.grad).copied()),
                weights: length(values().copied()),
            });
        }
    }
}

fn length(values: impl Iterator<Item = f32>) -> f64 {
    values.map(|value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::dataset::Dataset;
    use crate::experiment::parse_link;
    use crate::trainer::Trainer;

    #[test]
    fn a_step_of_gradient_descent_is_as_long_as_the_gradient_times_the_rate() {
        let data = Arc::new(Dataset::generated(1, 100, 5));
        let mut trainer =
            Trainer::new(parse_link("hidden=7,5&batch=30&lr=0.25&l2=0.1").experiment, data).unwrap();
        trainer.run(2);
        assert!(trainer.norms().is_empty());
        trainer.measure_next_step();
        trainer.run(1);
        let layers = trainer.norms().to_vec();
        assert_eq!(layers.iter().map(|layer| layer.place).collect::<Vec<_>>(), [0, 2, 4]);
        for layer in &layers {
            assert!(layer.gradient > 1e-3, "{layer:?}");
            assert!((layer.update / layer.gradient - 0.25).abs() < 1e-4, "{layer:?}");
        }
        let weights = trainer.network().layer_params(2);
        let squares = weights.iter().flat_map(|param| &param.value).map(|&w| f64::from(w) * f64::from(w));
        assert!((layers[1].weights - squares.sum::<f64>().sqrt()).abs() < 1e-9);
        trainer.run(1);
        assert_eq!(trainer.norms(), layers, "only the step that was asked for");
    }
}
