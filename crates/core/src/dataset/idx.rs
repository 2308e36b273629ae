//! IDX, the format of MNIST's and Fashion-MNIST's four files: a magic number, the lengths (big-endian u32), then bytes.
//!
//! Nothing is allocated for what a header promises: a file is checked against its own length, and its
//! bytes stay where they are.

use serde::Serialize;
use thiserror::Error;

use super::ImageShape;

/// Bytes before the first pixel: magic, count, height, width.
pub const IMAGES_HEADER: usize = 16;
/// Bytes before the first label: magic, count.
pub const LABELS_HEADER: usize = 8;

const IMAGES_MAGIC: u32 = 0x0803;
const LABELS_MAGIC: u32 = 0x0801;
/// The largest image side that is taken for one.
const MOST_PIXELS: u64 = 1 << 20;
/// A data set with fewer or more samples than this is none.
const MOST_SAMPLES: u64 = 10_000_000;

/// What is wrong with a file, as facts.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum IdxError {
    /// Neither gzip nor IDX of the kind that was expected.
    #[error("{file} does not begin as IDX: {expected:#010x} expected, {found:#010x} found")]
    WrongMagic {
        /// The file's name.
        file: String,
        /// The magic number of this kind of file.
        expected: u32,
        /// The first four bytes.
        found: u32,
    },
    /// Shorter than its header.
    #[error("{file} ends inside its header, after {found} of {expected} bytes")]
    ShortHeader {
        /// The file's name.
        file: String,
        /// The header's length.
        expected: usize,
        /// The file's length.
        found: usize,
    },
    /// Fewer or more items than the header says.
    #[error("{file} has {found} items where its header promises {expected}")]
    WrongLength {
        /// The file's name.
        file: String,
        /// Items by the header.
        expected: u64,
        /// Whole items that are there.
        found: u64,
    },
    /// Sizes that no data set has.
    #[error("{file} promises {count} items of {height} x {width} pixels")]
    Absurd {
        /// The file's name.
        file: String,
        /// Items by the header.
        count: u64,
        /// Rows of an image by the header.
        height: u64,
        /// Columns of an image by the header.
        width: u64,
    },
    /// An image of another size than the set's.
    #[error("{file} has images of {found:?}, not {expected:?} pixels")]
    WrongShape {
        /// The file's name.
        file: String,
        /// Height and width of the set.
        expected: [usize; 2],
        /// Height and width by the header.
        found: [usize; 2],
    },
    /// A label that is no class.
    #[error("{file}: label {place} is {found}, the classes are 0 to {most}")]
    LabelOutOfRange {
        /// The file's name.
        file: String,
        /// Which label, from 0.
        place: usize,
        /// The label.
        found: u8,
        /// The largest class.
        most: u8,
    },
    /// Images and labels that do not belong together.
    #[error("{images} has {image_count} images, {labels} has {label_count} labels")]
    CountsDiffer {
        /// The images' file.
        images: String,
        /// The labels' file.
        labels: String,
        /// Images.
        image_count: usize,
        /// Labels.
        label_count: usize,
    },
}

/// A file's name and bytes, unpacked.
pub struct File {
    /// What the visitor calls it.
    pub name: String,
    /// All of it, header included.
    pub bytes: Vec<u8>,
}

/// Images and labels of one part of a data set, checked; headers included.
#[derive(Debug)]
pub struct Pair {
    /// The size of every image.
    pub shape: ImageShape,
    /// The images' file.
    pub images: Vec<u8>,
    /// The labels' file.
    pub labels: Vec<u8>,
}

impl Pair {
    /// How many samples there are.
    #[allow(clippy::len_without_is_empty)] // A pair without samples is none.
    pub fn len(&self) -> usize {
        self.labels.len() - LABELS_HEADER
    }
}

/// Checks a file of images against one of labels; images must have `shape` and labels lie below `classes`.
pub fn pair(images: File, labels: File, shape: ImageShape, classes: u8) -> Result<Pair, IdxError> {
    let (image_count, found) = check_images(&images.name, &images.bytes)?;
    if found != shape {
        return Err(IdxError::WrongShape {
            file: images.name,
            expected: [shape.height, shape.width],
            found: [found.height, found.width],
        });
    }
    let label_count = check_labels(&labels.name, &labels.bytes, classes)?;
    if image_count != label_count {
        return Err(IdxError::CountsDiffer {
            images: images.name,
            labels: labels.name,
            image_count,
            label_count,
        });
    }
    Ok(Pair { shape, images: images.bytes, labels: labels.bytes })
}

/// The count and size of the images in a whole file.
pub fn check_images(file: &str, bytes: &[u8]) -> Result<(usize, ImageShape), IdxError> {
    let [count, height, width] = header(file, bytes, IMAGES_MAGIC)?;
    let size = height * width;
    if size == 0 || size > MOST_PIXELS || count == 0 || count > MOST_SAMPLES {
        return Err(IdxError::Absurd { file: file.into(), count, height, width });
    }
    check_length(file, (bytes.len() - IMAGES_HEADER) as u64, count, size)?;
    Ok((count as usize, ImageShape::grey(height as usize, width as usize)))
}

/// The count of the labels in a whole file; all of them are classes.
pub fn check_labels(file: &str, bytes: &[u8], classes: u8) -> Result<usize, IdxError> {
    let [count] = header(file, bytes, LABELS_MAGIC)?;
    if count == 0 || count > MOST_SAMPLES {
        return Err(IdxError::Absurd { file: file.into(), count, height: 1, width: 1 });
    }
    let labels = &bytes[LABELS_HEADER..];
    check_length(file, labels.len() as u64, count, 1)?;
    match labels.iter().position(|&label| label >= classes) {
        None => Ok(labels.len()),
        Some(place) => Err(IdxError::LabelOutOfRange {
            file: file.into(),
            place,
            found: labels[place],
            most: classes - 1,
        }),
    }
}

/// The lengths behind the magic number.
fn header<const LENGTHS: usize>(file: &str, bytes: &[u8], magic: u32) -> Result<[u64; LENGTHS], IdxError> {
    let mut words =
        bytes.chunks_exact(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
    let short = || IdxError::ShortHeader { file: file.into(), expected: 4 + 4 * LENGTHS, found: bytes.len() };
    let found = words.next().ok_or_else(short)?;
    if found != magic {
        return Err(IdxError::WrongMagic { file: file.into(), expected: magic, found });
    }
    let mut lengths = [0; LENGTHS];
    for length in &mut lengths {
        *length = u64::from(words.next().ok_or_else(short)?);
    }
    Ok(lengths)
}

fn check_length(file: &str, bytes: u64, count: u64, size: u64) -> Result<(), IdxError> {
    if bytes == count * size {
        return Ok(());
    }
    // A part of an item behind the last one is one too many.
    let found = if bytes < count * size { bytes / size } else { bytes.div_ceil(size) };
    Err(IdxError::WrongLength { file: file.into(), expected: count, found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHAPE: ImageShape = ImageShape::grey(2, 3);

    fn images(count: u32, bytes: usize) -> Vec<u8> {
        let header = [IMAGES_MAGIC, count, 2, 3].map(u32::to_be_bytes).concat();
        [header, vec![9; bytes]].concat()
    }

    fn labels(count: u32, values: &[u8]) -> Vec<u8> {
        [[LABELS_MAGIC, count].map(u32::to_be_bytes).concat(), values.to_vec()].concat()
    }

    fn read(images: Vec<u8>, labels: Vec<u8>) -> Result<Pair, IdxError> {
        let file = |name: &str, bytes| File { name: name.into(), bytes };
        pair(file("images", images), file("labels", labels), SHAPE, 10)
    }

    #[test]
    fn a_good_pair_is_taken_as_it_is() {
        let pair = read(images(2, 12), labels(2, &[3, 9])).unwrap();
        assert_eq!((pair.shape, pair.images.len(), &pair.labels[LABELS_HEADER..]), (SHAPE, 28, &[3, 9][..]));
    }

    #[test]
    fn every_malformed_file_is_named_with_what_was_expected_and_found() {
        let cases = [
            (images(2, 11), labels(2, &[3, 9]), "images has 1 items where its header promises 2"),
            (images(2, 13), labels(2, &[3, 9]), "images has 3 items where its header promises 2"),
            (images(2, 12), labels(2, &[3]), "labels has 1 items where its header promises 2"),
            (images(2, 12), labels(1, &[3]), "images has 2 images, labels has 1 labels"),
            (images(2, 12), labels(2, &[3, 10]), "labels: label 1 is 10, the classes are 0 to 9"),
            (
                labels(2, &[3, 9]),
                images(2, 12),
                "images does not begin as IDX: 0x00000803 expected, 0x00000801 found",
            ),
            (vec![0, 0, 8, 3, 0], labels(1, &[3]), "images ends inside its header, after 5 of 16 bytes"),
            (vec![], labels(1, &[3]), "images ends inside its header, after 0 of 16 bytes"),
        ];
        for (images, labels, message) in cases {
            assert_eq!(read(images, labels).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_header_that_promises_terabytes_costs_nothing() {
        let monster = [IMAGES_MAGIC, u32::MAX, u32::MAX, u32::MAX].map(u32::to_be_bytes).concat();
        assert!(matches!(read(monster, labels(1, &[3])), Err(IdxError::Absurd { .. })));
        let many = [IMAGES_MAGIC, 9_999_999, 1000, 1000].map(u32::to_be_bytes).concat();
        assert_eq!(
            read(many, labels(1, &[3])).unwrap_err(),
            IdxError::WrongLength { file: "images".into(), expected: 9_999_999, found: 0 }
        );
    }

    #[test]
    fn images_of_another_size_are_refused() {
        let header = [IMAGES_MAGIC, 1, 3, 2].map(u32::to_be_bytes).concat();
        assert_eq!(
            read([header, vec![0; 6]].concat(), labels(1, &[3])).unwrap_err(),
            IdxError::WrongShape { file: "images".into(), expected: [2, 3], found: [3, 2] }
        );
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(a: Vec<u8>, b: Vec<u8>) {
            prop_assert!(read(a, b).is_err());
        }

        #[test]
        fn mutated_files_are_taken_or_refused_but_never_panic(
            place in 0..28_usize, value: u8, keep in 0..30_usize,
        ) {
            let mut bytes = images(2, 12);
            bytes[place] = value;
            bytes.truncate(keep);
            let _ = read(bytes, labels(2, &[3, 9]));
            let mut bytes = labels(2, &[3, 9]);
            bytes[place % 10] = value;
            let taken = read(images(2, 12), bytes.clone());
            prop_assert_eq!(taken.is_ok(), bytes[..8] == labels(2, &[])[..] && bytes[8..].iter().all(|&l| l < 10));
        }
    }
}
