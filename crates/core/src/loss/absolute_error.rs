//! Mean absolute error, `|y − t|`.

use super::OutputLoss;

/// The answer is the output itself.
pub struct AbsoluteError;

impl OutputLoss for AbsoluteError {
    fn answer(&self, output: f32) -> f32 {
        output
    }

    fn loss(&self, output: f32, target: f32) -> f32 {
        (output - target).abs()
    }

    /// The sign of y − t; 0 where the answer is exact, as in PyTorch.
    fn slope(&self, answer: f32, target: f32) -> f32 {
        sign(answer - target)
    }
}

/// −1, 0 or 1; NaN stays NaN.
pub(super) fn sign(x: f32) -> f32 {
    if x == 0.0 { 0.0 } else { 1.0_f32.copysign(x) + 0.0 * x }
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn a_sign_is_minus_one_zero_one_or_no_number() {
        assert_eq!([-3.0, -0.0, 0.0, 1e-20].map(sign), [-1.0, 0.0, 0.0, 1.0]);
        assert!(sign(f32::NAN).is_nan());
    }
}
