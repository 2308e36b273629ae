//! One learner's engine: the data it has been given, the run, and the last whole evaluation of it.

use brainbow::baseline::Beside;
use brainbow::dataset::generated::normalise::FIELD;
use brainbow::dataset::{DataSpec, ImageShape};
use brainbow::evaluation::Unit;
use brainbow::experiment::{Experiment, Stop};
use brainbow::inspection::Means;
use brainbow::network::FirstLayer;
use brainbow::past::Past;
use brainbow::spread::Spread;
use brainbow::table::{Dialect, Reading};
use brainbow::trainer::State;
use brainbow::{Evaluation, Trainer, snapshot};
use js_sys::{Float32Array, Uint8Array, Uint8ClampedArray};
use serde::Serialize;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use crate::clock::Clock;
use crate::drawing::Drawing;
use crate::frame::{Opened, Progress};
use crate::incoming::Incoming;
use crate::plane::dot;
use crate::sets::Sets;
use crate::{cross, past, read, thrown};

/// Trains, evaluates and shows one network at a time.
#[wasm_bindgen]
pub struct Session {
    pub(crate) clock: Clock,
    pub(crate) sets: Sets,
    pub(crate) incoming: Incoming,
    /// A table that is being read: its name, and how it is written.
    pub(crate) reading: Option<(String, Dialect, Reading)>,
    pub(crate) run: Option<Run>,
}

pub(crate) struct Run {
    pub trainer: Trainer,
    evaluating: Option<Evaluation>,
    pub evaluated: Option<Evaluation>,
    pub drawing: Option<Drawing>,
    pub means: Option<Means>,
    /// The simpler models, as far as they are learned.
    pub beside: Option<Beside>,
    /// The same experiment with other seeds.
    pub spread: Option<Spread>,
    pub past: Past,
    /// The same run at a step of its past that is looked at.
    pub then: Option<Box<Run>>,
}

impl Run {
    pub fn new(trainer: Trainer) -> Self {
        Self {
            trainer,
            evaluating: None,
            evaluated: None,
            drawing: None,
            means: None,
            beside: None,
            spread: None,
            past: past::empty(),
            then: None,
        }
    }

    fn shown(&self) -> &Self {
        self.then.as_deref().unwrap_or(self)
    }

    pub(crate) fn shown_mut(&mut self) -> &mut Self {
        match self.then {
            Some(ref mut then) => then,
            None => self,
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
enum SessionError {
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
        Self {
            clock: Clock::new(),
            sets: Sets::default(),
            incoming: Incoming::default(),
            reading: None,
            run: None,
        }
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
        let set = std::mem::take(&mut self.incoming).take(&spec)?;
        self.sets.put(spec, set);
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
        // Before anything of its size is made.
        experiment.check(experiment.data.task()).map_err(|error| thrown(&error))?;
        let data = self.sets.get(&experiment.data)?;
        experiment.check_on(&data).map_err(|error| thrown(&error))?;
        // The old run goes before the new one comes: memory never has to hold both.
        self.run = None;
        let trainer = Trainer::new(experiment, data).map_err(|error| thrown(&error))?;
        let opened = cross(&Opened::of(&trainer))?;
        self.run = Some(Run::new(trainer));
        Ok(opened)
    }

    /// Learns for about `ms` milliseconds, `steps` steps or to the end of the epoch, whichever comes first.
    pub fn train(&mut self, ms: f64, steps: u32) -> Result<Ts<Progress>, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(nothing_open)?;
        if let Some(then) = &run.then {
            return cross(&Progress::of(&then.trainer));
        }
        let mut progress = Progress::of(&run.trainer);
        while progress.steps < steps && !progress.ended_epoch && run.trainer.state() == State::Learning {
            if let Some(result) = run.trainer.advance() {
                progress.add(result);
            }
            if clock.now() >= end {
                break;
            }
        }
        progress.state = run.trainer.state().into();
        cross(&progress)
    }

    /// Chooses whether the first layer may skip zeros, which it does by itself; for measurements, since it changes no bit.
    #[wasm_bindgen(js_name = skipZeros)]
    pub fn skip_zeros(&mut self, skip: bool) -> Result<(), JsValue> {
        let first_layer = if skip { FirstLayer::Auto } else { FirstLayer::Dense };
        self.run_mut()?.trainer.set_first_layer(first_layer);
        Ok(())
    }

    /// Learns on with another learning rate.
    pub fn tune(&mut self, rate: f32) -> Result<(), JsValue> {
        self.live_mut()?.trainer.tune(rate).map_err(|error| thrown(&error))
    }

    /// Learns on until so many epochs are done.
    #[wasm_bindgen(js_name = setEpochs)]
    pub fn set_epochs(&mut self, epochs: u32) -> Result<(), JsValue> {
        self.live_mut()?.trainer.set_epochs(epochs).map_err(|error| thrown(&error))
    }

    /// Learns on until one of these conditions holds.
    #[wasm_bindgen(js_name = setStop)]
    pub fn set_stop(&mut self, stop: Ts<Stop>) -> Result<(), JsValue> {
        let stop = read(&stop)?;
        self.live_mut()?.trainer.set_stop(stop).map_err(|error| thrown(&error))
    }

    /// The experiment, with every change made while learning.
    pub fn experiment(&self) -> Result<Ts<Experiment>, JsValue> {
        cross(self.live()?.trainer.experiment())
    }

    /// Steps taken.
    pub fn step(&self) -> Result<u32, JsValue> {
        Ok(self.run()?.trainer.step() as u32)
    }

    /// Begins to read all held-out samples with the network as it is now, and to watch one unit of a dense layer (both
    /// from 0) if it is named.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self, layer: Option<usize>, unit: Option<usize>) -> Result<(), JsValue> {
        self.live_mut()?.keep();
        let run = self.run_mut()?;
        let watched = layer.zip(unit).map(|(layer, unit)| Unit { layer, unit });
        run.evaluating = Some(Evaluation::new(&run.trainer).watching(watched));
        run.trainer.measure_next_step();
        Ok(())
    }

    /// Reads on for about `ms` milliseconds; whether there is a new whole evaluation to ask about.
    pub fn evaluate(&mut self, ms: f64) -> Result<bool, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(nothing_open)?.shown_mut();
        let Some(evaluation) = &mut run.evaluating else { return Ok(false) };
        while !evaluation.advance() {
            if clock.now() >= end {
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
        Some(self.run.as_ref()?.shown().evaluated.as_ref()?.step() as u32)
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
        let bytes: Vec<u8> = self.run()?.trainer.inked().map(u8::from).collect();
        inked.copy_from(&bytes);
        Ok(())
    }

    /// A sample as a photograph, as dark ink on white paper, or as a dot where it lies.
    pub fn image(&self, id: u32) -> Result<ImageData, JsValue> {
        let data = self.run()?.trainer.data();
        if !data.train().contains(&id) && !data.test().contains(&id) {
            return Err(JsError::new("there is no such sample").into());
        }
        if data.has_pixels() {
            picture(data.pixels(id), data.shape())
        } else {
            picture(&dot(data, id), ImageShape::grey(FIELD, FIELD))
        }
    }

    /// The class of a sample, as a position among those that are learned; none where there is no such sample.
    pub fn label(&self, id: u32) -> Result<Option<u8>, JsValue> {
        let data = self.run()?.trainer.data();
        Ok((id < data.test().end).then(|| data.label(id)))
    }

    /// The classes of all samples by their ids, as positions among those that are learned; 255 where one is left out.
    pub fn labels(&self) -> Result<Uint8Array, JsValue> {
        let data = self.run()?.trainer.data();
        let labels: Vec<u8> = (0..data.test().end).map(|id| data.label(id)).collect();
        Ok(Uint8Array::from(labels.as_slice()))
    }

    /// A short name of the weights as they are; none where one is no number.
    pub fn fingerprint(&self) -> Option<String> {
        Some(self.run.as_ref()?.shown().trainer.fingerprint()?.to_string())
    }

    /// All that this run needs to go on from here, as bytes.
    pub fn snapshot(&mut self) -> Result<Uint8Array, JsValue> {
        Ok(Uint8Array::from(snapshot::save(&mut self.live_mut()?.trainer).as_slice()))
    }

    /// Puts the run at the step of a snapshot of the same experiment.
    pub fn restore(&mut self, bytes: &Uint8Array) -> Result<(), JsValue> {
        let run = self.live_mut()?;
        snapshot::restore(&mut run.trainer, &bytes.to_vec())
            .map_err(|error| thrown(&SessionError::Snapshot { message: error.to_string() }))
    }

    /// What is looked at: the run, or the same at a step of its past.
    pub(crate) fn run(&self) -> Result<&Run, JsValue> {
        self.live().map(Run::shown)
    }

    pub(crate) fn run_mut(&mut self) -> Result<&mut Run, JsValue> {
        self.live_mut().map(Run::shown_mut)
    }

    /// What learns.
    pub(crate) fn live(&self) -> Result<&Run, JsValue> {
        self.run.as_ref().ok_or_else(nothing_open)
    }

    pub(crate) fn live_mut(&mut self) -> Result<&mut Run, JsValue> {
        self.run.as_mut().ok_or_else(nothing_open)
    }

    pub(crate) fn evaluated(&self) -> Result<&Evaluation, JsValue> {
        self.run()?.evaluated.as_ref().ok_or_else(nothing_open)
    }
}

/// Dark ink on white paper, or a colour photograph.
pub(crate) fn picture(pixels: &[u8], size: ImageShape) -> Result<ImageData, JsValue> {
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

pub(crate) fn nothing_open() -> JsValue {
    thrown(&SessionError::NothingOpen)
}
