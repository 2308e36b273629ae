//! The parts that JavaScript objects are read in: fields, words, numbers. Errors say what is wrong where.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What can be read from a JavaScript value; the error is a message for developers.
pub trait Read: Sized {
    /// Reads it.
    fn read(value: &JsValue) -> Result<Self, String>;
}

/// An object, and the names of its fields that have been asked for.
pub struct Fields<'a> {
    object: &'a JsValue,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub fn of(object: &'a JsValue) -> Result<Self, String> {
        if object.is_object() { Ok(Self { object, asked: Vec::new() }) } else { Err("no object".into()) }
    }

    /// A field; one that is not there is undefined.
    pub fn field<T: Read>(&mut self, name: &'static str) -> Result<T, String> {
        T::read(&self.value(name)).map_err(|error| within(name, &error))
    }

    /// A field that may be left out.
    pub fn field_or_default<T: Read + Default>(&mut self, name: &'static str) -> Result<T, String> {
        let value = self.value(name);
        if value.is_undefined() {
            return Ok(T::default());
        }
        T::read(&value).map_err(|error| within(name, &error))
    }

    /// The word that says which of several shapes the object has.
    pub fn kind(&mut self) -> Result<String, String> {
        self.value("kind").as_string().ok_or_else(|| within("kind", "no word"))
    }

    /// Gives what was read, where the object has no other fields.
    pub fn no_more<T>(self, value: T) -> Result<T, String> {
        match self.unknown() {
            Some(name) => Err(within(&name, "unknown field")),
            None => Ok(value),
        }
    }

    fn value(&mut self, name: &'static str) -> JsValue {
        self.asked.push(name);
        Reflect::get(self.object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    }

    fn unknown(&self) -> Option<String> {
        let names = Object::keys(self.object.unchecked_ref::<Object>());
        names.iter().filter_map(|name| name.as_string()).find(|name| !self.asked.contains(&name.as_str()))
    }
}

fn within(name: &str, error: &str) -> String {
    [name, ": ", error].concat()
}

/// There is no such word.
pub fn refuse<T>(word: &str) -> Result<T, String> {
    Err(["unknown word ", word].concat())
}

/// A word of a table.
pub fn word<T: Copy>(value: &JsValue, table: &[(&str, T)]) -> Result<T, String> {
    let word = value.as_string().ok_or("no word")?;
    table.iter().find(|(name, _)| *name == word).map_or_else(|| refuse(&word), |(_, value)| Ok(*value))
}

pub fn number(value: &JsValue) -> Result<f64, String> {
    value.as_f64().ok_or_else(|| if value.is_undefined() { "missing" } else { "no number" }.into())
}

/// A whole number from 0 to `most`.
pub fn whole(value: &JsValue, most: u32) -> Result<u32, String> {
    let number = number(value)?;
    let whole = number as u32;
    if f64::from(whole) == number && whole <= most {
        Ok(whole)
    } else {
        Err("no whole number in range".into())
    }
}

pub fn list(value: &JsValue) -> Result<&Array, String> {
    value.dyn_ref().ok_or_else(|| "no list".into())
}
