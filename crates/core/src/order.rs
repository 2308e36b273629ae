//! What comes first. One sort of numbers is used by all: std's takes 5 kB of the module for every type.

use std::collections::BinaryHeap;

/// The places with the smallest keys, smallest first; equals by place.
pub(crate) fn first<K: Ord>(keys: impl Iterator<Item = (K, usize)>, most: usize) -> Vec<usize> {
    let mut first = BinaryHeap::new();
    for key in keys {
        first.push(key);
        if first.len() > most {
            first.pop();
        }
    }
    first.into_sorted_vec().into_iter().map(|(_, place)| place).collect()
}

/// A number whose order among others is that of `f32::total_cmp`.
pub(crate) fn rising(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 0 { bits | 1 << 31 } else { !bits }
}

/// Numbers in rising order.
pub(crate) fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers
}
