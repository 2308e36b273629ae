//! Samples in two dimensions: where they lie, what the network of the last whole evaluation makes of the plane around
//! them, and a small picture of each.

use brainbow::dataset::DataSpec;
use brainbow::dataset::generated::normalise::FIELD;
use brainbow::{Dataset, Trainer};
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::session::Session;

/// Parts of a set, as bytes: learned from, held out, and neither of the two.
const LEARNED: u8 = 0;
const HELD_OUT: u8 = 1;
const NEITHER: u8 = 2;

/// Room around a table's rows, as a share of what they take.
const ROOM: f32 = 0.05;

#[wasm_bindgen]
impl Session {
    /// The place (x, then y) of some samples in two dimensions, and the class of each as [`Session::labels`] tells it.
    #[wasm_bindgen(js_name = copyPlaces)]
    pub fn copy_places(
        &self,
        ids: &[u32],
        places: &Float32Array,
        labels: &Uint8Array,
    ) -> Result<(), JsValue> {
        let data = self.run()?.trainer.data();
        let place = |&id: &u32| [0, 1].map(|column| data.input_at(id, column));
        places.copy_from(&ids.iter().flat_map(place).collect::<Vec<_>>());
        labels.copy_from(&ids.iter().map(|&id| data.label(id)).collect::<Vec<_>>());
        Ok(())
    }

    /// What is to be seen of the plane: x from and to, y from and to. It is square around points that are made, and reaches
    /// from the least to the greatest of a table's columns.
    pub fn span(&self) -> Result<Vec<f32>, JsValue> {
        let trainer = &self.run()?.trainer;
        if let DataSpec::Table(_) = trainer.experiment().data {
            let ends = [self.ends(0)?, self.ends(1)?].concat();
            let room = |from: f32, to: f32| if to > from { ROOM * (to - from) } else { 1.0 };
            let [x, y] = [room(ends[0], ends[1]), room(ends[2], ends[3])];
            return Ok(vec![ends[0] - x, ends[1] + x, ends[2] - y, ends[3] + y]);
        }
        let reach = trainer.data().reach();
        Ok(vec![-reach, reach, -reach, reach])
    }

    /// What is answered in the middle of each of `side` × `side` squares, for all classes, row by row from the top.
    #[wasm_bindgen(js_name = copyPlane)]
    pub fn copy_plane(&self, side: usize, answers: &Float32Array) -> Result<(), JsValue> {
        let span = self.span()?;
        let at = |from: f32, to: f32, place: usize| from + (place as f32 + 0.5) / side as f32 * (to - from);
        let square = |i: usize| [at(span[0], span[1], i % side), at(span[3], span[2], i / side)];
        let inputs: Vec<f32> = (0..side * side).flat_map(square).collect();
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
