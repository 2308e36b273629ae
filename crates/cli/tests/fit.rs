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
    let degrees: Vec<u64> = end["simpler"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| model["model"]["degree"].as_u64().unwrap())
        .collect();
    assert_eq!(degrees, (0..=8).collect::<Vec<_>>());
    assert_eq!(end["simpler"][8]["parameters"], 9);
    assert_eq!(end["confusion"], Value::Null);
}

#[test]
fn people_get_a_table_of_simpler_models_on_the_same_samples() {
    let (code, out, said) = run(&["train", "--link", LINK]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(
        out.starts_with("1-3-3-1 on points of a function: 160 to learn from, 40 held out; adam (beta1 0.9, "),
        "{out}"
    );
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
    assert!(said.contains('f'), "{said}");
}

/// A table of one's own: y is 2 a, and 5 more where b is `on`.
fn own_table(name: &str) -> std::path::PathBuf {
    let path = folder(name).join("own.csv");
    let row =
        |i: u32| format!("{},{},{}\n", i % 9, ["on", "off"][i as usize % 2], 2 * (i % 9) + 5 * ((i + 1) % 2));
    std::fs::write(&path, "a,b,y\n".to_string() + &(0..40).map(row).collect::<String>()).unwrap();
    path
}

#[test]
fn a_table_of_one_s_own_is_learned_by_its_path() {
    let path = own_table("own");
    let link = format!(
        "data=table&table={}&target=y&inputs=a,b:2&hidden=0&opt=adam&lr=0.05&batch=8&epochs=300&scale=standard",
        word(&path)
    );
    let end = closing(&["train", "--link", &link]);
    assert!(number(&end["fits"]["heldOut"]["rmse"]) < 0.1, "{}", end["fits"]);
    assert_eq!(end["simpler"][1]["parameters"], 4);
    let classes = link.replace("target=y&inputs=a,b:2", "target=b:2&inputs=a,y");
    let (code, out, said) = run(&["train", "--link", &classes]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(out.contains("32 to learn from, 8 held out") && out.contains("logistic regression"), "{out}");
}

#[test]
fn what_a_table_lacks_is_said() {
    let path = own_table("lacks");
    let link = format!("data=table&table={}&target=z&inputs=a", word(&path));
    let (code, _, said) = run(&["train", "--link", &link]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no column \"z\""), "{said}");
    let (code, _, said) = run(&["train", "--link", "data=table&table=none.csv&target=y&inputs=a"]);
    assert!(code == 3 && said.contains("none.csv"), "{said}");
    std::fs::write(&path, "a,b,y\n1,2,3\n4,5\n").unwrap();
    let (code, _, said) = run(&["train", "--link", &link]);
    assert!(code == 3 && said.contains("line 3: 2 fields"), "{said}");
}

#[test]
fn a_table_that_is_a_part_of_the_link_needs_no_file() {
    let link = "data=table&table=points&target=y&inputs=x&csv=x,y~0,1~1,3~2,5~3,7~4,9&hidden=0&opt=adam&lr=0.1&batch=4\
                &epochs=400&scale=standard";
    let end = closing(&["train", "--link", link]);
    assert!(number(&end["fits"]["all"]["rmse"]) < 0.01, "{end}");
    let broken = link.replace("~4,9", "~4,9,9");
    let (code, _, said) = run(&["train", "--link", &broken]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("table"), "{said}");
}

#[test]
fn a_table_of_the_same_name_with_other_rows_is_refused() {
    let path = folder("fingerprint").join("mine.csv");
    std::fs::write(&path, "x,y\n1,2\n2,4\n3,7\n4,8\n5,9\n").unwrap();
    let link = format!("data=table&table={}&target=y&inputs=x&epochs=1", word(&path).replace(' ', "%20"));
    assert_eq!(run(&["train", "--link", &link]).0, 0);
    let (code, _, said) = run(&["train", "--link", &(link + "&fingerprint=0000-1111-2222")]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("another table") && said.contains("not 0000-1111-2222"), "{said}");
}

#[test]
fn data_says_which_tables_are_there_and_what_is_wrong_with_one() {
    let data = folder("tables");
    std::fs::create_dir_all(data.join("howell")).unwrap();
    std::fs::write(data.join("howell/Howell1.csv"), "height;weight\n1,5;2\n2,5;3\n").unwrap();
    let found = &objects(&["data", "--data", word(&data)])[0];
    assert_eq!((&found["howell"]["usable"], &found["howell"]["rows"]), (&true.into(), &2.into()));
    assert_eq!(found["howell"]["columns"], serde_json::json!(["height", "weight"]));
    assert_eq!((&found["penguins"]["usable"], &found["penguins"]["path"]), (&false.into(), &Value::Null));
    std::fs::write(data.join("penguins.csv"), "a,b\n1,2\n3\n").unwrap();
    let (code, out, said) = run(&["data", "--data", word(&data)]);
    assert_ne!(code, 0);
    assert!(out.contains("howell     2 rows of 2 columns"), "{out}");
    assert!((out + &said).contains("line 3: 1 field, the first line has 2"));
}
