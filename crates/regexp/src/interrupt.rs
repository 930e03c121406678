//! When running work has to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Asks running work to stop: for good when a flag is set, or for now at a deadline.
///
/// A search checks it every few thousand steps. A set flag ends the search with
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

    /// Whether the deadline has passed.
    pub fn deadline_passed(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
