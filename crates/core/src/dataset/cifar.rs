//! CIFAR-10's binary batches: 10,000 records of one label and 3 × 1,024 bytes, red, green, blue, each row by row.
//!
//! A batch has no header: only its length and its labels tell it from anything else. Its bytes stay where they are.

use std::fmt::{self, Display};

use serde::Serialize;
use thiserror::Error;

use super::idx::File;

/// Bytes of a record: a label, and three planes of 32 × 32.
pub const RECORD: usize = 1 + 3 * 32 * 32;
/// Records of a batch.
pub const RECORDS: usize = 10_000;
/// Bytes of a batch.
pub const BATCH: usize = RECORD * RECORDS;
const CLASSES: u8 = 10;

/// What is wrong with the batches, as facts.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CifarError {
    /// Shorter or longer than a batch.
    #[error("{file} has {found} bytes, a batch of CIFAR-10 has {expected}")]
    BatchLength {
        /// The file's name.
        file: String,
        /// A batch's length.
        expected: usize,
        /// The file's length.
        found: usize,
    },
    /// A label that is no class.
    #[error("{file}: the label of record {place} is {found}, the classes are 0 to {most}")]
    BatchLabel {
        /// The file's name.
        file: String,
        /// Which record, from 0.
        place: usize,
        /// The label.
        found: u8,
        /// The largest class.
        most: u8,
    },
    /// The name of none of the six batches.
    #[error(
        "{file} is not named as a batch of CIFAR-10: data_batch_1 to data_batch_5 or test_batch expected"
    )]
    BatchName {
        /// The file's name.
        file: String,
    },
    /// The same batch from two files.
    #[error("{first} and {second} are the same batch")]
    BatchTwice {
        /// One file's name.
        first: String,
        /// The other's.
        second: String,
    },
    /// One batch can't be both learned from and held out.
    #[error("CIFAR-10 needs two batches at least, one to learn from and one to hold out; {found} found")]
    TooFewBatches {
        /// How many there are.
        found: usize,
    },
}

/// Which of the six batches a file is, in the order of the sample ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `data_batch_1` to `data_batch_5`.
    Train(u8),
    /// `test_batch`.
    Test,
}

impl Display for Part {
    /// The file's name without `.bin`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Train(number) => write!(f, "data_batch_{number}"),
            Part::Test => f.write_str("test_batch"),
        }
    }
}

/// The batch that a file's name means, packed or not, in whatever folder; an excerpt (`test_batch.first1000`) is none.
pub fn part(name: &str) -> Option<Part> {
    let name = name.rsplit(['/', '\\']).next()?;
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.strip_suffix(".bin")? {
        "test_batch" => Some(Part::Test),
        other => {
            let number = other.strip_prefix("data_batch_")?.parse().ok()?;
            (1..=5).contains(&number).then_some(Part::Train(number))
        }
    }
}

/// Batches in the order of their sample ids, checked.
#[derive(Debug)]
pub struct Batches {
    /// The last one is held out.
    pub(super) files: Vec<Vec<u8>>,
    /// The last one's part.
    pub(super) held_out: Part,
}

/// Checks batches, whichever there are; the test batch is held out, or, without it, the last of the others.
pub fn batches(files: Vec<File>) -> Result<Batches, CifarError> {
    batches_of(files, RECORDS)
}

pub(super) fn batches_of(files: Vec<File>, records: usize) -> Result<Batches, CifarError> {
    let mut parts: Vec<(Part, File)> = Vec::with_capacity(files.len());
    for file in files {
        let part = part(&file.name).ok_or_else(|| CifarError::BatchName { file: file.name.clone() })?;
        check_records(&file.name, &file.bytes, records)?;
        let place = parts.partition_point(|(other, _)| *other <= part);
        parts.insert(place, (part, file));
    }
    if let Some([(_, first), (_, second)]) = parts.array_windows().find(|[one, next]| one.0 == next.0) {
        return Err(CifarError::BatchTwice { first: first.name.clone(), second: second.name.clone() });
    }
    match parts.last() {
        Some(&(held_out, _)) if parts.len() > 1 => {
            Ok(Batches { held_out, files: parts.into_iter().map(|(_, file)| file.bytes).collect() })
        }
        _ => Err(CifarError::TooFewBatches { found: parts.len() }),
    }
}

/// Checks that these bytes are a whole batch.
pub fn check(file: &str, bytes: &[u8]) -> Result<(), CifarError> {
    check_records(file, bytes, RECORDS)
}

fn check_records(file: &str, bytes: &[u8], records: usize) -> Result<(), CifarError> {
    let expected = records * RECORD;
    if bytes.len() != expected {
        return Err(CifarError::BatchLength { file: file.into(), expected, found: bytes.len() });
    }
    match bytes.iter().step_by(RECORD).position(|&label| label >= CLASSES) {
        None => Ok(()),
        Some(place) => Err(CifarError::BatchLabel {
            file: file.into(),
            place,
            found: bytes[place * RECORD],
            most: CLASSES - 1,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Records whose pixels tell the batch and the record.
    fn records(batch: u8, labels: &[u8]) -> Vec<u8> {
        let record = |(place, &label): (usize, &u8)| {
            let pixels = (0..RECORD - 1).map(move |at| batch.wrapping_mul(50) ^ (place * 7 + at) as u8);
            std::iter::once(label).chain(pixels)
        };
        labels.iter().enumerate().flat_map(record).collect()
    }

    fn file(name: &str, bytes: Vec<u8>) -> File {
        File { name: name.into(), bytes }
    }

    fn read(files: Vec<File>) -> Result<Batches, CifarError> {
        batches_of(files, 2)
    }

    #[test]
    fn batches_come_in_their_own_order_and_the_last_is_held_out() {
        let made = |name: &str, batch| {
            file(&format!("cifar-10-batches-bin/{name}.bin"), records(batch, &[batch, 9]))
        };
        let data =
            read(vec![made("data_batch_5", 5), made("data_batch_1", 1), made("data_batch_2", 2)]).unwrap();
        assert_eq!(data.files.iter().map(|batch| batch[0]).collect::<Vec<_>>(), [1, 2, 5]);
        assert_eq!(data.held_out, Part::Train(5));
        let with_test = read(vec![made("test_batch", 7), made("data_batch_3", 3)]).unwrap();
        assert_eq!((with_test.held_out, with_test.files[1][0]), (Part::Test, 7));
    }

    #[test]
    fn an_excerpt_is_no_batch() {
        assert_eq!(part("test_batch.first1000.bin.gz"), None);
        assert_eq!(part("data_batch_6.bin"), None);
        assert_eq!(part("data_batch_1"), None);
        assert_eq!(part("a/b\\data_batch_1.bin.gz"), Some(Part::Train(1)));
        assert!(part("data_batch_5.bin") < part("test_batch.bin"));
    }

    #[test]
    fn every_malformed_batch_is_named_with_what_was_expected_and_found() {
        let good = || file("data_batch_2.bin", records(2, &[3, 9]));
        let cases = [
            (
                vec![good(), file("data_batch_1.bin", vec![0; RECORD])],
                "data_batch_1.bin has 3073 bytes, a batch of CIFAR-10 has 6146",
            ),
            (
                vec![good(), file("test_batch.bin", vec![0; 2 * RECORD + 1])],
                "test_batch.bin has 6147 bytes, a batch of CIFAR-10 has 6146",
            ),
            (
                vec![good(), file("data_batch_1.bin", records(1, &[3, 10]))],
                "data_batch_1.bin: the label of record 1 is 10, the classes are 0 to 9",
            ),
            (
                vec![good(), file("batches.meta.txt", records(1, &[0, 0]))],
                "batches.meta.txt is not named as a batch of CIFAR-10: data_batch_1 to data_batch_5 or test_batch \
                 expected",
            ),
            (
                vec![good(), file("data_batch_2.bin.gz", records(1, &[0, 0]))],
                "data_batch_2.bin and data_batch_2.bin.gz are the same batch",
            ),
            (
                vec![good()],
                "CIFAR-10 needs two batches at least, one to learn from and one to hold out; 1 found",
            ),
            (vec![], "CIFAR-10 needs two batches at least, one to learn from and one to hold out; 0 found"),
        ];
        for (files, message) in cases {
            assert_eq!(read(files).unwrap_err().to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn random_bytes_under_any_name_never_panic(name: String, a: Vec<u8>, b: Vec<u8>) {
            prop_assert!(read(vec![file(&name, a.clone()), file("test_batch.bin", b.clone())]).is_err());
            prop_assert!(batches(vec![file("data_batch_1.bin", a), file("test_batch.bin", b)]).is_err());
        }

        #[test]
        fn a_mutated_batch_is_taken_where_its_length_and_its_labels_are_a_batch_s(
            place in 0..2 * RECORD, value: u8, keep in 2 * RECORD - 2..2 * RECORD + 3,
        ) {
            let mut bytes = records(1, &[3, 9]);
            bytes[place] = value;
            bytes.resize(keep, 0);
            let is_batch = keep == 2 * RECORD && bytes[0] < 10 && bytes[RECORD] < 10;
            let taken = read(vec![file("data_batch_1.bin", bytes), file("data_batch_2.bin", records(2, &[0, 1]))]);
            prop_assert_eq!(taken.is_ok(), is_batch);
        }
    }
}
