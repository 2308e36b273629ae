//! The teaching loss, `|t − p|` with `p = 1 / (1 + e⁻ᶻ)`: how far the answer is from what it should be.
//!
//! The first loss of many introductions, because its value can be read off; it learns slowly where the answer is quite
//! wrong, since the sigmoid is flat there. Targets are 0 or 1, answers probabilities.

use super::absolute_error::sign;
use super::each_output::{OutputLoss, sigmoid};

/// The distance of each answer from its target.
pub struct SigmoidError;

impl OutputLoss for SigmoidError {
    fn answer(&self, output: f32) -> f32 {
        sigmoid(output)
    }

    fn loss(&self, output: f32, target: f32) -> f32 {
        (target - self.answer(output)).abs()
    }

    /// The sign of p − t, times p·(1 − p).
    fn slope(&self, answer: f32, target: f32) -> f32 {
        sign(answer - target) * (answer * (1.0 - answer))
    }
}
