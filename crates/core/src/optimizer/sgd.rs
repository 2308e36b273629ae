//! Stochastic gradient descent, `w ← w − lr·g`.

use super::{Optimizer, values, values_mut};
use crate::kernel::each;
use crate::layer::Param;

/// The plain one; remembers nothing.
pub struct Sgd;

impl Optimizer for Sgd {
    fn step(&mut self, _t: u64, lr: f32, params: &mut dyn Iterator<Item = &mut Param>) {
        for param in params {
            let (w, g) = (values_mut(&mut param.value), values(&param.grad));
            each!((w), (g) => { w -= lr * g });
        }
    }
}
