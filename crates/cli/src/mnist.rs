//! MNIST's four files in a folder: found, unpacked, checked, and told in sentences where one is broken.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use brainbow::Dataset;
use brainbow::dataset::DataSpec;
use brainbow::dataset::idx::{self, File, IdxError};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::numbers::count;

/// One of the files, and how to know that it is the published one.
pub struct Published {
    /// Without `.gz`.
    pub name: &'static str,
    /// SHA-256 of the packed file, as in `scripts/mnist.mjs`.
    pub packed: &'static str,
    /// SHA-256 of its contents.
    pub plain: &'static str,
}

/// Training images and labels, test images and labels.
pub const FILES: [Published; 4] = [
    Published {
        name: "train-images-idx3-ubyte",
        packed: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        plain: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    Published {
        name: "train-labels-idx1-ubyte",
        packed: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        plain: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
    Published {
        name: "t10k-images-idx3-ubyte",
        packed: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        plain: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    Published {
        name: "t10k-labels-idx1-ubyte",
        packed: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        plain: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
];

/// Where a file lies, packed or not: in the folder's `mnist`, or in the folder itself.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let places = [folder.join("mnist"), folder.to_path_buf()];
    let paths = places.iter().flat_map(|place| [place.join(format!("{name}.gz")), place.join(name)]);
    paths.into_iter().find(|path| path.is_file())
}

/// Whether a folder has any of the files, so that it is meant to have MNIST.
pub fn is_in(folder: &Path) -> bool {
    FILES.iter().any(|file| find(folder, file.name).is_some())
}

/// All four files, checked.
pub fn load(folder: &Path) -> Result<Dataset, Failure> {
    let pair = |part: &[Published]| {
        let [images, labels] = [open(folder, &part[0])?, open(folder, &part[1])?];
        idx::pair(images, labels, DataSpec::Mnist.shape(), DataSpec::Mnist.classes() as u8)
            .map_err(|error| Failure::Data(sentence(&error)))
    };
    Ok(Dataset::from_files(pair(&FILES[..2])?, pair(&FILES[2..])?))
}

fn open(folder: &Path, file: &Published) -> Result<File, Failure> {
    let path = find(folder, file.name).ok_or_else(|| missing(folder))?;
    let bytes = read(&path).map_err(Failure::Data)?.contents;
    Ok(File { name: path.display().to_string(), bytes })
}

fn missing(folder: &Path) -> Failure {
    let lacking: Vec<_> =
        FILES.iter().filter(|file| find(folder, file.name).is_none()).map(|file| file.name).collect();
    let what = if lacking.len() == FILES.len() {
        format!("MNIST is neither in {} nor in {}", folder.join("mnist").display(), folder.display())
    } else {
        format!("MNIST is four files; {} has no {}", folder.display(), lacking.join(", no "))
    };
    Failure::Data(format!(
        "{what}. Fetch it with `npm run data`, say --data DIR where it is, or learn on `data=generated`."
    ))
}

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
    let file = read(path)?;
    Ok(Contents {
        sha256: sha256(&file.raw),
        plain_sha256: sha256(&file.contents),
        length: file.raw.len() as u64,
        contents: file.contents,
    })
}

impl Contents {
    /// Checks the contents as images or labels, as the name says; how many there are.
    pub fn check(&self, name: &str, path: &Path) -> Result<usize, String> {
        let path = path.display().to_string();
        let checked = if name.contains("images") {
            idx::check_images(&path, &self.contents).map(|(count, _)| count)
        } else {
            idx::check_labels(&path, &self.contents, DataSpec::Mnist.classes() as u8)
        };
        checked.map_err(|error| sentence(&error))
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Unpacked {
    raw: Vec<u8>,
    contents: Vec<u8>,
}

fn read(path: &Path) -> Result<Unpacked, String> {
    let raw = fs::read(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))?;
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(Unpacked { contents: raw.clone(), raw });
    }
    let mut contents = Vec::new();
    match GzDecoder::new(raw.as_slice()).read_to_end(&mut contents) {
        Ok(_) => Ok(Unpacked { raw, contents }),
        Err(_) => Err(format!(
            "{} can't be unpacked: it is cut off or damaged after {} bytes. Download it again.",
            path.display(),
            count(contents.len() as u64)
        )),
    }
}

/// What is wrong with a file, and what to do: the page's sentences.
fn sentence(error: &IdxError) -> String {
    match error {
        IdxError::WrongMagic { file, .. } => format!(
            "{file} is not the file it should be: it neither begins as gzip nor as IDX. Put MNIST's original file there."
        ),
        IdxError::ShortHeader { file, found, .. } => {
            format!("{file} ends after {found} bytes, inside its header. Download it again.")
        }
        IdxError::WrongLength { file, expected, found } if found < expected => {
            let [found, expected] = [*found, *expected].map(count);
            format!("{file} ends after {found} of {expected} items. Download it again.")
        }
        IdxError::WrongLength { file, expected, .. } => {
            let expected = count(*expected);
            format!("{file} has more than the {expected} items that its header promises. Download it again.")
        }
        IdxError::Absurd { file, count: items, height, width } => {
            let items = count(*items);
            format!(
                "{file} promises {items} items of {height} × {width}: that is no data set. Download it again."
            )
        }
        IdxError::WrongShape { file, expected: [height, width], found } => {
            format!("{file} has images of {} × {} pixels; {height} × {width} are needed.", found[0], found[1])
        }
        IdxError::LabelOutOfRange { file, place, found, most } => {
            format!(
                "{file}: label {place} is {found}, but the digits are 0 to {most}. Put MNIST's original file there."
            )
        }
        IdxError::CountsDiffer { images, labels, image_count, label_count } => format!(
            "{images} has {} images but {labels} has {} labels. They don't belong together.",
            count(*image_count as u64),
            count(*label_count as u64)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_by_which_the_scripts_know_the_files() {
        let script =
            fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/mnist.mjs")).unwrap();
        for file in FILES {
            let (_, behind) = script.split_once(&format!("\"{}.gz\"", file.name)).unwrap();
            assert!(behind.split('}').next().unwrap().contains(file.packed), "{}", file.name);
        }
    }
}
