//! What can go wrong, as sentences that say what to do, and the exit code of each.

use std::io;

use thiserror::Error;

/// Why a command ended without having done what it was asked for.
#[derive(Debug, Error)]
pub enum Failure {
    /// A file could not be written, or something else that is nobody's fault.
    #[error("{0}")]
    Failed(String),
    /// An argument, an experiment or a link that can't be used.
    #[error("{0}")]
    Usage(String),
    /// Data or weights that are missing or broken.
    #[error("{0}")]
    Data(String),
    /// The loss stopped being a number.
    #[error("{0}")]
    Diverged(String),
    /// Ctrl-C, or a signal that ends programs.
    #[error("{0}")]
    Interrupted(String),
    /// Nobody takes the output.
    #[error("the output could not be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// The exit code; `brainbow --help` lists them.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Failed(_) | Failure::Output(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Data(_) => 3,
            Failure::Diverged(_) => 4,
            Failure::Interrupted(_) => 130,
        }
    }

    /// Whoever closed the pipe (`| head`) has had enough and needs no sentence.
    pub fn is_silent(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
