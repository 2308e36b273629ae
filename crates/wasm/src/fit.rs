//! Samples of which a number is to be told: where they lie along their one input, the curve through them, what it is made
//! of, how well it fits, and how well simpler models do.

use brainbow::baseline::{Baseline, Beside, Fits, Shares};
use brainbow::inspection::{Basis, Group, dependence};
use brainbow::spread::{Seeded, Spread};
use js_sys::{Float32Array, Uint8Array};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::plane::parts_of;
use crate::session::{Session, nothing_open};
use crate::{cross, thrown};

/// What a curve is the sum of, beside the numbers in bulk.
#[derive(Serialize, Tsify)]
pub struct BasisUnits {
    /// The units whose terms are told one by one.
    pub units: Vec<u32>,
    /// What is there without any.
    pub constant: f64,
}

#[wasm_bindgen]
impl Session {
    /// Samples to be drawn: at most so many of those that are learned from or held out, at equal distances among them.
    #[wasm_bindgen(js_name = drawnIds)]
    pub fn drawn_ids(&self, most: usize) -> Result<Vec<u32>, JsValue> {
        let mut is_used = vec![false; self.run()?.trainer.data().test().end as usize];
        self.used()?.for_each(|id| is_used[id as usize] = true);
        let used: Vec<u32> = (0..).zip(is_used).filter(|(_, is_used)| *is_used).map(|(id, _)| id).collect();
        let drawn = used.len().min(most);
        Ok((0..drawn).map(|place| used[place * used.len() / drawn]).collect())
    }

    /// One input of some samples.
    #[wasm_bindgen(js_name = copyInputs)]
    pub fn copy_inputs(&self, ids: &[u32], column: usize, values: &Float32Array) -> Result<(), JsValue> {
        let data = self.run()?.trainer.data();
        values.copy_from(&ids.iter().map(|&id| data.input_at(id, column)).collect::<Vec<_>>());
        Ok(())
    }

    /// The numbers that are to be told of some samples.
    #[wasm_bindgen(js_name = copyValues)]
    pub fn copy_values(&self, ids: &[u32], values: &Float32Array) -> Result<(), JsValue> {
        let data = self.run()?.trainer.data();
        values.copy_from(&ids.iter().map(|&id| data.value(id).unwrap_or(f32::NAN)).collect::<Vec<_>>());
        Ok(())
    }

    /// Whether the run that is open learns from each of some samples (0), holds it out (1) or does neither (2).
    #[wasm_bindgen(js_name = copyParts)]
    pub fn copy_parts(&self, ids: &[u32], parts: &Uint8Array) -> Result<(), JsValue> {
        parts.copy_from(&parts_of(&self.run()?.trainer, ids));
        Ok(())
    }

    /// The different values of an input among the samples that are used, rising; none where they are more than `most`.
    pub fn values(&self, column: usize, most: usize) -> Result<Vec<f32>, JsValue> {
        let data = self.run()?.trainer.data();
        let mut values: Vec<f32> = Vec::new();
        for id in self.used()? {
            let value = data.input_at(id, column);
            let place = values.partition_point(|&less| less < value);
            if values.get(place) != Some(&value) {
                if values.len() == most {
                    return Ok(Vec::new());
                }
                values.insert(place, value);
            }
        }
        Ok(values)
    }

    /// The smallest and the greatest of an input among the samples that are used.
    pub fn ends(&self, along: usize) -> Result<Vec<f32>, JsValue> {
        let data = self.run()?.trainer.data();
        let both = |(low, high): (f32, f32), x: f32| (low.min(x), high.max(x));
        let (low, high) = self.used()?.map(|id| data.input_at(id, along)).fold((f32::MAX, f32::MIN), both);
        Ok(vec![low, high])
    }

    /// Those learned from and those held out.
    fn used(&self) -> Result<impl Iterator<Item = u32>, JsValue> {
        let trainer = &self.run()?.trainer;
        Ok(trainer.train().iter().chain(&**trainer.held_out()).copied())
    }

    /// What the network of the last whole evaluation tells at so many places of an input from `from` to `to`: with other
    /// inputs the mean over the samples learned from, or over those of them whose input at `group` is `value`.
    #[wasm_bindgen(js_name = copyCurve)]
    pub fn copy_curve(
        &self,
        along: usize,
        group: Option<usize>,
        value: f32,
        from: f32,
        to: f32,
        curve: &Float32Array,
    ) -> Result<(), JsValue> {
        let places = places(from, to, curve.length());
        let trainer = &self.run()?.trainer;
        let group = group.map(|column| Group { column, value });
        curve.copy_from(&dependence(
            self.evaluated()?,
            trainer.data(),
            trainer.train(),
            along,
            group,
            &places,
        ));
        Ok(())
    }

    /// What the network of the last whole evaluation tells of some samples.
    #[wasm_bindgen(js_name = copyTold)]
    pub fn copy_told(&self, ids: &[u32], told: &Float32Array) -> Result<(), JsValue> {
        let evaluation = self.evaluated()?;
        let of = |id: &u32| evaluation.told(*id).map_or(f32::NAN, |told| told as f32);
        told.copy_from(&ids.iter().map(of).collect::<Vec<_>>());
        Ok(())
    }

    /// What the curve along a network's one input is the sum of: fills the terms of the units that move it most (units × places) and what all others add.
    pub fn basis(
        &self,
        from: f32,
        to: f32,
        terms: &Float32Array,
        others: &Float32Array,
    ) -> Result<Option<Ts<BasisUnits>>, JsValue> {
        let places = places(from, to, others.length());
        let most = terms.length() as usize / places.len();
        if self.run()?.trainer.data().shape().inputs() != 1 {
            return Ok(None);
        }
        let Some(basis) = Basis::new(self.evaluated()?.network(), &places, most) else { return Ok(None) };
        terms.subarray(0, basis.terms.len() as u32).copy_from(&basis.terms);
        others.copy_from(&basis.others);
        cross(&BasisUnits { units: basis.units, constant: basis.constant }).map(Some)
    }

    /// How well the network of the last whole evaluation tells numbers, where it does.
    pub fn fits(&self) -> Result<Option<Ts<Fits>>, JsValue> {
        self.evaluated()?.fits().as_ref().map(cross).transpose()
    }

    /// How often the network of the last whole evaluation tells classes right, where they are not those of images.
    pub fn shares(&self) -> Result<Option<Ts<Shares>>, JsValue> {
        self.evaluated()?.shares().as_ref().map(cross).transpose()
    }

    /// Goes on, for about `ms` milliseconds, with the same experiment under other seeds; those that have come to their ends.
    pub fn spread(&mut self, ms: f64) -> Result<Vec<Ts<Seeded>>, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(nothing_open)?.shown_mut();
        let (experiment, data) = (run.trainer.experiment(), run.trainer.data());
        let spread = run.spread.get_or_insert_with(|| Spread::new(experiment, data));
        while !spread.advance().map_err(|error| thrown(&error))? && clock.now() < end {}
        spread.seeds().iter().map(cross).collect()
    }

    /// Goes on, for about `ms` milliseconds, with simpler models of the same samples; all of them when they are learned,
    /// nothing before.
    pub fn simpler(&mut self, ms: f64) -> Result<Option<Vec<Ts<Baseline>>>, JsValue> {
        let end = self.clock.now() + ms;
        let clock = &self.clock;
        let run = self.run.as_mut().ok_or_else(nothing_open)?.shown_mut();
        let beside = run.beside.get_or_insert_with(|| Beside::new(&run.trainer));
        while !beside.advance(&run.trainer) {
            if clock.now() >= end {
                return Ok(None);
            }
        }
        beside.models().iter().map(cross).collect::<Result<_, _>>().map(Some)
    }
}

/// So many places at equal distances, the ends included.
fn places(from: f32, to: f32, count: u32) -> Vec<f32> {
    let share = |place: u32| f64::from(place) / f64::from(count.max(2) - 1);
    (0..count).map(|place| (f64::from(from) + share(place) * f64::from(to - from)) as f32).collect()
}
