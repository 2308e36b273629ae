//! Numbers instead of classes: what the command says of them, beside simpler models.

#![allow(clippy::unwrap_used)] // A failed test may panic anywhere, also outside of #[test].

mod common;

use common::{closing, folder, objects, run, word};
use serde_json::Value;

const LINK: &str = "data=function&hidden=3,3&act=tanh&opt=adam&lr=0.01&batch=32&epochs=200&val=0.2";

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

#[test]
fn epochs_have_keras_s_names_and_errors_in_the_units_of_what_is_told() {
    let lines = objects(&["train", "--link", LINK]);
    let [.., last, end] = lines.as_slice() else { panic!("epochs and an end") };
    assert!(last.get("accuracy").is_none() && end["history"].get("accuracy").is_none());
    let rmse = number(&last["val_root_mean_squared_error"]);
    assert!((rmse * rmse / number(&last["val_loss"]) - 1.0).abs() < 1e-4);
    assert_eq!(end["history"]["val_root_mean_squared_error"][199], last["val_root_mean_squared_error"]);
    assert!((number(&end["fits"]["heldOut"]["rmse"]) - rmse).abs() < 1e-6);
    let degrees: Vec<u64> =
        end["simpler"].as_array().unwrap().iter().map(|model| model["degree"].as_u64().unwrap()).collect();
    assert_eq!(degrees, (0..=8).collect::<Vec<_>>());
    assert_eq!(end["simpler"][8]["parameters"], 9);
    assert_eq!(end["confusion"], Value::Null);
}

#[test]
fn people_get_a_table_of_simpler_models_on_the_same_samples() {
    let (code, out, said) = run(&["train", "--link", LINK]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(out.starts_with("1-3-3-1 on points of a function: 160 to learn from, 40 held out\n"), "{out}");
    assert!(out.contains("val_RMSE") && out.contains("this network") && out.contains("polynomial, degree 8"));
}

#[test]
fn evaluate_reads_what_the_last_epoch_read() {
    let path = folder("fit").join("net.safetensors");
    let end = closing(&["train", "--link", LINK, "--save", word(&path)]);
    let answer = &objects(&["evaluate", word(&path)])[0];
    assert_eq!((&answer["fits"], &answer["loss"]), (&end["fits"], &end["history"]["val_loss"][199]));
    assert!(answer.get("confusion").is_none() && answer.get("accuracy").is_none());
    assert_eq!(answer["samples"], 40);
    let (_, table, _) = run(&["evaluate", word(&path)]);
    assert!(table.contains("RMSE") && table.contains("linear"), "{table}");
}

#[test]
fn a_formula_that_can_t_be_read_is_refused() {
    let (code, _, said) = run(&["train", "--link", "data=function&f=2x"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("f"), "{said}");
}
