//! An `AbortSignal` of the caller's.

use napi::{Error, ValueType};

use crate::error::Failure;
use crate::node::value::{Thrown, Value};

/// A signal that was not aborted when it was read. It may be of any make.
#[derive(Clone, Copy)]
pub(crate) struct Signal<'s>(Value<'s>);

impl<'s> Signal<'s> {
    /// Reads `options.signal`; `None` if it is null or undefined.
    pub(crate) fn read(value: Value<'s>) -> Result<Option<Self>, Failure> {
        if value.is_nullish() {
            return Ok(None);
        }
        let is_function =
            |name| matches!(value.get(name), Ok(f) if f.kind() == ValueType::Function);
        if !value.is_object()
            || !is_function(c"addEventListener")
            || !is_function(c"removeEventListener")
        {
            return Err(not_a_signal());
        }
        let signal = Self(value);
        signal.refuse_aborted()?;
        Ok(Some(signal))
    }

    /// Fails with its reason if the signal is aborted.
    pub(crate) fn refuse_aborted(self) -> Result<(), Failure> {
        match self.0.get(c"aborted").ok().and_then(Value::boolean) {
            Some(false) => Ok(()),
            Some(true) => {
                let reason = reason(self.0).to_unknown();
                Err(Failure::Aborted(Error::from_unknown_without_coercion(reason)))
            }
            None => Err(not_a_signal()),
        }
    }

    pub(crate) fn value(self) -> Value<'s> {
        self.0
    }
}

/// The reason of a signal if it is aborted.
pub(crate) fn abort_reason(signal: Value<'_>) -> Option<Value<'_>> {
    let aborted = signal.get(c"aborted").ok().and_then(Value::boolean) == Some(true);
    aborted.then(|| reason(signal))
}

fn reason(signal: Value<'_>) -> Value<'_> {
    signal.get(c"reason").unwrap_or_else(|Thrown(thrown)| thrown)
}

/// `options.signal` cannot be used.
pub(crate) fn not_a_signal() -> Failure {
    Failure::Argument("options.signal must be an AbortSignal".into())
}
