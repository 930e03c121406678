//! Work on two threads at once: the calling thread, and a helper that ends with the work.
//!
//! A load already runs on a thread of its own. Two threads and not more, whatever the machine has:
//! by then the serial rest outweighs what could be divided, and each thread's heap is more memory.
//!
//! When it helps: a list is loaded in some 85 % of the time that one thread takes. When it hurts:
//! on two cores, the event loop has to wait until the scheduler takes one away from the load (3 to
//! 5 ms, once, with 3,400 rules, instead of 1 to 2). That the event loop never waits goes before a
//! fast load, so one core is left to it: machines with one or two cores get no helper.

use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, ScopedJoinHandle};

/// Fewer items are not worth a thread, which takes as long to start as a dozen rules to be read.
const WORTHWHILE: usize = 200;

/// Runs `here` on this thread and `there` on a helper, or one after the other if `items` are too
/// few to be worth a thread.
///
/// # Panics
///
/// If one of them panics, with its panic.
pub(crate) fn both<A, B: Send>(
    items: usize,
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (mut here, mut there) = (Some(here), Some(there));
    let (mut own, mut other) = (None, None);
    let mut run_own = || own = here.take().map(|here| here());
    let mut run_other = || other = there.take().map(|there| there());
    run_both(items, &mut run_own, &mut run_other);
    let (Some(here), Some(there)) = (own, other) else { unreachable!("both were run") };
    (here, there)
}

/// [`both`], for any two functions: starting a thread is some kilobytes of code.
fn run_both(items: usize, here: &mut dyn FnMut(), there: &mut (dyn FnMut() + Send)) {
    if items < WORTHWHILE || !a_core_is_free() {
        here();
        there();
        return;
    }
    // a thread that fails to start would take its closure with it
    let there = Mutex::new(there);
    let run_there = || there.lock().unwrap_or_else(PoisonError::into_inner)();
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("known-failures".into());
        let helper = builder.spawn_scoped(scope, run_there);
        here();
        match helper.map(ScopedJoinHandle::join) {
            Ok(Ok(())) => {}
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => run_there(),
        }
    });
}

/// What `work` makes of the items: of all of them, or of each half, in order.
///
/// # Panics
///
/// If `work` does.
pub(crate) fn in_parts<'t, T: Sync, R: Send>(
    items: &'t [T],
    work: impl Fn(&'t [T]) -> R + Sync,
) -> Vec<R> {
    // one copy of the code in the binary
    let work: &(dyn Fn(&'t [T]) -> R + Sync) = &work;
    if items.len() < WORTHWHILE || !a_core_is_free() {
        return vec![work(items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    let (first, second) = both(items.len(), || work(first), || work(second));
    vec![first, second]
}

/// Whether there is a core besides the load's and the event loop's.
fn a_core_is_free() -> bool {
    static CORES: OnceLock<usize> = OnceLock::new();
    // tests use two threads whatever the machine has
    cfg!(test) || *CORES.get_or_init(|| thread::available_parallelism().map_or(1, usize::from)) > 2
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn parts_are_the_items_in_order() {
        for count in [0, 1, WORTHWHILE - 1, WORTHWHILE, WORTHWHILE + 1, 10 * WORTHWHILE] {
            let items: Vec<_> = (0..count).collect();
            assert_eq!(in_parts(&items, <[usize]>::to_vec).concat(), items);
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
