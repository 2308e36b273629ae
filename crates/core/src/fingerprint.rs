//! A short name of a network's weights, so that two people can compare theirs; or of a table.

use std::fmt;

use crate::network::Network;

/// 64 bits of what it names; shown as `5be1-09c3-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl fmt::Display for Fingerprint {
    /// The first twelve hexadecimal digits in groups of four: short enough to read out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}-{:04x}-{:04x}", self.0 >> 48, (self.0 >> 32) & 0xffff, (self.0 >> 16) & 0xffff)
    }
}

/// FNV-1a, one word at a time.
pub(crate) struct Folded(u64);

impl Folded {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn word(&mut self, word: u32) {
        self.0 = (self.0 ^ u64::from(word)).wrapping_mul(0x0000_0100_0000_01b3);
        // The word is wider than FNV's byte: fold the high half back in.
        self.0 ^= self.0 >> 32;
    }

    /// Its bytes, and where they end.
    pub fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.word(byte.into()));
        self.word(u32::MAX);
    }

    pub fn done(self) -> Fingerprint {
        Fingerprint(self.0)
    }
}

/// Of the bits of all parameters in their order. None where one is not a number: NaN has many bits, and which a machine
/// makes is its own affair.
pub fn of(network: &Network) -> Option<Fingerprint> {
    let mut folded = Folded::new();
    for param in network.params() {
        for &value in &param.value {
            if value.is_nan() {
                return None;
            }
            folded.word(value.to_bits());
        }
    }
    Some(folded.done())
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
