//! What is printed for programs: one object on one line, its keys in their order.

use std::io::Write;

use serde::Serialize;

use crate::failure::Failure;

/// Prints an object. What is no number is null.
pub fn object(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(std::io::Error::from)?;
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
