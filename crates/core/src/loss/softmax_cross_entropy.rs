//! Softmax and cross-entropy in one, `loss = log Σⱼ eᶻʲ − z_label`, on logits.
//!
//! In one, because the derivative by the logits is then just `p − 1[label]`, and because the largest
//! logit can be taken off before anything overflows (PyTorch's `CrossEntropyLoss`).

use ndarray::{ArrayView2, ArrayViewMut2};

use super::{Loss, Targets};
use crate::kernel::{self, each};

/// Targets are class numbers below the outputs' width, or probabilities that sum to one; answers are probabilities.
pub struct SoftmaxCrossEntropy;

impl Loss for SoftmaxCrossEntropy {
    fn forward(
        &self,
        outputs: ArrayView2<f32>,
        targets: Targets,
        mut answers: ArrayViewMut2<f32>,
        losses: &mut [f32],
    ) {
        let width = outputs.ncols();
        let outputs = outputs.to_slice().expect("standard layout");
        let answers = answers.as_slice_mut().expect("standard layout");
        let rows = outputs.chunks_exact(width).zip(answers.chunks_exact_mut(width));
        for (loss, (logits, answer)) in losses.iter_mut().zip(rows) {
            let mut largest = f32::NEG_INFINITY;
            for &z in logits {
                largest = if z > largest { z } else { largest };
            }
            answer.iter_mut().zip(logits).for_each(|(to, &z)| *to = z - largest);
            *loss = largest; // Until the sum is known.
        }
        // Of all rows in one go: what is left of the last four of each would take as long as four.
        each!((answers), () => { answers = kernel::exp(answers) });
        let rows = outputs.chunks_exact(width).zip(answers.chunks_exact_mut(width));
        for (row, (loss, (logits, answer))) in losses.iter_mut().zip(rows).enumerate() {
            let (largest, mut sum) = (*loss, 0.0);
            for &p in &*answer {
                sum += p;
            }
            answer.iter_mut().for_each(|p| *p /= sum);
            let whole = libm::logf(sum);
            *loss = match targets {
                Targets::Classes(classes) => whole - (logits[usize::from(classes[row])] - largest),
                Targets::Values(shares) => {
                    let terms = shares.row(row).into_iter().zip(logits);
                    terms.fold(0.0, |sum, (&share, &z)| sum + share * (whole - (z - largest)))
                }
            };
        }
    }

    /// (p − t) / batch.
    fn backward(&self, targets: Targets, batch: usize, mut answers: ArrayViewMut2<f32>) {
        match targets {
            Targets::Classes(classes) => {
                let width = answers.ncols();
                let rows = answers.as_slice_mut().expect("standard layout").chunks_exact_mut(width);
                rows.zip(classes).for_each(|(row, &class)| row[usize::from(class)] -= 1.0);
            }
            Targets::Values(shares) => answers -= &shares,
        }
        let (batch, slopes) = (batch as f32, answers.as_slice_mut().expect("contiguous rows"));
        each!((slopes), () => { slopes /= batch });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    fn loss_of(logits: &Array2<f32>, labels: &[u8]) -> (Vec<f32>, Array2<f32>) {
        let (mut answers, mut losses) = (Array2::zeros(logits.raw_dim()), vec![0.0; labels.len()]);
        SoftmaxCrossEntropy.forward(logits.view(), Targets::Classes(labels), answers.view_mut(), &mut losses);
        (losses, answers)
    }

    #[test]
    fn a_network_that_knows_nothing_loses_the_logarithm_of_the_number_of_classes() {
        let (losses, answers) = loss_of(&array![[3.0, 3.0, 3.0, 3.0]], &[2]);
        assert!((losses[0] - libm::logf(4.0)).abs() < 1e-6);
        assert!(answers.iter().all(|&p| p == 0.25));
    }

    #[test]
    fn logits_of_a_thousand_neither_overflow_nor_vanish() {
        let (losses, answers) = loss_of(&array![[1000.0, 0.0, -1000.0], [1000.0, 0.0, -1000.0]], &[0, 1]);
        assert_eq!(losses, [0.0, 1000.0]);
        assert_eq!(answers.row(0).to_vec(), [1.0, 0.0, 0.0]);
    }

    #[test]
    fn the_loss_of_a_diverged_network_is_not_finite() {
        let (losses, _) = loss_of(&array![[f32::NAN, 0.0], [f32::INFINITY, 0.0]], &[0, 1]);
        assert!(losses.iter().all(|loss| !loss.is_finite()));
    }
}
