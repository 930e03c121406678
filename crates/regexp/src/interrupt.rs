//! How long work may go on at a stretch.

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

/// A turn of work: it ends when its time is up or the caller stops it, whoever of the two is first. Work that can be put
/// aside looks at it every now and then.
#[derive(Clone, Copy, Debug)]
pub struct Interrupt<'a> {
    stop: &'a AtomicBool,
    until: Option<Instant>,
}

impl<'a> Interrupt<'a> {
    /// A turn that ends when `stop` is set, and not before.
    pub fn without_deadline(stop: &'a AtomicBool) -> Self {
        Self { stop, until: None }
    }

    /// A turn that ends at `until`, or when `stop` is set.
    pub fn until(until: Instant, stop: &'a AtomicBool) -> Self {
        Self { stop, until: Some(until) }
    }

    /// Whether the caller has stopped the work for good.
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
