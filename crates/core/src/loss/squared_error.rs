//! Mean squared error, `(y − t)²`.

use super::OutputLoss;

/// The answer is the output itself.
pub struct SquaredError;

impl OutputLoss for SquaredError {
    fn answer(&self, output: f32) -> f32 {
        output
    }

    fn loss(&self, output: f32, target: f32) -> f32 {
        (output - target) * (output - target)
    }

    /// 2·(y − t).
    fn slope(&self, answer: f32, target: f32) -> f32 {
        2.0 * (answer - target)
    }
}
