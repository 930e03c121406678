//! The rules in force: one matcher for the whole process, shared by the main thread and every
//! worker thread.
//!
//! Loads run concurrently and end in any order. Each takes a [`Ticket`] when it is called; a
//! matcher goes into force only if no later call's has, so the last call wins. A call that fails
//! installs nothing and so changes nothing. A running classification holds its matcher and never
//! sees a swap.
//!
//! The last owner of a matcher that is out of force frees it, and its thousands of patterns with
//! their automata are many allocations. Most often that is a later load, in [`install`], or a
//! worker that has done the last call of the matcher. But a verdict holds its matcher until
//! delivery, so a JavaScript thread can own the last reference; it must free it on another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwapOption;

pub use crate::ids::Ticket;
use crate::matcher::Matcher;

static STORE: Store = Store::new();

/// The rules in force, process-wide. `None`: none were ever loaded.
pub fn current() -> Option<Arc<Matcher>> {
    STORE.current()
}

/// A ticket for a call of `loadRules`. Take it when the call is made, on the caller's thread.
pub fn ticket() -> Ticket {
    STORE.ticket()
}

/// Puts `matcher` into force. `false`: a later call's rules already are, and stay.
pub fn install(matcher: Matcher) -> bool {
    STORE.install(matcher)
}

struct Store {
    in_force: ArcSwapOption<Matcher>,
    loads: AtomicU64,
}

impl Store {
    const fn new() -> Self {
        Self { in_force: ArcSwapOption::const_empty(), loads: AtomicU64::new(0) }
    }

    fn current(&self) -> Option<Arc<Matcher>> {
        self.in_force.load_full()
    }

    fn ticket(&self) -> Ticket {
        // relaxed: the writes of one atomic are totally ordered, and nothing else depends on them
        Ticket(self.loads.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn install(&self, matcher: Matcher) -> bool {
        let ticket = matcher.ticket();
        let is_later = |other: &Option<Arc<Matcher>>| {
            other.as_ref().is_some_and(|other| other.ticket() > ticket)
        };
        let candidate = Some(Arc::new(matcher));
        let replaced = self
            .in_force
            .rcu(|in_force| if is_later(in_force) { in_force.clone() } else { candidate.clone() });
        !is_later(&replaced)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::build::BuildOptions;

    fn matcher(ticket: Ticket) -> Matcher {
        Matcher::build(Vec::new(), BuildOptions::default(), ticket).unwrap().0
    }

    fn number_in_force(store: &Store) -> Option<u64> {
        store.current().map(|matcher| matcher.ticket().number())
    }

    #[test]
    fn nothing_is_in_force_at_first() {
        assert!(Store::new().current().is_none());
    }

    #[test]
    fn the_last_one_called_wins() {
        let store = Store::new();
        let (first, second, third) = (store.ticket(), store.ticket(), store.ticket());
        assert!(first < second && second < third);
        assert!(store.install(matcher(second)));
        assert_eq!(number_in_force(&store), Some(2));
        assert!(!store.install(matcher(first)));
        assert_eq!(number_in_force(&store), Some(2));
        assert!(store.install(matcher(third)));
        assert_eq!(number_in_force(&store), Some(3));
    }

    #[test]
    fn a_failed_load_changes_nothing() {
        let store = Store::new();
        let (first, _failed) = (store.ticket(), store.ticket());
        assert!(store.install(matcher(first)));
        assert_eq!(number_in_force(&store), Some(1));
    }

    #[test]
    fn a_matcher_in_use_outlives_its_reign() {
        let store = Store::new();
        store.install(matcher(store.ticket()));
        let held = store.current().unwrap();
        store.install(matcher(store.ticket()));
        assert_eq!(held.ticket().number(), 1);
        assert_eq!(number_in_force(&store), Some(2));
    }

    #[test]
    fn old_rules_are_freed_with_their_last_user() {
        let store = Store::new();
        store.install(matcher(store.ticket()));
        let held = store.current().unwrap();
        let old = Arc::downgrade(&held);
        store.install(matcher(store.ticket()));
        assert!(old.upgrade().is_some());
        drop(held);
        assert!(old.upgrade().is_none());
        // and at once if there is none, including those of a load that came too late
        let in_force = Arc::downgrade(&store.current().unwrap());
        let late = store.ticket();
        assert!(store.install(matcher(store.ticket())));
        assert!(in_force.upgrade().is_none());
        assert!(!store.install(matcher(late)));
        assert_eq!(Arc::strong_count(&store.current().unwrap()), 2);
    }

    #[test]
    fn the_version_in_force_is_the_tickets() {
        let store = Store::new();
        let _failed = store.ticket();
        store.install(matcher(store.ticket()));
        assert!(store.current().unwrap().version().starts_with("2-"));
    }

    #[test]
    fn threads_agree_on_the_last_call() {
        const THREADS: usize = 8;
        const LOADS: usize = 200;
        let store = Store::new();
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    let mut seen = 0;
                    for _ in 0..LOADS {
                        let ticket = store.ticket();
                        let number = ticket.number();
                        thread::yield_now();
                        let won = store.install(matcher(ticket));
                        let in_force = number_in_force(&store).unwrap();
                        // this call or a later one is in force, and the number never goes back
                        assert!(in_force >= number && in_force >= seen);
                        assert!(won || in_force > number);
                        seen = in_force;
                    }
                });
            }
        });
        assert_eq!(number_in_force(&store), Some((THREADS * LOADS) as u64));
    }

    #[test]
    fn the_process_has_one_store() {
        let ticket = ticket();
        let number = ticket.number();
        install(matcher(ticket));
        assert!(current().unwrap().ticket().number() >= number);
    }

    #[test]
    fn it_crosses_threads() {
        fn assert_send_sync<T: Send + Sync>() {}
        assert_send_sync::<Store>();
        assert_send_sync::<Ticket>();
    }
}
