//! Numbers that are missing: each is the median of its column among the samples that are learned from, so that nothing is
//! known of those held out.

use std::sync::Arc;

use super::Dataset;
use crate::order::sorted;

impl Dataset {
    /// The same samples, in which what is missing is the median among these (0 where all of them lack it).
    pub fn filled_from(self: &Arc<Self>, ids: &[u32]) -> Arc<Self> {
        if self.names.filled == 0 {
            return self.clone();
        }
        let unfilled = Self { medians: Arc::default(), ..Self::clone(self) };
        let median = |column: usize| {
            let values = ids.iter().map(|&id| unfilled.input_at(id, column));
            median(values.filter(|value| !value.is_nan()))
        };
        let medians = (0..self.shape.inputs()).map(median).collect();
        Arc::new(Self { medians, ..unfilled })
    }

    /// Writes medians where nothing is.
    pub(super) fn fill(&self, input: &mut [f32]) {
        for (value, &median) in input.iter_mut().zip(&*self.medians) {
            if value.is_nan() {
                *value = median;
            }
        }
    }
}

/// Of an even number the mean of the two in the middle.
fn median(values: impl Iterator<Item = f32>) -> f32 {
    let values = sorted(values.map(f64::from).collect());
    let value = |place: usize| values[place] as f32;
    match values.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => value(odd / 2),
        even => f32::midpoint(value(even / 2 - 1), value(even / 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::rows::{ColumnSpec, Missing, RowsSpec};
    use crate::dataset::{DataSpec, Scaling, ScalingSpec};
    use crate::experiment::parse_link;
    use crate::table::Table;
    use crate::{Experiment, Trainer};

    /// Twenty rows of which every fifth lacks its `a`, and as many others, of which no number counts.
    fn table() -> (RowsSpec, Arc<Dataset>) {
        let row = |i: usize| {
            let a = if i % 5 == 4 { "NA".into() } else { format!("{}", i * i) };
            format!("{},{a},{}\n", i % 7, if i < 20 { "in" } else { "out" })
        };
        let text = "y,a,part\n".to_string() + &(0..40).map(row).collect::<String>();
        let column = |name: &str| ColumnSpec { column: name.into(), categories: 0 };
        let spec = RowsSpec {
            table: "t".into(),
            target: column("y"),
            inputs: vec![column("a")],
            rows: "part = in".into(),
            missing: Missing::Median,
            ..RowsSpec::usual()
        };
        let data = Dataset::rows(&spec, &Table::read(text.as_bytes()).unwrap()).unwrap();
        (spec, Arc::new(data))
    }

    #[test]
    fn the_median_is_that_of_the_samples_learned_from_alone() {
        let (spec, data) = table();
        let link = parse_link("data=function&hidden=2&scale=standard&val=0.3").experiment;
        for seed in 0..5 {
            let of = Experiment { data: DataSpec::Table(spec.clone()), seed, ..link.clone() };
            let trainer = Trainer::new(of, data.clone()).unwrap();
            let mut there: Vec<u32> =
                trainer.train().iter().filter(|&id| id % 5 != 4).map(|id| id * id).collect();
            there.sort_unstable();
            let (low, high) = (there[(there.len() - 1) / 2], there[there.len() / 2]);
            let median = (low + high) as f32 / 2.0;
            for id in 0..20 {
                let expected = if id % 5 == 4 { median } else { (id * id) as f32 };
                assert_eq!(trainer.data().input(id), [expected]);
                assert_eq!(trainer.data().input_at(id, 0), expected);
            }
            let scaling = Scaling::of(ScalingSpec::Standard, trainer.data(), trainer.train()).unwrap();
            assert!(scaling.mean[0].is_finite() && scaling.factor[0].is_finite());
        }
    }

    #[test]
    fn another_split_fills_anew_and_where_nothing_is_there_it_is_zero() {
        let (_, data) = table();
        let once = data.filled_from(&[1, 2, 3]);
        assert_eq!(once.input_at(4, 0), 4.0);
        assert_eq!(once.filled_from(&[7, 8]).input_at(4, 0), 56.5);
        assert_eq!(once.filled_from(&[4, 9]).input_at(4, 0), 0.0);
    }
}
