//! What a drainer sends to the JavaScript threads. It goes in bundles: every one rings a bell.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::buffers::pool::{BufferPool, Buffers};
use crate::queue::completion::Completion;
use crate::queue::inbox::Inbox;

/// Verdicts are on their way to the JavaScript thread after so long at the latest. What comes together is a burst of work for that
/// thread, which others wait for.
const POST_AFTER: Duration = Duration::from_micros(200);

/// Letters, and memory, on their way to their boxes.
#[derive(Default)]
pub(crate) struct Outbox {
    bundles: Vec<Bundle>,
    since: Option<Instant>,
}

struct Bundle {
    home: Arc<Inbox>,
    completions: Vec<Completion>,
    spares: BufferPool,
}

impl Outbox {
    /// Takes a letter along.
    pub(crate) fn add(&mut self, home: &Arc<Inbox>, completion: Completion) {
        self.since.get_or_insert_with(Instant::now);
        self.bundle(home).completions.push(completion);
    }

    /// Takes memory along.
    pub(crate) fn add_spare(&mut self, home: &Arc<Inbox>, spare: Buffers) {
        if !spare.is_empty() {
            self.bundle(home).spares.put(spare);
        }
    }

    fn bundle(&mut self, home: &Arc<Inbox>) -> &mut Bundle {
        let known = self.bundles.iter().position(|bundle| Arc::ptr_eq(&bundle.home, home));
        let at = known.unwrap_or_else(|| {
            let home = home.clone();
            self.bundles.push(Bundle {
                home,
                completions: Vec::new(),
                spares: BufferPool::default(),
            });
            self.bundles.len() - 1
        });
        &mut self.bundles[at]
    }

    pub(crate) fn send_if_due(&mut self) {
        if self.since.is_some_and(|since| since.elapsed() >= POST_AFTER) {
            self.send(None);
        }
    }

    /// `looking`: the environment that is about to look into its box anyway.
    pub(crate) fn send(&mut self, looking: Option<&Arc<Inbox>>) {
        self.since = None;
        for Bundle { home, completions, spares } in self.bundles.drain(..) {
            let wake = looking.is_none_or(|looking| !Arc::ptr_eq(&home, looking));
            home.post(completions, spares, wake);
        }
    }
}
