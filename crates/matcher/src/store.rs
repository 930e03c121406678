//! The rules in force: one matcher for the whole process, shared by the main thread and every worker thread.
//!
//! Loads run side by side and end in any order. Each takes a [`Ticket`] when it is called; a matcher goes into force
//! only if no later call's has, so the last one called wins. A call that fails installs nothing and so changes nothing.
//! A running classification keeps the matcher that it has: it never sees a swap.
//!
//! The last owner of a matcher that is out of force frees it, and its thousands of patterns with
//! their automata are many allocations. Most often that is a later load, in [`install`], or a worker
//! that has done the last call of the matcher. But a verdict holds its matcher until delivery, so a
//! JavaScript thread can own the last reference; it must free it on another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwapOption;

use crate::matcher::Matcher;

static STORE: Store = Store::new();

/// The rules in force, process-wide. `None`: none were ever loaded.
pub fn current() -> Option<Arc<Matcher>> {
    STORE.current()
}

/// The place of a call of `loadRules` among all of them. To be taken when the call is made, on the caller's thread.
pub fn ticket() -> Ticket {
    STORE.ticket()
}

/// Puts `matcher` into force. `false`: a later call's rules already are, and stay.
///
/// The matcher's version takes the ticket's number, as [`Matcher::set_load_number`] does.
pub fn install(ticket: Ticket, matcher: Matcher) -> bool {
    STORE.install(ticket, matcher)
}

/// One call of `loadRules`. Later calls have greater tickets.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

impl Ticket {
    /// Counts the calls of `loadRules` in this process, from 1. The first half of a version.
    pub fn number(&self) -> u64 {
        self.0
    }
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
        // relaxed: read-modify-writes of one atomic are totally ordered, and nothing else hangs on it
        Ticket(self.loads.fetch_add(1, Ordering::Relaxed) + 1)
    }

    // by value: a ticket is good for one install
    #[allow(clippy::needless_pass_by_value)]
    fn install(&self, ticket: Ticket, mut matcher: Matcher) -> bool {
        matcher.set_load_number(ticket.number());
        let is_later = |other: &Option<Arc<Matcher>>| {
            other.as_ref().is_some_and(|other| other.load_number() > ticket.number())
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
    use crate::Ansi;

    fn matcher() -> Matcher {
        Matcher::build(&mut [], Ansi::Strip, false).unwrap()
    }

    fn number_in_force(store: &Store) -> Option<u64> {
        store.current().map(|matcher| matcher.load_number())
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
        assert!(store.install(second, matcher()));
        assert_eq!(number_in_force(&store), Some(2));
        assert!(!store.install(first, matcher()));
        assert_eq!(number_in_force(&store), Some(2));
        assert!(store.install(third, matcher()));
        assert_eq!(number_in_force(&store), Some(3));
    }

    #[test]
    fn a_failed_load_changes_nothing() {
        let store = Store::new();
        let (first, _failed) = (store.ticket(), store.ticket());
        assert!(store.install(first, matcher()));
        assert_eq!(number_in_force(&store), Some(1));
    }

    #[test]
    fn a_matcher_in_use_outlives_its_reign() {
        let store = Store::new();
        store.install(store.ticket(), matcher());
        let held = store.current().unwrap();
        store.install(store.ticket(), matcher());
        assert_eq!(held.load_number(), 1);
        assert_eq!(number_in_force(&store), Some(2));
    }

    #[test]
    fn old_rules_are_freed_when_nobody_has_them() {
        let store = Store::new();
        store.install(store.ticket(), matcher());
        let held = store.current().unwrap();
        let old = Arc::downgrade(&held);
        store.install(store.ticket(), matcher());
        assert!(old.upgrade().is_some());
        drop(held);
        assert!(old.upgrade().is_none());
        // and at once if nobody does, those of a load that came too late among them
        let in_force = Arc::downgrade(&store.current().unwrap());
        let late = store.ticket();
        assert!(store.install(store.ticket(), matcher()));
        assert!(in_force.upgrade().is_none());
        assert!(!store.install(late, matcher()));
        assert_eq!(Arc::strong_count(&store.current().unwrap()), 2);
    }

    #[test]
    fn the_version_in_force_is_the_tickets() {
        let store = Store::new();
        let _failed = store.ticket();
        store.install(store.ticket(), matcher());
        assert!(store.current().unwrap().report.version.starts_with("2-"));
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
                        let won = store.install(ticket, matcher());
                        let in_force = number_in_force(&store).unwrap();
                        // whoever is in force is this call or a later one, and never goes back
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
        install(ticket, matcher());
        assert!(current().unwrap().load_number() >= number);
    }

    #[test]
    fn it_crosses_threads() {
        fn assert_send_sync<T: Send + Sync>() {}
        assert_send_sync::<Store>();
        assert_send_sync::<Ticket>();
    }
}
