//! The linear picture of a later layer: the filters below each of its units, weighted by its incoming weights and summed.
//!
//! It is `W₁·W₂ ⋯ Wₗ`, what the unit would look for if nothing between the layers bent. A machine with steps: in a wide
//! network the products take longer than a call may.

use ndarray::{Array2, ArrayView2, s};

use crate::kernel;
use crate::network::Network;

/// Multiplications of one step.
const AT_ONCE: usize = 1 << 23;

/// The pictures of all units of one dense layer.
pub struct LinearPictures {
    /// The weights still to multiply with, that of the input last.
    below: Vec<usize>,
    /// What has been multiplied so far: (inputs of that layer) × units.
    above: Array2<f32>,
    /// The product under way, and how many of its rows are done.
    product: Array2<f32>,
    rows: usize,
}

impl LinearPictures {
    /// Begins with the weights of a dense layer (from 0). None where there is no such layer.
    pub fn new(network: &Network, layer: usize) -> Option<Self> {
        let learns = |&place: &usize| !network.layer_params(place).is_empty();
        let mut below: Vec<usize> = (0..network.len()).filter(learns).take(layer + 1).collect();
        let own = below.pop().filter(|_| below.len() == layer)?;
        let above = weights_of(network, own).to_owned();
        Some(Self { below, above, product: Array2::zeros((0, 0)), rows: 0 })
    }

    /// Multiplies a little more, always with the same network; whether the pictures are whole.
    pub fn advance(&mut self, network: &Network) -> bool {
        let Some(&place) = self.below.last() else { return true };
        let weights = weights_of(network, place);
        if self.rows == 0 {
            self.product = Array2::zeros((weights.nrows(), self.above.ncols()));
        }
        let rows = (AT_ONCE / self.above.len().max(1)).clamp(1, weights.nrows() - self.rows);
        let part = s![self.rows..self.rows + rows, ..];
        kernel::product(weights.slice(part), self.above.view(), self.product.slice_mut(part));
        self.rows += rows;
        if self.rows == weights.nrows() {
            std::mem::swap(&mut self.above, &mut self.product);
            self.rows = 0;
            self.below.pop();
        }
        self.below.is_empty()
    }

    /// inputs × units, once they are whole.
    pub fn weights(&self) -> Option<ArrayView2<'_, f32>> {
        self.below.is_empty().then(|| self.above.view())
    }
}

fn weights_of(network: &Network, place: usize) -> ArrayView2<'_, f32> {
    network.layer_params(place)[0].value.view()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::experiment::parse_link;
    use crate::trainer::Trainer;

    fn trainer(link: &str) -> Trainer {
        let data = Arc::new(Dataset::generated(1, 200, 20));
        let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
        trainer.run(5);
        trainer
    }

    fn dense(network: &Network) -> Vec<Array2<f32>> {
        network.params().step_by(2).map(|weight| weight.value.clone()).collect()
    }

    #[test]
    fn a_later_layer_s_pictures_are_ndarray_s_product_of_the_weights_below() {
        for (link, wide) in [("hidden=7,5,4&act=tanh&drop=0.2", false), ("hidden=400,300", true)] {
            let trainer = trainer(link);
            let network = trainer.network();
            let weights = dense(network);
            let mut expected = weights[0].clone();
            for (layer, own) in weights.iter().enumerate().skip(1) {
                expected = expected.dot(own);
                let mut pictures = LinearPictures::new(network, layer).unwrap();
                let mut steps = 1;
                while !pictures.advance(network) {
                    assert!(pictures.weights().is_none());
                    steps += 1;
                }
                let found = pictures.weights().unwrap();
                assert_eq!(found.dim(), expected.dim());
                let far = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(far < 1e-5, "{link} {layer}: {far}");
                // 784 × 400 × 300 multiplications are not done in one step.
                assert_eq!(steps > layer, wide && layer == 1, "{link} {layer}");
            }
        }
    }

    #[test]
    fn the_first_layer_s_pictures_are_its_weights_and_there_is_none_beyond_the_last() {
        let trainer = trainer("hidden=6,5");
        let network = trainer.network();
        let mut first = LinearPictures::new(network, 0).unwrap();
        assert!(first.advance(network));
        assert_eq!(first.weights().unwrap(), dense(network)[0]);
        assert!(LinearPictures::new(network, 2).is_some());
        assert!(LinearPictures::new(network, 3).is_none());
    }
}
