//! How well a network does, as one number: the share of samples read correctly, or how far off the numbers are that it tells.

use std::fmt::{self, Display};

use brainbow::Evaluation;

use crate::numbers::percent;

/// Which of the two it is depends on what is to be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Score {
    /// The share of samples read correctly.
    Accuracy(f64),
    /// The root of the mean squared error, in the target's units.
    Rmse(f64),
}

impl Score {
    /// Of all held-out samples.
    pub fn of(evaluation: &Evaluation) -> Self {
        match evaluation.fit() {
            Some(fit) => Self::Rmse(fit.rmse),
            None => Self::Accuracy(evaluation.matrix().accuracy().unwrap_or(0.0)),
        }
    }

    /// What it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy(_) => "accuracy",
            Self::Rmse(_) => "RMSE",
        }
    }

    pub fn accuracy(self) -> Option<f64> {
        match self {
            Self::Accuracy(share) => Some(share),
            Self::Rmse(_) => None,
        }
    }

    /// None where it is no number.
    pub fn rmse(self) -> Option<f64> {
        match self {
            Self::Accuracy(_) => None,
            Self::Rmse(rmse) => Some(rmse).filter(|rmse| rmse.is_finite()),
        }
    }
}

impl Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Accuracy(share) => f.pad(&percent(share)),
            Self::Rmse(rmse) => f.pad(&format!("{rmse:.4}")),
        }
    }
}
