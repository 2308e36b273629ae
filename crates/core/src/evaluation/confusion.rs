//! The confusion matrix: rows are the truth, columns the prediction, as in scikit-learn.

/// How often a sample of one class was taken for one of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    counts: Vec<u32>,
}

impl ConfusionMatrix {
    /// Nothing counted yet.
    pub fn new(classes: usize) -> Self {
        Self { classes, counts: vec![0; classes * classes] }
    }

    /// A matrix of (actual, predicted) pairs.
    pub fn of(classes: usize, pairs: impl IntoIterator<Item = (u8, u8)>) -> Self {
        let mut matrix = Self::new(classes);
        pairs.into_iter().for_each(|(actual, predicted)| matrix.count(actual, predicted));
        matrix
    }

    /// Counts one sample.
    pub fn count(&mut self, actual: u8, predicted: u8) {
        self.counts[usize::from(actual) * self.classes + usize::from(predicted)] += 1;
    }

    /// classes × classes, row by row.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Samples counted.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The share read correctly; none where nothing is counted.
    pub fn accuracy(&self) -> Option<f64> {
        let correct = (0..self.classes).map(|class| self.cell(class, class)).sum();
        share(correct, self.total())
    }

    /// Of what was taken for this class, the share that was one; none where nothing was.
    pub fn precision(&self, class: usize) -> Option<f64> {
        share(self.cell(class, class), (0..self.classes).map(|actual| self.cell(actual, class)).sum())
    }

    /// Of this class, the share that was taken for one; none where there is nothing of it.
    pub fn recall(&self, class: usize) -> Option<f64> {
        share(self.cell(class, class), (0..self.classes).map(|predicted| self.cell(class, predicted)).sum())
    }

    /// The harmonic mean of precision and recall; zero where one of them is zero, none where neither is there.
    pub fn f1(&self, class: usize) -> Option<f64> {
        let (row, column): (u32, u32) = (0..self.classes)
            .map(|other| (self.cell(class, other), self.cell(other, class)))
            .fold((0, 0), |(rows, columns), (row, column)| (rows + row, columns + column));
        share(2 * self.cell(class, class), row + column)
    }

    fn cell(&self, actual: usize, predicted: usize) -> u32 {
        self.counts[actual * self.classes + predicted]
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_reads_columns_and_recall_reads_rows() {
        let m = ConfusionMatrix::of(2, [(1, 0), (1, 1), (0, 0), (1, 1), (0, 0), (1, 1)]);
        assert_eq!(m.counts(), [2, 0, 1, 3]); // not symmetric: a transposed matrix cannot pass
        assert_eq!((m.precision(1), m.recall(1)), (Some(1.0), Some(0.75)));
        assert_eq!((m.precision(0), m.recall(0)), (Some(2.0 / 3.0), Some(1.0)));
        assert_eq!((m.f1(0), m.accuracy()), (Some(0.8), Some(5.0 / 6.0)));
    }

    #[test]
    fn what_was_never_seen_or_never_said_has_no_share() {
        let m = ConfusionMatrix::of(3, [(0, 1), (1, 1)]);
        assert_eq!((m.recall(2), m.precision(2), m.f1(2)), (None, None, None));
        assert_eq!((m.precision(0), m.recall(0), m.f1(0)), (None, Some(0.0), Some(0.0)));
        assert_eq!(ConfusionMatrix::new(3).accuracy(), None);
    }
}
