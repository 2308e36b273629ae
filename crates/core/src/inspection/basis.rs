//! What a number that a network tells is the sum of: the units of the last hidden layer, each times its outgoing weight.

use crate::network::{Block, Network};
use crate::order::{first, rising};

/// The terms of a network's answer at some places: of the units that move it most one by one, of the others together.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The units, those that move the answer most first.
    pub units: Vec<u32>,
    /// What they add, in the target's units: units × places.
    pub terms: Vec<f32>,
    /// What all others add: places.
    pub others: Vec<f32>,
    /// What is there without them: the output's bias, and the mean of a target that is scaled.
    pub constant: f64,
}

impl Basis {
    /// Of inputs one sample after the other, for at most so many units; none where more than one number is told.
    pub fn new(network: &Network, inputs: &[f32], most: usize) -> Option<Self> {
        let last = network.len() - 1;
        let [weights, bias] = network.layer_params(last) else { return None };
        let (units, outputs) = weights.value.dim();
        if outputs != 1 {
            return None;
        }
        let width = network.widths().next()?;
        let scale = network.target();
        let mut block = Block::new(network);
        // places × units.
        let mut terms: Vec<f32> = Vec::with_capacity(inputs.len() / width * units);
        for chunk in inputs.chunks(block.rows() * width) {
            let rows = chunk.len() / width;
            chunk.chunks_exact(width).enumerate().for_each(|(row, sample)| block.load_input(row, sample));
            network.forward(&mut block, rows);
            for said in block.value(last).outer_iter().take(rows) {
                let term = |(&a, &w): (&f32, &f32)| (f64::from(a) * f64::from(w) * scale.deviation) as f32;
                terms.extend(said.iter().zip(&weights.value).map(term));
            }
        }
        let of = |unit: usize| terms.iter().skip(unit).step_by(units).copied();
        let span = |unit: usize| of(unit).fold(f32::MIN, f32::max) - of(unit).fold(f32::MAX, f32::min);
        let spans: Vec<f32> = (0..units).map(span).collect();
        let order = first((0..units).map(|unit| (!rising(spans[unit]), unit)), units);
        let (shown, rest) = order.split_at(most.min(units));
        let sum = |said: &[f32]| rest.iter().map(|&unit| f64::from(said[unit])).sum::<f64>() as f32;
        Some(Self {
            units: shown.iter().map(|&unit| unit as u32).collect(),
            terms: shown.iter().flat_map(|&unit| of(unit)).collect(),
            others: terms.chunks_exact(units).map(sum).collect(),
            constant: scale.value(bias.value[[0, 0]]),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::experiment::parse_link;
    use crate::{Dataset, Evaluation, Trainer};

    fn learned(link: &str) -> Evaluation {
        let experiment = parse_link(&format!("data=function&{link}&opt=adam&lr=0.01")).experiment;
        let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
        let mut trainer = Trainer::new(experiment, data).unwrap();
        trainer.run(200);
        Evaluation::new(&trainer)
    }

    #[test]
    fn the_terms_add_up_to_the_curve_however_many_are_shown() {
        let places: Vec<f32> = (0..100).map(|i| i as f32 / 20.0 - 2.5).collect();
        for link in ["hidden=7&act=tanh&scale=standard", "hidden=5,3", "hidden=0"] {
            let evaluation = learned(link);
            let curve = evaluation.answers_to(&places);
            for most in [0, 2, 100] {
                let basis = Basis::new(evaluation.network(), &places, most).unwrap();
                assert_eq!(basis.terms.len(), basis.units.len() * 100);
                for (at, &told) in curve.iter().enumerate() {
                    let terms: f32 = basis.terms.iter().skip(at).step_by(100).sum();
                    let sum = basis.constant + f64::from(terms + basis.others[at]);
                    assert!((sum - f64::from(told)).abs() < 1e-5, "{link}: {sum} {told}");
                }
            }
        }
    }

    #[test]
    fn those_that_move_it_most_come_first() {
        let basis =
            Basis::new(learned("hidden=9&act=tanh").network(), &[-3.0, -1.0, 0.0, 1.0, 3.0], 9).unwrap();
        let span = |terms: &[f32]| {
            terms.iter().copied().fold(f32::MIN, f32::max) - terms.iter().copied().fold(f32::MAX, f32::min)
        };
        let spans: Vec<f32> = basis.terms.chunks(5).map(span).collect();
        assert!(spans.windows(2).all(|pair| pair[0] >= pair[1]), "{spans:?}");
        assert!(basis.others.iter().all(|&other| other == 0.0));
    }
}
