//! Stochastic gradient descent, `w ← w − lr·g`.

use super::Optimizer;
use crate::layer::Param;

/// The plain one; remembers nothing.
pub struct Sgd;

impl Optimizer for Sgd {
    fn step(&mut self, _t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        for param in params {
            param.value.zip_mut_with(&param.grad, |w, &g| *w -= lr * g);
        }
    }
}
