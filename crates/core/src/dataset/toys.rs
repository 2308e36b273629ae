//! Two-dimensional toy sets: points of two or more classes that show what a straight line can't part.
//!
//! Point i is a pure function of (kind, noise, seed, i), with classes in turn. Shapes are scikit-learn's where it has them.

use std::f64::consts::{PI, TAU};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::random::{self, Purpose};

/// A toy set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Toy {
    /// Two half circles that reach into each other (`make_moons`).
    Moons,
    /// A circle of radius 1 around one of radius 0.5 (`make_circles`).
    Circles,
    /// Two arms that wind around each other one and three quarter times.
    Spiral,
    /// Three heaps at the corners of a triangle.
    Blobs,
    /// Two classes in opposite quarters.
    Xor,
}

/// A toy set as data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct ToySpec {
    /// Where the points lie.
    pub shape: Toy,
    /// Points to learn from; half as many are held out.
    pub points: u32,
    /// The standard deviation of what is added to them in either direction.
    #[serde(serialize_with = "crate::experiment::shortest")]
    pub noise: f32,
    /// Which points; the network's own seed does not touch them.
    pub seed: u32,
}

impl ToySpec {
    /// Points that a set may have.
    pub const POINTS: RangeInclusive<u32> = 10..=10_000;
    /// How far they may be moved.
    pub const NOISE: RangeInclusive<f32> = 0.0..=1.0;

    /// As many points as show the shape, moved as far as leaves it visible.
    pub fn usual(shape: Toy) -> Self {
        // A spiral's arms are close to one another.
        let noise = if shape == Toy::Spiral { 0.02 } else { 0.1 };
        Self { shape, points: 400, noise, seed: 1 }
    }

    /// Points that are held out.
    pub fn held_out(&self) -> u32 {
        (self.points / 2).max(1)
    }
}

impl Toy {
    /// All of them, under the names that a link gives them.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("moons", Self::Moons),
        ("circles", Self::Circles),
        ("spiral", Self::Spiral),
        ("blobs", Self::Blobs),
        ("xor", Self::Xor),
    ];

    /// How many classes there are.
    pub fn classes(self) -> usize {
        match self {
            Toy::Moons | Toy::Circles | Toy::Spiral | Toy::Xor => 2,
            Toy::Blobs => 3,
        }
    }

    /// Point `index`: where it is, and its class. `noise` is the standard deviation that is added in either direction.
    pub fn point(self, noise: f64, seed: u64, index: u64) -> ([f32; 2], u8) {
        let mut rng = random::stream(seed, Purpose::Data, index);
        let mut unit = || f64::from(random::unit(&mut rng));
        let class = (index % self.classes() as u64) as u8;
        let side = if class == 0 { 1.0 } else { -1.0 };
        let (x, y) = match self {
            Toy::Moons => {
                let (sin, cos) = libm::sincos(unit() * PI);
                if class == 0 { (cos - 0.5, sin - 0.25) } else { (0.5 - cos, 0.25 - sin) }
            }
            Toy::Circles => {
                let (sin, cos) = libm::sincos(unit() * TAU);
                let radius = if class == 0 { 1.0 } else { 0.5 };
                (radius * cos, radius * sin)
            }
            Toy::Spiral => {
                let along = libm::sqrt(unit());
                let (sin, cos) = libm::sincos(along * 1.75 * TAU);
                (side * along * cos, side * along * sin)
            }
            Toy::Blobs => {
                let (sin, cos) = libm::sincos(f64::from(class) / 3.0 * TAU + PI / 2.0);
                let (dx, dy) = normal(&mut unit);
                (0.8 * cos + 0.2 * dx, 0.8 * sin + 0.2 * dy)
            }
            Toy::Xor => {
                let (x, y) = (unit(), unit());
                if unit() < 0.5 { (x, side * y) } else { (-x, -side * y) }
            }
        };
        let (dx, dy) = normal(&mut unit);
        ([(x + noise * dx) as f32, (y + noise * dy) as f32], class)
    }
}

/// Two independent numbers of mean 0 and standard deviation 1 (Box and Muller).
pub(super) fn normal(unit: &mut impl FnMut() -> f64) -> (f64, f64) {
    let length = libm::sqrt(-2.0 * libm::log(1.0 - unit()));
    let (sin, cos) = libm::sincos(unit() * TAU);
    (length * cos, length * sin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_depend_on_seed_and_index_and_classes_come_in_turn() {
        for (_, toy) in Toy::NAMED {
            let point = |seed, index| toy.point(0.1, seed, index);
            assert_eq!(point(3, 17), point(3, 17));
            assert_ne!(point(3, 17).0, point(4, 17).0);
            let classes: Vec<u8> = (0..6).map(|index| point(3, index).1).collect();
            let expected: Vec<u8> = (0..6).map(|index| (index % toy.classes()) as u8).collect();
            assert_eq!(classes, expected);
        }
    }

    #[test]
    fn without_noise_they_lie_where_their_shapes_are() {
        for index in 0..500 {
            let (at, class) = Toy::Circles.point(0.0, 1, index);
            let radius = libm::hypotf(at[0], at[1]);
            assert!((radius - if class == 0 { 1.0 } else { 0.5 }).abs() < 1e-6);
            let (at, class) = Toy::Xor.point(0.0, 1, index);
            assert_eq!(at[0] * at[1] >= 0.0, class == 0);
            let (at, _) = Toy::Spiral.point(0.0, 1, index);
            assert!(libm::hypotf(at[0], at[1]) <= 1.0);
            let (at, class) = Toy::Moons.point(0.0, 1, index);
            let centre = if class == 0 { [-0.5, -0.25] } else { [0.5, 0.25] };
            assert!((libm::hypotf(at[0] - centre[0], at[1] - centre[1]) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn noise_has_the_deviation_that_is_asked_for() {
        let points = 4000;
        let squares: f64 = (0..points)
            .map(|index| {
                let [(noisy, _), (clean, _)] = [0.3, 0.0].map(|noise| Toy::Moons.point(noise, 5, index));
                noisy.iter().zip(clean).map(|(a, b)| f64::from((a - b) * (a - b))).sum::<f64>()
            })
            .sum();
        let deviation = (squares / (2.0 * f64::from(points as u32))).sqrt();
        assert!((deviation - 0.3).abs() < 0.01, "{deviation}");
    }
}
