//! The public functions.

#[cfg(feature = "bare-task")]
mod bare_task;
mod classify;
mod explain;
mod load;
mod loaded;
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

/// What a public function returns: the promise that `call` makes, or a rejected one.
///
/// `call` stores its promise in its argument as soon as it has one. A panic after that fails all
/// calls of the environment, because nobody knows what it has left half done; this one among them,
/// and the caller needs its promise to handle that.
fn respond<'env>(
    env: &'env Env,
    call: impl FnOnce(&mut Option<Value<'env>>) -> std::result::Result<(), Failure>,
) -> Result<Unknown<'env>> {
    let mut promise = None;
    let failure = match guard(Entry::Function, || call(&mut promise)) {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => {
            promise = None;
            Some(failure)
        }
        Err(panicked) => {
            fail_all(env, panicked.clone());
            Some(panicked.into())
        }
    };
    if let Some(promise) = promise {
        return Ok(promise.to_unknown());
    }
    let failure = failure.unwrap_or_else(|| Failure::Internal("no promise was made".into()));
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
