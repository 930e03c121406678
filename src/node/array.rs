//! Arrays as the caller gives them: of any realm, with holes, or proxies of arrays.

use napi::Env;

use crate::node::value::{Thrown, Value};

/// `Array.isArray(value)`. A revoked proxy makes it throw.
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

/// The array's length; a proxy may give anything, so 0 for what is none.
#[allow(clippy::cast_sign_loss)]
pub(crate) fn length(array: Value<'_>) -> Result<u32, Thrown<'_>> {
    // `as` saturates, and makes 0 of NaN
    Ok(array.get(c"length")?.double().unwrap_or(0.0) as u32)
}
