//! Simpler models of the same rows, to hold a network against: a number that a network does not beat is no achievement.
//!
//! All in f64, in fixed order, without randomness. Inputs are brought to −1 … 1 by the rows that are learned from.

mod beside;
mod least_squares;
mod logistic;
mod polynomial;

pub use beside::{Baseline, Beside, Fits, Model, Shares, beside};
pub use logistic::Logistic;
pub use polynomial::Polynomial;
use serde::Serialize;

/// How well predictions fit, in the units of the target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Fit {
    /// Root of the mean squared error.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// 1 − squared errors / squared distances from the mean of these targets; none where all targets are equal.
    pub r2: Option<f64>,
}

impl Fit {
    /// Of predictions beside their targets; none where there are none.
    pub fn of(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        let count = pairs.clone().count() as f64;
        if count == 0.0 {
            return None;
        }
        let sum = |of: fn((f64, f64)) -> f64| pairs.clone().map(of).sum::<f64>();
        let squared = sum(|(predicted, target)| (predicted - target) * (predicted - target));
        let mean = sum(|(_, target)| target) / count;
        let spread: f64 = pairs.clone().map(|(_, target)| (target - mean) * (target - mean)).sum();
        Some(Self {
            rmse: libm::sqrt(squared / count),
            mae: sum(|(predicted, target)| (predicted - target).abs()) / count,
            r2: (spread > 0.0).then(|| 1.0 - squared / spread),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_are_those_of_the_definitions() {
        let pairs = [(1.0, 2.0), (3.0, 3.0), (5.0, 3.0), (4.0, 4.0)];
        let fit = Fit::of(pairs.into_iter()).unwrap();
        assert!((fit.rmse - (5.0_f64 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(fit.mae, 0.75);
        assert!((fit.r2.unwrap() - (1.0 - 5.0 / 2.0)).abs() < 1e-12);
        assert_eq!(Fit::of([(1.0, 2.0), (2.0, 2.0)].into_iter()).unwrap().r2, None);
        assert_eq!(Fit::of(std::iter::empty::<(f64, f64)>()), None);
    }
}
