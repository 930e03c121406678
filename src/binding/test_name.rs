//! The name of a test, read when the call is made: a string, or what a test object of a common runner keeps it in.

use napi::ValueType;

use super::js::Value;

/// An empty name, which no scope but an empty pattern's matches, if there is none to be read.
pub(super) fn read(test: Value<'_>) -> Vec<u16> {
    if let Some(name) = test.utf16() {
        return name;
    }
    if !test.is_object() {
        return Vec::new();
    }
    [c"fullName", c"fullTitle", c"title", c"name"]
        .into_iter()
        .filter_map(|property| {
            let value = test.get(property).ok()?;
            if property == c"fullTitle" && value.kind() == ValueType::Function {
                // Mocha's is a method
                return value.call(test, &[]).ok()?.utf16();
            }
            value.utf16()
        })
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}
