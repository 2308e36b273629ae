//! How active each unit of an activation layer is over the held-out samples, and which have stopped to learn.

use serde::Serialize;

use crate::kernel;
use crate::layer::{Activation, LayerSpec};
use crate::network::{Block, Network};

/// A unit is saturated where its slope is flat for at least this share of the samples.
const SATURATED_SHARE: f64 = 0.95;

/// What an activation layer's units do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LayerActivity {
    /// The layer's place in the network (from 0).
    pub place: usize,
    /// How many there are.
    pub units: u32,
    /// Those of a ReLU and its kin that no sample makes active: a ReLU's learn nothing any more.
    pub dead: u32,
    /// Those of a sigmoid or tanh whose slope is below 5 % of its greatest for 95 % of the samples: they learn next to
    /// nothing.
    pub saturated: u32,
}

/// Counts for one activation layer.
pub(super) struct Activity {
    place: usize,
    function: Activation,
    samples: u32,
    /// For how many samples each unit was active.
    active: Vec<u32>,
    /// For how many samples each unit's slope was flat.
    flat: Vec<u32>,
}

impl Activity {
    /// One for each activation layer.
    pub fn of(layers: &[LayerSpec], network: &Network) -> Vec<Self> {
        let widths = network.widths().skip(1);
        let activations = layers.iter().zip(widths).enumerate().filter_map(|(place, (layer, width))| {
            let LayerSpec::Activation { function } = *layer else { return None };
            Some(Self { place, function, samples: 0, active: vec![0; width], flat: vec![0; width] })
        });
        activations.collect()
    }

    pub fn count(&mut self, block: &Block, rows: usize) {
        let threshold = self.function.threshold();
        self.samples += rows as u32;
        for row in block.value(self.place + 1).outer_iter().take(rows) {
            let row = row.to_slice().expect("standard layout");
            kernel::count_above(row, threshold, &mut self.active);
            if self.function.has_flat_ends() {
                for (&y, flat) in row.iter().zip(&mut self.flat) {
                    *flat += u32::from(self.function.is_flat_at(y));
                }
            }
        }
    }

    pub fn active(&self) -> &[u32] {
        &self.active
    }

    pub fn summary(&self) -> LayerActivity {
        let units = 0..self.active.len();
        LayerActivity {
            place: self.place,
            units: units.len() as u32,
            dead: units.clone().filter(|&unit| self.is_dead(unit)).count() as u32,
            saturated: units.filter(|&unit| self.is_saturated(unit)).count() as u32,
        }
    }

    /// The layer's place in the network.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Whether no sample makes a unit active, where that keeps it from learning.
    pub fn is_dead(&self, unit: usize) -> bool {
        self.function.can_die() && self.active[unit] == 0
    }

    /// Whether a unit's slope is flat for nearly every sample.
    pub fn is_saturated(&self, unit: usize) -> bool {
        f64::from(self.flat[unit]) >= SATURATED_SHARE * f64::from(self.samples)
    }
}
