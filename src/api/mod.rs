//! The public functions.

#[cfg(feature = "bare-task")]
mod bare_task;
mod classify;
mod explain;
mod load;
mod loaded;
mod promises;
mod strip_text;
mod sync;
mod version;

use napi::bindgen_prelude::PromiseRaw;
use napi::{Env, JsValue, Result, Unknown};

use crate::calls::recovery::fail_all;
use crate::error::Failure;
use crate::fault::Entry;
use crate::node::guard::guard;
use crate::node::value::Value;
use crate::queue::call_id::CallId;

/// What a function returns that takes a call: its number, for which `index.js` makes the promise,
/// or a rejected promise.
///
/// A panic fails all calls of the environment, because nobody knows what it has left half done.
fn respond(
    env: &Env,
    call: impl FnOnce() -> std::result::Result<CallId, Failure>,
) -> Result<Unknown<'_>> {
    let failure = match guard(Entry::Function, call) {
        Ok(Ok(call)) => match Value::number(env, call.number()) {
            Ok(number) => return Ok(number.to_unknown()),
            Err(thrown) => Failure::Internal(thrown.describe()),
        },
        Ok(Err(failure)) => failure,
        Err(panicked) => {
            fail_all(env, panicked.clone());
            panicked.into()
        }
    };
    Ok(PromiseRaw::<()>::reject(env, failure.into_error(env)?)?.to_unknown())
}

/// What a public function returns that makes no promise. It throws for a failure.
fn respond_now<'env>(
    env: &'env Env,
    call: impl FnOnce() -> std::result::Result<Value<'env>, Failure>,
) -> Result<Unknown<'env>> {
    let failure = match guard(Entry::Function, call) {
        Ok(Ok(value)) => return Ok(value.to_unknown()),
        Ok(Err(failure)) => failure,
        Err(panicked) => {
            fail_all(env, panicked.clone());
            panicked.into()
        }
    };
    Err(failure.into_error(env)?)
}
