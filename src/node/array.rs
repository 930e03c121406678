//! Arrays of the caller's: of any realm, with holes, or proxies of arrays.

use napi::Env;

use crate::node::value::{Thrown, Value};

/// `Array.isArray(value)`, which throws for a revoked proxy.
pub(crate) fn is_array<'s>(env: &'s Env, value: Value<'s>) -> Result<bool, Thrown<'s>> {
    if value.is_plain_array() {
        return Ok(true);
    }
    if !value.is_object() {
        return Ok(false);
    }
    // Node-API does not look through proxies
    let array = Value::global(env).get(c"Array")?;
    Ok(array.call_method(c"isArray", &[value])?.boolean() == Some(true))
}

/// The length of an array. A proxy may return anything: 0 if it is not a number.
#[allow(clippy::cast_sign_loss)]
pub(crate) fn length(array: Value<'_>) -> Result<u32, Thrown<'_>> {
    // `as` saturates, and turns NaN into 0
    Ok(array.get(c"length")?.double().unwrap_or(0.0) as u32)
}
