//! Least squares by Householder reflections with column pivoting: exact where it can be, and where columns are sums of
//! others, the surplus ones get no weight.

use ndarray::{Array2, ArrayView2, Axis, concatenate, s};

/// A column that is shorter than this share of the longest, once those before it are taken off, is a sum of them.
const SURPLUS: f64 = 1e-12;

/// Rows that come block by block. What is kept of them is a triangle that has the same least squares (R, and Qᵀ · targets).
#[derive(Clone, Debug)]
pub(super) struct Rows {
    design: Array2<f64>,
    targets: Vec<f64>,
}

impl Rows {
    pub fn new(columns: usize) -> Self {
        Self { design: Array2::zeros((0, columns)), targets: Vec::new() }
    }

    /// Adds a block. design: rows × columns.
    pub fn add(&mut self, design: ArrayView2<f64>, targets: &[f64]) {
        let columns = design.ncols();
        let mut all = concatenate![Axis(0), self.design, design];
        self.targets.extend(targets);
        for at in 0..all.nrows().min(columns) {
            let norm = libm::sqrt(all.slice(s![at.., at]).iter().map(|value| value * value).sum());
            reflect(&mut all, &mut self.targets, at, norm);
        }
        let kept = all.nrows().min(columns);
        self.design = all.slice(s![..kept, ..]).to_owned();
        self.targets.truncate(kept);
    }

    /// See [`solve`].
    pub fn solve(self) -> Vec<f64> {
        solve(self.design, self.targets)
    }
}

/// The weights w of the columns for which |design · w − targets|² is least. design: rows × columns.
pub(super) fn solve(mut design: Array2<f64>, mut targets: Vec<f64>) -> Vec<f64> {
    let (rows, columns) = design.dim();
    let mut order: Vec<usize> = (0..columns).collect();
    let length = |design: &Array2<f64>, from: usize, column: usize| {
        libm::sqrt((from..rows).map(|row| design[[row, column]] * design[[row, column]]).sum())
    };
    let longest = (0..columns).map(|column| length(&design, 0, column)).fold(0.0, f64::max);
    let mut rank = 0;
    while rank < rows.min(columns) {
        let lengths = (rank..columns).map(|column| length(&design, rank, column));
        let (best, norm) =
            lengths.enumerate().fold((0, -1.0), |best, one| if one.1 > best.1 { one } else { best });
        if norm <= SURPLUS * longest {
            break;
        }
        order.swap(rank, rank + best);
        (0..rows).for_each(|row| design.swap([row, rank], [row, rank + best]));
        reflect(&mut design, &mut targets, rank, norm);
        rank += 1;
    }
    let mut weights = vec![0.0; columns];
    for place in (0..rank).rev() {
        let known = (place + 1..rank).map(|column| design[[place, column]] * weights[order[column]]);
        weights[order[place]] = (targets[place] - known.sum::<f64>()) / design[[place, place]];
    }
    weights
}

/// Mirrors everything from row and column `at` on, so that this column is zero below `at`.
fn reflect(design: &mut Array2<f64>, targets: &mut [f64], at: usize, norm: f64) {
    let (rows, columns) = design.dim();
    let head = if design[[at, at]] > 0.0 { -norm } else { norm };
    let mut mirror: Vec<f64> = (at..rows).map(|row| design[[row, at]]).collect();
    mirror[0] -= head;
    let square: f64 = mirror.iter().map(|v| v * v).sum();
    if square == 0.0 {
        return;
    }
    for column in at..columns {
        let along: f64 = mirror.iter().enumerate().map(|(i, v)| v * design[[at + i, column]]).sum();
        let twice = 2.0 * along / square;
        mirror.iter().enumerate().for_each(|(i, v)| design[[at + i, column]] -= twice * v);
    }
    let along: f64 = mirror.iter().zip(&targets[at..]).map(|(v, target)| v * target).sum();
    let twice = 2.0 * along / square;
    mirror.iter().zip(&mut targets[at..]).for_each(|(v, target)| *target -= twice * v);
}
