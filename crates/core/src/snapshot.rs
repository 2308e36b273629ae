//! Snapshots: all that a run needs to go on from a step, as bytes.
//!
//! Magic, step (u64), what the stop conditions know (best validation loss as f64, NaN for none; epochs since
//! as u64), then every parameter and the optimizer's memory as f32, all little-endian. The
//! experiment is not in it, nor the order of the samples, which follows from the seed and the step.

use ndarray::Array2;
use thiserror::Error;

use crate::experiment::Watch;
use crate::trainer::Trainer;

const MAGIC: [u8; 8] = *b"brainbw2";
const HEADER: usize = 32;

/// Why bytes are no snapshot of this experiment.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// Something else than a snapshot.
    #[error("these bytes are no snapshot")]
    NotASnapshot,
    /// Of a network of another size.
    #[error("the snapshot has {found} bytes, this experiment needs {expected}")]
    WrongLength {
        /// Bytes of a snapshot of this experiment.
        expected: usize,
        /// Bytes given.
        found: usize,
    },
}

/// The run as it was at the beginning of the present step.
pub fn save(trainer: &mut Trainer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length(trainer));
    bytes.extend(MAGIC);
    bytes.extend(trainer.step().to_le_bytes());
    let Watch { best, epochs_since } = *trainer.watch();
    bytes.extend(best.unwrap_or(f64::NAN).to_le_bytes());
    bytes.extend(u64::from(epochs_since).to_le_bytes());
    for array in trainer.memory() {
        bytes.extend(array.iter().flat_map(|value| value.to_le_bytes()));
    }
    bytes
}

/// Puts a run of the same experiment at the step that was saved.
pub fn restore(trainer: &mut Trainer, bytes: &[u8]) -> Result<(), SnapshotError> {
    if bytes.len() < HEADER || bytes[..8] != MAGIC {
        return Err(SnapshotError::NotASnapshot);
    }
    let expected = length(trainer);
    if bytes.len() != expected {
        return Err(SnapshotError::WrongLength { expected, found: bytes.len() });
    }
    let (header, _) = bytes[8..HEADER].as_chunks::<8>();
    let [step, best, epochs_since] = [header[0], header[1], header[2]];
    // Learning rates count steps in 32 bits; what counts further is made up.
    let counts = [step, epochs_since].map(|word| u32::try_from(u64::from_le_bytes(word)));
    let [Ok(step), Ok(epochs_since)] = counts else { return Err(SnapshotError::NotASnapshot) };
    let (words, _) = bytes.as_chunks::<4>();
    let mut values = words[HEADER / 4..].iter().map(|word| f32::from_le_bytes(*word));
    for array in trainer.memory() {
        array.iter_mut().zip(&mut values).for_each(|(to, from)| *to = from);
    }
    trainer.resume_at(u64::from(step));
    let best = Some(f64::from_le_bytes(best)).filter(|best| !best.is_nan());
    *trainer.watch() = Watch { best, epochs_since };
    Ok(())
}

/// What a snapshot holds, for other formats: every parameter from the input to the output (weight before bias),
/// then the optimizer's memory, in groups of one array for each parameter.
pub fn arrays(trainer: &mut Trainer) -> impl Iterator<Item = &mut Array2<f32>> {
    trainer.memory()
}

/// Puts a run at the beginning of a step, its [`arrays`] having been set.
pub fn resume_at(trainer: &mut Trainer, step: u64) {
    trainer.resume_at(step);
}

fn length(trainer: &mut Trainer) -> usize {
    HEADER + 4 * trainer.memory().map(|array| array.len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::experiment::parse_link;

    #[test]
    fn what_is_no_snapshot_of_this_experiment_is_refused() {
        let data = Arc::new(Dataset::generated(1, 10, 5));
        let trainer = |link| Trainer::new(parse_link(link).experiment, data.clone()).unwrap();
        let saved = save(&mut trainer("hidden=3"));
        assert_eq!(restore(&mut trainer("hidden=3"), &saved), Ok(()));
        assert_eq!(restore(&mut trainer("hidden=3"), b"brainbow"), Err(SnapshotError::NotASnapshot));
        assert!(matches!(restore(&mut trainer("hidden=4"), &saved), Err(SnapshotError::WrongLength { .. })));
        assert!(matches!(
            restore(&mut trainer("hidden=3"), &saved[..saved.len() - 1]),
            Err(SnapshotError::WrongLength { .. })
        ));
    }
}
