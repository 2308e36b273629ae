//! Handwritten-looking digits made from a seed: something to learn from before any file has been fetched.
//!
//! A digit is a skeleton (one of several ways to write it, somewhere between two poses), placed by a hand that
//! slants, bends and trembles, drawn with a round pen, and normalised as MNIST was. Sample `index` depends on
//! [`VERSION`], seed and index alone: it is made on demand, in any order, with the same bits on every platform.
//!
//! It is not MNIST, and no copy of it. A network that has seen only these digits reads about nine in ten of MNIST's;
//! how well it would do after learning from MNIST itself, they cannot tell.

mod curve;
mod hand;
pub mod normalise;
mod pen;
mod skeletons;

use rand_xoshiro::Xoshiro256PlusPlus;

use crate::random::{self, Purpose};
use curve::Point;
use hand::Hand;
use pen::Sheet;
use skeletons::{DIGITS, Skeleton};

/// Changes whenever the same seed and index would give another digit.
pub const VERSION: u32 = 1;

/// Pixels of the sheet for one of the finished digit.
const FINENESS: f32 = 3.0;

/// Streams from here on shuffle the labels; those below draw the samples.
const LABELS: u64 = 1 << 32;

/// The digit that sample `index` shows, without drawing it. Every ten samples from a multiple of ten on show all ten
/// digits, in an order of their own, so every prefix is balanced.
pub fn label(seed: u64, index: u32) -> u8 {
    let mut rng = random::stream(seed, Purpose::Data, LABELS + u64::from(index / 10));
    let mut digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    random::shuffle(&mut rng, &mut digits);
    digits[(index % 10) as usize]
}

/// Draws sample `index`: 28 × 28, row by row, 0 paper, 255 ink.
pub fn render(seed: u64, index: u32, pixels: &mut [u8; 784]) {
    let digit = label(seed, index);
    let mut rng = random::stream(seed, Purpose::Data, u64::from(index));
    let hand = Hand::new(&mut rng, digit == 1);
    let skeleton = choose(&mut rng, DIGITS[usize::from(digit)]);
    let mut strokes = write(&mut rng, skeleton, &hand);
    let radius = hand.pen * FINENESS;
    fit(&mut strokes, radius);
    let mut sheet = Sheet::blank();
    for stroke in &strokes {
        let (start, end) = (radius * hand::pressure(&mut rng), radius * hand::pressure(&mut rng));
        let step = (end - start) / stroke.len() as f32;
        for (k, pair) in stroke.windows(2).enumerate() {
            let from = start + step * k as f32;
            sheet.line(pair[0], pair[1], (from, from + step));
        }
    }
    normalise::normalise(&sheet.ink(), pen::SIDE, pixels);
}

/// A skeleton, each as often as its share says.
fn choose<'a>(rng: &mut Xoshiro256PlusPlus, skeletons: &'a [Skeleton]) -> &'a Skeleton {
    let mut rest = random::unit(rng) * skeletons.iter().map(|s| s.share).sum::<f32>();
    for skeleton in skeletons {
        rest -= skeleton.share;
        if rest < 0.0 {
            return skeleton;
        }
    }
    &skeletons[0]
}

/// The strokes as polylines: joints between two poses, as the hand aims at them, joined smoothly, placed.
fn write(rng: &mut Xoshiro256PlusPlus, skeleton: &Skeleton, hand: &Hand) -> Vec<Vec<Point>> {
    let poses = skeleton.poses;
    let first = random::below(rng, poses.len() as u32);
    let second = (first + 1 + random::below(rng, poses.len() as u32 - 1)) % poses.len() as u32;
    let (first, second) = (poses[first as usize], poses[second as usize]);
    let towards = random::unit(rng) - 0.15;
    let mut joints = first.iter().zip(second).map(|(&(ax, ay), &(bx, by))| {
        let between = |a: i8, b: i8| 0.01 * (f32::from(a) + towards * (f32::from(b) - f32::from(a)));
        Point { x: between(ax, bx), y: between(ay, by) }
    });
    let trace = |part: &[Point], line: &mut Vec<Point>| curve::trace(part, |p| line.push(hand.place(p)));
    let mut strokes = Vec::new();
    let mut astray = Point { x: 0.0, y: 0.0 };
    for plan in skeleton.plan.split(' ') {
        let mut line = Vec::with_capacity(96);
        let mut part = Vec::with_capacity(16);
        for (kind, joint) in plan.bytes().zip(joints.by_ref()) {
            let joint = hand.aim(rng, &mut astray, joint);
            part.push(joint);
            if kind == b'v' {
                trace(&part, &mut line);
                part.clear();
                part.push(joint);
            }
        }
        trace(&part, &mut line);
        strokes.push(line);
    }
    strokes
}

/// Scales and moves the strokes so that, drawn with this radius, they fill the sheet up to a margin.
fn fit(strokes: &mut [Vec<Point>], radius: f32) {
    let (mut low, mut high) = (Point { x: f32::MAX, y: f32::MAX }, Point { x: f32::MIN, y: f32::MIN });
    for p in strokes.iter().flatten() {
        low = Point { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Point { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    let room = normalise::BOX as f32 * FINENESS - 2.0 * radius;
    let scale = room / (high.x - low.x).max(high.y - low.y);
    let margin = (pen::SIDE as f32 - room) / 2.0;
    for p in strokes.iter_mut().flatten() {
        *p = Point { x: margin + (p.x - low.x) * scale, y: margin + (p.y - low.y) * scale };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64, index: u32) -> [u8; 784] {
        let mut pixels = [7; 784];
        render(seed, index, &mut pixels);
        pixels
    }

    #[test]
    fn ten_in_a_row_show_every_digit_once() {
        for block in [0, 1, 77, 429_496_728] {
            let mut labels: Vec<u8> = (0..10).map(|k| label(5, block * 10 + k)).collect();
            labels.sort_unstable();
            assert_eq!(labels, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
    }

    #[test]
    fn the_order_of_the_labels_differs_from_ten_to_ten_and_from_seed_to_seed() {
        let order = |seed, block: u32| -> Vec<u8> { (0..10).map(|k| label(seed, block * 10 + k)).collect() };
        assert_ne!(order(1, 0), order(1, 1));
        assert_ne!(order(1, 0), order(2, 0));
    }

    #[test]
    fn a_sample_depends_on_seed_and_index_alone() {
        let alone = drawn(3, 41);
        drawn(3, 40);
        assert_eq!(drawn(3, 41), alone);
        assert_ne!(drawn(4, 41), alone);
        assert_ne!(drawn(3, 42), alone);
    }

    #[test]
    fn ink_fills_a_box_of_twenty_around_its_centre_of_mass() {
        for index in 0..300 {
            let pixels = drawn(1, index);
            let rows = (0..28).filter(|y| pixels[y * 28..][..28].iter().any(|&v| v > 0)).count();
            let columns = (0..28).filter(|x| (0..28).any(|y| pixels[y * 28 + x] > 0)).count();
            assert!((19..=20).contains(&rows.max(columns)), "{index}: {rows} × {columns}");
            assert!(pixels.iter().any(|&v| v > 150), "{index} is too faint");
        }
    }

    #[test]
    fn every_stroke_is_drawn_to_its_last_joint() {
        let mut rng = random::stream(1, Purpose::Data, 0);
        let hand = Hand::new(&mut rng, false);
        for skeleton in DIGITS.into_iter().flatten() {
            let strokes = write(&mut rng, skeleton, &hand);
            let joints = skeleton.plan.split(' ').map(str::len);
            assert!(
                strokes.iter().map(|line| line.len() / curve::PIECES + 1).eq(joints),
                "{}",
                skeleton.plan
            );
        }
    }

    #[test]
    fn the_first_thousand_are_those_of_this_version_to_the_last_bit() {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64; // FNV-1a
        for byte in (0..1000).flat_map(|index| drawn(1, index)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        assert_eq!((VERSION, hash), (1, 0xa1da8e92c755300f), "other digits need another version");
    }
}
