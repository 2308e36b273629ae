//! The receiver operating characteristic of two classes: at every threshold, how many of the second class are found, and how
//! many of the first are taken for it (scikit-learn's `roc_curve` and `roc_auc_score`).

use serde::Serialize;

use super::Evaluation;
use crate::order::{first, rising};

/// Points that are told: so many that a picture of them is smooth.
const MOST: usize = 240;

/// From the strictest threshold to the mildest; position i of each list is the same threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Roc {
    /// What is at least as probable is taken for the second class.
    pub thresholds: Vec<f32>,
    /// The share of the second class that is found: its recall.
    pub found: Vec<f64>,
    /// The share of the first class that is taken for the second.
    pub false_alarms: Vec<f64>,
    /// The area beneath: how probable it is that one of the second class is read as more probable than one of the first.
    pub area: f64,
    /// How many there are of the first class, and of the second.
    pub counts: [u32; 2],
}

impl Roc {
    /// Of how probable the second class is for each sample, and whether it is of that class; none where a class has none.
    pub fn of(readings: impl IntoIterator<Item = (f32, bool)>) -> Option<Self> {
        let readings: Vec<(f32, bool)> = readings.into_iter().filter(|(p, _)| !p.is_nan()).collect();
        let keys = readings.iter().enumerate().map(|(place, (p, _))| (!rising(*p), place));
        let readings: Vec<_> = first(keys, readings.len()).into_iter().map(|place| readings[place]).collect();
        let of_second = readings.iter().filter(|(_, is)| *is).count();
        let counts = [readings.len() - of_second, of_second].map(|count| count as u32);
        let mut roc = Self { thresholds: vec![], found: vec![], false_alarms: vec![], area: 0.0, counts };
        let [all_first, all_second] = counts.map(f64::from);
        let (mut first, mut second) = (0.0, 0.0);
        for alike in readings.chunk_by(|a, b| a.0 == b.0) {
            let found = alike.iter().filter(|(_, is)| *is).count() as f64;
            let alarms = alike.len() as f64 - found;
            // Those that are read alike are in no order: a straight line.
            roc.area += alarms * (second + found / 2.0);
            (first, second) = (first + alarms, second + found);
            roc.thresholds.push(alike[0].0);
            roc.false_alarms.push(first / all_first);
            roc.found.push(second / all_second);
        }
        roc.area /= all_first * all_second;
        (all_first > 0.0 && all_second > 0.0).then_some(roc)
    }

    /// The same with no more points than a picture needs, and those that hold at every whole percent; the last one stays.
    fn thinned(self) -> Self {
        let count = self.thresholds.len();
        let percent =
            |place: usize| self.thresholds.get(place).map(|at| (f64::from(*at) * 100.0).floor() as i32);
        let kept = |place: &usize| {
            let is_point = place * MOST / count != (place + 1) * MOST / count || count <= MOST;
            is_point || percent(*place) != percent(place + 1)
        };
        let places: Vec<usize> = (0..count).filter(kept).collect();
        Self {
            thresholds: places.iter().map(|&place| self.thresholds[place]).collect(),
            found: places.iter().map(|&place| self.found[place]).collect(),
            false_alarms: places.iter().map(|&place| self.false_alarms[place]).collect(),
            ..self
        }
    }
}

impl Evaluation {
    /// Of the samples held out; none where there are not two classes, or one of them is not there.
    pub fn roc(&self) -> Option<Roc> {
        if self.data.classes() != 2 {
            return None;
        }
        let pairs = self.readings.iter().zip(self.probabilities.chunks_exact(2));
        Roc::of(pairs.map(|(reading, probabilities)| (probabilities[1], reading.actual == 1)))
            .map(Roc::thinned)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        labels: Vec<u8>,
        readings: Vec<f32>,
        thresholds: Vec<f32>,
        r#false: Vec<f64>,
        r#true: Vec<f64>,
        area: f64,
    }

    #[test]
    fn curves_and_areas_are_scikit_learn_s() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../../tests/parity/roc.json")).unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let labels = case.labels.iter().map(|&label| label == 1);
            let roc = Roc::of(case.readings.iter().copied().zip(labels)).unwrap();
            let near = |a: &[f64], b: &[f64]| {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
            };
            assert_eq!(roc.thresholds, case.thresholds);
            assert!(near(&roc.found, &case.r#true) && near(&roc.false_alarms, &case.r#false));
            assert!((roc.area - case.area).abs() < 1e-12);
        }
    }

    #[test]
    fn one_class_alone_has_none_and_what_is_long_is_thinned_to_its_end() {
        assert_eq!(Roc::of([(0.5, true), (0.7, true)]), None);
        let long = Roc::of((0..10_000).map(|i| (i as f32 / 1e4, i % 3 == 0))).unwrap();
        let thinned = long.clone().thinned();
        assert!(thinned.thresholds.len() <= MOST + 101 && thinned.area == long.area);
        for percent in 0..=100 {
            let at = f64::from(percent) / 100.0;
            let found = |roc: &Roc| {
                let place = roc.thresholds.iter().rposition(|&other| f64::from(other) >= at)?;
                Some((roc.found[place], roc.false_alarms[place]))
            };
            assert_eq!(found(&thinned), found(&long), "{percent}");
        }
        assert_eq!((thinned.found.last(), thinned.false_alarms.last()), (Some(&1.0), Some(&1.0)));
        let short = Roc::of((0..50).map(|i| (i as f32, i % 2 == 0))).unwrap();
        assert_eq!(short.clone().thinned(), short);
    }

    proptest! {
        #[test]
        fn the_area_is_the_share_of_pairs_in_order(
            readings in proptest::collection::vec((0..9_u8, any::<bool>()), 2..40),
        ) {
            let readings: Vec<(f32, bool)> = readings.iter().map(|&(p, is)| (f32::from(p), is)).collect();
            let of = |class: bool| readings.iter().filter(move |(_, is)| *is == class).map(|(p, _)| *p);
            let score = |second: f32, first: f32| match second.total_cmp(&first) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
            let pairs: Vec<f64> =
                of(true).flat_map(|second| of(false).map(move |first| score(second, first))).collect();
            let roc = Roc::of(readings.clone());
            prop_assert_eq!(roc.is_some(), !pairs.is_empty());
            if let Some(roc) = roc {
                prop_assert!((roc.area - pairs.iter().sum::<f64>() / pairs.len() as f64).abs() < 1e-9);
            }
        }
    }
}
