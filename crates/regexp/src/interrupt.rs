//! When work has to stop before its end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Why work stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// The caller wants no result any more.
    Cancelled,
    /// The time is up: the work can be resumed.
    Suspended,
}

/// When work has to stop: at a deadline, or when the caller cancels it. Long work checks it every
/// fraction of a millisecond.
#[derive(Clone, Copy, Debug)]
pub struct Interrupt<'a> {
    stop: &'a AtomicBool,
    until: Option<Instant>,
}

impl<'a> Interrupt<'a> {
    /// Work that stops when `stop` is set, and not before.
    pub fn without_deadline(stop: &'a AtomicBool) -> Self {
        Self { stop, until: None }
    }

    /// Work that stops at `until`, or when `stop` is set.
    pub fn until(until: Instant, stop: &'a AtomicBool) -> Self {
        Self { stop, until: Some(until) }
    }

    /// Whether the caller has cancelled the work.
    pub fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether work has to stop here, and why. The caller's cancellation goes first.
    pub fn check(&self) -> Result<(), Interruption> {
        if self.is_cancelled() {
            Err(Interruption::Cancelled)
        } else if self.deadline_passed() {
            Err(Interruption::Suspended)
        } else {
            Ok(())
        }
    }

    /// Whether the time is up.
    pub fn deadline_passed(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until)
    }
}
