//! The tasks on libuv's pool that drain the queue, a slice of time each.

use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

use napi::{Env, sys};

use super::mailbox::Mailbox;
use super::wake::OnWake;
use super::{Permit, drain};
use crate::binding::js::Value;

/// A task, from its start to its completion.
struct Drainer {
    work: sys::napi_async_work,
    home: Arc<Mailbox>,
    /// Gone once it has run.
    permit: Option<Permit>,
    on_complete: OnWake,
}

/// Starts a task, which is completed by `on_complete` on the JavaScript thread. A failure gives the permit back: another
/// environment, or a later call, will start one.
pub(in crate::binding) fn start(
    env: &Env,
    permit: Permit,
    home: Arc<Mailbox>,
    on_complete: OnWake,
) {
    let Ok(name) = Value::string(env, "known-failures") else { return };
    let drainer = Drainer { work: ptr::null_mut(), home, permit: Some(permit), on_complete };
    let drainer = Box::into_raw(Box::new(drainer));
    // SAFETY: all handles are live. The drainer is `complete`'s, which Node calls once for every task that was queued, and
    // ours if it was not. Of its fields only `work` is written here, before the task can run
    unsafe {
        let status = sys::napi_create_async_work(
            env.raw(),
            ptr::null_mut(),
            name.raw(),
            Some(execute),
            Some(complete),
            drainer.cast(),
            &raw mut (*drainer).work,
        );
        if status != sys::Status::napi_ok {
            drop(Box::from_raw(drainer));
        } else if sys::napi_queue_async_work(env.raw(), (*drainer).work) != sys::Status::napi_ok {
            sys::napi_delete_async_work(env.raw(), (*drainer).work);
            drop(Box::from_raw(drainer));
        }
    }
}

/// On a thread of the pool.
unsafe extern "C" fn execute(_env: sys::napi_env, drainer: *mut c_void) {
    // SAFETY: it was made by `start`, and nobody else touches it until `complete`
    let drainer = unsafe { &mut *drainer.cast::<Drainer>() };
    if let Some(permit) = drainer.permit.take() {
        drain(permit, &drainer.home);
    }
}

/// On the JavaScript thread.
unsafe extern "C" fn complete(env: sys::napi_env, _status: sys::napi_status, drainer: *mut c_void) {
    // SAFETY: made by `start`, and completed once
    let drainer = unsafe { Box::from_raw(drainer.cast::<Drainer>()) };
    // SAFETY: the work is the drainer's, and done
    unsafe { sys::napi_delete_async_work(env, drainer.work) };
    let on_complete = drainer.on_complete;
    // with the permit, if it never ran
    drop(drainer);
    on_complete(&Env::from_raw(env));
}
