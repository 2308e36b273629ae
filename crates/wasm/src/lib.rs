//! The boundary between the engine and a page: one class, [`Session`], and what a page asks about
//! experiments before there is a run.
//!
//! Specs, errors and short answers cross as typed objects; numbers in bulk are copied once into arrays
//! that the caller lends. No pointer to and no view of wasm memory leaves.

mod clock;
mod drawing;
mod evaluated;
mod fields;
mod fit;
mod frame;
mod incoming;
mod layers;
mod means;
mod past;
mod plane;
mod read;
mod session;
mod sets;
mod tables;

use brainbow::dataset::Dataset;
use brainbow::experiment::{self, Experiment, LayerSummary, Link, PRESETS, Preset};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

pub use session::Session;

/// Puts a panic's message and place into the console; the instance is not to be used again.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Reads an experiment from what stands behind the `#` of an address.
#[wasm_bindgen(js_name = parseLink)]
pub fn parse_link(text: &str) -> Result<Ts<Link>, JsValue> {
    cross(&experiment::parse_link(text))
}

/// Writes an experiment as a link that `parseLink` reads back.
#[wasm_bindgen(js_name = formatLink)]
pub fn format_link(experiment: Ts<Experiment>) -> Result<String, JsValue> {
    Ok(experiment::format_link(&read(&experiment)?))
}

/// The lines of Keras's `summary()` for a network on so many inputs.
#[wasm_bindgen]
pub fn summary(inputs: usize, experiment: Ts<Experiment>) -> Result<Vec<Ts<LayerSummary>>, JsValue> {
    experiment::summary(inputs, &read(&experiment)?.layers).iter().map(cross).collect()
}

/// Networks worth starting from.
#[wasm_bindgen]
pub fn presets() -> Result<Vec<Ts<Preset>>, JsValue> {
    PRESETS.iter().map(cross).collect()
}

/// The first of the digits that the engine draws itself.
#[wasm_bindgen(js_name = generatedExamples)]
pub fn generated_examples(count: u32) -> Result<Vec<ImageData>, JsValue> {
    let digits = Dataset::generated(1, count, 0);
    (0..count).map(|id| session::picture(digits.pixels(id), digits.shape())).collect()
}

/// Throws what is wrong with an experiment.
#[wasm_bindgen]
pub fn check(experiment: Ts<Experiment>) -> Result<(), JsValue> {
    let experiment: Experiment = read(&experiment)?;
    experiment.check(experiment.data.task()).map_err(|error| thrown(&error))
}

/// A value as its JavaScript object.
fn cross<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, JsValue> {
    Ts::from_rust(value).map_err(|error| JsError::new(&error.to_string()).into())
}

/// A JavaScript object as its value; one of another shape throws `{ code: "malformed", message }`.
fn read<T: fields::Read + Tsify>(object: &Ts<T>) -> Result<T, JsValue>
where
    T::JsType: Clone,
{
    T::read(object.js_value().as_ref()).map_err(|message| thrown(&Malformed { code: "malformed", message }))
}

#[derive(Serialize)]
struct Malformed {
    code: &'static str,
    message: String,
}

/// An error as an object with a code and facts; the page has the words for it.
fn thrown(error: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(error).unwrap_or(JsValue::NULL)
}
