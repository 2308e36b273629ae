//! A network's layers, output shapes and parameters, as Keras's `summary()` lists them.

use serde::Serialize;

use crate::layer::LayerSpec;

/// One line of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LayerSummary {
    /// What the layer is.
    pub layer: LayerSpec,
    /// The output's width.
    pub outputs: usize,
    /// How many numbers it learns.
    pub parameters: usize,
}

/// The lines of the summary, from the first layer to the last.
pub fn summary(inputs: usize, layers: &[LayerSpec]) -> Vec<LayerSummary> {
    let mut width = inputs;
    layers
        .iter()
        .map(|&layer| match layer {
            LayerSpec::Dense { units, .. } => {
                let parameters = (width + 1) * units;
                width = units;
                LayerSummary { layer, outputs: units, parameters }
            }
            LayerSpec::Activation { .. } | LayerSpec::Dropout { .. } => {
                LayerSummary { layer, outputs: width, parameters: 0 }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::experiment::parse_link;
    use crate::network::Network;

    #[test]
    fn the_counts_are_keras_s_and_those_of_the_network_that_is_built() {
        for (link, expected) in [("hidden=0", 7_850), ("hidden=10", 7_960), ("hidden=128,30", 104_660)] {
            let experiment = parse_link(link).experiment;
            let lines = super::summary(784, &experiment.layers);
            assert_eq!(lines.iter().map(|line| line.parameters).sum::<usize>(), expected, "{link}");
            assert_eq!(Network::new(784, &experiment.layers, 1).parameter_count(), expected);
        }
    }
}
