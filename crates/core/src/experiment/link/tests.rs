use super::write::list;
use super::*;
use crate::dataset::function::FunctionSpec;
use crate::dataset::rows::{ColumnSpec, RowsSpec};
use crate::dataset::{DataSpec, Task};
use crate::layer::LayerSpec;
use crate::optimizer::OptimizerSpec;
use proptest::prelude::*;

fn notices(text: &str) -> Vec<String> {
    let said = |notice: Notice| format!("{:?} {}={} {}", notice.kind, notice.key, notice.found, notice.used);
    parse_link(text).notices.into_iter().map(said).collect()
}

#[test]
fn defaults_are_left_out_and_the_data_set_is_always_named() {
    assert_eq!(format_link(&parse_link("").experiment), "v=1&data=generated");
    assert!(!parse_link("").names_data);
    assert!(parse_link("data=generated").names_data);
    let text = "v=1&data=mnist&hidden=30,10&act=tanh,relu&init=zero&opt=adam&beta2=0.99&lr=0.1;0.05@3000&batch=32&epochs=5&seed=7&val=0.1";
    assert_eq!(format_link(&parse_link(text).experiment), text);
    assert_eq!(notices(text), [] as [&str; 0]);
    let text = "v=1&data=mnist&hidden=20&act=gelu&init=normal:0.05,zero&drop=0.2&loss=bce&opt=adamw&weightDecay=0.1\
                &warmup=100&decay=step:5:0.5&l2=0.001&stop=accuracy:0.95,patience:5&scale=standard";
    assert_eq!(format_link(&parse_link(text).experiment), text);
    assert_eq!(notices(text), [] as [&str; 0]);
}

#[test]
fn a_link_names_any_image_set_and_some_of_its_classes() {
    let outputs = |text: &str| match parse_link(text).experiment.layers.last() {
        Some(LayerSpec::Dense { units, .. }) => *units,
        _ => 0,
    };
    for (text, units) in [
        ("v=1&data=fashion", 10),
        ("v=1&data=cifar10&classes=3,5,9&hidden=0", 3),
        ("v=1&data=mnist&classes=2,9", 2),
        ("v=1&data=mnist&classes=2,9&loss=bce", 1),
        ("v=1&data=generated&classes=2,4,9&loss=bce", 3),
    ] {
        assert_eq!((format_link(&parse_link(text).experiment), outputs(text)), (text.into(), units));
        assert_eq!(notices(text), [] as [&str; 0]);
    }
    assert_eq!(parse_link("classes=9,2,2").experiment, parse_link("classes=2,9").experiment);
    assert_eq!(format_link(&parse_link("classes=9,8,7,6,5,4,3,2,1,0").experiment), "v=1&data=generated");
    for refused in ["3", "3,3", "", "2,10", "2,200", "2,300", "2;9", "two"] {
        assert_eq!(notices(&format!("classes={refused}")), [format!("Refused classes={refused} ")]);
        assert_eq!(outputs(&format!("classes={refused}")), 10);
    }
}

#[test]
fn what_a_link_says_is_what_is_built() {
    let experiment = parse_link("data=mnist&hidden=0&lr=0.5;0.1@10").experiment;
    assert_eq!(experiment.data, DataSpec::Mnist);
    assert_eq!(experiment.layers, [LayerSpec::Dense { units: 10, init: Init::Zero }]);
    assert_eq!([0, 9, 10, 99].map(|step| experiment.rate_set_at(step)), [0.5, 0.5, 0.1, 0.1]);
}

#[test]
fn punctuation_may_come_as_percent_marks() {
    assert_eq!(
        parse_link("hidden=30%2C10&lr=0.1%3B0.05%403000"),
        parse_link("hidden=30,10&lr=0.1;0.05@3000")
    );
    assert_eq!(notices("act=re%lu%2"), ["Refused act=re%lu%2 "]);
}

#[test]
fn a_number_outside_its_limits_is_moved_and_said() {
    assert_eq!(notices("batch=5000000"), ["Clamped batch=5000000 1000000"]);
    assert_eq!(notices("hidden=2000,0"), ["Clamped hidden=2000 1024", "Clamped hidden=0 1"]);
    assert_eq!(parse_link("hidden=2000,0").experiment.hidden(), [1024, 1]);
    assert_eq!(parse_link("hidden=1,2,3,4,5,6,7").experiment.hidden(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(notices("lr=1e9"), ["Clamped lr=1e9 1000"]);
}

#[test]
fn what_is_not_understood_is_refused_and_said() {
    assert_eq!(notices("lr=fast"), ["Refused lr=fast 0.1"]);
    assert_eq!(notices("lr=NaN"), ["Refused lr=NaN 0.1"]);
    assert_eq!(notices("lr=0.1;0.2@50;0.3@50"), ["Refused lr=0.1;0.2@50;0.3@50 0.1"]);
    assert_eq!(notices("data=imagenet"), ["Refused data=imagenet generated"]);
    assert_eq!(notices("act=relu,tanh"), ["Refused act=relu,tanh "]);
    assert_eq!(notices("decay=cosine"), ["Refused decay=cosine "]);
    assert_eq!(notices("stop=patience:3,luck:7"), ["Refused stop=luck:7 "]);
    assert_eq!(notices("init=normal:x"), ["Refused init=normal:x "]);
    assert_eq!(notices("hiden=3"), ["Unknown hiden=3 "]);
    assert_eq!(notices("v=9"), ["Newer v=9 1"]);
}

#[test]
fn a_link_names_a_function_and_what_was_typed_comes_back() {
    let text = "v=1&data=function&f=x^2-1/(x%2B1)&from=-2&to=5&points=50&noise=0.5&draw=3&hidden=3";
    let experiment = parse_link(text).experiment;
    let DataSpec::Function(function) = &experiment.data else { panic!("a function") };
    assert_eq!((function.formula.as_str(), function.from, function.to), ("x^2-1/(x+1)", -2.0, 5.0));
    assert_eq!(format_link(&experiment), text.replace("%2B", "+"));
    assert_eq!((experiment.loss, notices(text)), (LossSpec::MeanSquaredError, vec![]));
    let typed = FunctionSpec { formula: "2 × x − π & 1%".into(), ..FunctionSpec::usual() };
    let unread = format_link(&Experiment { data: DataSpec::Function(typed), ..experiment });
    assert!(unread.contains("f=2%20%C3%97%20x"), "{unread}");
}

#[test]
fn a_function_that_can_t_be_learned_is_refused_and_said() {
    assert_eq!(notices("data=function&f=2x"), ["Refused f=2x sin(x)"]);
    assert_eq!(notices("data=function&f=sqrt(-1-x^2)"), ["Refused f=sqrt(-1-x^2) sin(x)"]);
    assert_eq!(notices("data=function&from=3&to=1"), ["Refused from=3:1 -3.2"]);
    assert_eq!(notices("data=function&loss=softmax"), ["Refused loss=softmax mse"]);
    assert_eq!(notices("data=function&loss=mae&classes=1,2"), ["Refused classes=1,2 "]);
}

#[test]
fn a_link_names_a_table_and_what_is_told_from_what() {
    let text = "v=1&data=table&table=howell&target=male:2&inputs=height,weight&rows=age%3E%3D18&missing=median&hidden=3";
    let experiment = parse_link(text).experiment;
    let DataSpec::Table(rows) = &experiment.data else { panic!("a table") };
    assert_eq!((rows.rows.as_str(), rows.inputs(), rows.task()), ("age>=18", 2, Task::Classes(2)));
    assert_eq!((format_link(&experiment), notices(text)), (text.into(), vec![]));
    assert_eq!(parse_link(&text.replace("age%3E%3D18", "age>=18")).experiment, experiment);
    assert_eq!(notices("data=table&table=t&target=a&inputs=a"), ["Refused table=t howell"]);
    assert_eq!(
        notices("data=table&table=t&target=a&inputs=b:x"),
        ["Refused inputs=b:x ", "Refused table=t howell"]
    );
    assert_eq!(notices("data=table&table=t&target=a&inputs=b&rows=old"), ["Refused table=t howell"]);
}

#[test]
fn a_small_table_is_a_part_of_its_link_and_a_large_one_has_its_fingerprint() {
    let text =
        "v=1&data=table&table=points&target=y&inputs=x&csv=x,y~-1,2.5~0,%22a%2C%7E%22~1,0.5~2,3&hidden=3";
    let read = |text: &str| {
        let DataSpec::Table(rows) = parse_link(text).experiment.data else { panic!("a table") };
        rows
    };
    let Link { experiment, notices: said, .. } = parse_link(text);
    assert_eq!(said[0].why, Some(RowsError::RowsNotNumbers { column: "y".into() }));
    // Who opens it has no file, and needs none.
    assert_eq!(
        (said[0].used.as_str(), experiment.data),
        ("sin(x)", DataSpec::Function(FunctionSpec::usual()))
    );
    let text = text.replace("%22a%2C%7E%22", "7");
    assert_eq!(read(&text).csv, "x,y\n-1,2.5\n0,7\n1,0.5\n2,3");
    assert_eq!((format_link(&parse_link(&text).experiment), notices(&text)), (text.clone(), vec![]));
    // As others write it.
    assert_eq!(read(&text.replace(',', "%2C").replace("inputs%2C", "inputs,")), read(&text));
    let broken = text.replace("~2,3", "~2");
    assert_eq!(notices(&broken), ["Refused table=points sin(x)"]);
    assert!(matches!(parse_link(&broken).notices[0].why, Some(RowsError::RowsCsv { .. })));
    let large = "v=1&data=table&table=mine.csv&target=y&inputs=x&fingerprint=0a1b-2c3d-4e5f&hidden=3";
    assert_eq!(read(large).fingerprint, "0a1b-2c3d-4e5f");
    assert_eq!(format_link(&parse_link(large).experiment), large);
}

proptest! {
    #[test]
    fn whatever_columns_are_called_their_table_comes_back(
        table in ".{1,9}", target in ".{1,9}", inputs in proptest::collection::vec((".{1,9}", 0..9_u8), 1..5),
        classes in 0..4_u8,
    ) {
        let column = |(column, categories): (String, u8)| ColumnSpec { column, categories };
        let inputs = inputs.into_iter().map(column).collect();
        let rows = RowsSpec { table, target: column((target, classes)), inputs, ..RowsSpec::usual() };
        let usual = parse_link("data=table").experiment;
        if rows.check().is_ok() {
            let layers = parse_link("data=generated&loss=mse&hidden=3").experiment.layers;
            let outputs = LossSpec::usual(rows.task()).outputs(rows.task());
            let mut experiment =
                Experiment { loss: LossSpec::usual(rows.task()), layers, data: DataSpec::Table(rows), ..usual };
            if let Some(LayerSpec::Dense { units, .. }) = experiment.layers.last_mut() {
                *units = outputs;
            }
            let again = parse_link(&format_link(&experiment));
            prop_assert_eq!(again.notices, vec![]);
            prop_assert_eq!(again.experiment, experiment);
        }
    }

    #[test]
    fn whatever_is_typed_as_a_formula_gives_a_run(formula: String, from: f32, to: f32) {
        let typed = FunctionSpec { formula, from, to, ..FunctionSpec::usual() };
        let data = DataSpec::Function(typed);
        let experiment = Experiment { data, ..parse_link("data=function").experiment };
        let again = parse_link(&format_link(&experiment)).experiment;
        prop_assert_eq!(again.check(Task::Value), Ok(()));
        if experiment.check(Task::Value).is_ok() {
            prop_assert_eq!(again, experiment);
        }
    }

    #[test]
    fn any_text_gives_an_experiment_that_can_be_built(text in "([a-z0-9]{0,8}=?[-a-z0-9.,;@%]{0,12}&?){0,6}") {
        let experiment = parse_link(&text).experiment;
        prop_assert_eq!(experiment.check(experiment.data.task()), Ok(()));
    }

    #[test]
    fn any_values_of_known_keys_come_back_unchanged(
        hidden in proptest::collection::vec(1..600_usize, 0..8), act in 0..ACTIVATIONS.len(),
        init in 0..=INITS.len(), loss in 0..LOSSES.len(), opt in 0..OptimizerSpec::ALL.len(), batch in 1..99_u32,
        epochs in 1..99_u32, seed: u32, at: u32, rate: f32, epsilon in 0.0..1.0_f32, decay in 0..3_usize,
        drop in 0.0..1.0_f32, stop in 0..3_usize, split in 0.0..1.0_f32,
        classes in proptest::collection::vec(0..10_u8, 2..12),
    ) {
        let init = INITS.get(init).map_or("normal:0.03", |(name, _)| name);
        let decay = ["", "&warmup=50&decay=step:3:0.5", "&decay=cosine:7"][decay];
        let stop = ["", "&stop=accuracy:0.9,patience:3", "&stop=loss:0.25"][stop];
        let text = format!(
            "data=cifar10&classes={}&hidden={}&act={}&init={init}&drop={drop}&loss={}&opt={}&epsilon={epsilon}&batch={batch}\
             &epochs={epochs}&seed={seed}&lr=1;{rate}@{at}&l2={rate}&val={split}{decay}{stop}",
            list(&classes.iter().map(|&class| usize::from(class)).collect::<Vec<_>>()), list(&hidden), ACTIVATIONS[act].0, LOSSES[loss].0, OptimizerSpec::ALL[opt].0,
        );
        let once = parse_link(&text).experiment;
        prop_assert_eq!(once.check(Task::Classes(10)), Ok(()));
        let again = parse_link(&format_link(&once));
        prop_assert_eq!(again.notices, vec![]);
        prop_assert_eq!(again.experiment, once);
    }
}
