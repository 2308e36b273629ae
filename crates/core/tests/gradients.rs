//! Every derivative against a difference quotient of the operation it belongs to.
//!
//! f32 would drown a small step in rounding, so each test takes a way on which it can't: dense layers are
//! linear in everything, and on multiples of 1/16 nothing rounds at all; activations and the loss take
//! large steps and a formula of fourth order; whole networks are compared with a forward pass in f64,
//! written here a second time.

// clippy.toml lets tests unwrap, but does not count functions beside them as tests.
#![allow(clippy::unwrap_used)]

use brainbow::layer::{self, Activation, Init, Layer, LayerSpec, Pass};
use brainbow::loss::{self, LossSpec, Targets};
use brainbow::network::{Block, Network};
use ndarray::{Array2, Axis, s};

const ACTIVATIONS: [Activation; 7] = [
    Activation::Linear,
    Activation::Relu,
    Activation::LeakyRelu,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::Softplus,
    Activation::Gelu,
];

/// Numbers like drawn ones, −2 to 2, odd multiples of 1/16: none is zero, and small sums of products are exact.
fn sixteenths(rows: usize, columns: usize, salt: u32) -> Array2<f32> {
    Array2::from_shape_fn((rows, columns), |(i, j)| {
        let hash = (i as u32 * 7919 + j as u32 * 104_729 + salt * 31).wrapping_mul(2_654_435_761);
        ((hash >> 27) as f32 * 2.0 - 31.0) / 16.0
    })
}

/// f′(0), exact for polynomials of up to the fourth degree.
fn slope(step: f32, mut f: impl FnMut(f32) -> f64) -> f64 {
    let near = f(step) - f(-step);
    let far = f(2.0 * step) - f(-2.0 * step);
    (8.0 * near - far) / (12.0 * f64::from(step))
}

/// A layer, what comes in, and the slope of a made-up loss Σ y·dy by what goes out.
struct Bench {
    layer: Box<dyn Layer>,
    x: Array2<f32>,
    dy: Array2<f32>,
}

impl Bench {
    /// 6 rows of 7 values. Parameters are multiples of 1/16, biases too.
    fn new(spec: LayerSpec) -> Self {
        let mut layer = layer::build(spec, 7, 0, 0);
        for (param, salt) in layer.params_mut().iter_mut().zip(1..) {
            param.value = sixteenths(param.value.nrows(), param.value.ncols(), salt);
        }
        let dy = sixteenths(6, layer.outputs(), 8);
        Self { layer, x: sixteenths(6, 7, 9), dy }
    }

    fn output(&self) -> Array2<f32> {
        let mut y = Array2::zeros(self.dy.raw_dim());
        self.layer.forward(self.x.view(), y.view_mut());
        y
    }

    fn loss(&self) -> f64 {
        self.output().iter().zip(&self.dy).map(|(&y, &dy)| f64::from(y) * f64::from(dy)).sum()
    }

    /// Adds to the parameters' gradients and gives the input's.
    fn backward(&mut self) -> Array2<f32> {
        let (y, mut dx) = (self.output(), Array2::from_elem(self.x.raw_dim(), f32::NAN));
        let pass = Pass { x: self.x.view(), y: y.view(), dy: self.dy.view() };
        self.layer.backward(pass, Some(dx.view_mut()));
        dx
    }

    /// The difference quotient for every number that `of` finds, in its order.
    fn slopes(&mut self, step: f32, of: fn(&mut Self) -> &mut Array2<f32>) -> Array2<f64> {
        let start = of(self).clone();
        Array2::from_shape_fn(start.raw_dim(), |at| {
            let quotient = slope(step, |move_by| {
                of(self)[at] = start[at] + move_by;
                self.loss()
            });
            of(self)[at] = start[at];
            quotient
        })
    }
}

fn assert_near(what: &str, ours: &Array2<f32>, quotients: &Array2<f64>, tolerance: f64) {
    assert_eq!(ours.dim(), quotients.dim(), "{what}");
    let mut worst = 0.0_f64;
    for (at, &quotient) in quotients.indexed_iter() {
        let difference = (f64::from(ours[at]) - quotient).abs();
        assert!(difference <= tolerance, "{what} {at:?}: {} where the quotient is {quotient}", ours[at]);
        worst = worst.max(difference);
    }
    println!("{worst:.1e} of {tolerance:.1e}: {what}");
}

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units, init: Init::Zero }
}

#[test]
fn a_dense_layer_s_gradients_are_exactly_its_difference_quotients() {
    let mut bench = Bench::new(dense(5));
    let input = bench.backward();
    let [weight, bias] = [0, 1].map(|place| bench.layer.params()[place].grad.clone());
    // Nothing has rounded but the division by twelve steps.
    assert_near("input", &input, &bench.slopes(0.0625, |bench| &mut bench.x), 1e-12);
    let quotients = bench.slopes(0.0625, |bench| &mut bench.layer.params_mut()[0].value);
    assert_near("weight", &weight, &quotients, 1e-12);
    let quotients = bench.slopes(0.0625, |bench| &mut bench.layer.params_mut()[1].value);
    assert_near("bias", &bias, &quotients, 1e-12);
}

#[test]
fn a_second_block_adds_to_the_gradients_of_the_first() {
    let mut bench = Bench::new(dense(5));
    let gradients = |bench: &Bench| [0, 1].map(|place| bench.layer.params()[place].grad.clone());
    bench.backward();
    let first = gradients(&bench);
    (bench.x, bench.dy) = (sixteenths(6, 7, 21), sixteenths(6, 5, 22));
    bench.backward();
    let both = gradients(&bench);
    bench.layer.params_mut().iter_mut().for_each(|param| param.grad.fill(0.0));
    bench.backward();
    let second = gradients(&bench);
    for place in [0, 1] {
        assert_eq!(both[place], &first[place] + &second[place]);
    }
}

#[test]
fn the_slope_of_every_activation_is_its_difference_quotient() {
    for function in ACTIVATIONS {
        let mut bench = Bench::new(LayerSpec::Activation { function });
        let ours = bench.backward();
        // Two steps of 1/32 come up to a kink and not beyond, as no x is nearer to it than 1/16. A value rounds
        // by 2⁻²⁵, which the quotient magnifies 48 times and dy doubles: 3e-6. tanh's fifth derivative, up to
        // 16, leaves 2 · 16/30 · 32⁻⁴ = 1e-6.
        assert_near(&format!("{function:?}"), &ours, &bench.slopes(0.03125, |bench| &mut bench.x), 1e-5);
    }
}

#[test]
fn the_slope_of_every_loss_is_its_difference_quotient_also_where_a_block_is_part_of_a_batch() {
    let shares =
        Array2::from_shape_fn((5, 4), |(i, j)| [[0.5, 0.25, 0.25, 0.0], [0.0, 0.75, 0.0, 0.25]][i % 2][j]);
    for spec in [
        LossSpec::SoftmaxCrossEntropy,
        LossSpec::BinaryCrossEntropy,
        LossSpec::MeanSquaredError,
        LossSpec::MeanAbsoluteError,
        LossSpec::SigmoidAbsoluteError,
    ] {
        check_loss(spec, Targets::Classes(&[2, 0, 3, 1, 2]));
        // The teaching loss has a kink where the answer is the target, and targets of 0 or 1 so that it never is.
        if spec != LossSpec::SigmoidAbsoluteError {
            check_loss(spec, Targets::Values(shares.view()));
        }
    }
}

fn check_loss(spec: LossSpec, targets: Targets) {
    let (loss, batch) = (loss::build(spec), 9);
    let mut logits = sixteenths(5, 4, 3);
    let mut slopes = Array2::zeros(logits.raw_dim());
    let mut part_of_mean = |logits: &Array2<f32>| {
        let mut losses = [0.0; 5];
        loss.forward(logits.view(), targets, slopes.view_mut(), &mut losses);
        losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / f64::from(batch)
    };
    let start = logits.clone();
    let quotients = Array2::from_shape_fn(start.raw_dim(), |at| {
        // Two steps of 1/32 come up to a kink and not beyond, as above.
        let quotient = slope(0.03125, |move_by| {
            logits[at] = start[at] + move_by;
            part_of_mean(&logits)
        });
        logits[at] = start[at];
        quotient
    });
    part_of_mean(&start);
    loss.backward(targets, batch as usize, slopes.view_mut());
    // A loss of about 3 rounds by 2⁻²³ or so, which the quotient magnifies 48 times and the batch divides by 9.
    assert_near(&format!("{spec:?}"), &slopes, &quotients, 2e-6);
}

#[test]
fn the_gradients_of_whole_networks_are_the_difference_quotients_of_the_same_in_f64() {
    for function in ACTIVATIONS {
        for hidden in [&[][..], &[5], &[5, 4, 8]] {
            let activation = LayerSpec::Activation { function };
            let layers: Vec<_> =
                hidden.iter().flat_map(|&units| [dense(units), activation]).chain([dense(3)]).collect();
            check_network(&format!("{function:?} {hidden:?}"), &layers);
        }
    }
}

/// 6 samples of 7 values each, 3 classes.
fn check_network(what: &str, layers: &[LayerSpec]) {
    let labels = [2, 0, 1, 2, 2, 0];
    let x = sixteenths(6, 7, 5);
    let mut network = Network::new(7, layers, 0);
    for (param, salt) in network.params_mut().zip(11..) {
        // About as far apart as Glorot's; no sixteenths, so that no sum is zero by chance.
        param.value = sixteenths(param.value.nrows(), param.value.ncols(), salt) * 0.37;
    }
    let found = learn(&mut network, &x, &labels);
    let mut params: Vec<_> = network.params().map(|param| param.value.mapv(f64::from)).collect();
    let x = x.mapv(f64::from);
    let truth = Truth::of(layers, &params, &x, &labels);
    assert!((found - truth.loss).abs() < 1e-6 * truth.loss, "{what}: {found} for a loss of {}", truth.loss);
    assert!(truth.nearest_to_kink > 1e-3, "{what}: {} from a kink", truth.nearest_to_kink);
    let ours: Vec<_> = network.params().map(|param| param.grad.clone()).collect();
    for (place, ours) in ours.iter().enumerate() {
        let quotients = Array2::from_shape_fn(ours.raw_dim(), |at| {
            let start = params[place][at];
            let mut loss_at = |value| {
                params[place][at] = value;
                Truth::of(layers, &params, &x, &labels).loss
            };
            let quotient = (loss_at(start + 1e-5) - loss_at(start - 1e-5)) / 2e-5;
            params[place][at] = start;
            quotient
        });
        // The quotient is right to about 1e-10; the rest is f32's epsilon, twenty times as in parity.rs.
        let scale = quotients.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let tolerance = 20.0 * f64::from(f32::EPSILON) * scale + 1e-9;
        assert_near(&format!("{what}: parameter {place}"), ours, &quotients, tolerance);
    }
}

/// Leaves the gradients in the network and gives the mean loss.
fn learn(network: &mut Network, x: &Array2<f32>, labels: &[u8]) -> f64 {
    let (rows, loss) = (labels.len(), loss::build(LossSpec::SoftmaxCrossEntropy));
    let (mut block, mut losses) = (Block::new(network), vec![0.0; rows]);
    block.input().slice_mut(s![..rows, ..]).assign(x);
    network.clear_gradients();
    network.forward(&mut block, rows);
    let (outputs, mut slopes) = block.output_and_slope(rows);
    loss.forward(outputs, Targets::Classes(labels), slopes.view_mut(), &mut losses);
    loss.backward(Targets::Classes(labels), rows, slopes);
    network.backward(&mut block, rows);
    losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / rows as f64
}

/// What the network should say, in f64 and without any of its code.
struct Truth {
    loss: f64,
    nearest_to_kink: f64,
}

impl Truth {
    fn of(layers: &[LayerSpec], params: &[Array2<f64>], x: &Array2<f64>, labels: &[u8]) -> Self {
        let (mut values, mut nearest_to_kink) = (x.clone(), f64::INFINITY);
        let mut params = params.iter();
        for layer in layers {
            match layer {
                LayerSpec::Dense { .. } => {
                    let (weight, bias) = (params.next().unwrap(), params.next().unwrap());
                    values = values.dot(weight) + bias;
                }
                LayerSpec::Dropout { .. } => {}
                LayerSpec::Activation { function } => {
                    if matches!(function, Activation::Relu | Activation::LeakyRelu) {
                        nearest_to_kink = values.iter().fold(nearest_to_kink, |m, v| m.min(v.abs()));
                    }
                    values.mapv_inplace(|x| value(*function, x));
                }
            }
        }
        let losses = values.axis_iter(Axis(0)).zip(labels).map(|(logits, &label)| {
            let sum: f64 = logits.iter().map(|&z| libm::exp(z)).sum();
            libm::log(sum) - logits[usize::from(label)]
        });
        Self { loss: losses.sum::<f64>() / labels.len() as f64, nearest_to_kink }
    }
}

fn value(function: Activation, x: f64) -> f64 {
    match function {
        Activation::Linear => x,
        Activation::Relu => x.max(0.0),
        Activation::LeakyRelu => x.max(0.01 * x),
        Activation::Sigmoid => 1.0 / (1.0 + libm::exp(-x)),
        Activation::Tanh => libm::tanh(x),
        Activation::Softplus => libm::log1p(libm::exp(x)),
        Activation::Gelu => 0.5 * x * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2),
    }
}
