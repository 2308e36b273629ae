//! What is wrong with an experiment's JSON, in words that help: serde's are for programmers.

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::suggestion;

/// A sentence about what serde refuses at a place of a text.
pub fn sentence(text: &str, name: &str, place: &str, error: &serde_json::Error) -> String {
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(error) if error.is_eof() => format!("{name} ends before the experiment does."),
        // What goes on behind the experiment is another matter.
        Err(error) if !error.to_string().starts_with("trailing") => {
            format!("{name} is no JSON from line {}, column {} on.", error.line(), error.column())
        }
        _ if error.is_data() => format!("{name}: {}", malformed(place, &error.to_string())),
        _ => format!("{name}: {}there is something else than there should be.", inside(place)),
    }
}

fn inside(place: &str) -> String {
    if matches!(place, "" | "?") { String::new() } else { format!("in `{place}`, ") }
}

/// Refuses keys beside a `kind` that has none of its own: serde passes them over.
pub fn unread(given: &Value, read: &Value, place: &str) -> Result<(), String> {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            if let (1, Some(kind)) = (read.len(), read.get("kind").and_then(Value::as_str))
                && let Some(key) = given.keys().find(|key| *key != "kind")
            {
                return Err(format!("in `{place}`, there is no key `{key}`; `{kind}` has none but `kind`."));
            }
            let inside = |key: &str| if place.is_empty() { key.into() } else { format!("{place}.{key}") };
            let mut both = given.iter().filter_map(|(key, given)| Some((inside(key), given, read.get(key)?)));
            both.try_for_each(|(place, given, read)| unread(given, read, &place))
        }
        (Value::Array(given), Value::Array(read)) => {
            let mut both = given.iter().zip(read).enumerate();
            both.try_for_each(|(at, (given, read))| unread(given, read, &format!("{place}[{at}]")))
        }
        _ => Ok(()),
    }
}

/// What serde says, in words that help: it puts the names into backticks, the wrong one first.
fn malformed(place: &str, message: &str) -> String {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    // The path of an unknown key ends in the key.
    let around = names.first().and_then(|wrong| place.strip_suffix(wrong)).unwrap_or(place);
    let around = around.trim_end_matches('.');
    let inside = inside(around);
    match names.split_first() {
        Some((wrong, known)) if message.starts_with("unknown field") => {
            format!("{inside}there is no key `{wrong}`; {}", suggestion::instead(wrong, known))
        }
        Some((wrong, known)) if message.starts_with("unknown variant") => {
            format!("{inside}there is no `{wrong}`; {}", suggestion::instead(wrong, known))
        }
        Some((lacking, _)) if message.starts_with("missing field") => {
            format!("{inside}the key `{lacking}` is missing.")
        }
        _ => format!("{inside}{}.", misplaced(message).unwrap_or(message.to_string())),
    }
}

/// "invalid type: floating point `0.1`, expected a sequence at line 1 column 9" in words.
fn misplaced(message: &str) -> Option<String> {
    if message.starts_with("invalid length ") {
        return Some("a list stands where an object should".into());
    }
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let expected = expected.split(" at line ").next()?;
    let found = match (found, found.strip_prefix("string ")) {
        (_, Some(text)) => text,
        ("sequence", _) => "a list",
        ("map", _) => "an object",
        // Numbers stand between backticks.
        (other, _) => other.split('`').nth(1).unwrap_or(other),
    };
    let expected = match expected {
        "u8" => "a whole number should, from 0 to 255",
        "u16" => "a whole number should, from 0 to 65535",
        "u32" => "a whole number should, from 0 to 4294967295",
        "u64" | "usize" => "a whole number should, from 0 on",
        "f32" | "f64" => "a number should",
        "a sequence" => "a list should",
        "a string" | "variant identifier" | "unit" => "a word should",
        "string or map" => "a word or an object should",
        "map with a single key" => "an object with one key should",
        "a map" => "an object should",
        of if of.starts_with("struct ") || of.starts_with("internally tagged enum ") => "an object should",
        other => return Some(format!("{found} stands where {other} should")),
    };
    Some(format!("{found} stands where {expected}"))
}
