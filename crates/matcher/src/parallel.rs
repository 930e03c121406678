//! Work on two threads at once: the calling one, and one that helps it and is gone at the end.
//!
//! A load runs on a thread of its own already, and its caller waits for it. Two threads and not more, whatever the machine has:
//! what cannot be divided outweighs the rest by then, and each thread's heap is more memory.
//!
//! When it helps: a list is then loaded in some 85 % of the time that one thread takes. When it would hurt: where there are just
//! two cores, the event loop would have to wait until the scheduler takes one away from us (3 to 5 ms, once, with 3,400 rules,
//! instead of 1 to 2). It is promised not to wait, and a load is promised to be fast, in this order: so one core is left to
//! it, and on machines with one or two nobody helps.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

use once_cell::sync::OnceCell;

/// Fewer items are not worth a thread: it takes as long to start as a handful of rules to be read.
const WORTHWHILE: usize = 200;

/// Does `here` on this thread and, at the same time if the work on `items` things is worth it, `there` on another one.
///
/// # Panics
///
/// If one of them does, with its panic.
pub(crate) fn both<A, B: Send>(
    items: usize,
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    if items < WORTHWHILE || !a_core_is_free() {
        return (here(), there());
    }
    // A thread that cannot be started would take its closure with it.
    let there = Mutex::new(Some(there));
    let take = || there.lock().unwrap_or_else(PoisonError::into_inner).take();
    thread::scope(|scope| {
        let helper = thread::Builder::new()
            .name("known-failures".into())
            .spawn_scoped(scope, || take().map(|there| there()));
        let here = here();
        let done = helper
            .ok()
            .and_then(|helper| helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        let there = done.or_else(|| take().map(|there| there()));
        (here, there.unwrap_or_else(|| unreachable!("it is done by the helper or by nobody")))
    })
}

/// What `work` makes of the items: of all of them, or of one half after the other.
///
/// # Panics
///
/// If `work` does.
pub(crate) fn in_stretches<'t, T: Sync, R: Send>(
    items: &'t [T],
    work: impl Fn(&'t [T]) -> R + Sync,
) -> Vec<R> {
    if items.len() < WORTHWHILE || !a_core_is_free() {
        return vec![work(items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    let (first, second) = both(items.len(), || work(first), || work(second));
    vec![first, second]
}

/// Whether there is one besides the load's and the event loop's.
fn a_core_is_free() -> bool {
    static CORES: OnceCell<usize> = OnceCell::new();
    // what tests do with two threads must not depend on the machine
    cfg!(test) || *CORES.get_or_init(|| thread::available_parallelism().map_or(1, usize::from)) > 2
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn stretches_are_the_items_in_order() {
        for count in [0, 1, WORTHWHILE - 1, WORTHWHILE, WORTHWHILE + 1, 10 * WORTHWHILE] {
            let items: Vec<_> = (0..count).collect();
            assert_eq!(in_stretches(&items, <[usize]>::to_vec).concat(), items);
        }
    }

    #[test]
    fn both_are_done_whether_or_not_there_is_a_helper() {
        for items in [0, WORTHWHILE] {
            let mut here = 0;
            let done = both(items, || here += 1, || "there");
            assert_eq!((done, here), (((), "there"), 1));
        }
    }

    #[test]
    fn a_panic_is_not_lost() {
        for items in [0, WORTHWHILE] {
            let panics = || -> u32 { panic!("no luck") };
            for panic in [
                catch_unwind(|| both(items, || 1, panics)),
                catch_unwind(|| both(items, panics, || 1)),
            ] {
                let message = panic.unwrap_err().downcast::<&str>().unwrap();
                assert_eq!(*message, "no luck");
            }
        }
    }
}
