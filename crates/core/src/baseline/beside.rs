//! All simpler models beside one run: learned from the samples that it learns from, measured on those it is measured on.
//!
//! A machine with steps: some rows of a polynomial, or one of Newton's steps, and no model that would take long.

use ndarray::Array2;
use serde::Serialize;

use super::{Fit, Logistic, Polynomial};
use crate::dataset::{Dataset, Task};
use crate::trainer::Trainer;

/// How well a model tells numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Fits {
    /// Of the samples that are learned from.
    pub train: Option<Fit>,
    /// Of those held out.
    pub held_out: Option<Fit>,
    /// Of both.
    pub all: Option<Fit>,
}

/// Which share of its samples a model tells right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Shares {
    /// Of the samples that are learned from.
    pub train: f64,
    /// Of those held out.
    pub held_out: f64,
    /// Of both.
    pub all: f64,
}

impl Fits {
    /// Of what is told of each sample, beside what is so.
    pub(crate) fn new(
        train: impl Iterator<Item = (f64, f64)> + Clone,
        held_out: impl Iterator<Item = (f64, f64)> + Clone,
    ) -> Self {
        let all = Fit::of(train.clone().chain(held_out.clone()));
        Self { train: Fit::of(train), held_out: Fit::of(held_out), all }
    }
}

impl Shares {
    /// Of how many are told right, and how many there are: learned from, and held out.
    pub(crate) fn new(right: [usize; 2], all: [usize; 2]) -> Self {
        let share = |right: usize, all: usize| right as f64 / all as f64;
        let [train, held_out] = [0, 1].map(|part| share(right[part], all[part]));
        Self { train, held_out, all: share(right.iter().sum(), all.iter().sum()) }
    }

    /// Of the class that every sample is taken for, by its id.
    fn of(trainer: &Trainer, told: impl Fn(u32) -> usize) -> Self {
        let is_right = |id: &&u32| told(**id) == usize::from(trainer.data().label(**id));
        let parts = [&**trainer.train(), trainer.held_out()];
        Self::new(parts.map(|ids| ids.iter().filter(is_right).count()), parts.map(<[u32]>::len))
    }
}

/// A simpler model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Model {
    /// Of total degree 0 it is the mean, of degree 1 linear.
    Polynomial {
        /// The degree.
        degree: u8,
    },
    /// The class that is there most often, whatever the inputs are.
    MostFrequent,
    /// See [`Logistic`].
    Logistic,
}

/// A simpler model beside a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Baseline {
    /// Which one.
    pub model: Model,
    /// Numbers that it has learned.
    pub parameters: usize,
    /// How well it tells numbers, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fits: Option<Fits>,
    /// How often it tells classes right, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<Shares>,
}

/// The highest degree.
const MOST_DEGREE: u8 = 8;
/// Rows times the square of the numbers to learn: a polynomial that takes more is not learned, and a classifier that takes more
/// for each of its steps.
const MOST_WORK: usize = 4_000_000_000;
const MOST_WORK_AT_ONCE: usize = 20_000_000;
/// Rows that are taken, or measured, in a step.
const AT_ONCE: usize = 500;

/// The simpler models that are there so far. Of images there are none.
#[derive(Clone, Debug)]
pub struct Beside {
    left: std::vec::IntoIter<Model>,
    under_way: Option<UnderWay>,
    inputs: usize,
    /// The least and the greatest of each input that polynomials need; found one after the other.
    ranges: Vec<(f64, f64)>,
    done: Vec<Baseline>,
}

/// The model that is being learned.
#[derive(Clone, Debug)]
enum UnderWay {
    /// It has taken so many of the rows.
    Polynomial {
        degree: u8,
        model: Polynomial,
        taken: usize,
    },
    /// It is learned, and has predicted these, beside what is so: first of the rows learned from, then of those held out.
    Measured {
        degree: u8,
        model: Polynomial,
        told: Vec<(f64, f64)>,
    },
    Logistic(Logistic),
}

impl Beside {
    /// Begins: the mean and polynomials of numbers; of classes the most frequent one and logistic regression.
    pub fn new(trainer: &Trainer) -> Self {
        let data = trainer.data();
        let (models, inputs): (Vec<Model>, usize) = match data.task() {
            Task::Value => (
                (0..=MOST_DEGREE).map(|degree| Model::Polynomial { degree }).collect(),
                data.shape().inputs(),
            ),
            Task::Classes(_) if data.has_pixels() => (Vec::new(), 0),
            Task::Classes(_) => (vec![Model::MostFrequent, Model::Logistic], 0),
        };
        Self { left: models.into_iter(), under_way: None, inputs, ranges: Vec::new(), done: Vec::new() }
    }

    /// Goes on with a model, or begins the next one; whether all are learned.
    pub fn advance(&mut self, trainer: &Trainer) -> bool {
        if self.ranges.len() < self.inputs {
            self.ranges.push(range(trainer, self.ranges.len()));
            return false;
        }
        match self.under_way.take() {
            Some(under_way) => self.go_on(trainer, under_way),
            None => match self.left.next() {
                None => {}
                Some(Model::Polynomial { degree }) => self.under_way = self.polynomial(trainer, degree),
                Some(Model::MostFrequent) => self.done.push(most_frequent(trainer)),
                Some(Model::Logistic) => self.under_way = logistic(trainer).map(UnderWay::Logistic),
            },
        }
        self.left.len() == 0 && self.under_way.is_none()
    }

    fn go_on(&mut self, trainer: &Trainer, under_way: UnderWay) {
        let (data, train) = (trainer.data(), trainer.train());
        self.under_way = match under_way {
            UnderWay::Polynomial { degree, mut model, taken } if taken < train.len() => {
                let ids = &train[taken..train.len().min(taken + AT_ONCE)];
                let targets: Vec<f64> = ids.iter().filter_map(|&id| data.value(id)).map(f64::from).collect();
                model.add(inputs(data, ids).view(), &targets);
                Some(UnderWay::Polynomial { degree, model, taken: taken + ids.len() })
            }
            UnderWay::Polynomial { degree, mut model, .. } => {
                model.finish();
                Some(UnderWay::Measured { degree, model, told: Vec::new() })
            }
            UnderWay::Measured { degree, model, mut told } => {
                let ids = train.iter().chain(&**trainer.held_out()).skip(told.len()).take(AT_ONCE);
                let before = told.len();
                told.extend(
                    ids.map(|&id| {
                        (model.predict(&row(data, id)), data.value(id).map_or(f64::NAN, f64::from))
                    }),
                );
                if told.len() > before {
                    Some(UnderWay::Measured { degree, model, told })
                } else {
                    let (learned, held_out) = told.split_at(train.len());
                    let fits = Fits::new(learned.iter().copied(), held_out.iter().copied());
                    let (model, parameters) = (Model::Polynomial { degree }, model.parameters());
                    self.done.push(Baseline { model, parameters, fits: Some(fits), shares: None });
                    None
                }
            }
            UnderWay::Logistic(mut model) => {
                if model.advance() {
                    self.done.push(of_logistic(trainer, &model));
                    None
                } else {
                    Some(UnderWay::Logistic(model))
                }
            }
        };
    }

    /// None where it has more terms than there are rows, or would take long.
    fn polynomial(&self, trainer: &Trainer, degree: u8) -> Option<UnderWay> {
        let rows = trainer.train_len();
        let terms = Polynomial::terms_of(self.ranges.len(), degree)?;
        let is_quick = rows.saturating_mul(terms * terms) <= MOST_WORK;
        let model = Polynomial::new(&self.ranges, degree).filter(|_| terms <= rows && is_quick)?;
        Some(UnderWay::Polynomial { degree, model, taken: 0 })
    }

    /// All that there are.
    pub fn models(&self) -> &[Baseline] {
        &self.done
    }
}

/// All of them at once.
pub fn beside(trainer: &Trainer) -> Vec<Baseline> {
    let mut beside = Beside::new(trainer);
    while !beside.advance(trainer) {}
    beside.done
}

fn range(trainer: &Trainer, input: usize) -> (f64, f64) {
    let values = trainer.train().iter().map(|&id| f64::from(trainer.data().input_at(id, input)));
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

fn most_frequent(trainer: &Trainer) -> Baseline {
    let data = trainer.data();
    let mut counts = vec![0; data.classes()];
    trainer.train().iter().for_each(|&id| counts[usize::from(data.label(id))] += 1);
    // Of equals the first.
    let most = (0..counts.len()).rev().max_by_key(|&class| counts[class]).unwrap_or_default();
    let shares = Shares::of(trainer, |_| most);
    Baseline { model: Model::MostFrequent, parameters: 1, fits: None, shares: Some(shares) }
}

/// Begins; none where each step would take long.
fn logistic(trainer: &Trainer) -> Option<Logistic> {
    let (data, ids) = (trainer.data(), trainer.train());
    let labels: Vec<u8> = ids.iter().map(|&id| data.label(id)).collect();
    let parameters = (data.shape().inputs() + 1) * data.classes();
    (ids.len().saturating_mul(parameters * parameters) <= MOST_WORK_AT_ONCE)
        .then(|| Logistic::new(inputs(data, ids).view(), &labels, data.classes()))?
}

fn of_logistic(trainer: &Trainer, found: &Logistic) -> Baseline {
    let shares = Shares::of(trainer, |id| {
        let shares = found.probabilities(&row(trainer.data(), id));
        (0..shares.len()).rev().max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap_or_default()
    });
    Baseline { model: Model::Logistic, parameters: found.parameters(), fits: None, shares: Some(shares) }
}

/// rows × values.
fn inputs(data: &Dataset, ids: &[u32]) -> Array2<f64> {
    Array2::from_shape_fn((ids.len(), data.shape().inputs()), |(place, column)| {
        f64::from(data.input_at(ids[place], column))
    })
}

fn row(data: &Dataset, id: u32) -> Vec<f64> {
    data.input(id).into_iter().map(f64::from).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::experiment::parse_link;

    fn trainer(link: &str) -> Trainer {
        let experiment = parse_link(link).experiment;
        let data = Arc::new(Dataset::made(&experiment.data).unwrap().unwrap());
        Trainer::new(experiment, data).unwrap()
    }

    #[test]
    fn a_polynomial_is_found_by_that_of_its_degree() {
        let models = beside(&trainer("data=function&f=x^3-2*x&from=-2&to=2&val=0.2"));
        let degrees: Vec<Model> = (0..=8).map(|degree| Model::Polynomial { degree }).collect();
        assert_eq!(models.iter().map(|of| of.model).collect::<Vec<_>>(), degrees);
        let rmse = |degree: usize| models[degree].fits.unwrap().held_out.unwrap().rmse;
        assert!(rmse(2) > 0.5 && rmse(3) < 1e-6 && rmse(8) < 1e-6, "{} {}", rmse(2), rmse(3));
        // The mean explains nothing of what it has learned from.
        assert!(models[0].fits.unwrap().train.unwrap().r2.unwrap().abs() < 1e-12);
        assert_eq!(models[8].parameters, 9);
    }

    #[test]
    fn of_classes_there_are_the_most_frequent_one_and_a_straight_border() {
        let models = beside(&trainer("data=blobs&points=300&noise=0"));
        assert_eq!(
            models.iter().map(|of| of.model).collect::<Vec<_>>(),
            [Model::MostFrequent, Model::Logistic]
        );
        // Three classes in turn, and three heaps that lines part.
        assert!((models[0].shares.unwrap().all - 1.0 / 3.0).abs() < 1e-9);
        assert!(models[1].shares.unwrap().held_out > 0.95);
        assert!(beside(&trainer("data=xor"))[1].shares.unwrap().held_out < 0.7);
        assert!(beside(&trainer("data=generated")).is_empty());
    }
}
