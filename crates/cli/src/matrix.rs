//! The confusion matrix and the scores of every class, for people and as JSON. Rows are the truth.

use std::fmt::Write;

use brainbow::evaluation::ConfusionMatrix;
use brainbow::{Evaluation, Trainer};
use serde::Serialize;

/// The classes that a matrix is about, by the data set's own numbers and names.
pub struct Labels {
    numbers: Vec<u8>,
    /// None where a class is its number.
    names: Vec<String>,
}

impl Labels {
    /// Those that a run learns.
    pub fn of(trainer: &Trainer) -> Self {
        let (experiment, data) = (trainer.experiment(), trainer.data());
        let known = experiment.data.class_names().unwrap_or_default().iter().map(ToString::to_string);
        let names = data.names().classes.iter().cloned().chain(known).collect();
        Self { numbers: experiment.classes.among(data.task().classes()).collect(), names }
    }

    fn name(&self, class: usize) -> &str {
        self.names.get(class).map_or("", String::as_str)
    }
}

/// A matrix and the step that it is of.
#[derive(Serialize)]
pub struct Confusion {
    step: u64,
    /// Rows actual, columns predicted.
    counts: Vec<Vec<u32>>,
}

/// The matrix of a whole evaluation; none where numbers are told.
pub fn confusion(evaluation: &Evaluation) -> Option<Confusion> {
    let counts = rows(evaluation.matrix());
    (!counts.is_empty()).then(|| Confusion { step: evaluation.step(), counts })
}

/// How well one class is read; none where nothing was seen or said.
#[derive(Serialize)]
pub struct Scores<'a> {
    class: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    /// Samples of the class, under scikit-learn's name.
    support: u32,
}

/// The scores of every class.
pub fn scores<'a>(matrix: &ConfusionMatrix, labels: &'a Labels) -> Vec<Scores<'a>> {
    let score = |(class, row): (usize, Vec<u32>)| Scores {
        class: labels.numbers[class].into(),
        name: labels.name(labels.numbers[class].into()),
        precision: matrix.precision(class),
        recall: matrix.recall(class),
        f1: matrix.f1(class),
        support: row.iter().sum(),
    };
    rows(matrix).into_iter().enumerate().map(score).collect()
}

fn rows(matrix: &ConfusionMatrix) -> Vec<Vec<u32>> {
    let classes = matrix.counts().len().isqrt();
    matrix.counts().chunks(classes.max(1)).map(<[u32]>::to_vec).collect()
}

/// The matrix with totals.
pub fn table(matrix: &ConfusionMatrix, labels: &Labels) -> String {
    let rows = rows(matrix);
    let columns: Vec<u32> = (0..rows.len()).map(|column| rows.iter().map(|row| row[column]).sum()).collect();
    let line = |head: &str, cells: &[u32]| {
        let mut line = format!("{head:>6}");
        cells.iter().for_each(|cell| write!(line, "{cell:>6}").expect("a string takes all"));
        line + &format!("{:>8}\n", cells.iter().sum::<u32>())
    };
    let mut text = String::from("actual  predicted\n      ");
    labels.numbers.iter().for_each(|class| write!(text, "{class:>6}").expect("a string takes all"));
    text += "   total\n";
    for (class, row) in labels.numbers.iter().zip(&rows) {
        text += &line(&class.to_string(), row);
    }
    text + &line("total", &columns)
}

/// Precision, recall and F1 of every class.
pub fn score_table(matrix: &ConfusionMatrix, labels: &Labels) -> String {
    let cell = |share: Option<f64>| share.map_or("–".into(), |share| format!("{share:.4}"));
    let mut text = String::from(" class  precision   recall       F1  samples\n");
    for Scores { class, name, precision, recall, f1, support } in scores(matrix, labels) {
        let [precision, recall, f1] = [precision, recall, f1].map(cell);
        let line = format!("{class:>6}  {precision:>9}  {recall:>7}  {f1:>7}  {support:>7}  {name}");
        text += &format!("{}\n", line.trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use brainbow::dataset::DataSpec;

    fn lopsided() -> ConfusionMatrix {
        ConfusionMatrix::of(3, [(1, 0), (1, 1), (0, 0), (1, 1), (0, 0), (1, 1), (0, 2)])
    }

    fn numbered() -> Labels {
        Labels { numbers: vec![0, 1, 2], names: Vec::new() }
    }

    #[test]
    fn two_of_ten_have_their_own_numbers_and_names() {
        let names = DataSpec::Cifar10.class_names().unwrap().iter().map(ToString::to_string);
        let labels = Labels { numbers: vec![3, 5], names: names.collect() };
        let matrix = ConfusionMatrix::of(2, [(0, 0), (1, 0)]);
        assert!(table(&matrix, &labels).contains("     5     1     0       1"));
        assert!(
            score_table(&matrix, &labels).ends_with("     5          –   0.0000   0.0000        1  dog\n")
        );
    }

    #[test]
    fn rows_are_the_truth_and_totals_stand_at_their_ends() {
        let expected = "\
actual  predicted
           0     1     2   total
     0     2     0     1       3
     1     1     3     0       4
     2     0     0     0       0
 total     3     3     1       7
";
        assert_eq!(table(&lopsided(), &numbered()), expected);
    }

    #[test]
    fn a_class_that_is_not_there_has_no_recall_but_a_precision() {
        let (matrix, labels) = (lopsided(), numbered());
        let scores = scores(&matrix, &labels);
        assert_eq!((scores[2].precision, scores[2].recall, scores[2].support), (Some(0.0), None, 0));
        assert_eq!((scores[1].precision, scores[1].recall, scores[1].support), (Some(1.0), Some(0.75), 4));
        assert!(
            score_table(&lopsided(), &numbered()).ends_with("     2     0.0000        –   0.0000        0\n")
        );
    }
}
