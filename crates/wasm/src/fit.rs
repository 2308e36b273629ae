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
    /// One input, another one (0 where there is none) and the number to be told of every sample by its id, and whether the run
    /// that is open learns from it (0), holds it out (1) or does neither (2).
    #[wasm_bindgen(js_name = copyPoints)]
    pub fn copy_points(
        &self,
        along: usize,
        group: Option<usize>,
        x: &Float32Array,
        z: &Float32Array,
        y: &Float32Array,
        parts: &Uint8Array,
    ) -> Result<(), JsValue> {
        let trainer = &self.run()?.trainer;
        let data = trainer.data();
        let ids = || 0..data.test().end;
        let input = |id, column: usize| data.input(id).get(column).copied().unwrap_or_default();
        x.copy_from(&ids().map(|id| input(id, along)).collect::<Vec<_>>());
        z.copy_from(&ids().map(|id| group.map_or(0.0, |group| input(id, group))).collect::<Vec<_>>());
        y.copy_from(&ids().map(|id| data.value(id).unwrap_or(f32::NAN)).collect::<Vec<_>>());
        parts.copy_from(&parts_of(trainer));
        Ok(())
    }

    /// The smallest and the greatest of an input among all samples.
    pub fn ends(&self, along: usize) -> Result<Vec<f32>, JsValue> {
        let data = self.run()?.trainer.data();
        let inputs = || (0..data.test().end).filter_map(|id| data.input(id).get(along).copied());
        Ok(vec![inputs().fold(f32::MAX, f32::min), inputs().fold(f32::MIN, f32::max)])
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

    /// What the network of the last whole evaluation tells of every sample, by its id.
    #[wasm_bindgen(js_name = copyTold)]
    pub fn copy_told(&self, told: &Float32Array) -> Result<(), JsValue> {
        let evaluation = self.evaluated()?;
        let all = 0..self.run()?.trainer.data().test().end;
        told.copy_from(
            &all.map(|id| evaluation.told(id).map_or(f32::NAN, |told| told as f32)).collect::<Vec<_>>(),
        );
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

    /// Learns one more of the simpler models of the same samples; all of them when they are learned, nothing before.
    pub fn simpler(&mut self) -> Result<Option<Vec<Ts<Baseline>>>, JsValue> {
        let run = self.run_mut()?;
        let beside = run.beside.get_or_insert_with(|| Beside::new(&run.trainer));
        if !beside.advance(&run.trainer) {
            return Ok(None);
        }
        beside.models().iter().map(cross).collect::<Result<_, _>>().map(Some)
    }
}

/// So many places at equal distances, the ends included.
fn places(from: f32, to: f32, count: u32) -> Vec<f32> {
    let share = |place: u32| f64::from(place) / f64::from(count.max(2) - 1);
    (0..count).map(|place| (f64::from(from) + share(place) * f64::from(to - from)) as f32).collect()
}
