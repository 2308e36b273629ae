//! The clock of a slice: the same in a window, a worker and Node.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Performance;

/// Milliseconds since something.
pub struct Clock(Performance);

impl Clock {
    /// The global `performance`.
    pub fn new() -> Self {
        let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance"));
        Self(performance.unwrap_or(JsValue::UNDEFINED).unchecked_into())
    }

    /// Now.
    pub fn now(&self) -> f64 {
        self.0.now()
    }
}
