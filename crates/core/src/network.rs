//! A network: layers in a row, and the buffers of one block of samples going through them.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use crate::layer::{self, Layer, LayerSpec, Moment, Param, Pass};

/// Layers in a row. Looking is `&self`: the activations belong to whoever asks for them.
pub struct Network {
    inputs: usize,
    layers: Vec<Box<dyn Layer>>,
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
        Self { inputs, layers }
    }

    /// The width of the input and of every layer's output.
    pub fn widths(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.inputs).chain(self.layers.iter().map(|layer| layer.outputs()))
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

    /// Takes the values of another network of the same shape.
    pub fn copy_from(&mut self, other: &Network) {
        for (to, from) in self.params_mut().zip(other.params()) {
            to.value.assign(&from.value);
        }
    }

    /// How many numbers are learned.
    pub fn parameter_count(&self) -> usize {
        self.params().map(|param| param.value.len()).sum()
    }

    /// Sends the first `rows` rows of the input through all layers.
    pub fn forward(&self, block: &mut Block, rows: usize) {
        for (place, layer) in self.layers.iter().enumerate() {
            let (below, above) = block.values.split_at_mut(place + 1);
            layer.forward(below[place].slice(s![..rows, ..]), above[0].slice_mut(s![..rows, ..]));
        }
    }

    /// The same while it learns: what a layer does only then, it does.
    pub fn forward_learning(&mut self, block: &mut Block, rows: usize, moment: Moment) {
        for (place, layer) in self.layers.iter_mut().enumerate() {
            let (below, above) = block.values.split_at_mut(place + 1);
            let (x, y) = (below[place].slice(s![..rows, ..]), above[0].slice_mut(s![..rows, ..]));
            layer.forward_learning(x, y, moment);
        }
    }

    /// Adds to every gradient what these rows say, given ∂loss/∂output in [`Block::output_slope`].
    pub fn backward(&mut self, block: &mut Block, rows: usize) {
        for (place, layer) in self.layers.iter_mut().enumerate().rev() {
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
            weights.grad.scaled_add(l2, &weights.value);
        }
    }

    /// Gradients of zero, for a batch that begins.
    pub fn clear_gradients(&mut self) {
        self.params_mut().for_each(|param| param.grad.fill(0.0));
    }
}

/// The values of one block of samples at every layer, and the slopes of the loss by them.
pub struct Block {
    /// The input, then each layer's output; rows × width.
    values: Vec<Array2<f32>>,
    /// ∂loss/∂(each layer's output).
    slopes: Vec<Array2<f32>>,
}

impl Block {
    /// How many numbers a block may hold for one call to stay within a few milliseconds.
    const WORK: usize = 1 << 22;
    /// No block is longer than this: more rows do not make it faster.
    const MOST_ROWS: usize = 64;

    /// Buffers for blocks of up to [`Block::rows`] samples. The cut of a batch into blocks changes no bit.
    pub fn new(network: &Network) -> Self {
        let rows = (Self::WORK / network.parameter_count().max(1)).clamp(4, Self::MOST_ROWS);
        let values: Vec<_> = network.widths().map(|width| Array2::zeros((rows, width))).collect();
        Self { slopes: values[1..].to_vec(), values }
    }

    /// The longest block.
    pub fn rows(&self) -> usize {
        self.values[0].nrows()
    }

    /// Where the samples are put. rows × inputs.
    pub fn input(&mut self) -> ArrayViewMut2<'_, f32> {
        self.values[0].view_mut()
    }

    /// The input (0) or the output of layer `place − 1`, as the last forward pass left it.
    pub fn value(&self, place: usize) -> ArrayView2<'_, f32> {
        self.values[place].view()
    }

    /// The network's output and the buffer of its slope, `rows` long.
    pub fn output_and_slope(&mut self, rows: usize) -> (ArrayView2<'_, f32>, ArrayViewMut2<'_, f32>) {
        let output = self.values.last().expect("a block has an input");
        let slope = self.slopes.last_mut().expect("a network has a layer");
        (output.slice(s![..rows, ..]), slope.slice_mut(s![..rows, ..]))
    }
}
