//! How the weights of a dense layer start; its biases start at zero.

use std::f32::consts::TAU;

use ndarray::Array2;
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use crate::random;

/// What weights are drawn from. A uniform draw has the standard deviation of the normal draw of its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Init {
    /// Uniform in ±√(6 / inputs) (He and others 2015; Keras's `he_uniform`, PyTorch's `kaiming_uniform_`).
    #[default]
    HeUniform,
    /// Normal with σ = √(2 / inputs) (PyTorch's `kaiming_normal_`; Keras's `he_normal` cuts it off at 2σ).
    HeNormal,
    /// Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010; Keras's default for a dense layer).
    GlorotUniform,
    /// Normal with σ = √(2 / (inputs + outputs)) (PyTorch's `xavier_normal_`; Keras's `glorot_normal` cuts it off).
    GlorotNormal,
    /// Uniform in ±√(3 / inputs) (LeCun and others 1998; Keras's `lecun_uniform`).
    LecunUniform,
    /// Normal with σ = √(1 / inputs) (Keras's `lecun_normal` cuts it off).
    LecunNormal,
    /// Normal with a standard deviation of one's own.
    Normal {
        /// σ.
        #[serde(serialize_with = "crate::experiment::shortest")]
        sigma: f32,
    },
    /// All zero. Without a hidden layer a good start; with one, every neuron stays like its neighbour.
    Zero,
}

enum Draw {
    /// The half width.
    Uniform(f32),
    /// The standard deviation.
    Normal(f32),
    Zero,
}

impl Init {
    /// Weights of a layer, inputs × outputs.
    pub(super) fn draw(self, inputs: usize, outputs: usize, rng: &mut Xoshiro256PlusPlus) -> Array2<f32> {
        match self.kind(inputs as f32, outputs as f32) {
            Draw::Uniform(limit) => {
                Array2::from_shape_simple_fn((inputs, outputs), || limit * (2.0 * random::unit(rng) - 1.0))
            }
            Draw::Normal(sigma) => Array2::from_shape_simple_fn((inputs, outputs), || sigma * normal(rng)),
            Draw::Zero => Array2::zeros((inputs, outputs)),
        }
    }

    fn kind(self, inputs: f32, outputs: f32) -> Draw {
        match self {
            Init::HeUniform => Draw::Uniform((6.0 / inputs).sqrt()),
            Init::HeNormal => Draw::Normal((2.0 / inputs).sqrt()),
            Init::GlorotUniform => Draw::Uniform((6.0 / (inputs + outputs)).sqrt()),
            Init::GlorotNormal => Draw::Normal((2.0 / (inputs + outputs)).sqrt()),
            Init::LecunUniform => Draw::Uniform((3.0 / inputs).sqrt()),
            Init::LecunNormal => Draw::Normal((1.0 / inputs).sqrt()),
            Init::Normal { sigma } => Draw::Normal(sigma),
            Init::Zero => Draw::Zero,
        }
    }
}

/// A draw from the standard normal distribution (Box and Muller 1958; the second one of the pair is not used, so that
/// every weight takes two numbers of the stream).
fn normal(rng: &mut Xoshiro256PlusPlus) -> f32 {
    // Not zero: its logarithm is needed.
    let radius = 1.0 - random::unit(rng);
    let angle = TAU * random::unit(rng);
    (-2.0 * libm::logf(radius)).sqrt() * libm::cosf(angle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    const UNIFORM: [Init; 3] = [Init::HeUniform, Init::GlorotUniform, Init::LecunUniform];
    const NORMAL: [Init; 4] =
        [Init::HeNormal, Init::GlorotNormal, Init::LecunNormal, Init::Normal { sigma: 0.05 }];

    /// For 600 inputs and 300 outputs.
    fn sigma(init: Init) -> f32 {
        match init {
            Init::HeUniform | Init::HeNormal => (2.0_f32 / 600.0).sqrt(),
            Init::GlorotUniform | Init::GlorotNormal => (2.0_f32 / 900.0).sqrt(),
            Init::LecunUniform | Init::LecunNormal => (1.0_f32 / 600.0).sqrt(),
            Init::Normal { sigma } => sigma,
            Init::Zero => 0.0,
        }
    }

    fn draw(init: Init) -> Array2<f32> {
        init.draw(600, 300, &mut random::stream(1, Purpose::Weights, 0))
    }

    #[test]
    fn weights_have_the_mean_and_the_deviation_of_their_draw() {
        for init in UNIFORM.into_iter().chain(NORMAL) {
            let weights = draw(init);
            let mean = weights.mean().unwrap();
            let deviation = weights.mapv(|w| w * w).mean().unwrap().sqrt();
            assert!(mean.abs() < 0.005 * sigma(init) * 3.0, "{init:?}: mean {mean}");
            assert!((deviation / sigma(init) - 1.0).abs() < 0.01, "{init:?}: {deviation}");
        }
        assert!(draw(Init::Zero).iter().all(|&w| w == 0.0));
    }

    #[test]
    fn a_uniform_draw_fills_its_range_and_a_normal_one_goes_beyond() {
        let largest = |init| draw(init).iter().fold(0.0_f32, |most, w| most.max(w.abs())) / sigma(init);
        for init in UNIFORM {
            assert!((1.73..=1.7321).contains(&largest(init)), "{init:?}: {}", largest(init));
        }
        for init in NORMAL {
            assert!((3.8..6.0).contains(&largest(init)), "{init:?}: {}", largest(init));
        }
    }
}
