//! The one place where trouble becomes a JavaScript error. Every failure of the surface is a rejected promise.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{JsObjectValue, Object, PromiseRaw};
use napi::{Env, Error, JsError, JsTypeError, JsValue, Result, Unknown};

use crate::node::value::Value;
use crate::report::RejectedRule;
use matcher::rules::{LoadError, LoadErrorCode};

/// Why a promise is rejected.
pub(crate) enum Failure {
    /// The list of rules is refused.
    Load(LoadError),
    /// An argument is of no use: a sentence that names it.
    Argument(String),
    /// The caller's signal was aborted: its `reason`, handed on as it is.
    Aborted(Error),
    /// A bug of the addon's own: what the panic said.
    Internal(String),
}

/// The `code` of [`Failure::Internal`].
const ERR_INTERNAL: &str = "ERR_INTERNAL";

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl Failure {
    /// What the promise is rejected with, as a value.
    pub(crate) fn into_value(self, env: &Env) -> Value<'_> {
        let error = self.into_error(env).unwrap_or_else(|error| error);
        Value::from(JsError::from(error).into_unknown(*env))
    }

    /// What the promise is rejected with.
    pub(crate) fn into_error(self, env: &Env) -> Result<Error> {
        match self {
            Self::Aborted(reason) => Ok(reason),
            Self::Argument(message) => {
                Ok(type_error(env, LoadErrorCode::InvalidArg.as_str(), message))
            }
            Self::Load(error) if error.code == LoadErrorCode::InvalidArg => {
                Ok(type_error(env, error.code.as_str(), error.message))
            }
            Self::Load(error) => load_error(env, error),
            Self::Internal(panic) => {
                let message = format!("known-failures ran into a bug of its own: {panic}");
                let error = JsError::from(Error::new(ERR_INTERNAL, message)).into_unknown(*env);
                Ok(Error::from_unknown_without_coercion(error))
            }
        }
    }
}

fn type_error(env: &Env, code: &str, message: String) -> Error {
    let error = JsTypeError::from(Error::new(code, message)).into_unknown(*env);
    Error::from_unknown_without_coercion(error)
}

fn load_error(env: &Env, error: LoadError) -> Result<Error> {
    let js_error = JsError::from(Error::new(error.code.as_str(), error.message)).into_unknown(*env);
    let mut object = Object::from_raw(env.raw(), js_error.raw());
    if let Some(offset) = error.offset {
        object.set_named_property("offset", offset)?;
    }
    if error.code == LoadErrorCode::Strict {
        let rejected: Vec<_> = error.rejected.into_iter().map(RejectedRule::from).collect();
        object.set_named_property("rejected", rejected)?;
    }
    Ok(Error::from_unknown_without_coercion(js_error))
}

/// Runs `work`; a panic in it becomes a failure. Node knows nothing of Rust's unwinding: a panic that reached it would
/// end the process, and with it the user's test run.
pub(crate) fn guard<T>(
    work: impl FnOnce() -> std::result::Result<T, Failure>,
) -> std::result::Result<T, Failure> {
    // nothing that `work` may leave half done is used again: the caller gets an error instead
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Failure::Internal(panic_message(&*panic))))
}

/// What a panic said.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it did not say which".into())
}

/// What a public function returns: the promise that `begin` makes, or a rejected one. Whatever goes wrong is a rejection.
pub(crate) fn promise<'env>(
    env: &'env Env,
    begin: impl FnOnce() -> std::result::Result<Value<'env>, Failure>,
) -> Result<Unknown<'env>> {
    match guard(begin) {
        Ok(promise) => Ok(promise.to_unknown()),
        Err(failure) => Ok(PromiseRaw::<()>::reject(env, failure.into_error(env)?)?.to_unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(work: impl FnOnce()) -> String {
        match guard(|| {
            work();
            Ok(())
        }) {
            Err(Failure::Internal(words)) => words,
            _ => "no panic".into(),
        }
    }

    #[test]
    fn a_panic_becomes_a_failure_that_repeats_its_words() {
        assert_eq!(said(|| {}), "no panic");
        assert_eq!(said(|| panic!("plain")), "plain");
        assert_eq!(said(|| panic!("rule {}", 7)), "rule 7");
        assert_eq!(said(|| std::panic::panic_any(7)), "it did not say which");
    }
}
