//! One learner's engine: the data it has been given, the run, and the last whole evaluation of it.

use std::sync::Arc;

use brainbow::dataset::{DataSpec, Dataset, GENERATED_TEST, GENERATED_TRAIN};
use brainbow::evaluation::{Among, ConfusionMatrix, Order, Ranking};
use brainbow::experiment::{Experiment, Stop};
use brainbow::trainer::State;
use brainbow::{Evaluation, Trainer, snapshot};
use js_sys::{Float32Array, Float64Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint32Array};
use serde::Serialize;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use crate::clock::Clock;
use crate::frame::{Health, Opened, Progress};
use crate::incoming::Incoming;
use crate::{cross, read, thrown};

/// Trains, evaluates and shows one network at a time.
#[wasm_bindgen]
pub struct Session {
    clock: Clock,
    sets: Vec<(DataSpec, Arc<Dataset>)>,
    incoming: Incoming,
    run: Option<Run>,
}

struct Run {
    trainer: Trainer,
    evaluating: Option<Evaluation>,
    evaluated: Option<Evaluation>,
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
enum SessionError {
    /// The experiment names data that has not been loaded.
    DataMissing { data: DataSpec },
    /// Bytes that are no snapshot of this experiment.
    Snapshot { message: String },
    /// There is no run.
    NothingOpen,
}

#[wasm_bindgen]
impl Session {
    /// A session without data or run.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // JavaScript has no Default.
    pub fn new() -> Self {
        Self { clock: Clock::new(), sets: Vec::new(), incoming: Incoming::default(), run: None }
    }

    /// Begins a file of a set that comes in; it is `length` bytes long, unpacked.
    #[wasm_bindgen(js_name = beginFile)]
    pub fn begin_file(&mut self, name: String, length: usize) {
        self.incoming.begin(name, length);
    }

    /// Goes on with the file that was begun last.
    pub fn append(&mut self, piece: &Uint8Array) -> Result<(), JsValue> {
        self.incoming.append(piece)
    }

    /// Makes the set of the files that have come in: MNIST's and Fashion-MNIST's training images and labels, test
    /// images and labels; CIFAR-10's batches in any order. Throws an `IdxError` or a `CifarError`.
    pub fn take(&mut self, data: Ts<DataSpec>) -> Result<(), JsValue> {
        let spec = read(&data)?;
        let set = std::mem::take(&mut self.incoming).take(spec)?;
        self.sets.retain(|(other, _)| *other != spec);
        self.sets.push((spec, Arc::new(set)));
        Ok(())
    }

    /// Forgets files that came in and were not made a set of.
    #[wasm_bindgen(js_name = forgetFiles)]
    pub fn forget_files(&mut self) {
        self.incoming = Incoming::default();
    }

    /// Builds an experiment and puts it at step 0. Throws an `ExperimentError` or `{ code: "dataMissing" }`;
    /// the run before then goes on as if nothing had been asked.
    pub fn open(&mut self, experiment: Ts<Experiment>) -> Result<Ts<Opened>, JsValue> {
        let experiment = read(&experiment)?;
        let data = self.data(experiment.data)?;
        experiment.check_on(&data).map_err(|error| thrown(&error))?;
        // The old run goes before the new one comes: memory never has to hold both.
        self.run = None;
        let trainer = Trainer::new(experiment, data).map_err(|error| thrown(&error))?;
        let opened = cross(&Opened::of(&trainer))?;
        self.run = Some(Run { trainer, evaluating: None, evaluated: None });
        Ok(opened)
    }

    /// Learns for about `ms` milliseconds, `steps` steps or to the end of the epoch, whichever comes first.
    pub fn train(&mut self, ms: f64, steps: u32) -> Result<Ts<Progress>, JsValue> {
        let end = self.clock.now() + ms;
        let run = self.run.as_mut().ok_or_else(nothing_open)?;
        let mut progress = Progress::of(&run.trainer);
        while progress.steps < steps && !progress.ended_epoch && run.trainer.state() == State::Learning {
            if let Some(result) = run.trainer.advance() {
                progress.add(result);
            }
            if self.clock.now() >= end {
                break;
            }
        }
        progress.state = run.trainer.state().into();
        cross(&progress)
    }

    /// Learns on with another learning rate.
    pub fn tune(&mut self, rate: f32) -> Result<(), JsValue> {
        self.run_mut()?.trainer.tune(rate).map_err(|error| thrown(&error))
    }

    /// Learns on until so many epochs are done.
    #[wasm_bindgen(js_name = setEpochs)]
    pub fn set_epochs(&mut self, epochs: u32) -> Result<(), JsValue> {
        self.run_mut()?.trainer.set_epochs(epochs).map_err(|error| thrown(&error))
    }

    /// Learns on until one of these conditions holds.
    #[wasm_bindgen(js_name = setStop)]
    pub fn set_stop(&mut self, stop: Ts<Stop>) -> Result<(), JsValue> {
        let stop = read(&stop)?;
        self.run_mut()?.trainer.set_stop(stop).map_err(|error| thrown(&error))
    }

    /// The experiment, with every change made while learning.
    pub fn experiment(&self) -> Result<Ts<Experiment>, JsValue> {
        cross(self.run()?.trainer.experiment())
    }

    /// Steps taken.
    pub fn step(&self) -> Result<u32, JsValue> {
        Ok(self.run()?.trainer.step() as u32)
    }

    /// Begins to read all held-out samples with the network as it is now.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self) -> Result<(), JsValue> {
        let run = self.run_mut()?;
        run.evaluating = Some(Evaluation::new(&run.trainer));
        run.trainer.measure_next_step();
        Ok(())
    }

    /// Reads on for about `ms` milliseconds; whether there is a new whole evaluation to ask about.
    pub fn evaluate(&mut self, ms: f64) -> Result<bool, JsValue> {
        let end = self.clock.now() + ms;
        let run = self.run.as_mut().ok_or_else(nothing_open)?;
        let Some(evaluation) = &mut run.evaluating else { return Ok(false) };
        while !evaluation.advance() {
            if self.clock.now() >= end {
                return Ok(false);
            }
        }
        run.trainer.judge(evaluation);
        run.evaluated = run.evaluating.take();
        Ok(true)
    }

    /// The step that the last whole evaluation read, if there is one.
    #[wasm_bindgen(js_name = evaluatedStep)]
    pub fn evaluated_step(&self) -> Option<u32> {
        Some(self.run.as_ref()?.evaluated.as_ref()?.step() as u32)
    }

    /// Its mean loss.
    #[wasm_bindgen(js_name = evaluatedLoss)]
    pub fn evaluated_loss(&self) -> Result<f64, JsValue> {
        Ok(self.evaluated()?.loss())
    }

    /// Its confusion matrix (classes × classes, rows actual), and for every cell the sample read with the
    /// greatest confidence (−1 where there is none).
    #[wasm_bindgen(js_name = copyConfusion)]
    pub fn copy_confusion(&self, counts: &Uint32Array, most_confident: &Int32Array) -> Result<(), JsValue> {
        let evaluation = self.evaluated()?;
        counts.copy_from(evaluation.matrix().counts());
        let ids = evaluation.most_confident();
        let ids: Vec<i32> = ids.into_iter().map(|id| id.map_or(-1, |id| id as i32)).collect();
        most_confident.copy_from(&ids);
        Ok(())
    }

    /// Its precision, recall and F1 of each class (3 × classes); NaN where there is none.
    #[wasm_bindgen(js_name = copyScores)]
    pub fn copy_scores(&self, scores: &Float64Array) -> Result<(), JsValue> {
        let matrix = self.evaluated()?.matrix();
        let classes = scores.length() as usize / 3;
        let score = [ConfusionMatrix::precision, ConfusionMatrix::recall, ConfusionMatrix::f1];
        let values: Vec<f64> = score
            .iter()
            .flat_map(|score| (0..classes).map(move |class| score(matrix, class).unwrap_or(f64::NAN)))
            .collect();
        scores.copy_from(&values);
        Ok(())
    }

    /// How many held-out samples made each unit of the first hidden layer active; whether there is such a layer.
    #[wasm_bindgen(js_name = copyActive)]
    pub fn copy_active(&self, counts: &Uint32Array) -> Result<bool, JsValue> {
        let Some(active) = self.evaluated()?.active(0) else { return Ok(false) };
        counts.copy_from(active);
        Ok(true)
    }

    /// How the layers fare: units that have stopped to learn, gradients and steps that are too short or too long.
    pub fn health(&self) -> Result<Ts<Health>, JsValue> {
        cross(&Health::of(self.evaluated()?, &self.run()?.trainer))
    }

    /// The first samples of a ranking of the last whole evaluation.
    pub fn ranked(&self, among: Ts<Among>, order: Ts<Order>, most: usize) -> Result<Ts<Ranking>, JsValue> {
        cross(&self.evaluated()?.ranked(read(&among)?, read(&order)?, most))
    }

    /// The probabilities of all classes for a held-out sample; whether it is one.
    #[wasm_bindgen(js_name = copyProbabilities)]
    pub fn copy_probabilities(&self, id: u32, probabilities: &Float32Array) -> Result<bool, JsValue> {
        let Some(values) = self.evaluated()?.probabilities(id) else { return Ok(false) };
        probabilities.copy_from(values);
        Ok(true)
    }

    /// The weights (inputs × outputs, row by row) and biases of the dense layer at `place` among the dense ones.
    #[wasm_bindgen(js_name = copyParameters)]
    pub fn copy_parameters(
        &self,
        place: usize,
        weights: &Float32Array,
        biases: &Float32Array,
    ) -> Result<(), JsValue> {
        let mut params = self.run()?.trainer.network().params().skip(2 * place);
        for array in [weights, biases] {
            let param = params.next().ok_or_else(|| JsError::new("there is no such dense layer"))?;
            array.copy_from(param.value.as_slice().expect("parameters are in standard layout"));
        }
        Ok(())
    }

    /// For every input, 1 where a sample learned from so far has ink.
    #[wasm_bindgen(js_name = copyInked)]
    pub fn copy_inked(&self, inked: &Uint8Array) -> Result<(), JsValue> {
        let bytes: Vec<u8> = self.run()?.trainer.inked().iter().map(|&inked| u8::from(inked)).collect();
        inked.copy_from(&bytes);
        Ok(())
    }

    /// A sample as a photograph, or as dark ink on white paper.
    pub fn image(&self, id: u32) -> Result<ImageData, JsValue> {
        let data = self.run()?.trainer.data();
        if !data.train().contains(&id) && !data.test().contains(&id) {
            return Err(JsError::new("there is no such sample").into());
        }
        let (pixels, size) = (data.pixels(id), data.shape());
        let plane = size.height * size.width;
        let rgba: Vec<u8> = (0..plane)
            .flat_map(|at| match size.channels {
                3 => [pixels[at], pixels[plane + at], pixels[2 * plane + at], 255],
                _ => [255 - pixels[at], 255 - pixels[at], 255 - pixels[at], 255],
            })
            .collect();
        // A copy of its own: ImageData keeps what it is given, and wasm memory may move.
        let rgba = Uint8ClampedArray::from(rgba.as_slice());
        ImageData::new_with_js_u8_clamped_array_and_sh(&rgba, size.width as u32, size.height as u32)
    }

    /// The class of a sample, as a position among those that are learned.
    pub fn label(&self, id: u32) -> Result<u8, JsValue> {
        Ok(self.run()?.trainer.data().label(id))
    }

    /// The classes of all samples by their ids, as positions among those that are learned; 255 where one is left out.
    pub fn labels(&self) -> Result<Uint8Array, JsValue> {
        let data = self.run()?.trainer.data();
        let labels: Vec<u8> = (0..data.test().end).map(|id| data.label(id)).collect();
        Ok(Uint8Array::from(labels.as_slice()))
    }

    /// A short name of the weights as they are; none where one is no number.
    pub fn fingerprint(&self) -> Option<String> {
        Some(self.run.as_ref()?.trainer.fingerprint()?.to_string())
    }

    /// All that this run needs to go on from here, as bytes.
    pub fn snapshot(&mut self) -> Result<Uint8Array, JsValue> {
        Ok(Uint8Array::from(snapshot::save(&mut self.run_mut()?.trainer).as_slice()))
    }

    /// Puts the run at the step of a snapshot of the same experiment.
    pub fn restore(&mut self, bytes: &Uint8Array) -> Result<(), JsValue> {
        let run = self.run_mut()?;
        snapshot::restore(&mut run.trainer, &bytes.to_vec())
            .map_err(|error| thrown(&SessionError::Snapshot { message: error.to_string() }))
    }

    fn data(&mut self, spec: DataSpec) -> Result<Arc<Dataset>, JsValue> {
        if let Some((_, data)) = self.sets.iter().find(|(other, _)| *other == spec) {
            return Ok(data.clone());
        }
        let DataSpec::Generated { seed } = spec else {
            return Err(thrown(&SessionError::DataMissing { data: spec }));
        };
        let data = Arc::new(Dataset::generated(seed, GENERATED_TRAIN, GENERATED_TEST));
        // Of generated digits the last ones are kept.
        self.sets.retain(|(other, _)| !matches!(other, DataSpec::Generated { .. }));
        self.sets.push((spec, data.clone()));
        Ok(data)
    }

    fn run(&self) -> Result<&Run, JsValue> {
        self.run.as_ref().ok_or_else(nothing_open)
    }

    fn run_mut(&mut self) -> Result<&mut Run, JsValue> {
        self.run.as_mut().ok_or_else(nothing_open)
    }

    fn evaluated(&self) -> Result<&Evaluation, JsValue> {
        self.run()?.evaluated.as_ref().ok_or_else(nothing_open)
    }
}

fn nothing_open() -> JsValue {
    thrown(&SessionError::NothingOpen)
}
