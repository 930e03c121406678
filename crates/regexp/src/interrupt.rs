//! When running work has to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Why work stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// The caller wants no result any more.
    Cancelled,
    /// The deadline has passed: the work can be resumed.
    Suspended,
}

/// Asks running work to stop: for good when a flag is set, or for now at a deadline.
///
/// A search checks it every fraction of a millisecond. A set flag ends the search with
/// [`Outcome::Cancelled`](crate::Outcome::Cancelled). A deadline that has passed ends it with
/// [`Outcome::Suspended`](crate::Outcome::Suspended), and
/// [`Pattern::resume`](crate::Pattern::resume) continues it with a new `Interrupt`.
#[derive(Clone, Copy, Debug)]
pub struct Interrupt<'a> {
    cancelled: &'a AtomicBool,
    deadline: Option<Instant>,
}

impl<'a> Interrupt<'a> {
    /// Stops the work when `cancelled` is set, and at no other time.
    pub fn without_deadline(cancelled: &'a AtomicBool) -> Self {
        Self { cancelled, deadline: None }
    }

    /// Suspends the work at `deadline`, and stops it when `cancelled` is set.
    pub fn until(deadline: Instant, cancelled: &'a AtomicBool) -> Self {
        Self { cancelled, deadline: Some(deadline) }
    }

    /// Whether the flag is set.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Whether work has to stop here, and why. Cancellation goes before the deadline.
    ///
    /// # Errors
    ///
    /// [`Interruption`] if it has to stop.
    pub fn check(&self) -> Result<(), Interruption> {
        if self.is_cancelled() {
            Err(Interruption::Cancelled)
        } else if self.deadline_passed() {
            Err(Interruption::Suspended)
        } else {
            Ok(())
        }
    }

    /// Whether the deadline has passed.
    pub fn deadline_passed(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
