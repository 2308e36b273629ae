//! The hand that writes: how it slants, stretches and bends what it meant, how it trembles, and how broad its pen is.

use rand_xoshiro::Xoshiro256PlusPlus;

use super::curve::Point;
use crate::random;

/// The manner in which one digit is written.
pub struct Hand {
    /// Rows of a 2 × 2 matrix: slant, then proportions, then rotation.
    matrix: [[f32; 2]; 2],
    /// Weights of x², xy, y², y³ in the displacement of x and of y.
    bend: [[f32; 4]; 2],
    /// The standard deviation of a joint's displacement, in digit heights.
    tremor: f32,
    /// The pen's radius, in pixels of the finished digit.
    pub pen: f32,
}

impl Hand {
    /// A hand drawn at random; a `slim` digit (the one) slants more and trembles less. Slant, proportions and ink
    /// were compared with MNIST's training images; how much it bends and trembles is what let a network that learnt
    /// from such digits read most of those images.
    pub fn new(rng: &mut Xoshiro256PlusPlus, slim: bool) -> Self {
        let slant = if slim { 0.25 + 0.26 * normal(rng) } else { 0.13 + 0.22 * normal(rng) };
        let stretch = libm::expf(0.18 * normal(rng));
        let turn = 0.08 * normal(rng);
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let matrix =
            [[cos * stretch, -cos * stretch * slant - sin], [sin * stretch, cos - sin * stretch * slant]];
        let bend = [[0.0; 4]; 2].map(|row| row.map(|_: f32| 0.13 * normal(rng)));
        let tremor = if slim { 0.02 } else { 0.04 } * libm::expf(0.3 * normal(rng));
        let pen = (1.36 * libm::expf(0.27 * normal(rng))).min(2.4);
        Self { matrix, bend, tremor, pen }
    }

    /// A joint as this hand aims at it: near where it was meant, and half as far `astray` as the joint before, so
    /// that whole loops grow and shrink.
    pub fn aim(&self, rng: &mut Xoshiro256PlusPlus, astray: &mut Point, joint: Point) -> Point {
        *astray = Point {
            x: 0.5 * astray.x + 0.87 * self.tremor * normal(rng),
            y: 0.5 * astray.y + 0.87 * self.tremor * normal(rng),
        };
        Point { x: joint.x + astray.x, y: joint.y + astray.y }
    }

    /// Where a point of the upright digit (a unit square, y down) comes to lie.
    pub fn place(&self, point: Point) -> Point {
        let (x, y) = (2.0 * point.x - 1.0, 2.0 * point.y - 1.0);
        let terms = [x * x, x * y, y * y, y * (y * y - 1.0)];
        let displaced =
            |k: usize| -> f32 { self.bend[k].iter().zip(terms).map(|(weight, term)| weight * term).sum() };
        let (x, y) = (x + displaced(0), y + displaced(1));
        let [[a, b], [c, d]] = self.matrix;
        Point { x: a * x + b * y, y: c * x + d * y }
    }
}

/// How hard the pen is pressed at one end of a stroke: a factor for its radius.
pub fn pressure(rng: &mut Xoshiro256PlusPlus) -> f32 {
    1.0 - 0.25 * random::unit(rng)
}

/// Nearly normal, mean 0 and variance 1: the sum of four uniform numbers (never beyond ±3.47).
pub fn normal(rng: &mut Xoshiro256PlusPlus) -> f32 {
    let sum = random::unit(rng) + random::unit(rng) + random::unit(rng) + random::unit(rng);
    (sum - 2.0) * 1.732_050_8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn normal_numbers_have_mean_zero_and_variance_one() {
        let mut rng = stream(1, Purpose::Data, 0);
        let drawn: Vec<f32> = (0..20_000).map(|_| normal(&mut rng)).collect();
        let mean = drawn.iter().sum::<f32>() / 20_000.0;
        let variance = drawn.iter().map(|v| v * v).sum::<f32>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
    }
}
