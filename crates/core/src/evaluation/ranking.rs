//! Rankings of samples: exact, never unsorted, equals by sample id, and no longer than asked for.

use serde::{Deserialize, Serialize};

use super::Reading;
use crate::order::{first, rising};

/// By what samples are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Order {
    /// The greatest probability of what was predicted first.
    MostConfident,
    /// The smallest first.
    LeastConfident,
    /// The loss, greatest first: the least probability of what was true.
    HighestLoss,
    /// The margin to the next class, smallest first: the forgivable ones.
    ClosestCall,
    /// The flattest distribution (greatest entropy) first.
    MostAtALoss,
}

/// Which samples are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Among {
    /// One cell of the confusion matrix.
    Cell {
        /// Its row.
        actual: u8,
        /// Its column.
        predicted: u8,
    },
    /// Everything off the diagonal.
    Mistakes,
    /// The mistakes of one row.
    MistakesOf {
        /// Its row.
        actual: u8,
    },
    /// The mistakes that excite the watched unit.
    ExcitingMistakes,
}

/// A sample of a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Ranked {
    /// The sample's id.
    pub id: u32,
    /// Its class.
    pub actual: u8,
    /// What it was taken for.
    pub predicted: u8,
    /// The probability of what it was taken for.
    pub probability: f32,
}

impl From<&Reading> for Ranked {
    fn from(&Reading { id, actual, predicted, probability, .. }: &Reading) -> Self {
        Self { id, actual, predicted, probability }
    }
}

/// The first samples of a ranking, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Ranking {
    /// All that were ranked.
    pub total: usize,
    /// The first of them.
    pub samples: Vec<Ranked>,
}

/// A reading's probabilities are asked for by its place, where the order needs them.
pub(super) fn rank<'a>(
    readings: &[Reading],
    probabilities: impl Fn(usize) -> &'a [f32],
    excites: impl Fn(usize) -> bool,
    among: Among,
    order: Order,
    most: usize,
) -> Ranking {
    let belongs = |&(place, reading): &(usize, &Reading)| belongs(reading, among, || excites(place));
    let chosen = || readings.iter().enumerate().filter(belongs);
    let keys = chosen().map(|(place, reading)| (key(reading, order, || probabilities(place)), place));
    let first = first(keys, most);
    let samples = first.into_iter().map(|place| Ranked::from(&readings[place])).collect();
    Ranking { total: chosen().count(), samples }
}

pub(super) fn most_confident(readings: &[Reading], classes: usize) -> Vec<Option<u32>> {
    let mut best: Vec<Option<&Reading>> = vec![None; classes * classes];
    for reading in readings {
        let cell = &mut best[usize::from(reading.actual) * classes + usize::from(reading.predicted)];
        let confidence = |reading: &Reading| (!rising(reading.probability), reading.id);
        if cell.is_none_or(|best| confidence(reading) < confidence(best)) {
            *cell = Some(reading);
        }
    }
    best.into_iter().map(|reading| reading.map(|reading| reading.id)).collect()
}

fn belongs(reading: &Reading, among: Among, excites: impl Fn() -> bool) -> bool {
    let is_mistake = reading.actual != reading.predicted;
    match among {
        Among::Cell { actual, predicted } => (reading.actual, reading.predicted) == (actual, predicted),
        Among::Mistakes => is_mistake,
        Among::MistakesOf { actual } => is_mistake && reading.actual == actual,
        Among::ExcitingMistakes => is_mistake && excites(),
    }
}

/// Whoever has the smaller key comes first: by the order, then by sample id.
fn key<'a>(reading: &Reading, order: Order, probabilities: impl Fn() -> &'a [f32]) -> u64 {
    let by = match order {
        Order::MostConfident => !rising(reading.probability),
        Order::LeastConfident => rising(reading.probability),
        Order::HighestLoss => !rising(reading.loss),
        Order::ClosestCall => rising(reading.margin),
        Order::MostAtALoss => !rising(entropy(probabilities())),
    };
    u64::from(by) << 32 | u64::from(reading.id)
}

/// −Σ p · log p, in nats.
fn entropy(probabilities: &[f32]) -> f32 {
    let present = probabilities.iter().filter(|p| **p > 0.0);
    present.fold(0.0, |sum, &p| sum - p * libm::logf(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading(id: u32, actual: u8, predicted: u8, probability: f32) -> Reading {
        Reading { id, actual, predicted, probability, margin: probability * 0.5, loss: 2.0 }
    }

    /// The surer, the less flat: as sure as the readings below.
    fn spread(place: usize) -> &'static [f32] {
        const OF: [[f32; 2]; 4] = [[0.5, 0.5], [0.5, 0.5], [0.1, 0.9], [0.8, 0.2]];
        &OF[place]
    }

    fn none(_: usize) -> &'static [f32] {
        &[]
    }

    #[test]
    fn a_cell_ranks_only_its_own_and_equals_go_by_id() {
        let readings =
            [reading(7, 4, 9, 0.5), reading(3, 4, 9, 0.5), reading(5, 9, 4, 0.9), reading(6, 4, 9, 0.8)];
        let ranking = rank(
            &readings,
            none,
            |_| false,
            Among::Cell { actual: 4, predicted: 9 },
            Order::MostConfident,
            2,
        );
        assert_eq!(ranking.total, 3);
        assert_eq!(ranking.samples.iter().map(|s| s.id).collect::<Vec<_>>(), [6, 3]);
        let all = |order| {
            rank(&readings, spread, |_| false, Among::Mistakes, order, 9)
                .samples
                .iter()
                .map(|s| s.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(all(Order::LeastConfident), [3, 7, 6, 5]);
        assert_eq!(all(Order::ClosestCall), [3, 7, 6, 5]);
        assert_eq!(all(Order::MostAtALoss), [3, 7, 6, 5]);
        assert_eq!(all(Order::HighestLoss), [3, 5, 6, 7]);
    }

    #[test]
    fn mistakes_can_be_those_of_a_class_or_those_that_excite_a_unit() {
        let readings =
            [reading(2, 4, 9, 0.5), reading(3, 9, 4, 0.6), reading(5, 4, 4, 0.9), reading(6, 4, 1, 0.8)];
        let ids = |among| {
            let ranking =
                rank(&readings, none, |place| [1, 2, 3].contains(&place), among, Order::MostConfident, 9);
            ranking.samples.iter().map(|s| s.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Among::MistakesOf { actual: 4 }), [6, 2]);
        assert_eq!(ids(Among::ExcitingMistakes), [6, 3]);
    }

    proptest! {
        #[test]
        fn the_first_of_a_ranking_are_those_of_the_whole(
            probabilities in proptest::collection::vec(0..20_u8, 0..80), most in 0..90_usize,
        ) {
            let readings: Vec<_> = probabilities
                .iter()
                .enumerate()
                .map(|(id, &p)| reading(id as u32, 1, 2, f32::from(p) / 20.0))
                .collect();
            let mut brute: Vec<_> = readings.iter().map(|r| (r.probability, r.id)).collect();
            brute.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let ranking = rank(&readings, none, |_| false, Among::Mistakes, Order::MostConfident, most);
            let ids: Vec<_> = ranking.samples.iter().map(|s| s.id).collect();
            prop_assert_eq!(ids, brute.iter().take(most).map(|b| b.1).collect::<Vec<_>>());
            prop_assert_eq!(most_confident(&readings, 3)[5], brute.first().map(|b| b.1));
        }
    }
}
