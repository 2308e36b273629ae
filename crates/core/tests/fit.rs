//! Fitting a drawing: digits that are moved and made larger or smaller at random are read nearly as well as they were.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use brainbow::Trainer;
use brainbow::dataset::generated::normalise::{FIELD, normalise};
use brainbow::experiment::parse_link;
use brainbow::inspection::Why;
use rand::{Rng, RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// The pad's side.
const SIDE: usize = 280;

/// The digit on a pad, `scale` times as large, its corner at `left`, `top`; between its pixels values are interpolated.
fn on_pad(digit: &[u8], scale: f32, left: f32, top: f32) -> Vec<u8> {
    let pixel = |x: f32, y: f32| {
        let at = |x: f32, y: f32| {
            let inside = (0.0..FIELD as f32).contains(&x) && (0.0..FIELD as f32).contains(&y);
            if inside { f32::from(digit[y as usize * FIELD + x as usize]) } else { 0.0 }
        };
        let (x0, y0) = (x.floor(), y.floor());
        let (right, down) = (x - x0, y - y0);
        let row = |y| at(x0, y) * (1.0 - right) + at(x0 + 1.0, y) * right;
        row(y0) * (1.0 - down) + row(y0 + 1.0) * down
    };
    let place = |i: usize| ((i % SIDE) as f32 - left, (i / SIDE) as f32 - top);
    let ink = |i| {
        let (x, y) = place(i);
        pixel((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5).round() as u8
    };
    (0..SIDE * SIDE).map(ink).collect()
}

fn uniform(rng: &mut impl Rng, least: f32, most: f32) -> f32 {
    least + rng.random::<f32>() * (most - least)
}

#[test]
#[ignore = "needs real MNIST"]
fn a_thousand_digits_moved_and_scaled_lose_less_than_two_points() {
    let data = common::mnist();
    let mut trainer = Trainer::new(parse_link("data=mnist&hidden=30").experiment, data.clone()).unwrap();
    trainer.run(3 * trainer.steps_per_epoch());
    let loss = trainer.experiment().build_loss();
    let read = |pixels: &[u8]| {
        let input: Vec<f32> = pixels.iter().map(|&pixel| f32::from(pixel) / 255.0).collect();
        Why::new(trainer.network(), &*loss, &input, None, None).predicted
    };

    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let (mut before, mut after) = (0, 0);
    for id in data.test().take(1000) {
        let scale = uniform(&mut rng, 2.0, 9.0);
        let room = SIDE as f32 - scale * FIELD as f32;
        let (left, top) = (uniform(&mut rng, 0.0, room), uniform(&mut rng, 0.0, room));
        let mut fitted = [0; FIELD * FIELD];
        normalise(&on_pad(data.pixels(id), scale, left, top), SIDE, &mut fitted);
        before += u32::from(read(data.pixels(id)) == data.label(id));
        after += u32::from(read(&fitted) == data.label(id));
    }
    println!("of 1000: {before} as they are, {after} moved, scaled and fitted");
    assert!(before > 900, "{before}");
    assert!(f64::from(before) - f64::from(after) < 20.0, "{before} before, {after} after");
}
