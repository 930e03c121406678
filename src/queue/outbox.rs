//! What a drainer sends to the JavaScript threads. It goes in bundles: every one rings a bell.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::buffers::spare::{Spare, Spares};
use crate::queue::completion::Letter;
use crate::queue::inbox::Mailbox;

/// Verdicts are on their way to the JavaScript thread after so long at the latest. What comes together is a burst of work for that
/// thread, which others wait for.
const POST_AFTER: Duration = Duration::from_micros(200);

/// Letters, and memory, on their way to their boxes.
#[derive(Default)]
pub(crate) struct Post {
    bundles: Vec<Bundle>,
    since: Option<Instant>,
}

struct Bundle {
    home: Arc<Mailbox>,
    letters: Vec<Letter>,
    spares: Spares,
}

impl Post {
    /// Takes a letter along.
    pub(crate) fn add(&mut self, home: &Arc<Mailbox>, letter: Letter) {
        self.since.get_or_insert_with(Instant::now);
        self.bundle(home).letters.push(letter);
    }

    /// Takes memory along.
    pub(crate) fn add_spare(&mut self, home: &Arc<Mailbox>, spare: Spare) {
        if !spare.is_empty() {
            self.bundle(home).spares.put(spare);
        }
    }

    fn bundle(&mut self, home: &Arc<Mailbox>) -> &mut Bundle {
        let known = self.bundles.iter().position(|bundle| Arc::ptr_eq(&bundle.home, home));
        let at = known.unwrap_or_else(|| {
            let home = home.clone();
            self.bundles.push(Bundle { home, letters: Vec::new(), spares: Spares::default() });
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
    pub(crate) fn send(&mut self, looking: Option<&Arc<Mailbox>>) {
        self.since = None;
        for Bundle { home, letters, spares } in self.bundles.drain(..) {
            let wake = looking.is_none_or(|looking| !Arc::ptr_eq(&home, looking));
            home.post(letters, spares, wake);
        }
    }
}
