//! What is wrong with data files, in the page's sentences.

use brainbow::dataset::cifar::CifarError;
use brainbow::dataset::idx::IdxError;

use crate::numbers::count;

/// What is wrong with a file of images or labels, and what to do.
pub fn of_idx(error: &IdxError) -> String {
    match error {
        IdxError::WrongMagic { file, .. } => format!(
            "{file} is not the file it should be: it neither begins as gzip nor as IDX. Put the original file there."
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
                "{file}: label {place} is {found}, but the classes are 0 to {most}. Put the original file there."
            )
        }
        IdxError::CountsDiffer { images, labels, image_count, label_count } => format!(
            "{images} has {} images but {labels} has {} labels. They don't belong together.",
            count(*image_count as u64),
            count(*label_count as u64)
        ),
    }
}

/// What is wrong with CIFAR-10's batches, and what to do.
pub fn of_batches(error: &CifarError) -> String {
    match error {
        CifarError::BatchLength { file, expected, found } => {
            let [found, expected] = [*found, *expected].map(|bytes| count(bytes as u64));
            format!("{file} has {found} bytes; a batch of CIFAR-10 has {expected}. Download it again.")
        }
        CifarError::BatchLabel { file, place, found, most } => format!(
            "{file}: the label of record {} is {found}, but the classes are 0 to {most}. Put the original file there.",
            count(*place as u64)
        ),
        CifarError::BatchName { file } => {
            format!("{file} is not named as a batch of CIFAR-10 (data_batch_1 to data_batch_5, test_batch).")
        }
        CifarError::BatchTwice { first, second } => {
            format!("{first} and {second} are the same batch. Take one of them away.")
        }
        CifarError::TooFewBatches { found } => format!(
            "CIFAR-10 needs two batches at least, one to learn from and one to hold out; {found} found."
        ),
    }
}
