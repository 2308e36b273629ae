//! The image sets that come in files: what the files are called, how to know them, where they lie in a folder.

use std::path::{Path, PathBuf};

use brainbow::Dataset;
use brainbow::dataset::idx::{self, File};
use brainbow::dataset::{DataSpec, cifar};

use crate::failure::Failure;
use crate::{files, flaw};

/// One of the files, and how to know that it is the published one.
pub struct Published {
    /// Without `.gz`.
    pub name: &'static str,
    /// SHA-256 of the packed file, where one was published, as in `scripts/sets.mjs`.
    pub packed: Option<&'static str>,
    /// SHA-256 of its contents.
    pub plain: &'static str,
}

const fn packed(name: &'static str, packed: &'static str, plain: &'static str) -> Published {
    Published { name, packed: Some(packed), plain }
}

const fn plain(name: &'static str, plain: &'static str) -> Published {
    Published { name, packed: None, plain }
}

/// A set of images.
pub struct ImageSet {
    /// As links name it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The argument of `npm run data`, which is also the folder that it makes.
    pub folder: &'static str,
    /// Other places inside the folder that is named.
    others: &'static [&'static str],
    /// Training images and labels, test images and labels; or batches, which needn't all be there.
    pub files: &'static [Published],
}

/// MNIST.
pub const MNIST: ImageSet = ImageSet {
    name: "mnist",
    title: "MNIST",
    folder: "mnist",
    others: &[""],
    files: &[
        packed(
            "train-images-idx3-ubyte",
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        packed(
            "train-labels-idx1-ubyte",
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        packed(
            "t10k-images-idx3-ubyte",
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        packed(
            "t10k-labels-idx1-ubyte",
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ],
};

/// Fashion-MNIST; its files have MNIST's names, so that only the folder tells them apart.
pub const FASHION: ImageSet = ImageSet {
    name: "fashion",
    title: "Fashion-MNIST",
    folder: "fashion-mnist",
    others: &[],
    files: &[
        packed(
            "train-images-idx3-ubyte",
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        ),
        packed(
            "train-labels-idx1-ubyte",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        ),
        packed(
            "t10k-images-idx3-ubyte",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        ),
        packed(
            "t10k-labels-idx1-ubyte",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ),
    ],
};

/// CIFAR-10; published as one archive of plain batches.
pub const CIFAR10: ImageSet = ImageSet {
    name: "cifar10",
    title: "CIFAR-10",
    folder: "cifar10",
    others: &["cifar-10-batches-bin", ""],
    files: &[
        plain("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
        plain("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
        plain("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
        plain("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
        plain("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
        plain("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
    ],
};

/// All of them.
pub const SETS: [&ImageSet; 3] = [&MNIST, &FASHION, &CIFAR10];

impl ImageSet {
    /// Where a file lies, packed or not.
    pub fn find(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let places = std::iter::once(&self.folder).chain(self.others).map(|place| folder.join(place));
        let mut paths = places.flat_map(|place| [place.join(format!("{name}.gz")), place.join(name)]);
        paths.find(|path| path.is_file())
    }

    /// Whether a folder has any of the files, so that it is meant to have the set.
    pub fn is_in(&self, folder: &Path) -> bool {
        self.files.iter().any(|file| self.find(folder, file.name).is_some())
    }

    /// Whether the set is of use without some of its files.
    pub fn is_divisible(&self) -> bool {
        self.name == CIFAR10.name
    }

    /// All files that there must be, checked.
    pub fn load(&self, folder: &Path) -> Result<Dataset, Failure> {
        let found = self.files.iter().map(|file| self.find(folder, file.name));
        if self.is_divisible() {
            let batches: Vec<File> = found.flatten().map(open).collect::<Result<_, _>>()?;
            if batches.is_empty() {
                return Err(self.missing(folder));
            }
            let batches = cifar::batches(batches).map_err(|error| Failure::Data(flaw::of_batches(&error)))?;
            return Ok(Dataset::from_batches(batches));
        }
        let paths: Option<Vec<PathBuf>> = found.collect();
        let paths = paths.ok_or_else(|| self.missing(folder))?;
        let pair = |images: &Path, labels: &Path| {
            let spec = DataSpec::Mnist;
            idx::pair(open(images)?, open(labels)?, spec.shape(), spec.classes() as u8)
                .map_err(|error| Failure::Data(flaw::of_idx(&error)))
        };
        Ok(Dataset::from_files(pair(&paths[0], &paths[1])?, pair(&paths[2], &paths[3])?))
    }

    fn missing(&self, folder: &Path) -> Failure {
        let is_lacking = |file: &&Published| self.find(folder, file.name).is_none();
        let lacking: Vec<_> = self.files.iter().filter(is_lacking).map(|file| file.name).collect();
        let title = self.title;
        let what = if lacking.len() < self.files.len() {
            format!("{title} is four files; {} has no {}", folder.display(), lacking.join(", no "))
        } else if self.others.is_empty() {
            format!("{title} is not in {}", folder.join(self.folder).display())
        } else {
            format!(
                "{title} is neither in {} nor in {}",
                folder.join(self.folder).display(),
                folder.display()
            )
        };
        Failure::Data(format!(
            "{what}. Fetch it with `npm run data -- {}`, say --data DIR where it is, or learn on `data=generated`.",
            self.folder
        ))
    }
}

fn open(path: impl AsRef<Path>) -> Result<File, Failure> {
    let path = path.as_ref();
    Ok(File { name: path.display().to_string(), bytes: files::read(path).map_err(Failure::Data)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_by_which_the_scripts_know_the_files() {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/sets.mjs");
        let script = std::fs::read_to_string(script).unwrap();
        for set in SETS {
            let (_, behind) = script.split_once(&format!("name: \"{}\"", set.folder)).unwrap();
            for file in set.files {
                let (_, behind) = behind.split_once(&format!("name: \"{}", file.name)).unwrap();
                let entry = behind.split('}').next().unwrap();
                assert!(entry.contains(file.packed.unwrap_or(file.plain)), "{}/{}", set.name, file.name);
            }
        }
    }
}
