//! `brainbow summary`: layers, output shapes and parameters, as Keras's `summary()` prints them.

use std::collections::BTreeMap;
use std::io::Write;

use brainbow::experiment::{self as core_experiment, LayerSummary};
use brainbow::layer::LayerSpec;
use brainbow::{Experiment, Network};
use serde::Serialize;

use crate::arguments;
use crate::experiment;
use crate::failure::Failure;
use crate::numbers::count;
use crate::output;

/// One line.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    /// Keras's: any number of samples (none), then the width.
    output_shape: [Option<usize>; 2],
    parameters: usize,
}

/// `brainbow summary`.
pub fn summary(arguments: &arguments::Summary) -> Result<(), Failure> {
    let experiment = experiment::read(&arguments.which, None)?;
    let layers = core_experiment::summary(experiment.data.shape().inputs(), &experiment.layers);
    let total: usize = layers.iter().map(|layer| layer.parameters).sum();
    let lines = lines(&layers);
    if arguments.json {
        let optimizer = &experiment.optimizer;
        return output::object(
            &serde_json::json!({ "layers": lines, "parameters": total, "optimizer": optimizer }),
        );
    }
    let optimizer = optimizer(&experiment);
    Ok(writeln!(std::io::stdout(), "{}Optimizer: {optimizer}", table(&lines, total))?)
}

/// With all its numbers, of which libraries have different defaults: "adam (beta1 0.9, beta2 0.999, epsilon 1e-8)".
pub fn optimizer(experiment: &Experiment) -> String {
    let spec = serde_json::to_value(experiment.optimizer).unwrap_or_default();
    let name = spec["kind"].as_str().unwrap_or_default();
    let numbers = spec.as_object().into_iter().flatten().filter(|(key, _)| *key != "kind");
    let numbers: Vec<_> = numbers.map(|(key, value)| format!("{key} {value}")).collect();
    if numbers.is_empty() { name.into() } else { format!("{name} ({})", numbers.join(", ")) }
}

/// 784-30-10: the width of the input and of what each layer that learns gives.
pub fn widths(network: &Network) -> String {
    let mut widths: Vec<String> = network.widths().take(1).map(|width| width.to_string()).collect();
    let learned = network.params().step_by(2).map(|weight| weight.value.ncols().to_string());
    widths.extend(learned);
    widths.join("-")
}

fn lines(layers: &[LayerSummary]) -> Vec<Line> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let line = |layer: &LayerSummary| {
        let (plain, kind) = words(&layer.layer);
        let before = seen.entry(plain.clone()).or_insert(0);
        // Keras's: dense, dense_1, dense_2.
        let name = if *before == 0 { plain } else { format!("{plain}_{before}") };
        *before += 1;
        Line { name, kind, output_shape: [None, Some(layer.outputs)], parameters: layer.parameters }
    };
    layers.iter().map(line).collect()
}

/// A layer's kind as a name, and as a type with what it is made of; read from its JSON, so that every kind has one.
fn words(layer: &LayerSpec) -> (String, String) {
    let spec = serde_json::to_value(layer).unwrap_or_default();
    let kind = spec["kind"].as_str().unwrap_or("layer").to_string();
    let mut title = kind.clone();
    title[..1].make_ascii_uppercase();
    let title = spec["function"].as_str().map_or(title.clone(), |function| format!("{title}, {function}"));
    (kind, title)
}

fn table(lines: &[Line], total: usize) -> String {
    let row = |name: &str, shape: &str, parameters: &str| format!("{name:<36}{shape:<16}{parameters:>10}\n");
    let mut text = row("Layer (type)", "Output shape", "Parameters") + &"─".repeat(62) + "\n";
    for Line { name, kind, output_shape, parameters } in lines {
        let shape = format!("(None, {})", output_shape[1].unwrap_or_default());
        text += &row(&format!("{name} ({kind})"), &shape, &count(*parameters as u64));
    }
    let size = 4.0 * total as f64 / 1024.0;
    text + &"─".repeat(62) + &format!("\nTotal parameters: {} ({size:.2} KB)\n", count(total as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optimizer_is_printed_with_all_its_numbers() {
        let of = |link| optimizer(&core_experiment::parse_link(link).experiment);
        assert_eq!(of("opt=sgd"), "sgd");
        assert_eq!(of("opt=adam&epsilon=0.0000001"), "adam (beta1 0.9, beta2 0.999, epsilon 1e-7)");
        assert_eq!(of("opt=adamw"), "adamw (beta1 0.9, beta2 0.999, epsilon 1e-8, weightDecay 0.01)");
    }

    #[test]
    fn the_names_and_counts_are_keras_s() {
        let link = core_experiment::parse_link("hidden=30,10&act=tanh,relu");
        let lines = lines(&core_experiment::summary(784, &link.experiment.layers));
        let names: Vec<_> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["dense", "activation", "dense_1", "activation_1", "dense_2"]);
        let text = table(&lines, 23_970);
        assert!(text.contains("dense (Dense)                       (None, 30)          23,550\n"), "{text}");
        assert!(text.contains("activation (Activation, tanh)"), "{text}");
        assert!(text.ends_with("Total parameters: 23,970 (93.63 KB)\n"), "{text}");
    }
}
