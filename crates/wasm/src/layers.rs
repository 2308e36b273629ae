//! The layers of the network of the last whole evaluation: weights, pictures of later layers, the strongest edges.
//!
//! A layer is named by its place among the dense ones, from 0.

use brainbow::inspection::Edges;
use brainbow::layer::Param;
use js_sys::{Float32Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::session::Session;

const STANDARD: &str = "parameters are in standard layout";

#[wasm_bindgen]
impl Session {
    /// The linear pictures of the watched unit's layer (inputs × units); whether there are any: a later layer has them.
    #[wasm_bindgen(js_name = copyPictures)]
    pub fn copy_pictures(&self, pictures: &Float32Array) -> Result<bool, JsValue> {
        let Some(weights) = self.evaluated()?.pictures() else { return Ok(false) };
        pictures.copy_from(weights.to_slice().expect(STANDARD));
        Ok(true)
    }

    /// A layer's weights (inputs × units, row by row) and biases at that step.
    #[wasm_bindgen(js_name = copyEvaluated)]
    pub fn copy_evaluated(
        &self,
        layer: usize,
        weights: &Float32Array,
        biases: &Float32Array,
    ) -> Result<(), JsValue> {
        weights.copy_from(self.parameter(2 * layer)?.value.as_slice().expect(STANDARD));
        self.copy_biases(layer, biases)
    }

    /// The same biases alone.
    #[wasm_bindgen(js_name = copyBiases)]
    pub fn copy_biases(&self, layer: usize, biases: &Float32Array) -> Result<(), JsValue> {
        biases.copy_from(self.parameter(2 * layer + 1)?.value.as_slice().expect(STANDARD));
        Ok(())
    }

    /// The weights into one unit of a layer.
    #[wasm_bindgen(js_name = copyUnit)]
    pub fn copy_unit(&self, layer: usize, unit: usize, weights: &Float32Array) -> Result<(), JsValue> {
        let param = self.parameter(2 * layer)?;
        if unit >= param.value.ncols() {
            return Err(JsError::new("there is no such unit").into());
        }
        weights.copy_from(&param.value.column(unit).to_vec());
        Ok(())
    }

    /// How many held-out samples made each unit of a layer active; whether an activation tells.
    #[wasm_bindgen(js_name = copyActiveBehind)]
    pub fn copy_active_behind(&self, layer: usize, counts: &Uint32Array) -> Result<bool, JsValue> {
        let Some(active) = self.evaluated()?.active_behind(layer) else { return Ok(false) };
        counts.copy_from(active);
        Ok(true)
    }

    /// The strongest edges into each unit of a layer, strongest first, as many as there is room for: where they begin and
    /// their weights (units × most). With a sample's `inputs` of that layer an edge is as strong as |weight × input|,
    /// without (empty) as |weight|.
    #[wasm_bindgen(js_name = copyEdgesIn)]
    pub fn copy_edges_in(
        &self,
        layer: usize,
        inputs: &Float32Array,
        from: &Uint32Array,
        weights: &Float32Array,
    ) -> Result<(), JsValue> {
        let param = self.parameter(2 * layer)?;
        let most = from.length() as usize / param.value.ncols();
        let inputs = Some(inputs.to_vec()).filter(|inputs| inputs.len() == param.value.nrows());
        let edges = Edges::strongest(param.value.view(), inputs.as_deref(), most);
        from.copy_from(&edges.from);
        weights.copy_from(&edges.weights);
        Ok(())
    }

    /// The strongest edges out of each input of a layer, in the same way (inputs × most): where they end and their weights.
    #[wasm_bindgen(js_name = copyEdgesOut)]
    pub fn copy_edges_out(
        &self,
        layer: usize,
        to: &Uint32Array,
        weights: &Float32Array,
    ) -> Result<(), JsValue> {
        let param = self.parameter(2 * layer)?;
        let most = to.length() as usize / param.value.nrows();
        let edges = Edges::strongest(param.value.t(), None, most);
        to.copy_from(&edges.from);
        weights.copy_from(&edges.weights);
        Ok(())
    }

    fn parameter(&self, place: usize) -> Result<&Param, JsValue> {
        let mut params = self.evaluated()?.network().params();
        params.nth(place).ok_or_else(|| JsError::new("there is no such dense layer").into())
    }
}
