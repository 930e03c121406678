//! Objects of JavaScript that outlive the call that brought them.

use std::ptr;

use napi::{Env, sys};

use crate::node::value::{Thrown, Value};

/// A strong reference to an object or a function. Belongs to one environment and its thread.
///
/// [`Self::release`] gives it back, at the latest in a cleanup hook of the environment: Node never
/// frees its own part of a reference that is dropped instead.
pub(crate) struct Reference {
    env: sys::napi_env,
    reference: sys::napi_ref,
}

impl Reference {
    /// # Errors
    ///
    /// `value` is a primitive, or Node has run out of memory.
    pub(crate) fn new(value: Value<'_>) -> Result<Self, Thrown<'_>> {
        let mut reference = ptr::null_mut();
        // SAFETY: `Value` is live
        let status =
            unsafe { sys::napi_create_reference(value.env(), value.raw(), 1, &raw mut reference) };
        value.check(status).map(|()| Self { env: value.env(), reference })
    }

    /// The object.
    pub(crate) fn get<'s>(&self, env: &'s Env) -> Value<'s> {
        debug_assert_eq!(self.env, env.raw(), "a reference of another environment");
        let mut raw = ptr::null_mut();
        // SAFETY: the reference lives until `release`, and is strong, so it has a value. The value
        // is live in the current handle scope
        unsafe {
            sys::napi_get_reference_value(env.raw(), self.reference, &raw mut raw);
            Value::from_raw(env.raw(), raw)
        }
    }

    /// Gives the reference back. The environment may be ending.
    pub(crate) fn release(self, env: &Env) {
        debug_assert_eq!(self.env, env.raw(), "a reference of another environment");
        // SAFETY: created by `new`, and gone with `self`
        unsafe { sys::napi_delete_reference(env.raw(), self.reference) };
    }
}
