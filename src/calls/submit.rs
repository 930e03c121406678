//! Making calls: a slot, jobs for the queue, and a worker for them.

use std::sync::Arc;

use napi::Env;

use crate::calls::abort;
use crate::calls::batch::Window;
use crate::calls::completion::Completion;
use crate::calls::environment::{Environment, with, with_call};
use crate::calls::in_flight::{Call, InFlight};
use crate::calls::inbox::Inbox;
use crate::calls::promises::Strings;
use crate::calls::recovery::fail_all;
use crate::calls::script;
use crate::calls::settle::remove_call;
use crate::error::Failure;
use crate::node::scope::in_scope;
use crate::queue::call_id::CallId;
use crate::queue::destination::Destination;
use crate::queue::job::{Items, Job, Work};
use crate::queue::{self, Permit};
use crate::read::signal::Signal;

/// Registers a call, which is in flight from now on. `signal`: aborts it.
pub(crate) fn register_call<'s>(
    env: &'s Env,
    call: Call,
    signal: Option<Signal<'s>>,
) -> Result<CallId, Failure> {
    let id = with(env, |environment| {
        let id = environment.calls.insert(call);
        if environment.calls.count_unsettled() == 1 {
            environment.inbox.keep_alive(env, true);
        }
        id
    })
    .ok_or_else(|| Failure::Internal("the environment has ended".into()))?;
    if let Some(signal) = signal {
        match abort::watch(env, signal, id) {
            Ok(watch) => {
                with_call(env, id, |call| call.watch = Some(watch));
            }
            Err(failure) => {
                remove_call(env, id);
                return Err(failure);
            }
        }
    }
    Ok(id)
}

/// Notes that a job of a call has started. Returns where its completions go.
pub(crate) fn job_started(env: &Env, id: CallId) -> Option<Arc<Inbox>> {
    with(env, |environment| {
        environment.calls.get(id)?.jobs += 1;
        Some(environment.inbox.clone())
    })
    .flatten()
}

/// Adds a job of a call to the queue.
pub(crate) fn enqueue(env: &Env, id: CallId, work: Work) {
    let job = with(env, |environment| {
        let Environment { calls, inbox, .. } = environment;
        let in_flight = calls.get(id)?;
        in_flight.jobs += 1;
        let stop = in_flight.watch.as_ref().map(|watch| watch.stop.clone());
        Some(Job::new(inbox.clone(), id, stop, work))
    });
    if let Some(job) = job.flatten() {
        start_worker(env, queue::push(job));
    }
}

/// Copies the first items of a `classifyAll` into the queue. Near the end of the caller's stack no
/// script can run; then it is done once the caller has returned.
pub(crate) fn start_batch(env: &Env, id: CallId, strings: Strings<'_>) {
    copy_windows(env, id, strings);
    if is_stuck(env, id)
        && let Some(inbox) = job_started(env, id)
    {
        inbox.post_one(Completion::Uncopied(id));
    }
}

/// Whether nothing of a `classifyAll` is in flight, and not all of it is copied.
pub(crate) fn is_stuck(env: &Env, id: CallId) -> bool {
    let is_stuck = |call: &mut InFlight| call.jobs == 0 && call.call.batch.is_some();
    with_call(env, id, is_stuck) == Some(true)
}

/// Copies the next items of a `classifyAll` into the queue, unless enough of them are in flight.
pub(crate) fn pump_batch(env: &Env, id: CallId) {
    if with_call(env, id, |in_flight| in_flight.call.batch.is_some()) != Some(true) {
        return;
    }
    if let Some(strings) = script::strings(env, id) {
        copy_windows(env, id, strings);
    }
}

/// As [`pump_batch`], of a call whose `strings` are known.
fn copy_windows(env: &Env, id: CallId, strings: Strings<'_>) {
    let Strings { tests, errors } = strings;
    while let Some(window) = in_scope(env, [tests, errors], |env, [tests, errors]| {
        copy_window(env, id, Strings { tests, errors })
    }) {
        let Window { first, items, texts, in_force } = window;
        let items = Items::of_window(items);
        enqueue(env, id, Work { in_force, first, items, texts });
    }
}

fn copy_window(env: &Env, id: CallId, strings: Strings<'_>) -> Option<Window> {
    let next =
        |in_flight: &mut InFlight| in_flight.call.batch.as_ref()?.next_window(in_flight.jobs);
    let range = with_call(env, id, next).flatten()?;
    let copied = script::copy(env, strings, range)?;
    with_call(env, id, |in_flight| {
        let batch = &mut in_flight.call.batch;
        let window = batch.as_mut()?.take_window(copied);
        batch.take_if(|batch| batch.is_copied());
        (window.items.len() > 0).then_some(window)
    })
    .flatten()
}

/// Starts a worker, if there is a permit for one.
pub(crate) fn start_worker(env: &Env, permit: Option<Permit>) {
    let Some(permit) = permit else { return };
    let home = with(env, |environment| (environment.inbox.clone(), environment.on_worker_end));
    if let Some((inbox, on_worker_end)) = home {
        let home: Arc<dyn Destination> = inbox;
        queue::start_worker(env, permit, home, on_worker_end, fail_all);
    }
}
