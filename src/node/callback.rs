//! Functions of Rust's that a script calls with many arguments.

use std::ffi::c_void;
use std::ptr;

use napi::{Env, sys};

use crate::fault::Entry;
use crate::node::guard::{Panicked, enter};
use crate::node::value::{Thrown, Value};

/// What a function does when it is called.
pub(crate) trait CallHandler {
    fn on_call(env: &Env, arguments: &[Value<'_>]);
    /// After a panic in [`Self::on_call`].
    fn on_panic(env: &Env, panicked: Panicked);
}

/// A function that calls `H` and returns undefined.
pub(crate) fn new<H: CallHandler>(env: &Env) -> Result<Value<'_>, Thrown<'_>> {
    let mut function = ptr::null_mut();
    // SAFETY: the environment is live. Without a name, no length of one is read
    let status = unsafe {
        sys::napi_create_function(
            env.raw(),
            ptr::null(),
            0,
            Some(on_call::<H>),
            ptr::null_mut(),
            &raw mut function,
        )
    };
    Value::undefined(env).check(status)?;
    // SAFETY: made above
    Ok(unsafe { Value::from_raw(env.raw(), function) })
}

unsafe extern "C" fn on_call<H: CallHandler>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let raw = env;
    let env = Env::from_raw(raw);
    let work = || {
        // SAFETY: Node has passed both
        let arguments = unsafe { arguments(raw, info) };
        // SAFETY: Node keeps the arguments of a call until it returns
        let live = arguments.iter().map(|&argument| unsafe { Value::from_raw(raw, argument) });
        H::on_call(&env, &live.collect::<Vec<_>>());
    };
    enter(Entry::Callback, work, |panicked| H::on_panic(&env, panicked));
    // undefined
    ptr::null_mut()
}

/// The arguments of a call.
///
/// # Safety
///
/// Both must be those of a call that has not returned.
unsafe fn arguments(env: sys::napi_env, info: sys::napi_callback_info) -> Vec<sys::napi_value> {
    let mut arguments = Vec::new();
    let mut count = 0;
    let read = |count: &mut usize, to: *mut sys::napi_value| {
        let (this, data) = (ptr::null_mut(), ptr::null_mut::<*mut c_void>());
        // SAFETY: live, says the caller. Node writes at most `count` arguments
        unsafe { sys::napi_get_cb_info(env, info, count, to, this, data) };
    };
    // without a place to write to, Node gives the count
    read(&mut count, ptr::null_mut());
    arguments.resize(count, ptr::null_mut());
    read(&mut count, arguments.as_mut_ptr());
    arguments
}
