//! Waking the JavaScript thread of an environment from any thread.

use std::ffi::c_void;
use std::ptr;

use napi::{Env, sys};

use crate::node::value::Value;

/// What the JavaScript thread does when it is woken.
pub(crate) type OnWake = fn(&Env);

/// Two bells that ring on the JavaScript thread.
///
/// Two, because Node answers a threadsafe function that is called from its own callback at once, up to a thousand times,
/// before the event loop goes on. A bell rung from the *other* one's callback waits for the loop to come round.
///
/// They belong to their environment, which frees them when it ends: whoever holds a `Waker` must let go of it by then. The
/// mailbox does, under the lock under which they are rung.
pub(crate) struct Waker {
    bells: [sys::napi_threadsafe_function; 2],
    /// Which of them is to be rung next.
    next: usize,
}

// SAFETY: threadsafe functions are made to be called on any thread
unsafe impl Send for Waker {}

impl Waker {
    /// Without [`Self::keep_alive`] it does not keep the environment alive.
    pub(crate) fn new(env: &Env, on_wake: OnWake) -> napi::Result<Self> {
        Ok(Self { bells: [bell(env, on_wake)?, bell(env, on_wake)?], next: 0 })
    }

    pub(crate) fn now(&self) {
        // SAFETY: the bell is alive, see the type
        unsafe {
            sys::napi_call_threadsafe_function(
                self.bells[self.next],
                ptr::null_mut(),
                sys::ThreadsafeFunctionCallMode::nonblocking,
            );
        }
    }

    /// To be called on the JavaScript thread when it was woken: wakes it once more, after the loop has come round.
    pub(crate) fn next_turn(&mut self) {
        self.next = 1 - self.next;
        self.now();
    }

    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) {
        // SAFETY: the bell is alive, see the type; `env` shows that this is its thread
        unsafe {
            if alive {
                sys::napi_ref_threadsafe_function(env.raw(), self.bells[0]);
            } else {
                sys::napi_unref_threadsafe_function(env.raw(), self.bells[0]);
            }
        }
    }
}

fn bell(env: &Env, on_wake: OnWake) -> napi::Result<sys::napi_threadsafe_function> {
    let failed = || napi::Error::from_reason("the environment cannot be woken");
    let name = Value::string(env, "known-failures").map_err(|_| failed())?;
    let mut bell = ptr::null_mut();
    // SAFETY: all handles are live; a function pointer fits into the context, and comes back in `ring`
    let status = unsafe {
        sys::napi_create_threadsafe_function(
            env.raw(),
            ptr::null_mut(),
            ptr::null_mut(),
            name.raw(),
            0,
            1,
            ptr::null_mut(),
            None,
            on_wake as *mut c_void,
            Some(ring),
            &raw mut bell,
        )
    };
    if status != sys::Status::napi_ok {
        return Err(failed());
    }
    // SAFETY: made above
    unsafe { sys::napi_unref_threadsafe_function(env.raw(), bell) };
    Ok(bell)
}

unsafe extern "C" fn ring(
    env: sys::napi_env,
    _function: sys::napi_value,
    on_wake: *mut c_void,
    _data: *mut c_void,
) {
    // null when the environment ends with bells still ringing
    if !env.is_null() {
        // SAFETY: it is what `bell` has put there
        let on_wake: OnWake = unsafe { std::mem::transmute(on_wake) };
        on_wake(&Env::from_raw(env));
    }
}
