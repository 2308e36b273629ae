//! A short name of a network's weights, so that two people can compare theirs.

use std::fmt;

use crate::network::Network;

/// 64 bits of the weights; shown as `5be1-09c3-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    /// The first twelve hexadecimal digits in groups of four: short enough to read out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}-{:04x}-{:04x}", self.0 >> 48, (self.0 >> 32) & 0xffff, (self.0 >> 16) & 0xffff)
    }
}

/// FNV-1a over the bits of all parameters in their order, one word at a time. None where one is not a
/// number: NaN has many bits, and which a machine makes is its own affair.
pub fn of(network: &Network) -> Option<Fingerprint> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for param in network.params() {
        for &value in &param.value {
            if value.is_nan() {
                return None;
            }
            hash = (hash ^ u64::from(value.to_bits())).wrapping_mul(0x0000_0100_0000_01b3);
            // The word is wider than FNV's byte: fold the high half back in.
            hash ^= hash >> 32;
        }
    }
    Some(Fingerprint(hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parse_link;

    #[test]
    fn one_bit_of_one_weight_changes_the_fingerprint_and_nan_has_none() {
        let mut network = Network::new(20, &parse_link("hidden=3").experiment.layers, 1);
        let before = of(&network).unwrap();
        let weight =
            |network: &mut Network, value| network.params_mut().last().unwrap().value[[0, 4]] = value;
        weight(&mut network, f32::MIN_POSITIVE);
        assert_ne!(of(&network), Some(before));
        weight(&mut network, f32::NAN);
        assert_eq!(of(&network), None);
        assert_eq!(before.to_string().len(), 14);
    }
}
