//! The name of a test, read when the call is made: a string, or what a test object of a common runner keeps it in.

use napi::ValueType;

use crate::buffers::arena::{TextArena, TextRef};
use crate::node::value::Value;

/// An empty name, which no scope but an empty pattern's matches, if there is none to be read.
pub(crate) fn read(test: Value<'_>, texts: &mut TextArena) -> TextRef {
    texts.copy(test).unwrap_or_else(|| TextRef::of_units(of_object(test)))
}

fn of_object(test: Value<'_>) -> Vec<u16> {
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
