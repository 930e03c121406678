//! What makes the promises of calls.

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::respond_now;
use crate::calls::{ensure, script};
use crate::error::Failure;

/// The function that `index.js` calls with the number of a call that the addon has taken, to get
/// its promise. It is no part of the public surface.
#[napi(skip_typescript)]
pub fn promises(env: &Env) -> Result<Unknown<'_>> {
    respond_now(env, || {
        ensure(env)?;
        script::open(env).ok_or_else(|| Failure::Internal("the environment has ended".into()))
    })
}
