//! A worker: a slice of time on a thread of libuv's pool, in which it works the queue off.

use std::collections::VecDeque;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::queue::destination::Destination;
use crate::queue::job::Job;
use crate::queue::outbox::Outbox;
use crate::queue::share::SHARE;
use crate::queue::state::{self, CLAIM_SIZE, Permit, queue};

/// How often a worker that has run out of jobs polls the queue before it gives its thread back. A
/// call is classified in the time that it takes to make one: without polling nearly every call
/// would start a task of its own, and every verdict would come back alone.
const IDLE_POLLS: u32 = 3;
/// The time between two polls.
const IDLE_POLL_INTERVAL: Duration = Duration::from_micros(20);
/// How often a worker yields its core. On a machine with few cores the thread that gets it is often
/// the JavaScript thread that the worker has just woken, or one that reads a file: left to itself,
/// an operating system lets them wait for milliseconds.
const YIELD_INTERVAL: Duration = Duration::from_micros(100);
/// A yield that takes longer than this shows a contended core. The worker then keeps it for as long
/// as it has waited.
const YIELD_BACKOFF: Duration = Duration::from_millis(1);

/// Works the queue off for a slice of time. `home`: the environment that has started the task, and
/// looks at its completions when it ends.
pub(super) fn run(permit: Permit, home: &Arc<dyn Destination>) {
    let until = Instant::now() + SHARE.slice;
    let mut outbox = Outbox::default();
    let mut claimed = VecDeque::with_capacity(CLAIM_SIZE);
    let mut scratch = queue().start_slice();
    let mut polls = 0;
    let mut yield_at = Instant::now() + YIELD_INTERVAL;
    loop {
        let Some(job) = next(&mut claimed) else {
            if polls == IDLE_POLLS || Instant::now() + IDLE_POLL_INTERVAL >= until {
                break;
            }
            polls += 1;
            outbox.send(None);
            thread::sleep(IDLE_POLL_INTERVAL);
            continue;
        };
        polls = if job.is_large() { IDLE_POLLS } else { 0 };
        if job.destination().is_closed() {
            continue;
        }
        let more = job.work(&mut scratch, until, &mut outbox);
        outbox.send_if_due();
        if let Some(job) = more {
            let abandoned = queue().suspend(job);
            // outside of the lock
            drop(abandoned);
        }
        let now = Instant::now();
        if now >= until {
            break;
        }
        if now >= yield_at {
            thread::yield_now();
            let waited = now.elapsed();
            yield_at =
                Instant::now() + if waited > YIELD_BACKOFF { waited } else { YIELD_INTERVAL };
        }
    }
    outbox.send(Some(home));
    let mut queue = queue();
    queue.end_slice(&mut claimed, scratch);
    state::ask_for_workers(&queue, Some(home));
    drop(queue);
    drop(permit);
}

/// The next job to work on.
fn next(claimed: &mut VecDeque<Job>) -> Option<Job> {
    if claimed.is_empty() {
        queue().claim(claimed);
    }
    claimed.pop_front()
}
