//! When a run ends before its epochs are over: judged at the end of every epoch, by the held-out samples.

use serde::{Deserialize, Serialize};

/// Each condition that is set ends the run when it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stop {
    /// The validation accuracy has reached this.
    #[serde(default, serialize_with = "super::shortest_option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub accuracy: Option<f32>,
    /// The validation loss has come down to this.
    #[serde(default, serialize_with = "super::shortest_option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub loss: Option<f32>,
    /// The validation loss has not been lower than before for so many epochs (Keras's `EarlyStopping`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub patience: Option<u32>,
}

/// Which condition ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum StopReason {
    /// The accuracy that was asked for.
    Accuracy,
    /// The loss that was asked for.
    Loss,
    /// No improvement for as long as was waited.
    Patience,
}

/// What the epochs so far have been like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Watch {
    pub best: Option<f64>,
    pub epochs_since: u32,
}

impl Watch {
    /// Hears the validation of an epoch (no accuracy where numbers are told); whether the run is to end, and why.
    pub fn hear(&mut self, stop: &Stop, loss: f64, accuracy: Option<f64>) -> Option<StopReason> {
        if self.best.is_none_or(|best| loss < best) {
            *self = Self { best: Some(loss), epochs_since: 0 };
        } else {
            self.epochs_since = self.epochs_since.saturating_add(1);
        }
        if stop.accuracy.zip(accuracy).is_some_and(|(goal, accuracy)| accuracy >= f64::from(goal)) {
            Some(StopReason::Accuracy)
        } else if stop.loss.is_some_and(|goal| loss <= f64::from(goal)) {
            Some(StopReason::Loss)
        } else if stop.patience.is_some_and(|epochs| self.epochs_since >= epochs) {
            Some(StopReason::Patience)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(stop: Stop, epochs: &[(f64, f64)]) -> Option<(usize, StopReason)> {
        let mut watch = Watch::default();
        let mut hear =
            |(epoch, &(loss, accuracy))| Some((epoch + 1, watch.hear(&stop, loss, Some(accuracy))?));
        epochs.iter().enumerate().find_map(&mut hear)
    }

    #[test]
    fn a_run_ends_with_the_epoch_that_reaches_its_goal() {
        let epochs = [(0.5, 0.8), (0.3, 0.9), (0.2, 0.95)];
        assert_eq!(ends(Stop::default(), &epochs), None);
        let accuracy = Stop { accuracy: Some(0.9), ..Stop::default() };
        assert_eq!(ends(accuracy, &[(0.5, 0.8), (0.3, 0.91)]), Some((2, StopReason::Accuracy)));
        let loss = Stop { loss: Some(0.25), ..Stop::default() };
        assert_eq!(ends(loss, &epochs), Some((3, StopReason::Loss)));
    }

    #[test]
    fn patience_counts_the_epochs_since_the_best() {
        let patience = Stop { patience: Some(2), ..Stop::default() };
        let losses = [0.5, 0.4, 0.45, 0.39, 0.39, 0.4, 0.1];
        let epochs: Vec<_> = losses.iter().map(|&loss| (loss, 0.5)).collect();
        assert_eq!(ends(patience, &epochs), Some((6, StopReason::Patience)));
    }
}
