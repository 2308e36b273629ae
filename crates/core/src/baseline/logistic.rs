//! Logistic regression: the classifier that a network without hidden layers is, trained to rest.

use ndarray::{Array2, ArrayView2};

use super::least_squares;

/// A linear classifier. Inputs are standardised by the rows that are learned from. A machine with steps until it rests.
#[derive(Clone, Debug)]
pub struct Logistic {
    mean: Vec<f64>,
    deviation: Vec<f64>,
    /// (inputs + 1) × classes; the last row is the biases.
    weights: Array2<f64>,
    /// What it learns from, as long as it does.
    rows: Option<Rows>,
}

#[derive(Clone, Debug)]
struct Rows {
    x: Array2<f64>,
    labels: Vec<u8>,
    /// Of the weights as they are.
    cost: f64,
    /// Steps that are left.
    steps: u32,
}

/// Newton's steps until it rests; it needs fewer.
const MOST_STEPS: u32 = 100;
/// The length of the gradient, for each row, at which it rests.
const REST: f64 = 1e-10;

impl Logistic {
    /// More numbers than this are not fitted.
    pub const MOST_PARAMETERS: usize = 400;

    /// Minimises Σ cross-entropy + ½ Σ w² (biases are free), as scikit-learn's `LogisticRegression` does with its C of 1,
    /// after its `StandardScaler`. inputs: rows × values; labels: rows, below `classes`. None where there are no rows or
    /// too many numbers to learn.
    pub fn fit(inputs: ArrayView2<f64>, labels: &[u8], classes: usize) -> Option<Self> {
        let mut model = Self::new(inputs, labels, classes)?;
        while !model.advance() {}
        Some(model)
    }

    /// Begins with [`Self::fit`].
    pub fn new(inputs: ArrayView2<f64>, labels: &[u8], classes: usize) -> Option<Self> {
        let (rows, columns) = inputs.dim();
        if rows == 0 || (columns + 1) * classes > Self::MOST_PARAMETERS {
            return None;
        }
        let mean: Vec<f64> = inputs.columns().into_iter().map(|column| column.sum() / rows as f64).collect();
        let spread = |(place, mean): (usize, &f64)| {
            let squares = inputs.column(place).iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            let deviation = libm::sqrt(squares / rows as f64);
            if deviation > 0.0 { deviation } else { 1.0 }
        };
        let deviation = mean.iter().enumerate().map(spread).collect();
        let weights = Array2::zeros((columns + 1, classes));
        let mut model = Self { mean, deviation, weights, rows: None };
        let scaled = inputs.outer_iter().flat_map(|row| model.scale(&row.to_vec())).collect();
        let x = Array2::from_shape_vec((rows, columns + 1), scaled).ok()?;
        let cost = cost(&x, labels, &model.weights);
        model.rows = Some(Rows { x, labels: labels.to_vec(), cost, steps: MOST_STEPS });
        Some(model)
    }

    /// The probability of each class.
    pub fn probabilities(&self, row: &[f64]) -> Vec<f64> {
        softmax(&self.scale(row), &self.weights)
    }

    /// How many numbers it has learned: one set for two classes, which tell themselves apart by their difference.
    pub fn parameters(&self) -> usize {
        let (rows, classes) = self.weights.dim();
        if classes == 2 { rows } else { rows * classes }
    }

    /// The inputs as they are learned from, and a 1 for the bias.
    fn scale(&self, row: &[f64]) -> Vec<f64> {
        let scaled = row.iter().zip(self.mean.iter().zip(&self.deviation)).map(|(x, (m, d))| (x - m) / d);
        scaled.chain([1.0]).collect()
    }

    /// Takes one of Newton's steps; whether it rests.
    pub fn advance(&mut self) -> bool {
        self.rows = self.rows.take().and_then(|rows| self.step(rows));
        self.rows.is_none()
    }

    /// Gives the rows back where there is another step to take.
    fn step(&mut self, rows: Rows) -> Option<Rows> {
        let Rows { x, labels, cost, steps } = &rows;
        let (gradient, curvature) = slopes(x, labels, &self.weights);
        let length = libm::sqrt(gradient.iter().map(|g| g * g).sum());
        if *steps == 0 || length <= REST * x.nrows() as f64 {
            return None;
        }
        let step = least_squares::solve(curvature, gradient);
        // The whole step, or as much of it as makes it better.
        let mut share = 1.0;
        while share >= 1e-6 {
            let mut moved = self.weights.clone();
            moved.iter_mut().zip(&step).for_each(|(weight, step)| *weight -= share * step);
            let found = self::cost(x, labels, &moved);
            if found <= *cost {
                self.weights = moved;
                return Some(Rows { cost: found, steps: steps - 1, ..rows });
            }
            share /= 2.0;
        }
        None
    }
}

fn softmax(x: &[f64], weights: &Array2<f64>) -> Vec<f64> {
    let logits =
        (0..weights.ncols()).map(|class| x.iter().zip(weights.column(class)).map(|(x, w)| x * w).sum());
    let logits: Vec<f64> = logits.collect();
    let greatest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = logits.iter().map(|logit| libm::exp(logit - greatest)).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

fn cost(x: &Array2<f64>, labels: &[u8], weights: &Array2<f64>) -> f64 {
    let of = |(row, &label): (ndarray::ArrayView1<f64>, &u8)| {
        let p = softmax(&row.to_vec(), weights)[usize::from(label)];
        -libm::log(p.max(f64::MIN_POSITIVE))
    };
    let penalty: f64 = weights.rows().into_iter().take(weights.nrows() - 1).flatten().map(|w| w * w).sum();
    x.outer_iter().zip(labels).map(of).sum::<f64>() + strength(weights) * penalty / 2.0
}

/// Two classes have two sets of weights here, ±half of scikit-learn's one: as much penalty is twice that of the halves.
fn strength(weights: &Array2<f64>) -> f64 {
    if weights.ncols() == 2 { 2.0 } else { 1.0 }
}

/// The gradient by all weights, row by row, and the matrix of second derivatives.
fn slopes(x: &Array2<f64>, labels: &[u8], weights: &Array2<f64>) -> (Vec<f64>, Array2<f64>) {
    let (values, classes) = weights.dim();
    let count = values * classes;
    let strength = strength(weights);
    let mut gradient: Vec<f64> = weights.iter().map(|weight| strength * weight).collect();
    let mut curvature = Array2::zeros((count, count));
    // Biases, the last row, have no penalty.
    gradient[count - classes..].fill(0.0);
    (0..count - classes).for_each(|place| curvature[[place, place]] = strength);
    for (row, &label) in x.outer_iter().zip(labels) {
        let p = softmax(&row.to_vec(), weights);
        for (i, xi) in row.iter().enumerate() {
            for a in 0..classes {
                let is = f64::from(u8::from(a == usize::from(label)));
                gradient[i * classes + a] += xi * (p[a] - is);
                for (j, xj) in row.iter().enumerate() {
                    for b in 0..classes {
                        let same = f64::from(u8::from(a == b));
                        curvature[[i * classes + a, j * classes + b]] += xi * xj * p[a] * (same - p[b]);
                    }
                }
            }
        }
    }
    (gradient, curvature)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> (Array2<f64>, Vec<u8>) {
        let points: Vec<(f64, f64)> = (0..60).map(|i| (f64::from(i % 10), f64::from(i / 10) * 3.0)).collect();
        let label = |(x, y): &(f64, f64)| u8::from(x + y * 0.4 > 6.0) + u8::from(x - y > 4.0);
        let labels = points.iter().map(label).collect();
        let inputs =
            Array2::from_shape_vec((60, 2), points.iter().flat_map(|p| [p.0, p.1]).collect()).unwrap();
        (inputs, labels)
    }

    #[test]
    fn where_it_rests_the_slope_is_zero() {
        let (inputs, labels) = grid();
        let model = Logistic::fit(inputs.view(), &labels, 3).unwrap();
        let scaled: Vec<f64> = inputs.outer_iter().flat_map(|row| model.scale(&row.to_vec())).collect();
        let x = Array2::from_shape_vec((60, 3), scaled).unwrap();
        // By differences of the cost, not by the formula that it was found with.
        for place in 0..9 {
            let moved = |by: f64| {
                let mut weights = model.weights.clone();
                weights[[place / 3, place % 3]] += by;
                cost(&x, &labels, &weights)
            };
            assert!(((moved(1e-4) - moved(-1e-4)) / 2e-4).abs() < 1e-6);
        }
        assert_eq!(model.parameters(), 9);
    }

    #[test]
    fn probabilities_add_up_and_the_boundary_lies_between_the_classes() {
        let (inputs, labels) = grid();
        let two: Vec<u8> = labels.iter().map(|&label| label.min(1)).collect();
        let model = Logistic::fit(inputs.view(), &two, 2).unwrap();
        let right = inputs.outer_iter().zip(&two).filter(|(row, label)| {
            let p = model.probabilities(&row.to_vec());
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            (p[1] > 0.5) == (**label == 1)
        });
        assert!(right.count() >= 57);
        assert_eq!(model.parameters(), 3);
        assert!(Logistic::fit(inputs.view(), &two, 200).is_none());
    }
}
