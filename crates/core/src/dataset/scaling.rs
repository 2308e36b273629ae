//! Scaling: what is done to every input before the network sees it, and to a number that it is to tell, learned from the
//! training part alone.

use serde::{Deserialize, Serialize};

use super::{Dataset, Task};

/// A scaling as data. Pixels come as 0 to 1 in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ScalingSpec {
    /// Nothing more: zeros stay zero, and can be skipped.
    #[default]
    None,
    /// The mean of every pixel is taken off.
    Mean,
    /// That, and the rest is divided by the pixel's standard deviation (scikit-learn's `StandardScaler`); a pixel that is
    /// always the same is left at 0. Numbers to be told are scaled likewise.
    Standard,
}

/// What a scaling has learned: `(x − mean) · factor`, pixel by pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// In units of the input, 0 to 1.
    pub mean: Vec<f32>,
    /// 1 / standard deviation, or 1.
    pub factor: Vec<f32>,
    /// The number to be told.
    pub target: TargetScale,
}

/// How a number to be told is learned: `(y − mean) / deviation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetScale {
    /// In the target's units.
    pub mean: f64,
    /// In the target's units; 1 where it is not scaled.
    pub deviation: f64,
}

impl Default for TargetScale {
    fn default() -> Self {
        Self { mean: 0.0, deviation: 1.0 }
    }
}

impl TargetScale {
    /// A number as a network learns it.
    pub fn scaled(self, value: f32) -> f32 {
        ((f64::from(value) - self.mean) / self.deviation) as f32
    }

    /// What a network says, in the target's units.
    pub fn value(self, output: f32) -> f64 {
        f64::from(output) * self.deviation + self.mean
    }

    fn of(spec: ScalingSpec, data: &Dataset, ids: &[u32]) -> Self {
        if data.task() != Task::Value {
            return Self::default();
        }
        let mean_of = |each: &dyn Fn(f64) -> f64| {
            let values = ids.iter().filter_map(|&id| data.value(id));
            values.map(|value| each(f64::from(value))).sum::<f64>() / ids.len().max(1) as f64
        };
        let mean = mean_of(&|y| y);
        let variance = mean_of(&|y| (y - mean) * (y - mean));
        let is_divided = spec == ScalingSpec::Standard && variance > 0.0;
        Self { mean, deviation: if is_divided { variance.sqrt() } else { 1.0 } }
    }
}

impl Scaling {
    /// Learns from these samples; nothing where nothing is to be scaled.
    pub fn of(spec: ScalingSpec, data: &Dataset, ids: &[u32]) -> Option<Self> {
        if spec == ScalingSpec::None {
            return None;
        }
        if !data.has_pixels() {
            return Some(Self::of_numbers(spec, data, ids));
        }
        // Whole numbers: no order of the samples changes a bit.
        let mut sums = vec![(0_u64, 0_u64); data.shape().inputs()];
        for &id in ids {
            for ((sum, squares), &pixel) in sums.iter_mut().zip(data.pixels(id)) {
                *sum += u64::from(pixel);
                *squares += u64::from(pixel) * u64::from(pixel);
            }
        }
        let count = ids.len().max(1) as f64;
        let deviation = |(sum, squares): (u64, u64)| {
            let mean = sum as f64 / count;
            (squares as f64 / count - mean * mean).max(0.0).sqrt() / 255.0
        };
        let factor = |sums| match (spec, deviation(sums)) {
            (ScalingSpec::Standard, deviation) if deviation > 0.0 => (1.0 / deviation) as f32,
            _ => 1.0,
        };
        Some(Self {
            mean: sums.iter().map(|&(sum, _)| (sum as f64 / count / 255.0) as f32).collect(),
            factor: sums.iter().map(|&sums| factor(sums)).collect(),
            target: TargetScale::default(),
        })
    }

    /// The same of samples that are no images, in the order of their ids.
    fn of_numbers(spec: ScalingSpec, data: &Dataset, ids: &[u32]) -> Self {
        let columns = data.shape().inputs();
        let count = ids.len().max(1) as f64;
        let mut row = vec![0.0; columns];
        let mut mean_of = |each: &dyn Fn(usize, f64) -> f64| {
            let mut sums = vec![0.0; columns];
            for &id in ids {
                data.copy_input(id, &mut row);
                for (column, (sum, &x)) in sums.iter_mut().zip(&row).enumerate() {
                    *sum += each(column, f64::from(x));
                }
            }
            sums.iter().map(|sum| sum / count).collect::<Vec<f64>>()
        };
        let mean = mean_of(&|_, x| x);
        let variance = mean_of(&|column, x| (x - mean[column]) * (x - mean[column]));
        let factor = |&variance: &f64| match spec {
            ScalingSpec::Standard if variance > 0.0 => (1.0 / variance.sqrt()) as f32,
            _ => 1.0,
        };
        Self {
            factor: variance.iter().map(factor).collect(),
            mean: mean.iter().map(|&mean| mean as f32).collect(),
            target: TargetScale::of(spec, data, ids),
        }
    }

    /// Scales one sample, 0 to 1.
    pub fn apply(&self, input: &mut [f32]) {
        for ((x, mean), factor) in input.iter_mut().zip(&self.mean).zip(&self.factor) {
            *x = (*x - mean) * factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::toys::{Toy, ToySpec};

    fn scaled(spec: ScalingSpec) -> (Scaling, Vec<Vec<f32>>) {
        let data = Dataset::generated(1, 80, 20);
        let ids: Vec<u32> = (0..60).collect();
        let scaling = Scaling::of(spec, &data, &ids).unwrap();
        let rows = ids.iter().map(|&id| {
            let mut x = vec![0.0; 784];
            data.copy_input(id, &mut x);
            scaling.apply(&mut x);
            x
        });
        (scaling.clone(), rows.collect())
    }

    /// Mean and standard deviation of a pixel.
    fn moments(rows: &[Vec<f32>], pixel: usize) -> (f32, f32) {
        let count = rows.len() as f32;
        let mean = rows.iter().map(|row| row[pixel]).sum::<f32>() / count;
        (mean, (rows.iter().map(|row| (row[pixel] - mean) * (row[pixel] - mean)).sum::<f32>() / count).sqrt())
    }

    #[test]
    fn the_samples_it_has_learned_from_have_mean_0_and_deviation_1() {
        let (scaling, rows) = scaled(ScalingSpec::Standard);
        let mut varied = 0;
        for pixel in 0..784 {
            let (mean, deviation) = moments(&rows, pixel);
            assert!(mean.abs() < 1e-5, "{pixel}: {mean}");
            if scaling.factor[pixel] != 1.0 {
                assert!((deviation - 1.0).abs() < 1e-4, "{pixel}: {deviation}");
                varied += 1;
            }
        }
        assert!(varied > 200, "{varied}");
        // A corner never has ink.
        assert_eq!((scaling.mean[0], scaling.factor[0], rows[0][0]), (0.0, 1.0, 0.0));
    }

    #[test]
    fn numbers_are_scaled_as_pixels_are() {
        let spec = ToySpec { shape: Toy::Blobs, points: 200, noise: 0.3, seed: 1 };
        let data = Dataset::toy(spec);
        let ids: Vec<u32> = (0..150).collect();
        let scaling = Scaling::of(ScalingSpec::Standard, &data, &ids).unwrap();
        let rows = ids.iter().map(|&id| {
            let mut x = data.input(id);
            scaling.apply(&mut x);
            x
        });
        let rows: Vec<Vec<f32>> = rows.collect();
        for column in 0..2 {
            let (mean, deviation) = moments(&rows, column);
            assert!(mean.abs() < 1e-5 && (deviation - 1.0).abs() < 1e-4, "{column}: {mean} {deviation}");
        }
    }

    #[test]
    fn a_mean_alone_leaves_the_deviations() {
        let (scaling, rows) = scaled(ScalingSpec::Mean);
        assert!(scaling.factor.iter().all(|&factor| factor == 1.0));
        let (mean, deviation) = moments(&rows, 14 * 28 + 14);
        assert!(mean.abs() < 1e-6 && deviation > 0.1, "{mean} {deviation}");
    }
}
