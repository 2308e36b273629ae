//! An evaluation counts the truth in rows and the prediction in columns.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::sync::Arc;

use brainbow::experiment::parse_link;
use brainbow::{Dataset, Evaluation, Trainer};

#[test]
fn rows_are_the_labels_of_the_held_out_samples_and_columns_what_is_most_probable() {
    let data = Arc::new(Dataset::generated(1, 100, 83));
    let mut trainer = Trainer::new(parse_link("hidden=0&batch=50").experiment, data.clone()).unwrap();
    trainer.run(2);
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    let mut counts = [[0; 10]; 10];
    for id in data.test() {
        let said = evaluation.probabilities(id).unwrap();
        let predicted = (0..10).max_by(|&a, &b| said[a].total_cmp(&said[b])).unwrap();
        counts[usize::from(data.label(id))][predicted] += 1;
    }
    assert_eq!(evaluation.matrix().counts(), counts.as_flattened());
    let asymmetric = (0..10).any(|i| counts[i].iter().sum::<u32>() != counts.iter().map(|row| row[i]).sum());
    assert!(asymmetric, "a transposed matrix can't pass");
}
