//! Work on libuv's pool, and what follows it on the JavaScript thread.
//!
//! Not `napi`'s `AsyncTask`: that makes a promise by Node-API's deferred, which leaks when its worker is terminated.

use std::ffi::c_void;
use std::ptr;

use napi::{Env, sys};

use crate::node::value::Value;

/// A task, from its start to its completion.
struct Task<W, T, D> {
    handle: sys::napi_async_work,
    /// Gone once it has run.
    work: Option<W>,
    output: Option<T>,
    done: D,
}

/// Runs `work`, which must not panic, on the pool, then `done` on the JavaScript thread with what it gave: `None` if it never
/// ran. The environment may be ending by then. `false`: the task could not be started, and both are dropped.
pub(crate) fn spawn<T, W, D>(env: &Env, work: W, done: D) -> bool
where
    T: Send,
    W: FnOnce() -> T + Send + 'static,
    D: FnOnce(&Env, Option<T>) + 'static,
{
    let Ok(name) = Value::string(env, "known-failures") else { return false };
    let task = Task { handle: ptr::null_mut(), work: Some(work), output: None::<T>, done };
    let task = Box::into_raw(Box::new(task));
    // SAFETY: all handles are live. The task is `complete`'s, which Node calls once for every task that was queued, and ours
    // if it was not. Of its fields only `handle` is written here, before the task can run
    unsafe {
        let status = sys::napi_create_async_work(
            env.raw(),
            ptr::null_mut(),
            name.raw(),
            Some(execute::<T, W, D>),
            Some(complete::<T, W, D>),
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
unsafe extern "C" fn execute<T, W, D>(_env: sys::napi_env, task: *mut c_void)
where
    W: FnOnce() -> T,
{
    // SAFETY: it was made by `spawn` with the same types, and nobody else touches it until `complete`
    let task = unsafe { &mut *task.cast::<Task<W, T, D>>() };
    task.output = task.work.take().map(|work| work());
}

/// On the JavaScript thread.
unsafe extern "C" fn complete<T, W, D>(
    env: sys::napi_env,
    _status: sys::napi_status,
    task: *mut c_void,
) where
    D: FnOnce(&Env, Option<T>),
{
    // SAFETY: made by `spawn` with the same types, and completed once
    let task = unsafe { Box::from_raw(task.cast::<Task<W, T, D>>()) };
    // SAFETY: the handle is the task's, which is done
    unsafe { sys::napi_delete_async_work(env, task.handle) };
    let Task { work, output, done, .. } = *task;
    // with what it holds, if it never ran
    drop(work);
    done(&Env::from_raw(env), output);
}
