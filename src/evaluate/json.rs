//! Reads what corpora and files of answers have in common: values that are texts, or lists of them.

use serde_json::{Map, Value};

/// The object that some JSON is.
pub(super) fn object(json: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("JSON, but no object".to_owned()),
        Err(error) => Err(not_json(&error)),
    }
}

/// A text; of several, all of them. Numbers are taken for texts.
pub(super) fn told(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(several) => {
            let several: Vec<_> = several.iter().filter_map(|one| told(Some(one))).collect();
            Some(several.join(", "))
        }
        _ => None,
    }
}

/// A list of texts; none where there is nothing.
pub(super) fn texts(value: Option<&Value>, key: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("\"{key}\" must be a list of texts");
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => {
            list.iter().map(|text| text.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// What is wrong with JSON, and where.
fn not_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    // The parser counts lines within the piece that it is given.
    let what = message.split(" at line ").next().unwrap_or_default();
    let line = if error.line() > 1 { format!("line {}, ", error.line()) } else { String::new() };
    format!("not JSON at {line}column {}: {what}", error.column())
}
