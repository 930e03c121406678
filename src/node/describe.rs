//! The kinds of JavaScript values, in words for messages.

use napi::{Env, ValueType};

use crate::node::array;
use crate::node::value::Value;

/// The kind of `value` with its article: "a number", "an array".
pub(crate) fn describe(env: &Env, value: Value<'_>) -> &'static str {
    match value.kind() {
        ValueType::Undefined => "undefined",
        ValueType::Null => "null",
        ValueType::Boolean => "a boolean",
        ValueType::Number => "a number",
        ValueType::BigInt => "a bigint",
        ValueType::String => "a string",
        ValueType::Symbol => "a symbol",
        ValueType::Function => "a function",
        _ if array::is_array(env, value).unwrap_or(false) => "an array",
        _ => "an object",
    }
}
