//! The mean images of the classes, added up over several calls.

use brainbow::inspection::Means;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use crate::session::{Session, picture};

#[wasm_bindgen]
impl Session {
    /// Adds up the training images for about `ms` milliseconds; the mean of every class once that is done, nothing before.
    pub fn means(&mut self, ms: f64) -> Result<Option<Vec<ImageData>>, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(|| JsError::new("nothing is open"))?;
        let (data, among) = (run.trainer.data().clone(), run.trainer.train().clone());
        let means = run.means.get_or_insert_with(|| Means::new(data.clone(), among));
        while !means.advance() {
            if clock.now() >= end {
                return Ok(None);
            }
        }
        let (classes, shape) = (data.classes(), data.shape());
        let images = (0..classes).filter_map(|class| means.mean(class)).map(|mean| picture(&mean, shape));
        images.collect::<Result<_, _>>().map(Some)
    }
}
