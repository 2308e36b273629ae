//! Samples in two dimensions: where they lie, what the network of the last whole evaluation makes of the plane around
//! them, and a small picture of each.

use brainbow::dataset::generated::normalise::FIELD;
use brainbow::{Dataset, Trainer};
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::session::Session;

/// Parts of a set, as bytes: learned from, held out, and neither of the two.
const LEARNED: u8 = 0;
const HELD_OUT: u8 = 1;
const NEITHER: u8 = 2;

#[wasm_bindgen]
impl Session {
    /// The place (x, then y) of every sample by its id, of a set in two dimensions, and whether the run that is open learns
    /// from it (0), holds it out (1) or does neither (2).
    #[wasm_bindgen(js_name = copyPlaces)]
    pub fn copy_places(&self, places: &Float32Array, parts: &Uint8Array) -> Result<(), JsValue> {
        let trainer = &self.run()?.trainer;
        let samples = trainer.data().test().end;
        let mut all = vec![0.0; 2 * samples as usize];
        all.chunks_exact_mut(2).zip(0..).for_each(|(place, id)| trainer.data().copy_input(id, place));
        places.copy_from(&all);
        parts.copy_from(&parts_of(trainer, &(0..samples).collect::<Vec<_>>()));
        Ok(())
    }

    /// How far the plane around the samples reaches from its middle.
    pub fn reach(&self) -> Result<f32, JsValue> {
        Ok(self.run()?.trainer.data().reach())
    }

    /// What is answered in the middle of each of `side` × `side` squares, for all classes, row by row from the top.
    #[wasm_bindgen(js_name = copyPlane)]
    pub fn copy_plane(&self, side: usize, answers: &Float32Array) -> Result<(), JsValue> {
        let reach = self.run()?.trainer.data().reach();
        let at = |place: usize| ((place as f32 + 0.5) / side as f32 * 2.0 - 1.0) * reach;
        let inputs: Vec<f32> = (0..side * side).flat_map(|i| [at(i % side), -at(i / side)]).collect();
        answers.copy_from(&self.evaluated()?.answers_to(&inputs));
        Ok(())
    }
}

/// Which part each sample belongs to.
pub(crate) fn parts_of(trainer: &Trainer, ids: &[u32]) -> Vec<u8> {
    let part = |id: &u32| match (trainer.train().binary_search(id), trainer.held_out().binary_search(id)) {
        (Ok(_), _) => LEARNED,
        (_, Ok(_)) => HELD_OUT,
        _ => NEITHER,
    };
    ids.iter().map(part).collect()
}

/// A dot where the sample lies, on a sheet as large as a digit's.
pub(crate) fn dot(data: &Dataset, id: u32) -> [u8; FIELD * FIELD] {
    let input = data.input(id);
    let place =
        |x: f32| ((x / data.reach() + 1.0) / 2.0 * FIELD as f32).clamp(1.0, FIELD as f32 - 2.0) as usize;
    let (column, row) = (place(input[0]), place(input.get(1).map_or(0.0, |y| -y)));
    let mut sheet = [0; FIELD * FIELD];
    for at in 0..FIELD {
        sheet[FIELD / 2 * FIELD + at] = 40;
        sheet[at * FIELD + FIELD / 2] = 40;
    }
    for (down, right) in (0..9).map(|i| (i / 3, i % 3)) {
        sheet[(row + down - 1) * FIELD + column + right - 1] = 255;
    }
    sheet
}
