//! How what a network tells goes with one of its inputs: the mean over some samples, as if that input were another
//! (scikit-learn's `partial_dependence`, by brute force).

use std::ops::RangeInclusive;

use crate::dataset::Dataset;
use crate::evaluation::Evaluation;

/// Samples that are looked at: at equal distances among all of them, the fewer the larger the network is.
const SAMPLES: RangeInclusive<usize> = 8..=128;
/// Products of a whole curve that are few enough to be asked for with every evaluation.
const PRODUCTS: usize = 10_000_000;

/// A group of samples: those whose input at `column` is `value`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Which input.
    pub column: usize,
    /// What it is.
    pub value: f32,
}

/// The mean of what the network tells of these samples at every place of the input `along`: with one input the network's
/// own curve.
pub fn dependence(
    evaluation: &Evaluation,
    data: &Dataset,
    ids: &[u32],
    along: usize,
    group: Option<Group>,
    places: &[f32],
) -> Vec<f32> {
    let inputs = data.shape().inputs();
    if inputs == 1 {
        return evaluation.answers_to(places);
    }
    let is_in = |id: &u32| group.is_none_or(|group| data.input_at(*id, group.column) == group.value);
    let among: Vec<u32> = ids.iter().copied().filter(is_in).collect();
    let products = places.len() * evaluation.network().parameter_count();
    let most = (PRODUCTS / products.max(1)).clamp(*SAMPLES.start(), *SAMPLES.end());
    let step = among.len().div_ceil(most).max(1);
    let rows: Vec<Vec<f32>> = among.iter().step_by(step).map(|&id| data.input(id)).collect();
    if rows.is_empty() {
        return vec![f32::NAN; places.len()];
    }
    let moved = places.iter().flat_map(|&place| {
        rows.iter().flat_map(move |row| {
            let mut row = row.clone();
            row[along] = place;
            row
        })
    });
    let told = evaluation.answers_to(&moved.collect::<Vec<f32>>());
    let mean = |told: &[f32]| (told.iter().map(|&y| f64::from(y)).sum::<f64>() / told.len() as f64) as f32;
    told.chunks_exact(rows.len()).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::DataSpec;
    use crate::dataset::rows::{ColumnSpec, RowsSpec};
    use crate::experiment::parse_link;
    use crate::table::Table;
    use crate::{Experiment, Trainer};

    #[test]
    fn of_a_linear_network_it_is_a_line_with_the_input_s_own_slope_and_groups_differ_by_theirs() {
        let row = |i: usize| format!("{},{},{}\n", 3 * (i % 7) + 10 * (i % 2) + 1, i % 7, i % 2);
        let text = "y,a,b\n".to_string() + &(0..60).map(row).collect::<String>();
        let column = |name: &str| ColumnSpec { column: name.into(), categories: 0 };
        let spec = RowsSpec {
            table: "t".into(),
            target: column("y"),
            inputs: vec![column("a"), column("b")],
            ..RowsSpec::usual()
        };
        let data = Arc::new(Dataset::rows(&spec, &Table::read(text.as_bytes()).unwrap()).unwrap());
        let link = "data=function&hidden=0&opt=adam&lr=0.1&batch=10&epochs=400&scale=standard";
        let experiment = Experiment { data: DataSpec::Table(spec), ..parse_link(link).experiment };
        let mut trainer = Trainer::new(experiment, data.clone()).unwrap();
        trainer.run(u64::MAX);
        let evaluation = Evaluation::new(&trainer);
        let of = |group| dependence(&evaluation, &data, trainer.train(), 0, group, &[0.0, 1.0, 5.0]);
        let with = |value| of(Some(Group { column: 1, value }));
        let all = of(None);
        assert!((all[1] - all[0] - 3.0).abs() < 0.05 && (all[2] - all[0] - 15.0).abs() < 0.1, "{all:?}");
        assert!((with(1.0)[0] - 11.0).abs() < 0.1 && (with(0.0)[0] - 1.0).abs() < 0.1);
        assert!(with(7.0)[0].is_nan());
    }
}
