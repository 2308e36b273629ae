//! All simpler models beside one run: learned from the samples that it learns from, measured on those it is measured on.

use ndarray::Array2;
use serde::Serialize;

use super::{Fit, Polynomial};
use crate::dataset::Dataset;
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

impl Fits {
    /// Of what is told of every sample, by its id.
    pub fn of(trainer: &Trainer, told: impl Fn(u32) -> f64) -> Self {
        let data = trainer.data();
        let pair = |&id: &u32| Some((told(id), f64::from(data.value(id)?)));
        let of = |ids: &[u32]| Fit::of(ids.iter().filter_map(pair));
        let both = || trainer.train().iter().chain(trainer.held_out().iter()).filter_map(pair);
        Self { train: of(trainer.train()), held_out: of(trainer.held_out()), all: Fit::of(both()) }
    }
}

/// A polynomial beside a run: of degree 0 it is the mean, of degree 1 linear.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Its total degree.
    pub degree: u8,
    /// What it has learned.
    pub model: Polynomial,
    /// How well.
    pub fits: Fits,
}

/// The highest degree.
const MOST_DEGREE: u8 = 8;

/// The mean, the linear model and the polynomials up to degree 8, as far as they have no more terms than there are rows to
/// learn from; none where classes are told apart.
pub fn beside(trainer: &Trainer) -> Vec<Baseline> {
    let data = trainer.data();
    let Some(targets) =
        trainer.train().iter().map(|&id| data.value(id).map(f64::from)).collect::<Option<Vec<_>>>()
    else {
        return Vec::new();
    };
    let columns = data.shape().inputs();
    let rows: Vec<f64> = trainer.train().iter().flat_map(|&id| row(data, id)).collect();
    let Ok(inputs) = Array2::from_shape_vec((targets.len(), columns), rows) else { return Vec::new() };
    let fitted = |degree| {
        let model = Polynomial::fit(inputs.view(), &targets, degree)?;
        if model.parameters() > targets.len() {
            return None;
        }
        let fits = Fits::of(trainer, |id| model.predict(&row(data, id)));
        Some(Baseline { degree, model, fits })
    };
    (0..=MOST_DEGREE).map_while(fitted).collect()
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
        assert_eq!(models.iter().map(|model| model.degree).collect::<Vec<_>>(), (0..=8).collect::<Vec<_>>());
        let rmse = |degree: usize| models[degree].fits.held_out.unwrap().rmse;
        assert!(rmse(2) > 0.5 && rmse(3) < 1e-6 && rmse(8) < 1e-6, "{} {}", rmse(2), rmse(3));
        // The mean explains nothing of what it has learned from.
        assert!(models[0].fits.train.unwrap().r2.unwrap().abs() < 1e-12);
        assert_eq!(models[8].model.parameters(), 9);
    }

    #[test]
    fn of_classes_there_are_none() {
        assert!(beside(&trainer("data=moons")).is_empty());
    }
}
