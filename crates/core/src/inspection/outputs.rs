//! What any layer says of any samples: the network cut off behind that layer (Keras's `Model(inputs, layer.output)`).
//!
//! A machine with steps, on a copy of one step's parameters, as an evaluation is.

use std::sync::Arc;

use crate::dataset::Dataset;
use crate::network::{Block, Network};
use crate::trainer::Trainer;

/// The outputs of one layer for some samples.
pub struct LayerOutputs {
    step: u64,
    data: Arc<Dataset>,
    network: Network,
    block: Block,
    /// 0 is the input, `n` the output of layer `n − 1`.
    depth: usize,
    width: usize,
    ids: Vec<u32>,
    /// samples × width, as far as they are read.
    values: Vec<f32>,
}

impl LayerOutputs {
    /// Begins to read `ids` with the trainer's network as it is now; `depth` counts layers, 0 for the input itself. None
    /// where there is no such layer or no such sample.
    pub fn new(trainer: &Trainer, ids: Vec<u32>, depth: usize) -> Option<Self> {
        let data = trainer.data().clone();
        let mut network = trainer.experiment().build_blank_network(data.shape().inputs());
        let width = network.widths().nth(depth)?;
        if ids.iter().any(|&id| id >= data.test().end) {
            return None;
        }
        network.copy_from(trainer.network());
        let block = Block::new(&network);
        let values = Vec::with_capacity(ids.len() * width);
        Some(Self { step: trainer.step(), data, network, block, depth, width, ids, values })
    }

    /// Reads the next block of samples; whether all are read.
    pub fn advance(&mut self) -> bool {
        let start = self.values.len() / self.width;
        let rows = self.block.rows().min(self.ids.len() - start);
        if rows > 0 {
            let ids = &self.ids[start..start + rows];
            self.block.load(&self.data, ids);
            if self.depth == 0 {
                self.block.input();
            } else {
                self.network.forward(&mut self.block, rows);
            }
            let values = self.block.value(self.depth);
            self.values.extend(values.outer_iter().take(rows).flatten());
        }
        self.values.len() == self.ids.len() * self.width
    }

    /// Steps that the network had taken.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The layer's width.
    pub fn width(&self) -> usize {
        self.width
    }

    /// samples × width, in the order in which they were asked for, as far as they are read.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parse_link;

    fn trainer() -> Trainer {
        let data = Arc::new(Dataset::generated(1, 300, 50));
        let mut trainer = Trainer::new(parse_link("hidden=7,5&act=tanh&drop=0.3").experiment, data).unwrap();
        trainer.run(3);
        trainer
    }

    fn read(trainer: &Trainer, ids: &[u32], depth: usize) -> LayerOutputs {
        let mut outputs = LayerOutputs::new(trainer, ids.to_vec(), depth).unwrap();
        while !outputs.advance() {}
        outputs
    }

    #[test]
    fn a_layer_s_outputs_are_the_layers_below_it_by_hand() {
        let trainer = trainer();
        let ids: Vec<u32> = (0..350).rev().collect();
        let [input, first, bent] = [0, 1, 2].map(|depth| read(&trainer, &ids, depth));
        assert_eq!((input.width(), first.width(), bent.step()), (784, 7, 3));
        let [weight, bias] = trainer.network().layer_params(0) else { panic!("dense") };
        for (row, &id) in ids.iter().enumerate() {
            let mut x = vec![0.0; 784];
            trainer.data().copy_input(id, &mut x);
            assert_eq!(input.values()[row * 784..][..784], x);
            for unit in 0..7 {
                let terms = x.iter().zip(weight.value.column(unit));
                let sum = terms.map(|(&x, &w)| f64::from(x) * f64::from(w)).sum::<f64>();
                let z = first.values()[row * 7 + unit];
                assert!((f64::from(z) - sum - f64::from(bias.value[[0, unit]])).abs() < 1e-5);
                assert!((bent.values()[row * 7 + unit] - libm::tanhf(z)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn nothing_is_silenced_where_nothing_is_learned() {
        let trainer = trainer();
        assert_eq!(read(&trainer, &[3, 1, 4], 2).values(), read(&trainer, &[3, 1, 4], 3).values());
    }

    #[test]
    fn there_is_no_layer_behind_the_last_and_no_sample_behind_the_last() {
        let trainer = trainer();
        assert!(LayerOutputs::new(&trainer, vec![0], 7).is_some());
        assert!(LayerOutputs::new(&trainer, vec![0], 8).is_none());
        assert!(LayerOutputs::new(&trainer, vec![350], 1).is_none());
        assert!(read(&trainer, &[], 1).values().is_empty());
    }
}
