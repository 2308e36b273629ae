//! What the last whole evaluation says: its loss, its matrix, its rankings, and what it makes of a sample.

use brainbow::Evaluation;
use brainbow::evaluation::{Among, ConfusionMatrix, Excites, Order, Ranking, Roc};
use brainbow::inspection::Why;
use js_sys::{Float32Array, Float64Array, Int32Array, Uint8Array, Uint32Array};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::drawing::copy_terms;
use crate::frame::Health;
use crate::session::Session;
use crate::{cross, read};

#[wasm_bindgen]
impl Session {
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

    /// How many of the second of two classes are found, and how many of the first taken for it, at every threshold.
    pub fn roc(&self) -> Result<Option<Ts<Roc>>, JsValue> {
        self.evaluated()?.roc().as_ref().map(cross).transpose()
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
}
