//! Looking inside: how long gradients and steps are, layer by layer, and what any layer says of any sample.

mod means;
mod nearest;
mod norms;
mod outputs;
mod why;

pub use means::Means;
pub use nearest::{Nearest, Neighbour, Typical};
pub use norms::{LayerNorms, Norms};
pub use outputs::LayerOutputs;
pub use why::Why;
