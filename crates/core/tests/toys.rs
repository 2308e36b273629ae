//! Toy sets, learned: what a straight line can't part, a hidden layer can.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

use std::sync::Arc;

use brainbow::dataset::DataSpec;
use brainbow::experiment::{format_link, parse_link};
use brainbow::{Dataset, Evaluation, Trainer};

fn evaluated(link: &str) -> (Trainer, Evaluation) {
    let read = parse_link(link);
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    assert_eq!(format_link(&read.experiment), format!("v=1&{link}"));
    let DataSpec::Toy(toy) = read.experiment.data else { panic!("a toy set") };
    let mut trainer = Trainer::new(read.experiment, Arc::new(Dataset::toy(toy))).unwrap();
    trainer.run(u64::MAX);
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    (trainer, evaluation)
}

/// As the median of seeds 0 to 4.
fn accuracy(link: &str) -> f64 {
    let one = |seed| evaluated(&format!("{link}&seed={seed}")).1.matrix().accuracy().unwrap();
    let mut all: Vec<f64> = (0..5).map(one).collect();
    all.sort_by(f64::total_cmp);
    println!("{link}: {all:.3?}");
    all[2]
}

#[test]
fn a_straight_line_parts_blobs_and_nothing_else() {
    assert!(accuracy("data=blobs&hidden=0&batch=16&epochs=60") > 0.97);
    assert!(accuracy("data=circles&hidden=0&batch=16&epochs=60") < 0.7);
    assert!(accuracy("data=xor&hidden=0&batch=16&epochs=60") < 0.7);
}

#[test]
fn eight_hidden_neurons_part_moons_circles_and_xor() {
    // Of xor's points the usual noise would carry one in thirteen across an axis.
    for name in ["moons", "circles", "xor&noise=0.05"] {
        let link = format!("data={name}&hidden=8&act=tanh&opt=adam&lr=0.02&batch=16&epochs=150");
        assert!(accuracy(&link) > 0.94, "{name}");
    }
}

#[test]
fn a_spiral_takes_two_hidden_layers() {
    let link = "data=spiral&points=600&hidden=32,32&opt=adam&lr=0.01&batch=16&epochs=400";
    assert!(accuracy(link) > 0.95);
}

#[test]
fn any_point_can_be_read_and_what_was_held_out_is_read_as_it_was_evaluated() {
    for loss in ["", "&loss=bce"] {
        let (trainer, evaluation) =
            evaluated(&format!("data=moons&points=150&noise=0.3&hidden=6&act=tanh{loss}&batch=16&epochs=40"));
        let ids = trainer.held_out().clone();
        let inputs: Vec<f32> = ids.iter().flat_map(|&id| trainer.data().input(id)).collect();
        let answers = evaluation.answers_to(&inputs);
        for (&id, answers) in ids.iter().zip(answers.chunks_exact(2)) {
            assert_eq!(answers, evaluation.probabilities(id).unwrap());
        }
        let far = evaluation.answers_to(&[100.0, -100.0]);
        assert!((far[0] + far[1] - 1.0).abs() < 1e-6);
    }
}
