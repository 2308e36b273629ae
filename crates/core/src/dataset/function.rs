//! Functions of one number: points of a formula, spread over a range, each a little off.
//!
//! Point i is a pure function of (formula, range, noise, seed, i). Where the formula has no value there is no point.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::toys::normal;
use crate::experiment::{ExperimentError, in_range, real_in_range, shortest};
use crate::formula::Formula;
use crate::random::{self, Purpose};

/// Points of a function as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct FunctionSpec {
    /// What a point is at x, as [`Formula`] reads it.
    pub formula: String,
    /// Points to learn from; half as many are held out.
    pub points: u32,
    /// The smallest x.
    #[serde(serialize_with = "shortest")]
    pub from: f32,
    /// The greatest x.
    #[serde(serialize_with = "shortest")]
    pub to: f32,
    /// The standard deviation of what is added to the value, of points that are held out, too.
    #[serde(serialize_with = "shortest")]
    pub noise: f32,
    /// Which points; the network's own seed does not touch them.
    pub seed: u32,
}

/// Parts of the range that are tried for a value.
const CELLS: u32 = 1024;
/// Larger values are none that can be learned beside others.
const MOST: f64 = 1e6;

impl FunctionSpec {
    /// Points that a function may have.
    pub const POINTS: RangeInclusive<u32> = 10..=10_000;
    /// How far they may be moved.
    pub const NOISE: RangeInclusive<f32> = 0.0..=100.0;
    /// Where they may lie.
    pub const RANGE: RangeInclusive<f32> = -1000.0..=1000.0;

    /// One turn of a sine.
    pub fn usual() -> Self {
        Self { formula: "sin(x)".into(), points: 200, from: -3.2, to: 3.2, noise: 0.0, seed: 1 }
    }

    /// Points that are held out.
    pub fn held_out(&self) -> u32 {
        (self.points / 2).max(1)
    }

    /// Whether there are such points.
    pub fn check(&self) -> Result<(), ExperimentError> {
        self.places().map(drop)
    }

    /// The formula, and the middles of all parts of the range where it has a value.
    fn places(&self) -> Result<(Formula, Vec<f64>), ExperimentError> {
        let (least, most) = (*Self::POINTS.start(), *Self::POINTS.end());
        in_range("points", f64::from(self.points), f64::from(least), f64::from(most))?;
        real_in_range("noise", self.noise, &Self::NOISE)?;
        real_in_range("from", self.from, &Self::RANGE)?;
        real_in_range("to", self.to, &Self::RANGE)?;
        if self.from >= self.to {
            return Err(ExperimentError::EmptyRange);
        }
        let formula = Formula::parse(&self.formula)?;
        let middles = (0..CELLS).map(|cell| self.within((f64::from(cell) + 0.5) / f64::from(CELLS)));
        let places: Vec<f64> = middles.filter(|&x| value(&formula, x).is_some()).collect();
        if places.is_empty() {
            return Err(ExperimentError::NoValues);
        }
        Ok((formula, places))
    }

    /// The place at a share of the range.
    fn within(&self, share: f64) -> f64 {
        let [from, to] = [self.from, self.to].map(f64::from);
        from + share * (to - from)
    }

    /// All points, those held out last: x and y.
    pub(super) fn points(&self) -> Result<impl Iterator<Item = (f32, f32)>, ExperimentError> {
        let (formula, places) = self.places()?;
        let width = (f64::from(self.to) - f64::from(self.from)) / f64::from(CELLS);
        let (noise, seed) = (f64::from(self.noise), u64::from(self.seed));
        let point = move |index| {
            let mut rng = random::stream(seed, Purpose::Data, u64::from(index));
            let mut unit = || f64::from(random::unit(&mut rng));
            let middle = places[(unit() * places.len() as f64) as usize];
            let x = f64::from((middle + (unit() - 0.5) * width) as f32);
            // At the edge of where it has values the middle of the part has one.
            let (x, y) = match value(&formula, x) {
                Some(y) => (x, y),
                None => (middle, value(&formula, f64::from(middle as f32)).unwrap_or_default()),
            };
            (x as f32, (y + noise * normal(&mut unit).0) as f32)
        };
        Ok((0..self.points + self.held_out()).map(point))
    }
}

fn value(formula: &Formula, x: f64) -> Option<f64> {
    Some(formula.at(x)).filter(|y| y.abs() <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(formula: &str, from: f32, to: f32) -> FunctionSpec {
        FunctionSpec { formula: formula.into(), from, to, ..FunctionSpec::usual() }
    }

    fn points(spec: &FunctionSpec) -> Vec<(f32, f32)> {
        spec.points().unwrap().collect()
    }

    #[test]
    fn points_lie_on_the_function_all_over_the_range() {
        let found = points(&of("x^2 - 1", -2.0, 3.0));
        assert_eq!(found.len(), 300);
        assert!(found.iter().all(|(x, y)| (x * x - 1.0 - y).abs() < 1e-5 && (-2.0..=3.0).contains(x)));
        for fifth in 0..5 {
            let here = found.iter().filter(|(x, _)| ((x + 2.0) as usize).min(4) == fifth).count();
            assert!((40..80).contains(&here), "{fifth}: {here}");
        }
        assert_eq!(found, points(&of("x^2 - 1", -2.0, 3.0)));
        assert_ne!(found[0], points(&FunctionSpec { seed: 2, ..of("x^2 - 1", -2.0, 3.0) })[0]);
    }

    #[test]
    fn where_a_function_has_no_value_there_is_no_point() {
        let found = points(&of("log(x)", -1.0, 1.0));
        assert!(found.iter().all(|(x, y)| *x > 0.0 && y.is_finite()));
        assert_eq!(of("sqrt(-1-x^2)", -1.0, 1.0).check(), Err(ExperimentError::NoValues));
        assert_eq!(of("exp(x)", 500.0, 600.0).check(), Err(ExperimentError::NoValues));
        assert!(points(&of("1/x", -1.0, 1.0)).iter().all(|(_, y)| y.abs() <= 1e6));
    }

    #[test]
    fn noise_has_the_deviation_that_is_asked_for() {
        let spec = FunctionSpec { noise: 0.3, points: 4000, ..of("2*x", 0.0, 1.0) };
        let squares: f32 = points(&spec).iter().map(|(x, y)| (y - 2.0 * x) * (y - 2.0 * x)).sum();
        assert!(((squares / 6000.0).sqrt() - 0.3).abs() < 0.01);
    }

    #[test]
    fn what_is_no_function_is_said() {
        assert_eq!(of("x", 2.0, 2.0).check(), Err(ExperimentError::EmptyRange));
        assert!(matches!(of("2x", 0.0, 1.0).check(), Err(ExperimentError::Formula { .. })));
        assert!(matches!(of("x", f32::NAN, 1.0).check(), Err(ExperimentError::OutOfRange { .. })));
    }
}
