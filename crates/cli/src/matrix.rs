//! The confusion matrix and the scores of every class, for people and as JSON. Rows are the truth.

use std::fmt::Write;

use brainbow::Evaluation;
use brainbow::evaluation::ConfusionMatrix;
use serde::Serialize;

/// A matrix and the step that it is of.
#[derive(Serialize)]
pub struct Confusion {
    step: u64,
    /// Rows actual, columns predicted.
    counts: Vec<Vec<u32>>,
}

/// The matrix of a whole evaluation.
pub fn confusion(evaluation: &Evaluation) -> Confusion {
    Confusion { step: evaluation.step(), counts: rows(evaluation.matrix()) }
}

/// How well one class is read; none where nothing was seen or said.
#[derive(Serialize)]
pub struct Scores {
    class: usize,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    /// Samples of the class, under scikit-learn's name.
    support: u32,
}

/// The scores of every class.
pub fn scores(matrix: &ConfusionMatrix) -> Vec<Scores> {
    let score = |(class, row): (usize, Vec<u32>)| Scores {
        class,
        precision: matrix.precision(class),
        recall: matrix.recall(class),
        f1: matrix.f1(class),
        support: row.iter().sum(),
    };
    rows(matrix).into_iter().enumerate().map(score).collect()
}

fn rows(matrix: &ConfusionMatrix) -> Vec<Vec<u32>> {
    let classes = matrix.counts().len().isqrt();
    matrix.counts().chunks(classes).map(<[u32]>::to_vec).collect()
}

/// The matrix with totals.
pub fn table(matrix: &ConfusionMatrix) -> String {
    let rows = rows(matrix);
    let columns: Vec<u32> = (0..rows.len()).map(|column| rows.iter().map(|row| row[column]).sum()).collect();
    let line = |head: &str, cells: &[u32]| {
        let mut line = format!("{head:>6}");
        cells.iter().for_each(|cell| write!(line, "{cell:>6}").expect("a string takes all"));
        line + &format!("{:>8}\n", cells.iter().sum::<u32>())
    };
    let mut text = String::from("actual  predicted\n      ");
    (0..rows.len()).for_each(|class| write!(text, "{class:>6}").expect("a string takes all"));
    text += "   total\n";
    for (class, row) in rows.iter().enumerate() {
        text += &line(&class.to_string(), row);
    }
    text + &line("total", &columns)
}

/// Precision, recall and F1 of every class.
pub fn score_table(matrix: &ConfusionMatrix) -> String {
    let cell = |share: Option<f64>| share.map_or("–".into(), |share| format!("{share:.4}"));
    let mut text = String::from(" class  precision   recall       F1  samples\n");
    for Scores { class, precision, recall, f1, support } in scores(matrix) {
        let [precision, recall, f1] = [precision, recall, f1].map(cell);
        text += &format!("{class:>6}  {precision:>9}  {recall:>7}  {f1:>7}  {support:>7}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lopsided() -> ConfusionMatrix {
        ConfusionMatrix::of(3, [(1, 0), (1, 1), (0, 0), (1, 1), (0, 0), (1, 1), (0, 2)])
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
        assert_eq!(table(&lopsided()), expected);
    }

    #[test]
    fn a_class_that_is_not_there_has_no_recall_but_a_precision() {
        let scores = scores(&lopsided());
        assert_eq!((scores[2].precision, scores[2].recall, scores[2].support), (Some(0.0), None, 0));
        assert_eq!((scores[1].precision, scores[1].recall, scores[1].support), (Some(1.0), Some(0.75), 4));
        assert!(score_table(&lopsided()).ends_with("     2     0.0000        –   0.0000        0\n"));
    }
}
