//! Random streams: one for each purpose, all from the experiment's seed.
//!
//! A stream is named by (seed, purpose, index), so that adding a purpose leaves the others alone, and
//! epoch 7's shuffle is known without drawing those of epochs 0 to 6. The generator is Xoshiro256++,
//! which gives the same numbers on 32 and 64 bits.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// What random numbers are drawn for. The numbers are part of every result: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Initial weights; the index is the layer's place in the network, dropout not counted.
    Weights = 1,
    /// The order of the training samples; the index is the epoch.
    Shuffle = 2,
    /// Which training samples are held out for validation.
    Split = 3,
    /// Generated data; the index is the sample's.
    Data = 4,
    /// What dropout silences; the index is of the step, the layer and the row.
    Dropout = 5,
}

/// The stream of one purpose.
pub fn stream(seed: u64, purpose: Purpose, index: u64) -> Xoshiro256PlusPlus {
    let purpose = mix(seed ^ mix(purpose as u64));
    Xoshiro256PlusPlus::seed_from_u64(mix(purpose ^ mix(index)))
}

/// A number in `[0, 1)`, a multiple of 2⁻²⁴.
pub fn unit(rng: &mut Xoshiro256PlusPlus) -> f32 {
    const STEP: f32 = 1.0 / (1 << 24) as f32;
    (rng.next_u32() >> 8) as f32 * STEP
}

/// A number in `0..bound`; the slight unevenness (below 2⁻³² for the sizes used here) is harmless.
pub fn below(rng: &mut Xoshiro256PlusPlus, bound: u32) -> u32 {
    ((u64::from(rng.next_u32()) * u64::from(bound)) >> 32) as u32
}

/// Puts the items into a random order (Fisher and Yates).
pub fn shuffle<T>(rng: &mut Xoshiro256PlusPlus, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last as u32 + 1) as usize);
    }
}

/// The finaliser of SplitMix64: near seeds give streams that have nothing in common.
fn mix(value: u64) -> u64 {
    let z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_the_same_on_every_platform_and_different_for_every_purpose() {
        let first = |purpose, index| stream(42, purpose, index).next_u64();
        assert_eq!(first(Purpose::Weights, 0), stream(42, Purpose::Weights, 0).next_u64());
        let firsts = [
            first(Purpose::Weights, 0),
            first(Purpose::Weights, 1),
            first(Purpose::Shuffle, 0),
            first(Purpose::Split, 0),
            first(Purpose::Data, 0),
        ];
        for (i, a) in firsts.iter().enumerate() {
            assert!(firsts[..i].iter().all(|b| a != b));
        }
    }

    #[test]
    fn a_shuffle_keeps_every_item_once() {
        let mut items: Vec<u32> = (0..1000).collect();
        shuffle(&mut stream(1, Purpose::Shuffle, 0), &mut items);
        assert_ne!(items[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        items.sort_unstable();
        assert!(items.iter().copied().eq(0..1000));
    }

    #[test]
    fn unit_lies_in_its_range_with_the_mean_of_a_uniform_draw() {
        let mut rng = stream(7, Purpose::Data, 0);
        let draws: Vec<f32> = (0..10_000).map(|_| unit(&mut rng)).collect();
        assert!(draws.iter().all(|u| (0.0..1.0).contains(u)));
        let mean = draws.iter().sum::<f32>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
    }
}
