//! `weights.safetensors`: parameters under PyTorch's names and in its shapes, and all that it takes to go on.
//! One entry of the metadata, `brainbow`, holds [`Saved`] as JSON; one, because the order of several would differ from file
//! to file. The arrays are those of [`arrays`].

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use brainbow::dataset::{Scaling, ScalingSpec, TargetScale};
use brainbow::{Experiment, Trainer, experiment as core_experiment, snapshot};
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use serde::{Deserialize, Serialize};

use crate::arrays::{self, TARGET, scaled};
use crate::failure::Failure;
use crate::run::{Epoch, Run, Sums};
use crate::{data, destination, experiment};

const KEY: &str = "brainbow";
const VERSION: u32 = 1;

/// What a run is besides its arrays.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    version: u32,
    /// Steps taken.
    pub step: u64,
    /// With every change made while learning.
    pub experiment: Experiment,
    /// The same as a link.
    link: String,
    /// Of the weights.
    fingerprint: Option<String>,
    /// Of the epoch under way.
    sums: Sums,
    /// The epochs done.
    history: Vec<Epoch>,
    /// How many it has learned from, and how many were held out; not in files of before.
    #[serde(default)]
    samples: Option<[usize; 2]>,
}

/// Writes a run; a file that is there stays whole until the new one is.
pub fn save(run: &mut Run, path: &Path) -> Result<(), Failure> {
    destination::write(path, &bytes(run)?)
}

/// A run as a file's bytes.
fn bytes(run: &mut Run) -> Result<Vec<u8>, Failure> {
    let arrays = arrays::of(&mut run.trainer);
    let views = arrays.iter().map(|(name, shape, bytes)| {
        let view = TensorView::new(Dtype::F32, shape.clone(), bytes);
        (name, view.expect("as many bytes as the shape says"))
    });
    let metadata = HashMap::from([(KEY.to_string(), json(run))]);
    serialize(views, Some(metadata))
        .map_err(|error| Failure::Failed(format!("The weights can't be written: {error}.")))
}

fn json(run: &Run) -> String {
    let experiment = run.trainer.experiment().clone();
    let saved = Saved {
        version: VERSION,
        step: run.trainer.step(),
        link: core_experiment::format_link(&experiment),
        experiment,
        fingerprint: run.fingerprint(),
        sums: run.sums,
        history: run.history.clone(),
        samples: Some(samples(&run.trainer)),
    };
    serde_json::to_string(&saved).expect("numbers, words and nothing else")
}

fn samples(trainer: &Trainer) -> [usize; 2] {
    [trainer.train_len(), trainer.held_out().len()]
}

/// A file as bytes, with what is said about its arrays.
pub struct Weights {
    name: String,
    bytes: Vec<u8>,
    pub saved: Saved,
}

/// Reads a file that [`save`] wrote.
pub fn open(path: &Path) -> Result<Weights, Failure> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| Failure::Data(format!("{name} can't be read: {error}.")))?;
    read(name, bytes)
}

fn read(name: String, bytes: Vec<u8>) -> Result<Weights, Failure> {
    let (_, header) = SafeTensors::read_metadata(&bytes)
        .map_err(|error| Failure::Data(format!("{name} is no whole safetensors file: {error}.")))?;
    let text = header.metadata().as_ref().and_then(|metadata| metadata.get(KEY)).ok_or_else(|| {
        Failure::Data(format!(
            "{name} does not say its experiment: it was not written by `brainbow train --save`."
        ))
    })?;
    let saved: Saved = serde_json::from_str(text).map_err(|error| {
        Failure::Data(format!("{name} has an experiment that this Brainbow can't read: {error}. Update it."))
    })?;
    let experiment = &saved.experiment;
    experiment
        .check(experiment.data.task())
        .map_err(|error| Failure::Data(format!("{name}: {}", experiment::sentence(&error))))?;
    Ok(Weights { name, bytes, saved })
}

/// The run that a file holds, and whether the weights are those that were saved.
pub fn resume(path: &Path, folder: &Path) -> Result<(Run, bool), Failure> {
    let weights = open(path)?;
    let experiment = weights.saved.experiment.clone();
    let data = data::open(&experiment.data, folder)?;
    let mut run = Run::new(experiment, data)?;
    let unchanged = weights.restore(&mut run)?;
    Ok((run, unchanged))
}

impl Weights {
    /// Puts a run of the file's experiment where the saved one was; whether the weights are those that were saved.
    pub fn restore(self, run: &mut Run) -> Result<bool, Failure> {
        self.check_data(&run.trainer)?;
        self.fill(run)?;
        let Saved { step, experiment, .. } = &self.saved;
        if *step > u64::from(experiment.epochs) * run.trainer.steps_per_epoch() {
            return Err(self.broken(format!("it is at step {step}, behind its last epoch")));
        }
        snapshot::resume_at(&mut run.trainer, *step);
        run.sums = self.saved.sums;
        run.history = self.saved.history;
        // A loss that was no number has never been the best.
        let epochs = run.history.iter();
        run.trainer.recall(epochs.map(|epoch| (epoch.val_loss.unwrap_or(f64::NAN), epoch.val_accuracy)));
        Ok(run.fingerprint() == self.saved.fingerprint)
    }

    /// Puts the saved network into a run on other data, with what its own inputs go through first; whether the weights are
    /// those that were saved.
    pub fn lend(self, run: &mut Run) -> Result<bool, Failure> {
        self.fill(run)?;
        run.trainer.set_scaling(self.scaling()?);
        snapshot::resume_at(&mut run.trainer, self.saved.step);
        Ok(run.fingerprint() == self.saved.fingerprint)
    }

    /// Refuses other data than the network has learned from, as far as its number of samples and its scaling show.
    fn check_data(&self, trainer: &Trainer) -> Result<(), Failure> {
        let advice = if self.saved.experiment.data.comes_in_files() {
            " Give the data of then with --data."
        } else {
            " The file was written by another version, or has been changed."
        };
        let other = |what: String| {
            Failure::Data(format!(
                "{} has learned from other data than is there now: {what}.{advice}",
                self.name
            ))
        };
        let now = samples(trainer);
        if let Some(then) = self.saved.samples.filter(|then| *then != now) {
            let counts = |[train, held_out]: [usize; 2]| format!("{train} samples and {held_out} held out");
            return Err(other(format!("{}, now {}", counts(then), counts(now))));
        }
        for (name, values) in trainer.network().scaling().map(scaled).into_iter().flatten() {
            if name == TARGET && !self.has(name) {
                continue; // A file of before.
            }
            if self.values(name, values.len())? != values {
                return Err(other("its inputs or numbers were scaled otherwise".into()));
            }
        }
        Ok(())
    }

    fn has(&self, name: &str) -> bool {
        SafeTensors::deserialize(&self.bytes).is_ok_and(|file| file.tensor(name).is_ok())
    }

    fn scaling(&self) -> Result<Option<Scaling>, Failure> {
        if self.saved.experiment.scaling == ScalingSpec::None {
            return Ok(None);
        }
        let inputs = self.saved.experiment.data.shape().inputs();
        Ok(Some(Scaling {
            mean: self.values("scaling.mean", inputs)?,
            factor: self.values("scaling.factor", inputs)?,
            target: TargetScale::default(),
        }))
    }

    /// The numbers of an array of one dimension.
    fn values(&self, name: &str, count: usize) -> Result<Vec<f32>, Failure> {
        let file = SafeTensors::deserialize(&self.bytes).expect("it has been read before");
        let tensor = file.tensor(name).map_err(|_| self.broken(format!("it has no `{name}`")))?;
        let (words, _) = tensor.data().as_chunks::<4>();
        if tensor.dtype() != Dtype::F32 || words.len() != count {
            return Err(self.broken(format!("`{name}` is not [{count}] of F32")));
        }
        Ok(words.iter().map(|word| f32::from_le_bytes(*word)).collect())
    }

    fn fill(&self, run: &mut Run) -> Result<(), Failure> {
        let file = SafeTensors::deserialize(&self.bytes).expect("it has been read before");
        let names = arrays::names(&mut run.trainer);
        for (name, array) in names.iter().zip(snapshot::arrays(&mut run.trainer)) {
            let tensor = file.tensor(name).map_err(|_| self.broken(format!("it has no `{name}`")))?;
            let expected = arrays::shape(name, array.dim());
            if tensor.dtype() != Dtype::F32 || tensor.shape() != expected {
                let found = format!("{:?} of {:?}", tensor.shape(), tensor.dtype());
                return Err(self.broken(format!("`{name}` is {found}, not {expected:?} of F32")));
            }
            let (words, _) = tensor.data().as_chunks::<4>();
            let transposed = array.view_mut().reversed_axes();
            transposed.into_iter().zip(words).for_each(|(to, word)| *to = f32::from_le_bytes(*word));
        }
        Ok(())
    }

    fn broken(&self, what: String) -> Failure {
        Failure::Data(format!("{} does not fit its own experiment: {what}.", self.name))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use brainbow::experiment::parse_link;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    fn run() -> Run {
        let link = "data=blobs&points=30&hidden=2&opt=adam&scale=standard&epochs=1";
        let experiment = parse_link(link).experiment;
        let data = data::open(&experiment.data, Path::new("")).unwrap();
        Run::new(experiment, data).unwrap()
    }

    /// What a run that has ended is written as.
    static WRITTEN: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut run = run();
        while run.is_learning() {
            if run.advance().is_some_and(|step| step.ends_epoch) {
                run.end_epoch(|| 0.0);
            }
        }
        bytes(&mut run).unwrap()
    });

    proptest! {
        #[test]
        fn whatever_a_file_holds_it_is_read_or_refused_in_a_sentence(
            changes in prop::collection::vec((any::<Index>(), any::<u8>()), 0..4), cut: Option<Index>,
        ) {
            let mut bytes = WRITTEN.clone();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let refused = match read("net".into(), bytes) {
                Ok(weights) => weights.restore(&mut run()).err(),
                Err(failure) => Some(failure),
            };
            prop_assert!(refused.is_none_or(|failure| failure.to_string().ends_with('.')));
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut run = run();
        assert!(read("net".into(), WRITTEN.clone()).unwrap().restore(&mut run).unwrap());
        assert_eq!(bytes(&mut run).unwrap(), *WRITTEN);
    }
}
