//! Work on libuv's pool, and what follows it on the JavaScript thread.
//!
//! `AsyncTask` of `napi` makes a promise with Node-API's deferred, which leaks if its worker thread
//! is terminated.

use std::ffi::c_void;
use std::ptr;

use napi::{Env, sys};

use crate::fault::Entry;
use crate::node::guard::{Panicked, enter, guard};
use crate::node::value::Value;

/// What follows a panic in a task, on the JavaScript thread.
pub(crate) type OnPanic = fn(&Env, Panicked);

/// A task, from its start to its completion.
struct Task<W, D> {
    handle: sys::napi_async_work,
    /// `None` once it runs.
    work: Option<W>,
    panicked: Option<Panicked>,
    done: D,
    on_panic: OnPanic,
}

/// Runs `work` on the pool, then `done` on the JavaScript thread, even if `work` never ran because
/// the environment is ending. A panic in either of them leads to `on_panic`.
///
/// Returns `false` if the task cannot be started. Then all of it is dropped.
pub(crate) fn spawn<W, D>(env: &Env, work: W, done: D, on_panic: OnPanic) -> bool
where
    W: FnOnce() + Send + 'static,
    D: FnOnce(&Env) + 'static,
{
    let Ok(name) = Value::string(env, "known-failures") else { return false };
    let task = Task { handle: ptr::null_mut(), work: Some(work), panicked: None, done, on_panic };
    let task = Box::into_raw(Box::new(task));
    // SAFETY: the environment and the name are live. The task belongs to `complete`, which Node
    // calls once for each task that was queued, and to us if it was not. Only `handle` is written
    // here, before the task can run
    unsafe {
        let status = sys::napi_create_async_work(
            env.raw(),
            ptr::null_mut(),
            name.raw(),
            Some(execute::<W, D>),
            Some(complete::<W, D>),
            task.cast(),
            &raw mut (*task).handle,
        );
        if status != sys::Status::napi_ok {
            drop(Box::from_raw(task));
            return false;
        }
        if sys::napi_queue_async_work(env.raw(), (*task).handle) != sys::Status::napi_ok {
            sys::napi_delete_async_work(env.raw(), (*task).handle);
            drop(Box::from_raw(task));
            return false;
        }
    }
    true
}

/// On a thread of the pool.
unsafe extern "C" fn execute<W, D>(_env: sys::napi_env, task: *mut c_void)
where
    W: FnOnce(),
{
    // SAFETY: `spawn` has made it with the same types, and nobody else uses it until `complete`
    let task = unsafe { &mut *task.cast::<Task<W, D>>() };
    if let Some(work) = task.work.take() {
        task.panicked = guard(Entry::Worker, work).err();
    }
}

/// On the JavaScript thread.
unsafe extern "C" fn complete<W, D>(
    env: sys::napi_env,
    _status: sys::napi_status,
    task: *mut c_void,
) where
    D: FnOnce(&Env),
{
    // SAFETY: `spawn` has made it with the same types, and Node completes it once
    let task = unsafe { Box::from_raw(task.cast::<Task<W, D>>()) };
    // SAFETY: the handle belongs to the task, which is over
    unsafe { sys::napi_delete_async_work(env, task.handle) };
    let env = &Env::from_raw(env);
    let Task { work, panicked, done, on_panic, .. } = *task;
    if let Some(panicked) = panicked {
        enter(Entry::Completion, || on_panic(env, panicked), |panicked| on_panic(env, panicked));
    }
    let finish = || {
        // work that never ran still has its captures
        drop(work);
        done(env);
    };
    enter(Entry::Completion, finish, |panicked| on_panic(env, panicked));
}
