//! Files on their way in: taken piece by piece, so that no second copy of a large one is ever needed.

use brainbow::dataset::cifar::{self, CifarError};
use brainbow::dataset::idx::{self, File, Pair};
use brainbow::dataset::{DataSpec, Dataset};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::thrown;

/// The files of a set that are there so far.
#[derive(Default)]
pub struct Incoming {
    files: Vec<File>,
    /// The length that the last one was announced with.
    expected: usize,
}

/// A set that can't be made of these files.
#[derive(Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
enum IncomingError {
    /// Neither four files nor batches.
    WrongFiles { missing: String },
}

impl Incoming {
    /// Begins a file of this length.
    pub fn begin(&mut self, name: String, expected: usize) {
        self.expected = expected;
        self.files.push(File { name, bytes: Vec::with_capacity(expected) });
    }

    /// Goes on with it; what is longer than it was announced is refused before it fills the memory.
    pub fn append(&mut self, piece: &js_sys::Uint8Array) -> Result<(), JsValue> {
        let Some(file) = self.files.last_mut() else { return Ok(()) };
        let (start, expected) = (file.bytes.len(), self.expected);
        let found = start + piece.length() as usize;
        if found > expected {
            return Err(thrown(&CifarError::BatchLength { file: file.name.clone(), expected, found }));
        }
        file.bytes.resize(found, 0);
        piece.copy_to(&mut file.bytes[start..]);
        Ok(())
    }

    /// The bytes of the file that came in last; the others are forgotten.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.files).pop().map(|file| file.bytes).unwrap_or_default()
    }

    /// The set that these files are.
    pub fn take(self, spec: &DataSpec) -> Result<Dataset, JsValue> {
        if *spec == DataSpec::Cifar10 {
            let batches = cifar::batches(self.files).map_err(|error| thrown(&error))?;
            return Ok(Dataset::from_batches(batches));
        }
        let mut files = self.files.into_iter();
        let mut pair = || -> Result<Pair, JsValue> {
            let (Some(images), Some(labels)) = (files.next(), files.next()) else {
                return Err(thrown(&IncomingError::WrongFiles { missing: String::new() }));
            };
            idx::pair(images, labels, spec.shape(), spec.classes() as u8).map_err(|error| thrown(&error))
        };
        Ok(Dataset::from_files(pair()?, pair()?))
    }
}
