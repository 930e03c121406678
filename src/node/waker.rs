//! Waking the JavaScript thread of an environment from any thread.

use std::ffi::c_void;
use std::ptr;

use napi::{Env, sys};

use crate::fault::Entry;
use crate::node::guard::{Panicked, enter};
use crate::node::value::{Thrown, Value};

/// What the JavaScript thread does when it is woken.
pub(crate) trait WakeHandler {
    fn on_wake(env: &Env);
    /// After a panic in [`Self::on_wake`].
    fn on_panic(env: &Env, panicked: Panicked);
}

/// Two threadsafe functions that call a [`WakeHandler`] on the JavaScript thread.
///
/// Two, because Node answers a threadsafe function that is called from its own callback at once, up
/// to a thousand times, before the event loop continues. A call from the callback of the *other*
/// one waits for the next turn of the loop.
///
/// The environment owns them and frees them when it ends, so the owner of a `Waker` must drop it by
/// then. The inbox does, under the lock under which it uses them.
pub(crate) struct Waker {
    tsfns: [sys::napi_threadsafe_function; 2],
    /// The one to call next.
    next: usize,
}

// SAFETY: threadsafe functions are made to be called from any thread
unsafe impl Send for Waker {}

impl Waker {
    /// Does not keep the environment alive, until [`Self::keep_alive`] says so.
    pub(crate) fn new<H: WakeHandler>(env: &Env) -> Result<Self, Thrown<'_>> {
        Ok(Self {
            tsfns: [threadsafe_function::<H>(env)?, threadsafe_function::<H>(env)?],
            next: 0,
        })
    }

    /// Wakes the JavaScript thread.
    pub(crate) fn wake(&self) {
        // SAFETY: alive, see the type
        unsafe {
            sys::napi_call_threadsafe_function(
                self.tsfns[self.next],
                ptr::null_mut(),
                sys::ThreadsafeFunctionCallMode::nonblocking,
            );
        }
    }

    /// Wakes the JavaScript thread, which was woken by the last call, in the next turn of its loop.
    pub(crate) fn wake_next_turn(&mut self) {
        self.next = 1 - self.next;
        self.wake();
    }

    /// Whether the environment stays alive for the waker.
    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) {
        // SAFETY: alive, see the type; `env` proves that this is its thread
        unsafe {
            if alive {
                sys::napi_ref_threadsafe_function(env.raw(), self.tsfns[0]);
            } else {
                sys::napi_unref_threadsafe_function(env.raw(), self.tsfns[0]);
            }
        }
    }
}

fn threadsafe_function<H: WakeHandler>(
    env: &Env,
) -> Result<sys::napi_threadsafe_function, Thrown<'_>> {
    let name = Value::string(env, "known-failures")?;
    let mut function = ptr::null_mut();
    // SAFETY: the environment and the name are live
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
            ptr::null_mut(),
            Some(on_wake_call::<H>),
            &raw mut function,
        )
    };
    name.check(status)?;
    // SAFETY: made above
    unsafe { sys::napi_unref_threadsafe_function(env.raw(), function) };
    Ok(function)
}

unsafe extern "C" fn on_wake_call<H: WakeHandler>(
    env: sys::napi_env,
    _function: sys::napi_value,
    _context: *mut c_void,
    _data: *mut c_void,
) {
    // null if the environment ends before it has answered all calls
    if !env.is_null() {
        let env = Env::from_raw(env);
        enter(Entry::Wake, || H::on_wake(&env), |panicked| H::on_panic(&env, panicked));
    }
}
