//! The border between Node and Rust, which no panic crosses.
//!
//! Node knows nothing of unwinding: a panic that reached it would end the process, and with it the
//! user's test run. So whatever Node calls, and whatever runs on its threads, runs in here.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::{self, Entry};

/// A panic that was caught: its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panicked(pub(crate) String);

/// Runs `work`. A panic in it becomes an error.
///
/// The caller must not go on with what `work` may have left half done.
pub(crate) fn guard<T>(entry: Entry, work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(|| fault::inject(entry, work))).map_err(|payload| {
        let message = message(&*payload);
        // the drop of a payload may panic again
        mem::forget(payload);
        Panicked(message)
    })
}

/// Runs `work`, and after a panic in it `on_panic`.
pub(crate) fn enter(entry: Entry, work: impl FnOnce(), on_panic: impl FnOnce(Panicked)) {
    if let Err(panicked) = guard(entry, work)
        && let Err(payload) = catch_unwind(AssertUnwindSafe(|| on_panic(panicked)))
    {
        // nobody is left to tell
        mem::forget(payload);
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".into())
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::*;

    struct PanicsWhenDropped;

    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }

    fn caught(work: impl FnOnce()) -> Option<String> {
        guard(Entry::Text, work).err().map(|Panicked(message)| message)
    }

    #[test]
    fn a_panic_becomes_an_error_with_its_message() {
        assert_eq!(caught(|| {}), None);
        assert_eq!(caught(|| panic!("plain")).as_deref(), Some("plain"));
        assert_eq!(caught(|| panic!("rule {}", 7)).as_deref(), Some("rule 7"));
        assert_eq!(caught(|| panic_any(7)).as_deref(), Some("a panic without a message"));
        assert!(caught(|| panic_any(PanicsWhenDropped)).is_some());
    }

    #[test]
    fn no_panic_gets_out() {
        let mut seen = None;
        enter(Entry::Wake, || {}, |panicked| seen = Some(panicked));
        assert_eq!(seen, None);
        enter(Entry::Wake, || panic!("first"), |panicked| seen = Some(panicked));
        assert_eq!(seen, Some(Panicked("first".into())));
        enter(Entry::Wake, || panic!("first"), |_| panic!("second"));
        enter(Entry::Wake, || panic!("first"), |_| panic_any(PanicsWhenDropped));
    }
}
