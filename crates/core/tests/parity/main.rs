//! The engine against PyTorch: outputs, losses, gradients, learning rates, and the weights that every optimizer leads to.
//!
//! `tests/parity/make.py` wrote the numbers, in float64 and from weights and inputs that an f32 holds
//! exactly, so a deviation is our rounding and nothing else. It is measured in units of f32's epsilon
//! (2⁻²³) and of the largest number of the tensor. One operation rounds by at most half a unit; a sum of
//! up to eight products, through up to four layers and back, comes to a few units, and the twenty steps
//! of an optimizer to a few more. The tolerances are about four times the worst deviation measured.

// clippy.toml lets tests unwrap, but does not count functions beside them as tests.
#![allow(clippy::unwrap_used)]

mod case;
mod coverage;
mod functions;
mod networks;
mod numbers;
mod trainers;

/// Units allowed for one function (1.8 measured).
const ONE_FUNCTION: f64 = 4.0;
/// For logits and losses (2.3).
const OUTPUTS: f64 = 8.0;
/// For gradients (4.9).
const GRADIENTS: f64 = 20.0;
/// For weights after one step (2.3).
const AFTER_ONE_STEP: f64 = 8.0;
/// For weights after twenty steps (21.6 with RMSprop, which divides by roots that are small at first; 8.1 with others).
const AFTER_ALL_STEPS: f64 = 88.0;
/// For the losses on the way (32.5, of a loss that has come near zero).
const ON_THE_WAY: f64 = 130.0;
