//! Polynomials of several inputs, by least squares.

use ndarray::{Array2, ArrayView2};

use super::least_squares;

/// A model that predicts a number as a weighted sum of products of the inputs. A machine that takes rows block by block.
#[derive(Clone, Debug)]
pub struct Polynomial {
    /// For each term, the inputs that it is the product of; the first is the constant.
    factors: Vec<Vec<usize>>,
    weights: Vec<f64>,
    middle: Vec<f64>,
    half: Vec<f64>,
    rows: least_squares::Rows,
}

impl Polynomial {
    /// More terms are not fitted.
    pub const MOST_TERMS: usize = 200;

    /// Fits a polynomial of total degree `degree` (0 is the mean, 1 is linear) by least squares, products of several
    /// inputs included, as scikit-learn's `PolynomialFeatures` and `LinearRegression`. inputs: rows × values; targets:
    /// rows. None where there are no rows or too many terms.
    pub fn fit(inputs: ArrayView2<f64>, targets: &[f64], degree: u8) -> Option<Self> {
        let range = |column: ndarray::ArrayView1<f64>| {
            column
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
        };
        let ranges: Vec<_> = inputs.columns().into_iter().map(range).collect();
        let mut model = Self::new(&ranges, degree).filter(|_| inputs.nrows() > 0)?;
        model.add(inputs, targets);
        model.finish();
        Some(model)
    }

    /// Begins, with the least and the greatest of each input; none where there are too many terms.
    pub fn new(ranges: &[(f64, f64)], degree: u8) -> Option<Self> {
        let factors = factors(ranges.len(), degree, Self::MOST_TERMS)?;
        Some(Self {
            rows: least_squares::Rows::new(factors.len()),
            factors,
            weights: Vec::new(),
            middle: ranges.iter().map(|(low, high)| (low + high) / 2.0).collect(),
            half: ranges
                .iter()
                .map(|(low, high)| if high > low { (high - low) / 2.0 } else { 1.0 })
                .collect(),
        })
    }

    /// Takes some rows. inputs: rows × values; targets: rows.
    pub fn add(&mut self, inputs: ArrayView2<f64>, targets: &[f64]) {
        let terms: Vec<f64> = inputs.outer_iter().flat_map(|row| self.terms(&row.to_vec())).collect();
        let design = Array2::from_shape_vec((inputs.nrows(), self.factors.len()), terms);
        self.rows.add(design.expect("as many terms for each row").view(), targets);
    }

    /// Learns from all rows that it has taken.
    pub fn finish(&mut self) {
        let rows = std::mem::replace(&mut self.rows, least_squares::Rows::new(0));
        self.weights = rows.solve();
    }

    /// How many terms a polynomial of so many inputs has; none where they are too many.
    pub fn terms_of(inputs: usize, degree: u8) -> Option<usize> {
        factors(inputs, degree, Self::MOST_TERMS).map(|factors| factors.len())
    }

    /// What it predicts for one row of inputs.
    pub fn predict(&self, row: &[f64]) -> f64 {
        self.terms(row).iter().zip(&self.weights).map(|(term, weight)| term * weight).sum()
    }

    /// How many numbers it has learned.
    pub fn parameters(&self) -> usize {
        self.factors.len()
    }

    fn terms(&self, row: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> =
            row.iter().zip(self.middle.iter().zip(&self.half)).map(|(x, (m, h))| (x - m) / h).collect();
        self.factors.iter().map(|of| of.iter().fold(1.0, |product, &input| product * scaled[input])).collect()
    }
}

/// The factors of every term up to a total degree, by rising degree; none where there are more than `most`.
fn factors(inputs: usize, degree: u8, most: usize) -> Option<Vec<Vec<usize>>> {
    let mut all = vec![vec![]];
    let mut last = all.clone();
    for _ in 0..degree {
        let mut next: Vec<Vec<usize>> = Vec::new();
        for term in &last {
            // No input before the last one that is there: every product comes once.
            for input in term.last().copied().unwrap_or(0)..inputs {
                next.push(term.iter().copied().chain([input]).collect());
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
    fn rows_that_come_in_blocks_are_learned_as_those_that_come_at_once() {
        let inputs = Array2::from_shape_fn((1000, 3), |(row, column)| ((row * (7 + 4 * column)) % 31) as f64);
        let targets: Vec<f64> = (0..1000).map(|row| f64::from((row * row) % 97)).collect();
        let whole = Polynomial::fit(inputs.view(), &targets, 4).unwrap();
        let mut blocks = Polynomial::new(&[(0.0, 30.0); 3], 4).unwrap();
        for (rows, targets) in inputs.axis_chunks_iter(ndarray::Axis(0), 13).zip(targets.chunks(13)) {
            blocks.add(rows, targets);
        }
        blocks.finish();
        for row in inputs.outer_iter().take(50) {
            let row = row.to_vec();
            assert!((whole.predict(&row) - blocks.predict(&row)).abs() < 1e-8);
        }
    }

    #[test]
    fn terms_are_counted_as_scikit_learn_counts_them() {
        // sklearn.preprocessing.PolynomialFeatures(d).fit(x).n_output_features_
        for (inputs, degree, terms) in [(1, 8, 9), (2, 2, 6), (3, 3, 20), (3, 8, 165), (100, 1, 101)] {
            assert_eq!(factors(inputs, degree, 400).unwrap().len(), terms);
        }
        assert!(factors(100, 2, 400).is_none());
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
