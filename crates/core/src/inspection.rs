//! Looking inside: how long gradients and steps are, layer by layer, what any layer says of any sample, what its units look
//! for, and which edges matter.

mod basis;
mod dependence;
mod edges;
mod linear;
mod means;
mod nearest;
mod norms;
mod outputs;
mod why;

pub use basis::Basis;
pub use dependence::{Group, dependence};
pub use edges::Edges;
pub use linear::LinearPictures;
pub use means::Means;
pub use nearest::{Nearest, Neighbour, Typical};
pub use norms::{LayerNorms, Norms};
pub use outputs::LayerOutputs;
pub use why::Why;
