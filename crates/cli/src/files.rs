//! A data file as it lies there: unpacked, hashed, checked.

use std::fs;
use std::io::Read;
use std::path::Path;

use brainbow::dataset::{cifar, idx};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::flaw;
use crate::numbers::count;

/// A file as it lies there, and what is in it.
pub struct Contents {
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of its contents.
    pub plain_sha256: String,
    /// The file's length.
    pub length: u64,
    contents: Vec<u8>,
}

/// Reads and hashes a file; gzip is known by its first bytes, not by its name.
pub fn read_and_hash(path: &Path) -> Result<Contents, String> {
    let raw = read_raw(path)?;
    let (packed, length) = (sha256(&raw), raw.len() as u64);
    let contents = unpack(raw, path)?;
    Ok(Contents { sha256: packed, plain_sha256: sha256(&contents), length, contents })
}

impl Contents {
    /// Checks the contents as images, labels or a batch, as the name says; how many items there are.
    pub fn check(&self, name: &str, path: &Path) -> Result<usize, String> {
        let path = path.display().to_string();
        let bytes = &self.contents;
        if cifar::part(name).is_some() {
            let checked = cifar::check(&path, bytes);
            return checked.map(|()| cifar::RECORDS).map_err(|error| flaw::of_batches(&error));
        }
        let checked = if name.contains("images") {
            idx::check_images(&path, bytes).map(|(count, _)| count)
        } else {
            idx::check_labels(&path, bytes, 10)
        };
        checked.map_err(|error| flaw::of_idx(&error))
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file's contents, unpacked where it is gzip.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    unpack(read_raw(path)?, path)
}

fn read_raw(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}

fn unpack(raw: Vec<u8>, path: &Path) -> Result<Vec<u8>, String> {
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(raw);
    }
    let mut contents = Vec::new();
    match GzDecoder::new(raw.as_slice()).read_to_end(&mut contents) {
        Ok(_) => Ok(contents),
        Err(_) => Err(format!(
            "{} can't be unpacked: it is cut off or damaged after {} bytes. Download it again.",
            path.display(),
            count(contents.len() as u64)
        )),
    }
}
