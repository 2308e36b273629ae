//! Where the samples' bytes lie: as they came in the files, or drawn when first looked at.

use std::sync::OnceLock;

use super::{cifar, generated, idx};

/// One image of generated digits.
type Digit = [u8; 28 * 28];

/// Samples by id, each with an image and a class.
pub(super) enum Samples {
    /// The two parts' images and labels, headers included; `size` bytes an image.
    Pairs { parts: [idx::Pair; 2], size: usize },
    /// Batches of equally many records.
    Records { batches: Vec<Vec<u8>> },
    /// Drawn when first asked for, into places that are there from the beginning.
    Generated { seed: u64, drawn: Vec<OnceLock<Digit>> },
    /// Numbers, as many for every sample as there are columns.
    Numbers { columns: usize, values: Vec<f32>, answers: Answers },
}

/// What is to be told of samples.
pub(super) enum Answers {
    Classes(Vec<u8>),
    Values(Vec<f32>),
}

impl Samples {
    pub fn generated(seed: u32, count: u32) -> Self {
        let drawn = std::iter::repeat_with(OnceLock::new).take(count as usize).collect();
        Self::Generated { seed: u64::from(seed), drawn }
    }

    pub fn len(&self) -> usize {
        match self {
            Samples::Pairs { parts, .. } => parts.iter().map(idx::Pair::len).sum(),
            Samples::Records { batches } => batches.iter().map(|batch| batch.len() / cifar::RECORD).sum(),
            Samples::Generated { drawn, .. } => drawn.len(),
            Samples::Numbers { answers: Answers::Classes(classes), .. } => classes.len(),
            Samples::Numbers { answers: Answers::Values(values), .. } => values.len(),
        }
    }

    /// The bytes of an image; none where samples are no images.
    pub fn pixels(&self, id: usize) -> Option<&[u8]> {
        Some(match self {
            Samples::Pairs { parts, size } => {
                let (part, place) = place(parts, id);
                &part.images[idx::IMAGES_HEADER + place * size..][..*size]
            }
            Samples::Records { batches } => &record(batches, id)[1..],
            Samples::Generated { seed, drawn } => drawn[id]
                .get_or_init(|| {
                    let mut digit = [0; 28 * 28];
                    generated::render(*seed, id as u32, &mut digit);
                    digit
                })
                .as_slice(),
            Samples::Numbers { .. } => return None,
        })
    }

    /// The numbers of a sample that is no image.
    pub fn numbers(&self, id: usize) -> &[f32] {
        match self {
            Samples::Numbers { columns, values, .. } => &values[id * columns..][..*columns],
            Samples::Pairs { .. } | Samples::Records { .. } | Samples::Generated { .. } => &[],
        }
    }

    /// The number to be told of a sample.
    pub fn value(&self, id: usize) -> Option<f32> {
        match self {
            Samples::Numbers { answers: Answers::Values(values), .. } => Some(values[id]),
            Samples::Numbers { answers: Answers::Classes(_), .. }
            | Samples::Pairs { .. }
            | Samples::Records { .. }
            | Samples::Generated { .. } => None,
        }
    }

    /// Its class; 255 where it has none.
    pub fn class(&self, id: usize) -> u8 {
        match self {
            Samples::Pairs { parts, .. } => {
                let (part, place) = place(parts, id);
                part.labels[idx::LABELS_HEADER + place]
            }
            Samples::Records { batches } => record(batches, id)[0],
            Samples::Generated { seed, drawn } => {
                assert!(id < drawn.len(), "a sample that there is");
                generated::label(*seed, id as u32)
            }
            Samples::Numbers { answers: Answers::Classes(classes), .. } => classes[id],
            Samples::Numbers { answers: Answers::Values(_), .. } => u8::MAX,
        }
    }
}

fn place([train, test]: &[idx::Pair; 2], id: usize) -> (&idx::Pair, usize) {
    match id.checked_sub(train.len()) {
        None => (train, id),
        Some(place) => (test, place),
    }
}

fn record(batches: &[Vec<u8>], id: usize) -> &[u8] {
    let per_batch = batches[0].len() / cifar::RECORD;
    &batches[id / per_batch][id % per_batch * cifar::RECORD..][..cifar::RECORD]
}
