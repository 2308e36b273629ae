//! Binary cross-entropy on logits, `−t·log p − (1 − t)·log(1 − p)` with `p = 1 / (1 + e⁻ᶻ)`.
//!
//! Computed as `max(z, 0) − z·t + log(1 + e^−|z|)`, which no logit overflows (PyTorch's `BCEWithLogitsLoss`, Keras's
//! `BinaryCrossentropy(from_logits=True)`). Targets are 0 to 1, answers probabilities.

use super::each_output::{OutputLoss, sigmoid};

/// Each output is a question of its own, answered with a probability.
pub struct BinaryCrossEntropy;

impl OutputLoss for BinaryCrossEntropy {
    fn answer(&self, output: f32) -> f32 {
        sigmoid(output)
    }

    fn loss(&self, output: f32, target: f32) -> f32 {
        output.max(0.0) - output * target + libm::log1pf(libm::expf(-output.abs()))
    }

    /// p − t.
    fn slope(&self, answer: f32, target: f32) -> f32 {
        answer - target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_toss_loses_one_bit_and_certainty_nothing_or_all() {
        let loss = |output, target| BinaryCrossEntropy.loss(output, target);
        assert!((loss(0.0, 1.0) - std::f32::consts::LN_2).abs() < 1e-7);
        assert_eq!(loss(200.0, 1.0), 0.0);
        assert_eq!(loss(-200.0, 1.0), 200.0);
        assert!(loss(f32::NAN, 1.0).is_nan());
    }
}
