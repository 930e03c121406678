//! The baseline of the benchmarks for a call of `classify`: a task of its own on libuv's pool,
//! which takes the same strings and does nothing. Only in builds with the feature `bare-task`.

use napi::bindgen_prelude::{AsyncTask, Utf16String};
use napi::{Env, Result, Task};
use napi_derive::napi;

/// Two strings, and nothing to do.
pub struct BareTask {
    _test: Utf16String,
    _error: Utf16String,
}

impl Task for BareTask {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        Ok(())
    }

    fn resolve(&mut self, _env: Env, _output: ()) -> Result<()> {
        Ok(())
    }
}

/// Resolves with undefined.
#[napi]
pub fn bare_task(test: Utf16String, error: Utf16String) -> AsyncTask<BareTask> {
    AsyncTask::new(BareTask { _test: test, _error: error })
}
