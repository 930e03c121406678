//! Values of JavaScript that outlive the call they came with.

use std::ptr;

use napi::{Env, sys};

use super::js::Value;

/// A strong reference to a value of any kind. It may travel between threads, but is used on its JavaScript thread only.
///
/// [`Self::release`] gives it back. One that is dropped instead keeps its value alive until the environment ends, which
/// is what happens to the calls in flight when a worker is terminated: nothing of Node may be called by then.
pub(super) struct Kept(sys::napi_ref);

// SAFETY: the pointer is only looked at by `get` and `release`, which take the `Env` of the JavaScript thread
unsafe impl Send for Kept {}

impl Kept {
    /// # Errors
    ///
    /// None but Node's own.
    pub(super) fn new(value: Value<'_>) -> napi::Result<Self> {
        // a plain object around it: older Node-API references no primitives, and an abort reason may be one
        let mut holder = ptr::null_mut();
        let mut reference = ptr::null_mut();
        // SAFETY: all handles are live
        let status = unsafe {
            sys::napi_create_object(value.env(), &raw mut holder);
            sys::napi_set_element(value.env(), holder, 0, value.raw());
            sys::napi_create_reference(value.env(), holder, 1, &raw mut reference)
        };
        if status == sys::Status::napi_ok {
            Ok(Self(reference))
        } else {
            Err(napi::Error::new(status.into(), "a value cannot be kept"))
        }
    }

    /// The value.
    pub(super) fn get<'s>(&self, env: &'s Env) -> Value<'s> {
        let mut holder = ptr::null_mut();
        let mut raw = ptr::null_mut();
        // SAFETY: the reference is alive until `release`, and strong, so it has a value
        unsafe {
            sys::napi_get_reference_value(env.raw(), self.0, &raw mut holder);
            sys::napi_get_element(env.raw(), holder, 0, &raw mut raw);
            Value::from_raw(env.raw(), raw)
        }
    }

    /// Lets go of the value.
    pub(super) fn release(self, env: &Env) {
        // SAFETY: created by `new`, and gone with `self`
        unsafe { sys::napi_delete_reference(env.raw(), self.0) };
    }
}
