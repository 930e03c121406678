//! JavaScript values, which may be hostile.
//!
//! Any property may be a getter that throws, and any object a proxy, revoked or not. The accessors
//! of `napi` leave the exception pending in the environment, where the next call fails because of
//! it, or where the caller gets it thrown from a function that promises not to throw. Here every
//! step that can run the caller's code returns the exception as a [`Thrown`] and leaves no
//! exception pending.
//!
//! `make` makes values, `text` and `bytes` copy what is in them, `property` reads and calls.

mod bytes;
mod make;
mod property;
mod text;

use std::marker::PhantomData;
use std::ptr;

use napi::{Env, JsValue, Unknown, ValueType, sys};

/// A JavaScript value.
///
/// Its invariant, which the SAFETY comments of this folder call *live*: the current thread is that
/// of `env`, `env` has not ended, and `raw` is a handle in a scope of `env` that is open for `'s`.
/// The type is neither `Send` nor `Sync`, so a live value stays on its thread;
/// [`crate::node::scope`] keeps it in its scope.
#[derive(Clone, Copy)]
pub(crate) struct Value<'s> {
    env: sys::napi_env,
    raw: sys::napi_value,
    scope: PhantomData<&'s Env>,
}

/// What the caller's code threw.
pub(crate) struct Thrown<'s>(pub(crate) Value<'s>);

impl<'s> From<Unknown<'s>> for Value<'s> {
    fn from(value: Unknown<'s>) -> Self {
        Self { env: value.value().env, raw: value.raw(), scope: PhantomData }
    }
}

impl<'s> Value<'s> {
    /// # Safety
    ///
    /// The value must be *live* for `'s`, see the type.
    pub(crate) unsafe fn from_raw(env: sys::napi_env, raw: sys::napi_value) -> Self {
        Self { env, raw, scope: PhantomData }
    }

    pub(crate) fn raw(self) -> sys::napi_value {
        self.raw
    }

    pub(crate) fn env(self) -> sys::napi_env {
        self.env
    }

    /// The value as `napi` has it.
    pub(crate) fn to_unknown(self) -> Unknown<'s> {
        // SAFETY: live
        unsafe { Unknown::from_raw_unchecked(self.env, self.raw) }
    }

    /// What `typeof` says, and `null`. Runs none of the caller's code.
    pub(crate) fn kind(self) -> ValueType {
        let mut kind = 0;
        // SAFETY: live
        unsafe { sys::napi_typeof(self.env, self.raw, &raw mut kind) };
        ValueType::from(kind)
    }

    /// Null or undefined.
    pub(crate) fn is_nullish(self) -> bool {
        matches!(self.kind(), ValueType::Null | ValueType::Undefined)
    }

    /// An object or a function.
    pub(crate) fn is_object(self) -> bool {
        matches!(self.kind(), ValueType::Object | ValueType::Function)
    }

    /// A boolean; `None` if it is not one.
    pub(crate) fn boolean(self) -> Option<bool> {
        let mut value = false;
        // SAFETY: live
        let status = unsafe { sys::napi_get_value_bool(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// A number; `None` if it is not one.
    pub(crate) fn double(self) -> Option<f64> {
        let mut value = 0.0;
        // SAFETY: live
        let status = unsafe { sys::napi_get_value_double(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// A number as `ToUint32` converts it; `None` if it is not a number.
    pub(crate) fn uint32(self) -> Option<u32> {
        let mut value = 0;
        // SAFETY: live
        let status = unsafe { sys::napi_get_value_uint32(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// An array of any realm, but not a proxy of one: see [`crate::node::array::is_array`]. Runs
    /// none of the caller's code.
    pub(crate) fn is_plain_array(self) -> bool {
        let mut result = false;
        // SAFETY: live
        unsafe { sys::napi_is_array(self.env, self.raw, &raw mut result) };
        result
    }

    /// The outcome of a call into Node that makes no value.
    pub(crate) fn check(self, status: sys::napi_status) -> Result<(), Thrown<'s>> {
        self.made(status, self.raw).map(drop)
    }

    /// The outcome of a call into Node that makes `raw`.
    fn made(self, status: sys::napi_status, raw: sys::napi_value) -> Result<Value<'s>, Thrown<'s>> {
        if status == sys::Status::napi_ok {
            Ok(Self { raw, ..self })
        } else {
            Err(Thrown(self.take_exception()))
        }
    }

    /// Clears and returns the pending exception; `undefined` if Node itself refused the call.
    #[cold]
    fn take_exception(self) -> Value<'s> {
        let mut pending = false;
        let mut raw = ptr::null_mut();
        // SAFETY: live. Both calls are allowed while an exception is pending
        unsafe {
            sys::napi_is_exception_pending(self.env, &raw mut pending);
            if pending {
                sys::napi_get_and_clear_last_exception(self.env, &raw mut raw);
            }
        }
        if raw.is_null() { Self::undefined_in(self.env) } else { Self { raw, ..self } }
    }
}

impl Thrown<'_> {
    /// What was thrown, as text for a message, at most 200 code units. Catches a second exception.
    pub(crate) fn describe(&self) -> String {
        const LONGEST: usize = 200;
        match self.0.to_text() {
            Ok(text) => {
                let mut words = String::from_utf16_lossy(&text[..text.len().min(LONGEST)]);
                if text.len() > LONGEST {
                    words.push('…');
                }
                words
            }
            Err(_) => "[unreadable error]".into(),
        }
    }
}
