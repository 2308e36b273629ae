//! What is to be told of the samples of one block, as a loss reads it.

use ndarray::{Array2, s};

use super::{Dataset, TargetScale};
use crate::loss::Targets;

/// Room for the answers of a block of samples: their classes, or their numbers as a network learns them.
pub struct Expected {
    scale: TargetScale,
    is_class: bool,
    classes: Vec<u8>,
    /// rows × 1.
    values: Array2<f32>,
}

impl Expected {
    /// Room for up to `rows` samples of a data set; numbers are scaled.
    pub fn new(data: &Dataset, scale: TargetScale, rows: usize) -> Self {
        let is_class = data.task().classes() > 0;
        let [classes, values] = if is_class { [rows, 0] } else { [0, rows] };
        Self { scale, is_class, classes: vec![0; classes], values: Array2::zeros((values, 1)) }
    }

    /// Takes the answers of these samples.
    pub fn load(&mut self, data: &Dataset, ids: &[u32]) {
        self.classes.iter_mut().zip(ids).for_each(|(class, &id)| *class = data.label(id));
        for (value, &id) in self.values.iter_mut().zip(ids) {
            *value = self.scale.scaled(data.value(id).unwrap_or(f32::NAN));
        }
    }

    /// Those of the first `rows`.
    pub fn targets(&self, rows: usize) -> Targets<'_> {
        if self.is_class {
            Targets::Classes(&self.classes[..rows])
        } else {
            Targets::Values(self.values.slice(s![..rows, ..]))
        }
    }
}
