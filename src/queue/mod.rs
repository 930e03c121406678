//! The jobs of all environments, worked off by few tasks on libuv's pool.
//!
//! A task per call would cost the JavaScript thread 6 to 10 µs each, and thousands of them would
//! stand before every `fs.readFile`. So jobs wait in one queue (`state`), and workers take at most
//! their [`share`] of the pool's threads, in slices of a few milliseconds. A job that is not done
//! by the end of a slice is suspended, and a later slice resumes it.
//!
//! The way of a job: the queue → a `worker` claims it → `job` classifies → `outbox` collects what
//! is done → the `destination`, which is the inbox of the job's environment.
//!
//! The queue belongs to the process, as the pool and the rules do. Environments take turns, however
//! many jobs each has. Only a JavaScript thread can start a task, so a worker that leaves jobs
//! behind asks every environment that has some to start the next one; the first to answer does.

pub(crate) mod call_id;
pub(crate) mod completion;
pub(crate) mod destination;
pub(crate) mod in_force;
pub(crate) mod job;
mod outbox;
mod rows;
mod share;
mod state;
pub(crate) mod verdicts;
mod worker;

use std::sync::Arc;

use napi::Env;

use self::destination::Destination;
use self::job::Job;
pub(crate) use self::state::Permit;
use self::state::{ask_for_workers, queue};
use crate::node::async_work::{self, OnPanic};

/// Adds a job. Returns a permit if there should be one more worker for it.
pub(crate) fn push(job: Job) -> Option<Permit> {
    let mut queue = queue();
    queue.push(job);
    queue.permit()
}

/// A permit if there should be one more worker.
pub(crate) fn permit() -> Option<Permit> {
    queue().permit()
}

/// Drops the jobs of an environment that waits for them no longer.
pub(crate) fn abandon(destination: &Arc<dyn Destination>) {
    let abandoned = queue().abandon(destination);
    // outside of the lock
    drop(abandoned);
}

/// Asks all environments for a worker: the one that was to start the next has ended or failed.
pub(crate) fn hand_over() {
    ask_for_workers(&queue(), None);
}

/// Starts a worker. `on_complete` follows it on the JavaScript thread, `on_panic` a panic in
/// either. If it cannot be started the permit is given back: another environment, or a later call,
/// starts one.
pub(crate) fn start_worker(
    env: &Env,
    permit: Permit,
    home: Arc<dyn Destination>,
    on_complete: fn(&Env),
    on_panic: OnPanic,
) {
    async_work::spawn(env, move || worker::run(permit, &home), on_complete, on_panic);
}
