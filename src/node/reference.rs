//! Values of JavaScript that outlive the call they came with.

use std::ptr;

use napi::{Env, sys};

use crate::node::value::Value;

/// A strong reference to a value of any kind. It may travel between threads, but is used on its JavaScript thread only.
///
/// [`Self::release`] gives it back, at the latest in a hook for the environment's end: of one that is dropped instead Node
/// never frees its own part.
pub(crate) struct Reference {
    reference: sys::napi_ref,
    /// Whether it is to an object with the value in it: older Node-API references no primitives, and an abort reason may be
    /// one.
    held: bool,
}

// SAFETY: the pointer is only looked at by `get` and `release`, which take the `Env` of the JavaScript thread
unsafe impl Send for Reference {}

impl Reference {
    /// # Errors
    ///
    /// None but Node's own.
    pub(crate) fn new(value: Value<'_>) -> napi::Result<Self> {
        let held = !value.is_object();
        let mut referenced = value.raw();
        let mut reference = ptr::null_mut();
        // SAFETY: all handles are live
        let status = unsafe {
            if held {
                sys::napi_create_object(value.env(), &raw mut referenced);
                sys::napi_set_element(value.env(), referenced, 0, value.raw());
            }
            sys::napi_create_reference(value.env(), referenced, 1, &raw mut reference)
        };
        if status == sys::Status::napi_ok {
            Ok(Self { reference, held })
        } else {
            Err(napi::Error::new(status.into(), "a value cannot be kept"))
        }
    }

    /// The value.
    pub(crate) fn get<'s>(&self, env: &'s Env) -> Value<'s> {
        let mut raw = ptr::null_mut();
        // SAFETY: the reference is alive until `release`, and strong, so it has a value
        unsafe {
            sys::napi_get_reference_value(env.raw(), self.reference, &raw mut raw);
            if self.held {
                sys::napi_get_element(env.raw(), raw, 0, &raw mut raw);
            }
            Value::from_raw(env.raw(), raw)
        }
    }

    /// Lets go of the value. The environment may be ending.
    pub(crate) fn release(self, env: &Env) {
        // SAFETY: created by `new`, and gone with `self`
        unsafe { sys::napi_delete_reference(env.raw(), self.reference) };
    }
}

/// A `Uint32Array` by which numbers are handed to a script of ours, which is the only one that knows it: writing into it is
/// no call into Node. It is never detached nor resized, so its numbers stay where they are.
pub(crate) struct NumberBuffer {
    /// Keeps them alive.
    array: Reference,
    data: *mut u32,
    length: usize,
}

impl NumberBuffer {
    /// # Errors
    ///
    /// `array` is no `Uint32Array`, or has less than `room` elements.
    pub(crate) fn new(array: Value<'_>, room: usize) -> napi::Result<Self> {
        let (mut kind, mut length, mut data) = (0, 0, ptr::null_mut());
        // SAFETY: all handles are live; what is not asked for may be null
        let status = unsafe {
            sys::napi_get_typedarray_info(
                array.env(),
                array.raw(),
                &raw mut kind,
                &raw mut length,
                &raw mut data,
                ptr::null_mut(),
                ptr::null_mut(),
            )
        };
        if status != sys::Status::napi_ok
            || kind != sys::TypedarrayType::uint32_array
            || length < room
        {
            return Err(napi::Error::from_reason("no array of so many numbers"));
        }
        let data = data.cast();
        Ok(Self { array: Reference::new(array)?, data, length })
    }

    /// See [`Reference::release`].
    pub(crate) fn release(self, env: &Env) {
        self.array.release(env);
    }

    /// # Panics
    ///
    /// If there is no room for `numbers` from `at` on.
    pub(crate) fn write(&mut self, at: usize, numbers: &[u32]) {
        assert!(at + numbers.len() <= self.length, "no room for numbers");
        // SAFETY: checked above. The type is not `Send`, so this is the JavaScript thread, and no JavaScript runs
        unsafe { self.data.add(at).copy_from_nonoverlapping(numbers.as_ptr(), numbers.len()) };
    }
}
