//! What a worker sends to the JavaScript threads. It goes in bundles, because each bundle wakes
//! one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::buffers::pool::{BufferPool, Buffers};
use crate::queue::completion::JobCompletion;
use crate::queue::destination::{Destination, same};

/// How long a completion waits for others at most. A bundle is a burst of work for the JavaScript
/// thread, during which everything else there waits.
const SEND_AFTER: Duration = Duration::from_micros(200);

/// Completions and memory on their way. What is left is sent when it is dropped, by a panic of the
/// worker as well.
#[derive(Default)]
pub(crate) struct Outbox {
    bundles: Vec<Bundle>,
    /// When the first completion came in.
    since: Option<Instant>,
}

struct Bundle {
    to: Arc<dyn Destination>,
    completions: Vec<JobCompletion>,
    buffers: BufferPool,
}

impl Outbox {
    pub(crate) fn add(&mut self, to: &Arc<dyn Destination>, completion: JobCompletion) {
        self.since.get_or_insert_with(Instant::now);
        self.bundle(to).completions.push(completion);
    }

    pub(crate) fn add_buffers(&mut self, to: &Arc<dyn Destination>, buffers: Buffers) {
        if !buffers.is_empty() {
            self.bundle(to).buffers.put(buffers);
        }
    }

    fn bundle(&mut self, to: &Arc<dyn Destination>) -> &mut Bundle {
        let known = self.bundles.iter().position(|bundle| same(&bundle.to, to));
        let at = known.unwrap_or_else(|| {
            self.bundles.push(Bundle {
                to: to.clone(),
                completions: Vec::new(),
                buffers: BufferPool::default(),
            });
            self.bundles.len() - 1
        });
        &mut self.bundles[at]
    }

    pub(crate) fn send_if_due(&mut self) {
        if self.since.is_some_and(|since| since.elapsed() >= SEND_AFTER) {
            self.send(None);
        }
    }

    /// Sends everything. `looking`: the destination that is about to look by itself.
    pub(crate) fn send(&mut self, looking: Option<&Arc<dyn Destination>>) {
        self.since = None;
        for Bundle { to, completions, buffers } in self.bundles.drain(..) {
            let wake = looking.is_none_or(|looking| !same(&to, looking));
            to.post(completions, buffers, wake);
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.send(None);
    }
}
