//! Real data sets for the tests that need them.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::fs::File as Open;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use brainbow::dataset::idx::{self, File};
use brainbow::dataset::{Dataset, ImageShape, cifar};
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

/// CIFAR-10's batches of these numbers; the last is held out.
#[allow(dead_code)] // Not everybody needs photographs.
pub fn cifar10(batches: &[u8]) -> Arc<Dataset> {
    let file = |number| unzip(&folder("cifar10"), &format!("data_batch_{number}.bin.gz"));
    Arc::new(Dataset::from_batches(cifar::batches(batches.iter().map(file).collect()).unwrap()))
}

/// Where a set's files lie.
fn folder(set: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    std::env::var_os("BRAINBOW_DATA").map_or(root, PathBuf::from).join(set)
}

/// Images and labels, at most so many.
fn pair([images, labels]: [&str; 2], most: usize) -> idx::Pair {
    let folder = folder("mnist");
    let shape = ImageShape::grey(28, 28);
    let images = cut(unzip(&folder, images), idx::IMAGES_HEADER, shape.inputs(), most);
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
