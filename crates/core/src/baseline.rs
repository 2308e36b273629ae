//! Simpler models of the same rows, to hold a network against: a number that a network does not beat is no achievement.
//!
//! All in f64, in fixed order, without randomness. Inputs are brought to −1 … 1 by the rows that are learned from.

mod beside;
mod least_squares;
mod logistic;

use ndarray::{Array2, ArrayView2};

pub use beside::{Baseline, Beside, Fits, Model, Shares, beside};
pub use logistic::Logistic;
use serde::Serialize;

/// A model that predicts a number as a weighted sum of products of the inputs.
#[derive(Clone, Debug)]
pub struct Polynomial {
    /// For each term, the power of every input; the first is the constant.
    powers: Vec<Vec<u8>>,
    weights: Vec<f64>,
    middle: Vec<f64>,
    half: Vec<f64>,
}

impl Polynomial {
    /// More terms are not fitted.
    pub const MOST_TERMS: usize = 400;

    /// Fits a polynomial of total degree `degree` (0 is the mean, 1 is linear) by least squares, products of several
    /// inputs included, as scikit-learn's `PolynomialFeatures` and `LinearRegression`. inputs: rows × values; targets:
    /// rows. None where there are no rows or too many terms.
    pub fn fit(inputs: ArrayView2<f64>, targets: &[f64], degree: u8) -> Option<Self> {
        let columns = inputs.ncols();
        let powers = powers(columns, degree, Self::MOST_TERMS)?;
        if inputs.nrows() == 0 {
            return None;
        }
        let range = |column: usize| {
            let values = || inputs.column(column).into_iter().copied();
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let ranges: Vec<_> = (0..columns).map(range).collect();
        let mut model = Self {
            powers,
            weights: Vec::new(),
            middle: ranges.iter().map(|(low, high)| (low + high) / 2.0).collect(),
            half: ranges
                .iter()
                .map(|(low, high)| if high > low { (high - low) / 2.0 } else { 1.0 })
                .collect(),
        };
        let terms: Vec<f64> = inputs.outer_iter().flat_map(|row| model.terms(&row.to_vec())).collect();
        let design = Array2::from_shape_vec((inputs.nrows(), model.powers.len()), terms).ok()?;
        model.weights = least_squares::solve(design, targets.to_vec());
        Some(model)
    }

    /// How many terms a polynomial of so many inputs has; none where they are too many.
    pub fn terms_of(inputs: usize, degree: u8) -> Option<usize> {
        powers(inputs, degree, Self::MOST_TERMS).map(|powers| powers.len())
    }

    /// What it predicts for one row of inputs.
    pub fn predict(&self, row: &[f64]) -> f64 {
        self.terms(row).iter().zip(&self.weights).map(|(term, weight)| term * weight).sum()
    }

    /// How many numbers it has learned.
    pub fn parameters(&self) -> usize {
        self.powers.len()
    }

    fn terms(&self, row: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> =
            row.iter().zip(self.middle.iter().zip(&self.half)).map(|(x, (m, h))| (x - m) / h).collect();
        let term = |powers: &Vec<u8>| {
            let factors = scaled.iter().zip(powers);
            factors.fold(1.0, |product, (x, &power)| (0..power).fold(product, |product, _| product * x))
        };
        self.powers.iter().map(term).collect()
    }
}

/// The powers of every term up to a total degree, by rising degree; none where there are more than `most`.
fn powers(inputs: usize, degree: u8, most: usize) -> Option<Vec<Vec<u8>>> {
    let mut all = vec![vec![0; inputs]];
    let mut last = all.clone();
    for _ in 0..degree {
        let mut next = Vec::new();
        for term in &last {
            // No input before the last one that has a power: every product comes once.
            let first = term.iter().rposition(|&power| power > 0).unwrap_or(0);
            for input in first..inputs {
                let mut term = term.clone();
                term[input] += 1;
                next.push(term);
            }
        }
        all.extend(next.iter().cloned());
        if all.len() > most {
            return None;
        }
        last = next;
    }
    Some(all)
}

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
    use proptest::prelude::*;

    fn column(values: &[f64]) -> Array2<f64> {
        Array2::from_shape_vec((values.len(), 1), values.to_vec()).unwrap()
    }

    #[test]
    fn the_mean_is_the_polynomial_of_degree_zero() {
        let model = Polynomial::fit(column(&[1.0, 2.0, 3.0]).view(), &[1.0, 5.0, 6.0], 0).unwrap();
        assert!((model.predict(&[100.0]) - 4.0).abs() < 1e-12);
        assert_eq!(model.parameters(), 1);
    }

    #[test]
    fn terms_are_counted_as_scikit_learn_counts_them() {
        // sklearn.preprocessing.PolynomialFeatures(d).fit(x).n_output_features_
        for (inputs, degree, terms) in [(1, 8, 9), (2, 2, 6), (3, 3, 20), (3, 8, 165), (100, 1, 101)] {
            assert_eq!(powers(inputs, degree, 400).unwrap().len(), terms);
        }
        assert!(powers(100, 2, 400).is_none());
    }

    #[test]
    fn equal_columns_and_too_few_rows_are_fitted_all_the_same() {
        let twice = Array2::from_shape_vec((4, 2), vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]).unwrap();
        let model = Polynomial::fit(twice.view(), &[2.0, 4.0, 6.0, 8.0], 1).unwrap();
        assert!((model.predict(&[2.5, 2.5]) - 5.0).abs() < 1e-9);
        let one = Polynomial::fit(column(&[7.0]).view(), &[3.0], 8).unwrap();
        assert!((one.predict(&[7.0]) - 3.0).abs() < 1e-9);
        assert!(Polynomial::fit(column(&[]).view(), &[], 1).is_none());
    }

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

    proptest! {
        #[test]
        fn a_polynomial_is_found_again(
            weights in proptest::collection::vec(-3.0..3.0_f64, 4), scale in 0.01..1000.0_f64, shift in -100.0..100.0_f64,
        ) {
            let value = |x: f64| weights.iter().rev().fold(0.0, |sum, w| sum * x + w);
            let xs: Vec<f64> = (0..30).map(|i| f64::from(i) / 29.0 * 2.0 - 1.0).collect();
            let far: Vec<f64> = xs.iter().map(|x| x * scale + shift).collect();
            let targets: Vec<f64> = xs.iter().map(|&x| value(x)).collect();
            let model = Polynomial::fit(column(&far).view(), &targets, 3).unwrap();
            for (x, target) in far.iter().zip(&targets) {
                prop_assert!((model.predict(&[*x]) - target).abs() < 1e-8);
            }
        }

        #[test]
        fn no_linear_model_fits_better(rows in proptest::collection::vec((-5.0..5.0_f64, -5.0..5.0_f64, -5.0..5.0_f64), 6..40),
            nudge in (-0.1..0.1_f64, -0.1..0.1_f64, -0.1..0.1_f64)) {
            let inputs = Array2::from_shape_vec((rows.len(), 2), rows.iter().flat_map(|r| [r.0, r.1]).collect()).unwrap();
            let targets: Vec<f64> = rows.iter().map(|r| r.2).collect();
            let model = Polynomial::fit(inputs.view(), &targets, 1).unwrap();
            let squared = |of: &dyn Fn(f64, f64) -> f64| {
                rows.iter().map(|r| of(r.0, r.1) - r.2).map(|gap| gap * gap).sum::<f64>()
            };
            let best = squared(&|a, b| model.predict(&[a, b]));
            let other = squared(&|a, b| model.predict(&[a, b]) + nudge.0 * a + nudge.1 * b + nudge.2);
            prop_assert!(best <= other + 1e-9);
        }
    }
}
