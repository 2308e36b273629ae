//! A network: layers in a row, and the buffers of one block of samples going through them.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use crate::dataset::{Dataset, Scaling, TargetScale};
use crate::kernel::{Sparse, each};
use crate::layer::{self, Layer, LayerSpec, Moment, Param, Pass};

/// Layers in a row. Looking is `&self`: the activations belong to whoever asks for them.
pub struct Network {
    inputs: usize,
    layers: Vec<Box<dyn Layer>>,
    scaling: Option<Arc<Scaling>>,
}

impl Network {
    /// Builds the layers with the seed's initial weights.
    pub fn new(inputs: usize, specs: &[LayerSpec], seed: u64) -> Self {
        let mut layers: Vec<Box<dyn Layer>> = Vec::with_capacity(specs.len());
        let mut width = inputs;
        let mut dropouts = 0;
        for (place, &spec) in specs.iter().enumerate() {
            // Dropout below a layer does not move its place: it leaves the initial weights alone.
            let stream = match spec {
                LayerSpec::Dropout { .. } => {
                    dropouts += 1;
                    place
                }
                LayerSpec::Dense { .. } | LayerSpec::Activation { .. } => place - dropouts,
            };
            let layer = layer::build(spec, width, seed, stream as u64);
            width = layer.outputs();
            layers.push(layer);
        }
        Self { inputs, layers, scaling: None }
    }

    /// The width of the input and of every layer's output.
    pub fn widths(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.inputs).chain(self.layers.iter().map(|layer| layer.outputs()))
    }

    /// How many layers there are.
    #[allow(clippy::len_without_is_empty)] // A network without layers is none.
    pub fn len(&self) -> usize {
        self.layers.len()
    }

    /// The layer at `place`.
    pub fn layer(&self, place: usize) -> &dyn Layer {
        &*self.layers[place]
    }

    /// The parameters of the layer at `place` (weight, bias), none where it learns nothing.
    pub fn layer_params(&self, place: usize) -> &[Param] {
        self.layers[place].params()
    }

    /// All parameters, from the input to the output, weight before bias.
    pub fn params(&self) -> impl Iterator<Item = &Param> {
        self.layers.iter().flat_map(|layer| layer.params())
    }

    /// The same, to be changed.
    pub fn params_mut(&mut self) -> impl Iterator<Item = &mut Param> {
        self.layers.iter_mut().flat_map(|layer| layer.params_mut())
    }

    /// What its inputs go through first.
    pub fn scaling(&self) -> Option<&Scaling> {
        self.scaling.as_deref()
    }

    /// How a number that it tells is scaled.
    pub fn target(&self) -> TargetScale {
        self.scaling().map_or(TargetScale::default(), |scaling| scaling.target)
    }

    /// Chooses what its inputs go through first; before blocks are made for it.
    pub fn set_scaling(&mut self, scaling: Option<Scaling>) {
        self.scaling = scaling.map(Arc::new);
    }

    /// Takes the values and the scaling of another network of the same shape.
    pub fn copy_from(&mut self, other: &Network) {
        self.scaling.clone_from(&other.scaling);
        for (to, from) in self.params_mut().zip(other.params()) {
            let (to, from) = (to.value.as_slice_mut(), from.value.as_slice());
            to.expect("standard layout").copy_from_slice(from.expect("standard layout"));
        }
    }

    /// How many numbers are learned.
    pub fn parameter_count(&self) -> usize {
        self.params().map(|param| param.value.len()).sum()
    }

    /// Sends the first `rows` rows of the input through all layers.
    pub fn forward(&self, block: &mut Block, rows: usize) {
        for (place, layer) in self.layers.iter().enumerate() {
            if place == 0 && block.skip_zeros(&**layer, rows) {
                continue;
            }
            let (below, above) = block.values.split_at_mut(place + 1);
            layer.forward(below[place].slice(s![..rows, ..]), above[0].slice_mut(s![..rows, ..]));
        }
    }

    /// The same while it learns: what a layer does only then, it does.
    pub fn forward_learning(&mut self, block: &mut Block, rows: usize, moment: Moment) {
        for (place, layer) in self.layers.iter_mut().enumerate() {
            if place == 0 && block.skip_zeros(&**layer, rows) {
                continue;
            }
            let (below, above) = block.values.split_at_mut(place + 1);
            let (x, y) = (below[place].slice(s![..rows, ..]), above[0].slice_mut(s![..rows, ..]));
            layer.forward_learning(x, y, moment);
        }
    }

    /// Adds to every gradient what these rows say, given ∂loss/∂output in [`Block::output_and_slope`].
    pub fn backward(&mut self, block: &mut Block, rows: usize) {
        for (place, layer) in self.layers.iter_mut().enumerate().rev() {
            if place == 0 && block.is_sparse {
                if layer.backward_sparse(&mut block.sparse, block.slopes[0].slice(s![..rows, ..])) {
                    continue;
                }
                block.write_out();
            }
            let (below, above) = block.slopes.split_at_mut(place);
            let pass = Pass {
                x: block.values[place].slice(s![..rows, ..]),
                y: block.values[place + 1].slice(s![..rows, ..]),
                dy: above[0].slice(s![..rows, ..]),
            };
            layer.backward(pass, below.last_mut().map(|dx| dx.slice_mut(s![..rows, ..])));
        }
    }

    /// Adds the slope of the penalty `l2/2 · Σ w²` on all weights to their gradients; biases are free.
    pub fn add_penalty(&mut self, l2: f32) {
        for weights in self.layers.iter_mut().filter_map(|layer| layer.params_mut().first_mut()) {
            let (g, w) = (weights.grad.as_slice_mut(), weights.value.as_slice());
            let (g, w) = (g.expect("standard layout"), w.expect("standard layout"));
            each!((g), (w) => { g += l2 * w });
        }
    }

    /// Begins a batch: the next backward pass sets the gradients, those after it add to them.
    pub fn clear_gradients(&mut self) {
        self.params_mut().for_each(Param::clear_gradient);
    }
}

/// How the first layer reads its input. All give the same bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstLayer {
    /// Skips zeros where at least half of a block's values are zero.
    #[default]
    Auto,
    /// Multiplies with the zeros too.
    Dense,
    /// Skips zeros, however few there are.
    Sparse,
}

/// The values of one block of samples at every layer, and the slopes of the loss by them.
pub struct Block {
    first_layer: FirstLayer,
    scaling: Option<Arc<Scaling>>,
    /// What is not zero in the input, if `is_sparse`; then `values[0]` is not written.
    sparse: Sparse,
    is_sparse: bool,
    /// The input, then each layer's output; rows × width.
    values: Vec<Array2<f32>>,
    /// ∂loss/∂(each layer's output).
    slopes: Vec<Array2<f32>>,
}

impl Block {
    /// How many numbers a block may hold for one call to stay within a few milliseconds.
    const WORK: usize = 1 << 25;
    /// No block is longer than this: more rows do not make it faster.
    const MOST_ROWS: usize = 64;

    /// Buffers for blocks of up to [`Block::rows`] samples. The cut of a batch into blocks changes no bit.
    pub fn new(network: &Network) -> Self {
        let rows = (Self::WORK / network.parameter_count().max(1)).clamp(4, Self::MOST_ROWS);
        let values: Vec<_> = network.widths().map(|width| Array2::zeros((rows, width))).collect();
        Self {
            first_layer: FirstLayer::Auto,
            scaling: network.scaling.clone(),
            sparse: Sparse::new(rows, values[0].ncols()),
            is_sparse: false,
            slopes: values[1..].to_vec(),
            values,
        }
    }

    /// The longest block.
    pub fn rows(&self) -> usize {
        self.values[0].nrows()
    }

    /// Chooses how the first layer reads what is loaded from now on.
    pub fn set_first_layer(&mut self, first_layer: FirstLayer) {
        self.first_layer = first_layer;
    }

    /// Takes samples in as the network sees them, from the first row on.
    pub fn load(&mut self, data: &Dataset, ids: &[u32]) {
        let most = match self.first_layer {
            FirstLayer::Auto => ids.len() * self.values[0].ncols() / 2,
            FirstLayer::Dense => 0,
            FirstLayer::Sparse => usize::MAX,
        };
        // Scaled zeros are none.
        let may_skip = most > 0 && self.scaling.is_none();
        self.is_sparse = may_skip && data.copy_sparse_inputs(ids, &mut self.sparse, most);
        if !self.is_sparse {
            data.copy_inputs(ids, self.values[0].view_mut());
            if let Some(scaling) = &self.scaling {
                for mut row in self.values[0].outer_iter_mut().take(ids.len()) {
                    scaling.apply(row.as_slice_mut().expect("a row of a standard array"));
                }
            }
        }
    }

    /// Takes one sample into a row, which has not been scaled yet.
    pub fn load_input(&mut self, row: usize, input: &[f32]) {
        self.is_sparse = false;
        let mut row = self.values[0].row_mut(row);
        let row = row.as_slice_mut().expect("a row of a standard array");
        row.copy_from_slice(input);
        if let Some(scaling) = &self.scaling {
            scaling.apply(row);
        }
    }

    /// Where samples are put by hand. rows × inputs.
    pub fn input(&mut self) -> ArrayViewMut2<'_, f32> {
        self.write_out();
        self.values[0].view_mut()
    }

    /// Sends the input through the first layer without its zeros, where both can; else writes the zeros out.
    fn skip_zeros(&mut self, first: &dyn Layer, rows: usize) -> bool {
        if !self.is_sparse {
            return false;
        }
        let skipped = first.forward_sparse(&self.sparse, self.values[1].slice_mut(s![..rows, ..]));
        if !skipped {
            self.write_out();
        }
        skipped
    }

    /// The zeros of the input too.
    fn write_out(&mut self) {
        if std::mem::take(&mut self.is_sparse) {
            self.sparse.copy_into(self.values[0].view_mut());
        }
    }

    /// The output of layer `place − 1` as the last forward pass left it, or (0) the input as
    /// [`Block::input`] left it.
    pub fn value(&self, place: usize) -> ArrayView2<'_, f32> {
        assert!(place > 0 || !self.is_sparse, "the input is written out");
        self.values[place].view()
    }

    /// The network's output and the buffer of its slope, `rows` long.
    pub fn output_and_slope(&mut self, rows: usize) -> (ArrayView2<'_, f32>, ArrayViewMut2<'_, f32>) {
        let output = self.values.last().expect("a block has an input");
        let slope = self.slopes.last_mut().expect("a network has a layer");
        (output.slice(s![..rows, ..]), slope.slice_mut(s![..rows, ..]))
    }
}
