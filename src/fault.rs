//! Faults that tests inject, above all where Node enters the addon.
//!
//! Only a build with `--cfg fault_injection` has them: `__test__/panic.spec.mjs` makes one. In
//! every other build [`inject`] is the call of `work` and nothing else.

/// A way into the addon, each of which is guarded by itself, or a place that a panic must leave in
/// order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A public function, on a JavaScript thread.
    Function,
    /// A load, on a thread of its own.
    Load,
    /// An explanation, on a thread of its own.
    Explain,
    /// A worker, on a thread of the pool.
    Worker,
    /// A text that a worker classifies.
    Text,
    /// The completion of a task, on a JavaScript thread.
    Completion,
    /// The callback of a threadsafe function, on a JavaScript thread.
    Wake,
    /// The listener of an abort signal, on a JavaScript thread.
    Abort,
    /// A function that a script calls, on a JavaScript thread.
    Callback,
    /// The end of an environment, on its thread.
    Cleanup,
    /// Work in a handle scope, on a JavaScript thread.
    Scope,
}

#[cfg(not(fault_injection))]
#[inline(always)]
#[allow(clippy::inline_always, reason = "a build without faults has no trace of them")]
pub(crate) fn inject<T>(_entry: Entry, work: impl FnOnce() -> T) -> T {
    work()
}

#[cfg(fault_injection)]
pub(crate) use self::injection::inject;

#[cfg(fault_injection)]
mod injection {
    use std::sync::{Mutex, PoisonError};

    use napi_derive::napi;

    use super::Entry;

    /// The next fault: at which entry, and whether after its work.
    static NEXT: Mutex<Option<(String, bool)>> = Mutex::new(None);

    /// The next run of an entry, by its name in `Entry`, panics: before its work, or after it.
    #[napi]
    pub fn inject_fault(entry: String, after: bool) {
        *NEXT.lock().unwrap_or_else(PoisonError::into_inner) = Some((entry, after));
    }

    pub(crate) fn inject<T>(entry: Entry, work: impl FnOnce() -> T) -> T {
        panic_if_next(entry, false);
        let output = work();
        panic_if_next(entry, true);
        output
    }

    fn panic_if_next(entry: Entry, after: bool) {
        let mut next = NEXT.lock().unwrap_or_else(PoisonError::into_inner);
        let is_next = |(name, when): &mut _| *name == format!("{entry:?}") && *when == after;
        if next.take_if(is_next).is_some() {
            drop(next);
            panic!("injected into {entry:?}");
        }
    }
}
