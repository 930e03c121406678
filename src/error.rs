//! Why a call fails, and the JavaScript error that says so. Every failure is a rejected promise.

use napi::bindgen_prelude::{JsObjectValue, Object};
use napi::{Env, Error, JsError, JsTypeError, JsValue, Result};

use crate::node::describe::describe;
use crate::node::guard::Panicked;
use crate::node::value::Value;
use crate::report::RejectedRule;
use matcher::rules::{LoadError, LoadErrorCode};

/// Why a promise is rejected.
pub(crate) enum Failure {
    /// The list of rules is refused.
    Load(LoadError),
    /// An argument cannot be used: a sentence that names it.
    Argument(String),
    /// The caller's signal is aborted: its `reason`, unchanged.
    Aborted(Error),
    /// A bug of this addon: the message of the panic.
    Internal(String),
}

/// The `code` of [`Failure::Internal`].
const ERR_INTERNAL: &str = "ERR_INTERNAL";

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl From<Panicked> for Failure {
    fn from(Panicked(message): Panicked) -> Self {
        Self::Internal(message)
    }
}

impl Failure {
    /// The reason of the rejection, as a value.
    pub(crate) fn into_value(self, env: &Env) -> Value<'_> {
        let error = self.into_error(env).unwrap_or_else(|error| error);
        Value::from(JsError::from(error).into_unknown(*env))
    }

    /// The reason of the rejection.
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
            Self::Internal(message) => {
                let message = format!("known-failures ran into a bug of its own: {message}");
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
    if matches!(error.code, LoadErrorCode::Strict | LoadErrorCode::Unusable) {
        let rejected: Vec<_> = error.rejected.into_iter().map(RejectedRule::from).collect();
        object.set_named_property("rejected", rejected)?;
    }
    Ok(Error::from_unknown_without_coercion(js_error))
}

/// An argument of the wrong kind.
#[cold]
pub(crate) fn wrong(env: &Env, place: &str, expected: &str, value: Value<'_>) -> Failure {
    Failure::Argument(format!("{place} must be {expected}, but is {}", describe(env, value)))
}
