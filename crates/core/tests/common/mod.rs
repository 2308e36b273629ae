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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let folder = std::env::var_os("BRAINBOW_DATA").map_or(root, PathBuf::from).join("mnist");
    let pair = |images, labels| {
        idx::pair(unzip(&folder, images), unzip(&folder, labels), ImageShape { height: 28, width: 28 }, 10)
            .unwrap()
    };
    Arc::new(Dataset::from_files(
        pair("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
        pair("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
    ))
}

fn unzip(folder: &Path, name: &str) -> File {
    let mut bytes = Vec::new();
    GzDecoder::new(Open::open(folder.join(name)).unwrap()).read_to_end(&mut bytes).unwrap();
    File { name: name.into(), bytes }
}
