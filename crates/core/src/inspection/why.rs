//! Why a network reads a sample as it does: the terms that the difference of two logits is the sum of.
//!
//! Exact arithmetic, not an approximation. Behind the last hidden layer it is `Σ a·(W_predicted − W_against)` and the
//! difference of two biases, whatever the activations are. Where all of them are made of straight pieces (linear, ReLU,
//! leaky ReLU) the network is one straight piece around this very input, so that the same difference is also a sum over
//! pixels, and a constant.

use serde::Serialize;

use crate::loss::{self, Loss, Targets};
use crate::network::{Block, Network};

/// What a network makes of one sample, and of what the lead of the predicted class over another one consists.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// What it is, where that is known: a drawing is what it is read as.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub actual: Option<u8>,
    /// What it is read as.
    pub predicted: u8,
    /// What that is compared with.
    pub against: u8,
    /// Of every class.
    pub logits: Vec<f32>,
    /// Of every class.
    pub probabilities: Vec<f32>,
    /// What the biases of the last layer add to the lead.
    pub bias: f32,
    /// What all biases on the way add to it, through the units that are active: what the pixels leave over. None where
    /// the network bends, and there is no sum over pixels.
    pub constant: Option<f64>,
    /// The input as the network sees it, then what every layer says.
    #[serde(skip)]
    pub values: Vec<f32>,
    /// What one more of each input of the last layer would add to the lead.
    #[serde(skip)]
    pub outgoing: Vec<f32>,
    /// The same of each pixel; empty where there is no sum over pixels.
    #[serde(skip)]
    pub slopes: Vec<f32>,
}

impl Why {
    /// Reads one sample: its inputs, before they are scaled. What the prediction is compared with is chosen, else it is
    /// what the sample is, else (where it is read correctly, or nobody knows) the class that comes next.
    ///
    /// # Panics
    /// Where there is no such class.
    pub fn new(
        network: &Network,
        loss: &dyn Loss,
        input: &[f32],
        actual: Option<u8>,
        against: Option<u8>,
    ) -> Self {
        let mut block = Block::new(network);
        block.load_input(0, input);
        network.forward(&mut block, 1);
        let values = (0..=network.len()).flat_map(|place| block.value(place).row(0).to_vec()).collect();
        let (outputs, mut answers) = block.output_and_slope(1);
        let mut logits = outputs.row(0).to_vec();
        loss.forward(outputs, Targets::Classes(&[actual.unwrap_or(0)]), answers.view_mut(), &mut [0.0]);
        let mut probabilities = answers.row(0).to_vec();
        let predicted = loss::class_of(&probabilities);
        let is_single = logits.len() == 1;
        if is_single {
            // How much it is the second of two classes; the first has nothing for it.
            logits.insert(0, 0.0);
            probabilities.insert(0, 1.0 - probabilities[0]);
        }
        let other = |class: &u8| usize::from(*class) != predicted;
        let against = against.filter(other).or(actual.filter(other));
        let against = against.unwrap_or_else(|| next(&probabilities, predicted));
        let mut lead = vec![0.0; logits.len()];
        lead[predicted] += 1.0;
        lead[usize::from(against)] -= 1.0;
        if is_single {
            lead.remove(0);
        }

        let last = network.len() - 1;
        let unfolded = |weights: &[f64], place: usize| {
            let said = block.value(place + 1);
            network.layer(place).unfold(said.row(0).as_slice().expect("a standard array"), weights)
        };
        let (outgoing, bias) = unfolded(&lead, last).expect("the last layer is dense");
        let pixels = (0..last).rev().try_fold((outgoing.clone(), bias), |(weights, constant), place| {
            let (below, more) = unfolded(&weights, place)?;
            Some((below, constant + more))
        });
        let narrow = |wide: Vec<f64>| wide.into_iter().map(|value| value as f32).collect();
        let (slopes, constant) = pixels.unzip();
        Self {
            actual,
            predicted: predicted as u8,
            against,
            logits,
            probabilities,
            bias: bias as f32,
            constant,
            values,
            outgoing: narrow(outgoing),
            slopes: narrow(slopes.unwrap_or_default()),
        }
    }
}

/// The greatest but one.
fn next(probabilities: &[f32], predicted: usize) -> u8 {
    let others = probabilities.iter().enumerate().filter(|(class, _)| *class != predicted);
    let next = others.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    next.map_or(0, |(class, _)| class as u8)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::experiment::parse_link;
    use crate::trainer::Trainer;

    fn whys(link: &str) -> Vec<Why> {
        let data = Arc::new(Dataset::generated(1, 400, 50));
        let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
        trainer.run(30);
        let loss = trainer.experiment().build_loss();
        let data = trainer.data();
        let why = |id| Why::new(trainer.network(), &*loss, &data.input(id), Some(data.label(id)), None);
        (380..440).map(why).collect()
    }

    fn lead(why: &Why) -> f64 {
        let of = |class: u8| f64::from(why.logits[usize::from(class)]);
        of(why.predicted) - of(why.against)
    }

    fn sum(terms: &[f32], weights: &[f32]) -> f64 {
        terms.iter().zip(weights).map(|(&x, &w)| f64::from(x) * f64::from(w)).sum()
    }

    #[test]
    fn votes_and_bias_add_up_to_the_lead_with_every_activation() {
        for act in ["linear", "relu", "leaky", "sigmoid", "tanh", "softplus", "gelu"] {
            for why in whys(&format!("hidden=12,9&act={act}&lr=0.05")) {
                let outputs = why.logits.len();
                let last = &why.values[why.values.len() - outputs - 9..][..9];
                let votes = sum(last, &why.outgoing) + f64::from(why.bias);
                assert!((votes - lead(&why)).abs() < 1e-4, "{act}: {votes} {}", lead(&why));
                assert!(lead(&why) > 0.0 && why.against != why.predicted, "{act}");
            }
        }
    }

    #[test]
    fn pixels_and_constant_add_up_to_the_lead_where_the_network_is_made_of_straight_pieces() {
        for link in
            ["hidden=0", "hidden=12", "hidden=12,9&act=leaky", "hidden=9,8,7&drop=0.2", "scale=standard"]
        {
            for why in whys(&format!("{link}&lr=0.05")) {
                let pixels = sum(&why.values[..784], &why.slopes) + why.constant.unwrap();
                assert!((pixels - lead(&why)).abs() < 1e-4, "{link}: {pixels} {}", lead(&why));
            }
        }
    }

    #[test]
    fn a_network_that_bends_has_no_sum_over_pixels() {
        for act in ["sigmoid", "tanh", "softplus", "gelu"] {
            let whys = whys(&format!("hidden=6&act={act}"));
            assert!(whys.iter().all(|why| why.constant.is_none() && why.slopes.is_empty()), "{act}");
        }
    }

    #[test]
    fn it_is_compared_with_what_it_is_or_with_what_comes_next_or_with_what_was_chosen() {
        let whys = whys("hidden=0");
        let (right, wrong): (Vec<_>, Vec<_>) =
            whys.into_iter().partition(|why| why.actual == Some(why.predicted));
        assert!(!right.is_empty() && !wrong.is_empty());
        assert!(wrong.iter().all(|why| Some(why.against) == why.actual));
        for why in right {
            let mut order: Vec<usize> = (0..10).collect();
            order.sort_by(|&a, &b| why.logits[b].total_cmp(&why.logits[a]));
            assert_eq!([why.predicted, why.against].map(usize::from), order[..2]);
        }
        let data = Arc::new(Dataset::generated(1, 400, 50));
        let trainer = Trainer::new(parse_link("hidden=0&init=he").experiment, data).unwrap();
        let loss = trainer.experiment().build_loss();
        let input = trainer.data().input(3);
        let why = |against| Why::new(trainer.network(), &*loss, &input, None, Some(against));
        let predicted = why(0).predicted;
        assert!((0..10).filter(|&class| class != predicted).all(|class| why(class).against == class));
        assert_ne!(why(predicted).against, predicted);
    }
}
