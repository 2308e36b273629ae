//! Real MNIST for the tests that need it.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::fs::File as Open;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use brainbow::dataset::idx::{self, File};
use brainbow::dataset::{Dataset, ImageShape};
use flate2::read::GzDecoder;

/// The four files, in the folder that `BRAINBOW_DATA` names, or in `data` if `npm run data` put them there.
pub fn mnist() -> Arc<Dataset> {
    Arc::new(Dataset::from_files(pair(TRAIN, usize::MAX), pair(TEST, usize::MAX)))
}

/// The first of the training digits, to learn from and to be judged by.
#[allow(dead_code)] // Not everybody who needs MNIST needs less of it.
pub fn first_digits(count: usize) -> Arc<Dataset> {
    Arc::new(Dataset::from_files(pair(TRAIN, count), pair(TRAIN, count)))
}

const TRAIN: [&str; 2] = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"];
const TEST: [&str; 2] = ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];

/// Images and labels, at most so many.
fn pair([images, labels]: [&str; 2], most: usize) -> idx::Pair {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let folder = std::env::var_os("BRAINBOW_DATA").map_or(root, PathBuf::from).join("mnist");
    let shape = ImageShape { height: 28, width: 28 };
    let images = cut(unzip(&folder, images), idx::IMAGES_HEADER, shape.pixels(), most);
    let labels = cut(unzip(&folder, labels), idx::LABELS_HEADER, 1, most);
    idx::pair(images, labels, shape, 10).unwrap()
}

/// The header's second word is the count.
fn cut(mut file: File, header: usize, size: usize, most: usize) -> File {
    let count = most.min((file.bytes.len() - header) / size);
    file.bytes.truncate(header + count * size);
    file.bytes[4..8].copy_from_slice(&(count as u32).to_be_bytes());
    file
}

fn unzip(folder: &Path, name: &str) -> File {
    let mut bytes = Vec::new();
    GzDecoder::new(Open::open(folder.join(name)).unwrap()).read_to_end(&mut bytes).unwrap();
    File { name: name.into(), bytes }
}
