//! What a visitor draws: fitted as MNIST's digits are, read by the network of the last evaluation, and compared with the
//! training images.

use std::sync::Arc;

use brainbow::dataset::generated::normalise::{FIELD, normalise};
use brainbow::inspection::{Nearest, Neighbour, Typical, Why};
use js_sys::{Float32Array, Uint8Array};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use crate::cross;
use crate::session::{Session, picture};

/// Training images that are shown beside a drawing.
const NEIGHBOURS: usize = 8;
/// Held-out samples that it is compared with.
const TYPICAL: usize = 50;

pub(crate) struct Drawing {
    pixels: Vec<u8>,
    among: Arc<[u32]>,
    nearest: Nearest,
    typical: Typical,
}

/// What a drawing is like, as far as it has been looked for.
#[derive(Serialize, Tsify)]
pub struct Found {
    /// The nearest training images; empty before all have been looked at.
    pub neighbours: Vec<Neighbour>,
    /// How many held-out samples are nearer to their nearest training image than the drawing to its own, and of how many.
    pub nearer: [usize; 2],
    /// Whether there is nothing more to look for.
    pub complete: bool,
}

#[wasm_bindgen]
impl Session {
    /// Takes a drawing, `ink` row by row, 0 paper and 255 ink; gives what the network sees. Throws where the data's images
    /// have another size.
    pub fn draw(&mut self, ink: &Uint8Array, columns: usize) -> Result<ImageData, JsValue> {
        let run = self.run_mut()?;
        let size = run.trainer.data().shape();
        let mut field = [0; FIELD * FIELD];
        if size.inputs() != field.len() || columns == 0 {
            return Err(JsError::new("a drawing is fitted into 28 × 28 pixels").into());
        }
        normalise(&ink.to_vec(), columns, &mut field);
        let data = run.trainer.data().clone();
        let before = run.drawing.take();
        let (among, typical) = match before {
            Some(drawing) => (drawing.among, drawing.typical),
            None => (run.trainer.train().clone(), Typical::new(run.trainer.held_out(), TYPICAL)),
        };
        let nearest = Nearest::new(data, among.clone(), field.to_vec(), NEIGHBOURS);
        run.drawing = Some(Drawing { pixels: field.to_vec(), among, nearest, typical });
        picture(&field, size)
    }

    /// Forgets the drawing.
    pub fn erase(&mut self) -> Result<(), JsValue> {
        self.run_mut()?.drawing = None;
        Ok(())
    }

    /// What the network of the last whole evaluation makes of the drawing, as `why` says it of a sample; nothing where
    /// there is no drawing.
    pub fn drawn(
        &self,
        values: &Float32Array,
        outgoing: &Float32Array,
        slopes: &Float32Array,
    ) -> Result<Option<Ts<Why>>, JsValue> {
        let Some(drawing) = &self.run()?.drawing else { return Ok(None) };
        let why = self.evaluated()?.why_pixels(&drawing.pixels);
        copy_terms(&why, values, outgoing, slopes);
        cross(&why).map(Some)
    }

    /// Looks for what the drawing is like, for about `ms` milliseconds.
    pub fn search(&mut self, ms: f64) -> Result<Option<Ts<Found>>, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(|| JsError::new("nothing is open"))?.shown_mut();
        let Some(drawing) = &mut run.drawing else { return Ok(None) };
        let data = run.trainer.data();
        let Drawing { nearest, typical, among, .. } = drawing;
        while !(nearest.is_complete() && typical.is_complete()) && clock.now() < end {
            if nearest.is_complete() {
                typical.advance(data, among);
            } else {
                nearest.advance();
            }
        }
        let neighbours = if nearest.is_complete() { nearest.neighbours() } else { Vec::new() };
        let distance = neighbours.first().map_or(0.0, |nearest| nearest.distance);
        let complete = nearest.is_complete() && typical.is_complete();
        cross(&Found { neighbours, nearer: typical.nearer_than(distance), complete }).map(Some)
    }
}

/// Fills what the caller has lent for the terms of an answer.
pub(crate) fn copy_terms(why: &Why, values: &Float32Array, outgoing: &Float32Array, slopes: &Float32Array) {
    values.copy_from(&why.values);
    outgoing.copy_from(&why.outgoing);
    if why.constant.is_some() {
        slopes.copy_from(&why.slopes);
    }
}
