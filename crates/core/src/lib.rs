//! The engine of Brainbow: small neural networks that can be looked into while they learn.
//!
//! Pure Rust on ndarray. It reads no clock, starts no thread, opens no file and draws no randomness
//! that does not come from the experiment's seed, so the same [`Experiment`] and data give the same
//! weights, bit for bit, in every browser and natively.
//!
//! An [`Experiment`] is a run as data. A [`Trainer`] learns it, one block of rows at a time; an
//! [`Evaluation`] reads all held-out samples with a copy of one step's parameters.

pub mod baseline;
pub mod dataset;
pub mod evaluation;
pub mod experiment;
pub mod fingerprint;
pub mod formula;
pub mod inspection;
pub mod kernel;
pub mod layer;
pub mod loss;
pub mod network;
pub mod optimizer;
mod order;
pub mod past;
pub mod random;
pub mod snapshot;
pub mod spread;
pub mod table;
pub mod trainer;

pub use dataset::Dataset;
pub use evaluation::Evaluation;
pub use experiment::Experiment;
pub use network::Network;
pub use trainer::Trainer;
