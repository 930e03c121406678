//! Where the queue sends what it has done.

use std::sync::Arc;

use crate::buffers::pool::BufferPool;
use crate::queue::completion::JobCompletion;

/// The environment that a job comes from, as the queue sees it from any thread.
pub(crate) trait Destination: Send + Sync {
    /// Takes completions, and memory for the texts of later calls. `wake`: wakes the JavaScript
    /// thread for them; without it that thread is about to look anyway.
    fn post(&self, completions: Vec<JobCompletion>, buffers: BufferPool, wake: bool);

    /// Asks for a worker, which only the JavaScript thread can start.
    fn ask_for_worker(&self);

    /// Whether nobody waits for completions any more.
    fn is_closed(&self) -> bool;
}

/// Whether both are the same.
pub(crate) fn same(a: &Arc<dyn Destination>, b: &Arc<dyn Destination>) -> bool {
    Arc::ptr_eq(a, b)
}
