//! The experiment that a command is about: from JSON, from a link, or the page's first.

use std::path::Path;

use brainbow::Experiment;
use brainbow::dataset::DataSpec;
use brainbow::experiment::ExperimentError;

use crate::arguments::Which;
use crate::failure::Failure;
use crate::{link, malformed, numbers, sets};

/// Reads what was named. A link without a data set learns, as on the page, on MNIST where `folder` has it.
pub fn read(which: &Which, folder: Option<&Path>) -> Result<Experiment, Failure> {
    if let Some(path) = &which.experiment {
        let is_stdin = path == Path::new("-");
        let name = if is_stdin { "standard input".into() } else { path.display().to_string() };
        let text =
            if is_stdin { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
        let text = text.map_err(|error| Failure::Usage(format!("{name} can't be read: {error}.")))?;
        return from_json(&text, &name).map_err(Failure::Usage);
    }
    let link = link::read(which.link.as_deref().unwrap_or_default())?;
    let mut experiment = link.experiment;
    if !link.names_data && folder.is_some_and(|folder| sets::MNIST.is_in(folder)) {
        experiment.data = DataSpec::Mnist;
    }
    Ok(experiment)
}

/// An experiment as JSON, with a sentence about what is wrong with it.
pub fn from_json(text: &str, name: &str) -> Result<Experiment, String> {
    // What some editors put in front of a text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut json = serde_json::Deserializer::from_str(text);
    let experiment: Experiment = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| malformed::sentence(text, name, &error.path().to_string(), &error.into_inner()))?;
    json.end().map_err(|error| format!("{name} goes on behind the experiment: {error}."))?;
    let [given, read] = [serde_json::from_str(text), serde_json::to_value(&experiment)];
    if let (Ok(given), Ok(read)) = (given, read) {
        malformed::unread(&given, &read, "").map_err(|sentence| format!("{name}: {sentence}"))?;
    }
    experiment.check(experiment.data.task()).map_err(|error| format!("{name}: {}", sentence(&error)))?;
    Ok(experiment)
}

/// Refuses what was changed into something that can't be built.
pub fn check(experiment: &Experiment) -> Result<(), Failure> {
    experiment.check(experiment.data.task()).map_err(|error| Failure::Usage(sentence(&error)))
}

/// What the engine refuses, with numbers as they were written.
pub fn sentence(error: &ExperimentError) -> String {
    match error {
        ExperimentError::OutOfRange { setting, found, least, most } => {
            let [found, least, most] = [found, least, most].map(|&value| numbers::setting(value));
            format!("`{setting}` is {found}; it may be {least} to {most}.")
        }
        other => format!("{other}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(change: impl Fn(&mut serde_json::Value)) -> String {
        let link = brainbow::experiment::parse_link("data=mnist&hidden=30&opt=adam");
        let mut value = serde_json::to_value(link.experiment).unwrap();
        change(&mut value);
        value.to_string()
    }

    fn refused(change: impl Fn(&mut serde_json::Value)) -> String {
        from_json(&json(change), "e.json").unwrap_err()
    }

    #[test]
    fn what_the_engine_writes_is_read() {
        let read = from_json(&json(|_| {}), "e.json").unwrap();
        assert_eq!(read, brainbow::experiment::parse_link("data=mnist&hidden=30&opt=adam").experiment);
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_wherever_it_stands() {
        let top = refused(|value| value["batch_size"] = 32.into());
        assert_eq!(top, "e.json: there is no key `batch_size`; did you mean `batchSize`?");
        let layer = refused(|value| value["layers"][0]["unit"] = 3.into());
        assert!(layer.contains("`layers[0]`") && layer.ends_with("did you mean `units`?"), "{layer}");
        let rate = refused(|value| value["learningRate"][0]["rte"] = 1.into());
        assert_eq!(rate, "e.json: in `learningRate[0]`, there is no key `rte`; did you mean `rate`?");
        let optimizer = refused(|value| value["optimizer"]["kind"] = "adm".into());
        assert!(optimizer.contains("there is no `adm`; did you mean `adam`?"), "{optimizer}");
    }

    #[test]
    fn what_has_no_keys_of_its_own_takes_none() {
        let optimizer =
            refused(|value| value["optimizer"] = serde_json::json!({ "kind": "sgd", "momentum": 0.9 }));
        assert_eq!(
            optimizer,
            "e.json: in `optimizer`, there is no key `momentum`; `sgd` has none but `kind`."
        );
        let data = refused(|value| value["data"]["foo"] = 1.into());
        assert_eq!(data, "e.json: in `data`, there is no key `foo`; `mnist` has none but `kind`.");
        let layer = refused(|value| {
            value["layers"][0]["init"] = serde_json::json!({ "normal": { "sigma": 1, "foo": 3 } });
        });
        assert!(layer.contains("there is no key `foo`"), "{layer}");
    }

    #[test]
    fn what_is_of_another_kind_is_said_in_words() {
        let rate = refused(|value| value["learningRate"] = 0.1.into());
        assert_eq!(rate, "e.json: in `learningRate`, 0.1 stands where a list should.");
        let epochs = refused(|value| value["epochs"] = 1.5.into());
        assert_eq!(
            epochs,
            "e.json: in `epochs`, 1.5 stands where a whole number should, from 0 to 4294967295."
        );
        let seed = refused(|value| value["seed"] = "x".into());
        assert_eq!(
            seed,
            "e.json: in `seed`, \"x\" stands where a whole number should, from 0 to 4294967295."
        );
        let data = refused(|value| value["data"] = 1.into());
        assert_eq!(data, "e.json: in `data`, 1 stands where an object should.");
        assert_eq!(from_json("[]", "e.json").unwrap_err(), "e.json: a list stands where an object should.");
        assert_eq!(from_json(" ", "e.json").unwrap_err(), "e.json ends before the experiment does.");
        let word = from_json("epochs: 3", "e.json").unwrap_err();
        assert_eq!(word, "e.json is no JSON from line 1, column 1 on.");
        let loss = refused(|value| value["loss"] = 3.into());
        assert_eq!(loss, "e.json: in `loss`, there is something else than there should be.");
        let epochs = refused(|value| value["epochs"] = 5_000_000_000_u64.into());
        assert_eq!(
            epochs,
            "e.json: in `epochs`, 5000000000 stands where a whole number should, from 0 to 4294967295."
        );
        let name = refused(|value| value["epochs"] = "a`b`c".into());
        assert_eq!(
            name,
            "e.json: in `epochs`, \"a`b`c\" stands where a whole number should, from 0 to 4294967295."
        );
        let init = refused(|value| value["layers"][0]["init"] = 3.into());
        assert!(init.ends_with("3 stands where a word or an object should."), "{init}");
        assert!(from_json(&format!("\u{feff}{}", json(|_| {})), "e.json").is_ok());
    }

    #[test]
    fn what_is_missing_or_out_of_range_is_named() {
        let missing = refused(|value| drop(value.as_object_mut().unwrap().remove("epochs")));
        assert_eq!(missing, "e.json: the key `epochs` is missing.");
        let rate = refused(|value| value["learningRate"][0]["rate"] = 2000.5.into());
        assert_eq!(rate, "e.json: `learningRate` is 2000.5; it may be 0.000001 to 1000.");
        let units = refused(|value| value["layers"][2]["units"] = 7.into());
        assert_eq!(units, "e.json: the last layer has 7 units, its classes and loss need 10.");
        let twice = refused(|value| {
            let activation = value["layers"][1].clone();
            value["layers"].as_array_mut().unwrap().insert(1, activation);
        });
        assert!(twice.contains("an activation and a dropout at most, in this order"), "{twice}");
        assert_eq!(from_json("{", "e.json").unwrap_err(), "e.json ends before the experiment does.");
        assert!(from_json(&(json(|_| {}) + "}"), "e.json").unwrap_err().contains("goes on behind"));
    }
}
