//! One learner's engine: the data it has been given, the run, and the last whole evaluation of it.

use std::sync::Arc;

use brainbow::baseline::Beside;
use brainbow::dataset::generated::normalise::FIELD;
use brainbow::dataset::{DataSpec, Dataset, ImageShape};
use brainbow::evaluation::{Among, ConfusionMatrix, Excites, Order, Ranking, Unit};
use brainbow::experiment::{Experiment, Stop};
use brainbow::inspection::{Means, Why};
use brainbow::network::FirstLayer;
use brainbow::past::Past;
use brainbow::spread::Spread;
use brainbow::table::Table;
use brainbow::trainer::State;
use brainbow::{Evaluation, Trainer, snapshot};
use js_sys::{Float32Array, Float64Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint32Array};
use serde::Serialize;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use crate::clock::Clock;
use crate::drawing::{Drawing, copy_terms};
use crate::frame::{Health, Opened, Progress};
use crate::incoming::Incoming;
use crate::plane::dot;
use crate::{cross, past, read, thrown};

/// Trains, evaluates and shows one network at a time.
#[wasm_bindgen]
pub struct Session {
    pub(crate) clock: Clock,
    sets: Vec<(DataSpec, Arc<Dataset>)>,
    tables: Vec<(String, Arc<Table>)>,
    pub(crate) incoming: Incoming,
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
        Self {
            clock: Clock::new(),
            sets: Vec::new(),
            tables: Vec::new(),
            incoming: Incoming::default(),
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
        // Before anything of its size is made.
        experiment.check(experiment.data.task()).map_err(|error| thrown(&error))?;
        let data = self.data(&experiment.data)?;
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

    /// Its mean loss.
    #[wasm_bindgen(js_name = evaluatedLoss)]
    pub fn evaluated_loss(&self) -> Result<f64, JsValue> {
        Ok(self.evaluated()?.loss())
    }

    /// How far off the numbers are that it tells, as the root of their mean squared error; none where classes are told apart.
    #[wasm_bindgen(js_name = evaluatedRmse)]
    pub fn evaluated_rmse(&self) -> Result<Option<f64>, JsValue> {
        Ok(self.evaluated()?.fit().map(|fit| fit.rmse))
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

    /// The held-out samples that excite the watched unit most, and least; nothing where none was watched.
    pub fn excites(&self, count: usize) -> Result<Option<Ts<Excites>>, JsValue> {
        self.evaluated()?.excites(count).as_ref().map(cross).transpose()
    }

    /// How the layers fare: units that have stopped to learn, gradients and steps that are too short or too long.
    pub fn health(&self) -> Result<Ts<Health>, JsValue> {
        cross(&Health::of(self.evaluated()?, &self.run()?.trainer))
    }

    /// The first samples of a ranking of the last whole evaluation.
    pub fn ranked(&self, among: Ts<Among>, order: Ts<Order>, most: usize) -> Result<Ts<Ranking>, JsValue> {
        cross(&self.evaluated()?.ranked(read(&among)?, read(&order)?, most))
    }

    /// What the last whole evaluation makes of every held-out sample, by id: its class, what it is taken for, and with
    /// which probability, and whether it excites the unit that was watched (1 or 0).
    #[wasm_bindgen(js_name = copyReadings)]
    pub fn copy_readings(
        &self,
        ids: &Uint32Array,
        actual: &Uint8Array,
        predicted: &Uint8Array,
        probability: &Float32Array,
        excites: &Uint8Array,
    ) -> Result<(), JsValue> {
        let readings = || self.evaluated().map(Evaluation::readings);
        ids.copy_from(&readings()?.map(|of| of.id).collect::<Vec<_>>());
        actual.copy_from(&readings()?.map(|of| of.actual).collect::<Vec<_>>());
        predicted.copy_from(&readings()?.map(|of| of.predicted).collect::<Vec<_>>());
        excites.copy_from(&self.evaluated()?.exciting().map(u8::from).collect::<Vec<_>>());
        probability.copy_from(&readings()?.map(|of| of.probability).collect::<Vec<_>>());
        Ok(())
    }

    /// What the network of the last whole evaluation makes of a sample, and why it is not read as `against`. Fills
    /// the input and what every layer says (as long as `widths` together), the last hidden layer's weights in the lead,
    /// and the pixels' (left alone where there is no sum over pixels).
    pub fn why(
        &self,
        id: u32,
        against: Option<u8>,
        values: &Float32Array,
        outgoing: &Float32Array,
        slopes: &Float32Array,
    ) -> Result<Option<Ts<Why>>, JsValue> {
        let Some(why) = self.evaluated()?.why(id, against) else { return Ok(None) };
        copy_terms(&why, values, outgoing, slopes);
        cross(&why).map(Some)
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

    fn data(&mut self, spec: &DataSpec) -> Result<Arc<Dataset>, JsValue> {
        if let Some((_, data)) = self.sets.iter().find(|(other, _)| other == spec) {
            return Ok(data.clone());
        }
        let missing = || thrown(&SessionError::DataMissing { data: spec.clone() });
        if let DataSpec::Table(rows) = spec
            && let Some(table) = rows.own_table()
        {
            self.put_table(rows.table.clone(), Arc::new(table.map_err(|error| thrown(&error))?));
        }
        let made = match spec {
            DataSpec::Table(rows) => {
                Dataset::rows(rows, self.table(&rows.table).ok_or_else(missing)?).map(Some)
            }
            _ => Dataset::made(spec),
        };
        let data = Arc::new(made.map_err(|error| thrown(&error))?.ok_or_else(missing)?);
        // Of what is made from a seed, or of a table, the last is kept.
        self.sets
            .retain(|(other, _)| matches!(other, DataSpec::Mnist | DataSpec::Fashion | DataSpec::Cifar10));
        self.sets.push((spec.clone(), data.clone()));
        Ok(data)
    }

    /// A table that has come in.
    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|(other, _)| other == name).map(|(_, table)| &**table)
    }

    /// A table, in the place of another of that name.
    pub(crate) fn put_table(&mut self, name: String, table: Arc<Table>) {
        self.tables.retain(|(other, _)| *other != name);
        self.sets.retain(|(other, _)| !matches!(other, DataSpec::Table(rows) if rows.table == name));
        self.tables.push((name, table));
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
