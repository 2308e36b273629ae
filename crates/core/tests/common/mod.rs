//! Real MNIST for the tests that need it.

use std::fs::File as Open;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use brainbow::dataset::idx::{self, File};
use brainbow::dataset::{Dataset, ImageShape};
use flate2::read::GzDecoder;

/// The four files, where `BRAINBOW_DATA` names their folder.
pub fn mnist() -> Option<Arc<Dataset>> {
    let folder = PathBuf::from(std::env::var_os("BRAINBOW_DATA")?).join("mnist");
    let pair = |images, labels| {
        idx::pair(unzip(&folder, images), unzip(&folder, labels), ImageShape { height: 28, width: 28 }, 10)
            .unwrap()
    };
    Some(Arc::new(Dataset::from_files(
        pair("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
        pair("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
    )))
}

fn unzip(folder: &Path, name: &str) -> File {
    let mut bytes = Vec::new();
    GzDecoder::new(Open::open(folder.join(name)).unwrap()).read_to_end(&mut bytes).unwrap();
    File { name: name.into(), bytes }
}
