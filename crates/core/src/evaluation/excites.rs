//! One unit, watched while the held-out samples are read: which of them excite it most, and which silence it.

use serde::Serialize;

use super::activity::Activity;
use crate::network::Block;
use crate::order::{first, rising};

/// A unit of a dense layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Which dense layer, from 0.
    pub layer: usize,
    /// Which of its units, from 0.
    pub unit: usize,
}

/// A held-out sample, as a unit sees it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Excited {
    /// The sample's id.
    pub id: u32,
    /// What the unit sums up: filter · input + bias, before its activation.
    pub sum: f32,
}

/// What a unit answers to, at one step.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Excites {
    /// Which dense layer, from 0.
    pub layer: usize,
    /// Which unit of it.
    pub unit: usize,
    /// The samples with the greatest sums, greatest first.
    pub most: Vec<Excited>,
    /// Those with the least, least first.
    pub least: Vec<Excited>,
    /// Whether no sample makes it active, and that keeps it from learning.
    pub dead: bool,
    /// Whether its slope is flat for nearly every sample.
    pub saturated: bool,
}

/// What has been seen of the unit so far.
pub(super) struct Watch {
    pub of: Unit,
    /// The layer's place in the network.
    place: usize,
    /// In the order of the held-out samples.
    sums: Vec<f32>,
}

impl Watch {
    pub fn new(of: Unit, place: usize) -> Self {
        Self { of, place, sums: Vec::new() }
    }

    pub fn note(&mut self, block: &Block, rows: usize) {
        self.sums.extend(block.value(self.place + 1).column(self.of.unit).iter().take(rows));
    }

    /// Whether the sample at a place makes its sum greater than zero.
    pub fn is_excited(&self, place: usize) -> bool {
        self.sums[place] > 0.0
    }

    pub fn excites(&self, ids: &[u32], activity: &[Activity], count: usize) -> Excites {
        let sums = || self.sums.iter().enumerate();
        let excited = |place: usize| Excited { id: ids[place], sum: self.sums[place] };
        let most = first(sums().map(|(place, &sum)| (!rising(sum), place)), count);
        let least = first(sums().map(|(place, &sum)| (rising(sum), place)), count);
        let activity = activity.iter().find(|activity| activity.place() == self.place + 1);
        Excites {
            layer: self.of.layer,
            unit: self.of.unit,
            most: most.into_iter().map(excited).collect(),
            least: least.into_iter().map(excited).collect(),
            dead: activity.is_some_and(|activity| activity.is_dead(self.of.unit)),
            saturated: activity.is_some_and(|activity| activity.is_saturated(self.of.unit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::evaluation::Evaluation;
    use crate::experiment::parse_link;
    use crate::trainer::Trainer;

    fn excites(link: &str, unit: Unit) -> Option<(Trainer, Excites)> {
        let data = Arc::new(Dataset::generated(1, 300, 200));
        let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
        trainer.run(20);
        let mut evaluation = Evaluation::new(&trainer).watching(Some(unit));
        while !evaluation.advance() {}
        let found = evaluation.excites(9);
        Some((trainer, found?))
    }

    #[test]
    fn the_samples_are_those_of_brute_force() {
        let (trainer, found) = excites("hidden=6&act=tanh", Unit { layer: 0, unit: 4 }).unwrap();
        let [weight, bias] = trainer.network().layer_params(0) else { panic!("dense") };
        let sum = |id: u32| {
            let mut x = [0.0; 784];
            trainer.data().copy_input(id, &mut x);
            let terms = x.iter().zip(weight.value.column(4)).map(|(&x, &w)| f64::from(x) * f64::from(w));
            terms.sum::<f64>() + f64::from(bias.value[[0, 4]])
        };
        let mut all: Vec<(f64, u32)> = trainer.data().test().map(|id| (sum(id), id)).collect();
        all.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let ids = |of: &[Excited]| of.iter().map(|excited| excited.id).collect::<Vec<_>>();
        assert_eq!(ids(&found.least), all.iter().take(9).map(|one| one.1).collect::<Vec<_>>());
        assert_eq!(ids(&found.most), all.iter().rev().take(9).map(|one| one.1).collect::<Vec<_>>());
        assert!(found.most.iter().all(|one| (f64::from(one.sum) - sum(one.id)).abs() < 1e-4));
    }

    #[test]
    fn those_that_excite_a_unit_make_its_sum_greater_than_zero() {
        let data = Arc::new(Dataset::generated(1, 300, 200));
        let trainer = Trainer::new(parse_link("hidden=6").experiment, data).unwrap();
        let evaluated = |unit| {
            let mut evaluation = Evaluation::new(&trainer).watching(unit);
            while !evaluation.advance() {}
            evaluation
        };
        let watched = evaluated(Some(Unit { layer: 0, unit: 2 }));
        let all = watched.excites(200).unwrap();
        let mut greater: Vec<u32> = all.most.iter().filter(|one| one.sum > 0.0).map(|one| one.id).collect();
        greater.sort_unstable();
        let exciting = watched.readings().zip(watched.exciting());
        assert_eq!(exciting.filter(|(_, is)| *is).map(|(of, _)| of.id).collect::<Vec<_>>(), greater);
        assert!(!greater.is_empty() && greater.len() < 200);
        assert!(evaluated(None).exciting().all(|is| !is));
    }

    #[test]
    fn a_later_layer_and_the_outputs_can_be_watched_and_nothing_beyond() {
        let link = "hidden=6,5&drop=0.2";
        let sums = |unit| excites(link, unit).map(|(_, found)| found.most[0].sum);
        assert!(sums(Unit { layer: 1, unit: 4 }).is_some());
        assert!(sums(Unit { layer: 2, unit: 9 }).is_some());
        assert!(sums(Unit { layer: 1, unit: 5 }).is_none());
        assert!(sums(Unit { layer: 3, unit: 0 }).is_none());
    }

    #[test]
    fn a_later_layer_is_read_to_the_end_with_its_pictures_and_who_is_active_in_it() {
        let data = Arc::new(Dataset::generated(1, 300, 200));
        let mut trainer =
            Trainer::new(parse_link("hidden=6,5&act=sigmoid&drop=0.2").experiment, data).unwrap();
        trainer.run(20);
        let mut evaluation = Evaluation::new(&trainer).watching(Some(Unit { layer: 1, unit: 2 }));
        while !evaluation.advance() {}
        let weights: Vec<_> = trainer.network().params().step_by(2).map(|weight| &weight.value).collect();
        let far = (&evaluation.pictures().unwrap() - &weights[0].dot(weights[1])).map(|off| off.abs());
        assert!(far.iter().all(|&off| off < 1e-5));
        let found = evaluation.excites(200).unwrap();
        assert_eq!((found.layer, found.unit), (1, 2));
        let active = found.most.iter().filter(|one| one.sum > 0.0).count();
        assert_eq!(evaluation.active_behind(1).unwrap()[2] as usize, active);
        assert_eq!(evaluation.active_behind(0), evaluation.active(0));
        assert!(evaluation.active_behind(2).is_none());
    }

    #[test]
    fn a_unit_that_nothing_excites_is_dead() {
        let dead = |rate: f64| {
            let of =
                (0..6).filter_map(|unit| excites(&format!("hidden=6&lr={rate}"), Unit { layer: 0, unit }));
            of.filter(|(_, found)| found.dead).map(|(_, found)| assert!(found.most[0].sum <= 0.0)).count()
        };
        assert_eq!(dead(0.05), 0);
        assert!(dead(30.0) > 0);
    }
}
