//! Ctrl-C and its kin: the first asks the run to end well, the second ends it at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::failure::Failure;

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// From here on signals that end programs are heard.
pub fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if ASKED.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(130);
        }
    })
    .map_err(|error| Failure::Failed(format!("Ctrl-C can't be listened to: {error}.")))
}

/// Whether the run has been asked to end.
pub fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed) > 0
}
