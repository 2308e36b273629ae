use super::*;
use crate::evaluation::{Among, Order};
use crate::experiment::parse_link;
use crate::snapshot;
use ndarray::Array2;
use proptest::prelude::*;

fn trainer(link: &str) -> Trainer {
    trainer_of(link, 100)
}

fn trainer_of(link: &str, samples: u32) -> Trainer {
    Trainer::new(parse_link(link).experiment, Arc::new(Dataset::generated(1, samples, 20))).unwrap()
}

#[test]
fn the_last_shorter_batch_is_used_and_divided_by_its_own_length() {
    let mut trainer = trainer("hidden=0&batch=64&lr=0.5");
    assert_eq!(trainer.steps_per_epoch(), 2);
    let first = trainer.run(1).unwrap();
    let second = trainer.run(1).unwrap();
    assert_eq!((first.samples, second.samples), (64, 36));
    assert!(second.ends_epoch);
    // The same step by hand: 36 rows, their mean gradient.
    let mut by_hand = trainer_of("hidden=0&batch=64&lr=0.5", 100);
    by_hand.run(1);
    let ids = by_hand.order[64..].to_vec();
    let (w, b) =
        (by_hand.network.layer_params(0)[0].value.clone(), by_hand.network.layer_params(0)[1].value.clone());
    let mut grad = ndarray::Array2::<f64>::zeros((784, 10));
    for &id in &ids {
        let mut x = vec![0.0; 784];
        by_hand.data.copy_input(id, &mut x);
        let x = ndarray::Array1::from(x);
        let z = x.dot(&w) + b.row(0);
        let exp: Vec<f64> = z.iter().map(|&z| libm::exp(f64::from(z))).collect();
        let sum: f64 = exp.iter().sum();
        for (class, e) in exp.iter().enumerate() {
            let slope = e / sum - f64::from(u8::from(class == usize::from(by_hand.data.label(id))));
            for (pixel, &x) in x.iter().enumerate() {
                grad[[pixel, class]] += f64::from(x) * slope / ids.len() as f64;
            }
        }
    }
    by_hand.run(1);
    let after = &by_hand.network.layer_params(0)[0].value;
    for (at, &g) in grad.indexed_iter() {
        assert!((f64::from(after[at]) - (f64::from(w[at]) - 0.5 * g)).abs() < 1e-6, "{at:?}");
    }
}

#[test]
fn every_sample_is_learned_from_once_in_an_epoch_and_the_next_has_another_order() {
    let mut trainer = trainer("hidden=0&batch=30");
    let first = trainer.order.clone();
    trainer.run(4);
    assert_eq!(trainer.epoch(), 1);
    assert_ne!(trainer.order, first);
    for mut order in [first, trainer.order.clone()] {
        order.sort_unstable();
        assert!(order.into_iter().eq(0..100));
    }
}

#[test]
fn a_run_ends_after_its_epochs_and_learns_on_when_given_more() {
    let mut trainer = trainer("hidden=3&epochs=2&batch=50");
    trainer.run(99);
    assert_eq!((trainer.step(), trainer.state()), (4, State::Finished));
    assert_eq!(trainer.advance(), None);
    trainer.set_epochs(3).unwrap();
    trainer.run(99);
    assert_eq!((trainer.step(), trainer.state()), (6, State::Finished));
    let mut straight = trainer_of("hidden=3&epochs=3&batch=50", 100);
    straight.run(99);
    assert_eq!(straight.fingerprint(), trainer.fingerprint());
}

#[test]
fn a_learning_rate_of_a_thousand_ends_in_a_state_that_names_the_step() {
    let mut trainer = trainer("hidden=20,20,20&act=linear&lr=1000&batch=20");
    trainer.run(5000);
    let State::Diverged { step, rate } = trainer.state() else { panic!("{:?}", trainer.state()) };
    assert_eq!((step, rate), (trainer.step(), 1000.0));
    assert_eq!(trainer.run(10), None);
}

#[test]
fn a_change_of_the_learning_rate_is_replayed_to_the_bit_by_the_experiment_it_leaves() {
    let mut tuned = trainer("hidden=5&batch=20");
    tuned.run(3);
    tuned.tune(0.3).unwrap();
    tuned.run(4);
    tuned.tune(0.02).unwrap();
    tuned.tune(0.01).unwrap();
    tuned.run(4);
    let mut replay = Trainer::new(tuned.experiment().clone(), tuned.data().clone()).unwrap();
    replay.run(11);
    assert_eq!(replay.fingerprint(), tuned.fingerprint());
    assert_eq!(tuned.experiment().learning_rate.len(), 3);
    assert!(tuned.tune(f32::NAN).is_err());
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_others() {
    let run = |link| {
        let mut trainer = trainer(link);
        trainer.run(10);
        trainer.fingerprint().unwrap()
    };
    assert_eq!(run("hidden=5&seed=1"), run("hidden=5&seed=1"));
    assert_ne!(run("hidden=5&seed=1"), run("hidden=5&seed=2"));
}

#[test]
fn the_whole_training_set_in_one_batch_is_gradient_descent_and_its_blocks_change_nothing() {
    let mut whole = trainer("hidden=4&batch=1000&epochs=3");
    assert_eq!(whole.steps_per_epoch(), 1);
    let result = whole.run(1).unwrap();
    assert_eq!((result.samples, result.ends_epoch), (100, true));
    assert!(whole.block.rows() < 100, "the batch is cut into blocks");
    // The mean of the steps that its quarters would take from the same weights.
    let mut quarters = trainer("hidden=4&batch=25&epochs=3");
    let start: Vec<_> = quarters.network.params().map(|param| param.value.clone()).collect();
    let mut mean: Vec<_> = start.iter().map(|value| Array2::<f32>::zeros(value.raw_dim())).collect();
    for _ in 0..4 {
        for (param, start) in quarters.network.params_mut().zip(&start) {
            param.value.assign(start);
        }
        quarters.run(1);
        for ((mean, param), start) in mean.iter_mut().zip(quarters.network.params()).zip(&start) {
            *mean += &((&param.value - start) / 4.0);
        }
    }
    for ((param, start), step) in whole.network.params().zip(&start).zip(&mean) {
        let found = &param.value - start;
        assert!(found.iter().zip(step).all(|(found, step)| (found - step).abs() < 1e-6));
        assert!(found.iter().any(|found| found.abs() > 1e-4), "it has moved");
    }
}

#[test]
fn a_penalty_shrinks_the_weights_and_leaves_the_biases_alone() {
    let step = |link| {
        let mut trainer = trainer(link);
        // Biases that start at zero would have nothing to lose.
        trainer.network.params_mut().skip(1).step_by(2).for_each(|bias| bias.value.fill(0.5));
        trainer.run(1);
        trainer
    };
    let (free, bound) = (step("hidden=4&batch=1000"), step("hidden=4&batch=1000&l2=0.5"));
    let start = trainer("hidden=4");
    for layer in [0, 2] {
        let [free, bound, start] =
            [&free, &bound, &start].map(|trainer| trainer.network.layer_params(layer).to_vec());
        // w − lr·(g + λ·w), at a rate of 0.1.
        for (at, &w) in start[0].value.indexed_iter() {
            let shrunk = free[0].value[at] - bound[0].value[at];
            assert!((shrunk - 0.1 * 0.5 * w).abs() < 1e-6, "{at:?}: {shrunk} of {w}");
        }
        assert_eq!(free[1].value, bound[1].value);
    }
}

#[test]
fn dropout_silences_what_learns_but_neither_what_is_read_nor_the_initial_weights() {
    let link = |drop| format!("hidden=9,8&batch=1000&drop={drop}");
    let mut trainers = [trainer(&link("0")), trainer(&link("0.5,0.25"))];
    assert_eq!(trainers[0].fingerprint(), trainers[1].fingerprint());
    let [plain, dropped] = trainers.each_ref().map(|trainer| {
        let mut evaluation = crate::Evaluation::new(trainer);
        while !evaluation.advance() {}
        evaluation.loss()
    });
    assert_eq!(plain, dropped);
    let [plain, dropped] = trainers.each_mut().map(|trainer| trainer.run(1).unwrap().loss);
    assert!((dropped - plain).abs() > 0.01, "{plain} {dropped}");
}

/// Learns epoch by epoch, judged as the page and the command do.
fn run_judged(trainer: &mut Trainer) {
    while trainer.state() == State::Learning {
        trainer.run(trainer.steps_per_epoch());
        let mut evaluation = crate::Evaluation::new(trainer);
        while !evaluation.advance() {}
        trainer.judge(&evaluation);
        trainer.judge(&evaluation);
    }
}

#[test]
fn a_run_stops_when_its_condition_holds_and_learns_on_without_it() {
    let mut trainer = trainer("hidden=0&batch=50&epochs=50&stop=accuracy:0.5");
    run_judged(&mut trainer);
    let stopped = trainer.step();
    assert_eq!(trainer.state(), State::Stopped(StopReason::Accuracy));
    assert!((2..100).contains(&stopped), "{stopped}");
    assert_eq!(trainer.run(5), None);
    trainer.set_stop(Stop::default()).unwrap();
    run_judged(&mut trainer);
    assert_eq!((trainer.step(), trainer.state()), (100, State::Finished));
}

#[test]
fn patience_outlives_a_snapshot() {
    // A rate of next to nothing: the loss gets better for ever, until another rate spoils it.
    let link = "hidden=3&batch=50&epochs=40&lr=0.000001;5@6&stop=patience:4";
    let mut straight = trainer(link);
    run_judged(&mut straight);
    assert_eq!(straight.state(), State::Stopped(StopReason::Patience));
    let mut cut = trainer(link);
    while cut.step() + 2 * cut.steps_per_epoch() < straight.step() {
        cut.run(cut.steps_per_epoch());
        let mut evaluation = crate::Evaluation::new(&cut);
        while !evaluation.advance() {}
        cut.judge(&evaluation);
    }
    let saved = snapshot::save(&mut cut);
    let mut resumed = trainer(link);
    snapshot::restore(&mut resumed, &saved).unwrap();
    run_judged(&mut resumed);
    assert_eq!((resumed.step(), resumed.state()), (straight.step(), straight.state()));
}

/// Takes steps until the run ends, and gives the state and the bits of every weight, NaN as NaN.
fn end_of(link: &str, first_layer: FirstLayer, steps: u64) -> (State, u64, Vec<u32>) {
    let mut trainer = trainer(link);
    trainer.set_first_layer(first_layer);
    trainer.run(steps);
    let weights = trainer.network.params().flat_map(|param| &param.value);
    let bits = weights.map(|w| if w.is_nan() { f32::NAN.to_bits() } else { w.to_bits() }).collect();
    (trainer.state, trainer.step, bits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn skipping_zeros_changes_no_bit_of_a_run_also_of_one_that_diverges(
        hidden in prop::sample::select(vec!["0", "1", "7,5", "33", "52"]), opt in 0..3_usize,
        act in 0..5_usize, batch in 1..90_u32, rate in prop::sample::select(vec!["0.05", "20", "1000"]),
    ) {
        let link = format!(
            "hidden={hidden}&batch={batch}&lr={rate}&epochs=9&opt={}&act={}",
            ["sgd", "momentum", "adam"][opt], ["relu", "leaky", "sigmoid", "tanh", "linear"][act],
        );
        let dense = end_of(&link, FirstLayer::Dense, 30);
        prop_assert_eq!(&dense, &end_of(&link, FirstLayer::Sparse, 30));
        prop_assert_eq!(&dense, &end_of(&link, FirstLayer::Auto, 30));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn pausing_looking_and_restoring_change_no_bit(
        pause in 0..40_u64, opt in 0..7_usize, act in 0..7_usize, batch in 1..200_u32, loss in 0..5_usize,
        drop in 0..2_usize, more in 0..3_usize,
    ) {
        let link = format!(
            "hidden=6,5&batch={batch}&opt={}&act={}&loss={}{}{}",
            ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw"][opt],
            ["relu", "leaky", "sigmoid", "tanh", "linear", "softplus", "gelu"][act],
            ["softmax", "bce", "mse", "mae", "sigmoid-mae"][loss],
            ["", "&drop=0.3"][drop], ["", "&l2=0.01&warmup=9", "&decay=cosine:3&scale=standard"][more],
        );
        let mut straight = trainer(&link);
        straight.run(40);
        let mut paused = trainer(&link);
        paused.run(pause);
        let saved = snapshot::save(&mut paused);
        let mut look = crate::Evaluation::new(&paused);
        while !look.advance() {}
        let mut restored = trainer(&link);
        snapshot::restore(&mut restored, &saved).unwrap();
        for other in [&mut paused, &mut restored] {
            // One block at a time, in slices.
            while other.step() < straight.step() {
                other.advance();
            }
            prop_assert_eq!(other.fingerprint(), straight.fingerprint());
        }
    }
}

/// Trains on generated digits and reads what is held out.
fn evaluated(link: &str) -> (Trainer, Evaluation) {
    let data = Arc::new(Dataset::generated(1, 2000, 500));
    let mut trainer = Trainer::new(parse_link(link).experiment, data).unwrap();
    trainer.run(10 * trainer.steps_per_epoch());
    let mut evaluation = Evaluation::new(&trainer);
    while !evaluation.advance() {}
    (trainer, evaluation)
}

#[test]
fn two_of_ten_are_told_apart_by_two_outputs_or_by_one() {
    for (link, outputs) in [("classes=2,9&hidden=5", 2), ("classes=2,9&hidden=5&loss=bce", 1)] {
        let (trainer, evaluation) = evaluated(link);
        assert_eq!((trainer.train_len(), trainer.network().widths().last()), (400, Some(outputs)));
        assert_eq!(evaluation.matrix().counts().len(), 4);
        assert!(evaluation.matrix().accuracy().unwrap() > 0.95, "{link}");
        for &id in trainer.held_out().iter() {
            let p = evaluation.probabilities(id).unwrap();
            assert!((p[0] + p[1] - 1.0).abs() < 1e-6, "{link}: {p:?}");
        }
        let mistakes = evaluation.ranked(Among::Mistakes, Order::MostConfident, 99);
        let counts = evaluation.matrix().counts();
        assert_eq!(mistakes.total as u32, counts[1] + counts[2]);
        assert!(
            mistakes
                .samples
                .iter()
                .all(|sample| sample.actual != sample.predicted && sample.probability >= 0.5)
        );
    }
}

#[test]
fn classes_of_which_there_is_nothing_are_refused() {
    let data = Arc::new(Dataset::generated(1, 12, 3));
    let held_out: Vec<u8> = data.test().map(|id| data.label(id)).collect();
    let absent: Vec<String> =
        (0..10).filter(|class| !held_out.contains(class)).map(|c| c.to_string()).collect();
    let experiment = parse_link(&format!("classes={}", absent[..2].join(","))).experiment;
    assert_eq!(Trainer::new(experiment, data).err(), Some(ExperimentError::TooFewSamples));
}
