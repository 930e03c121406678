//! The JavaScript thread's part in a call's end: it takes completions out of the inbox and settles
//! their calls.

use std::sync::Arc;

use napi::Env;

use crate::calls::abort;
use crate::calls::bundle::{Bundle, DELIVERY_VERDICTS, VerdictWriter};
use crate::calls::completion::Completion;
use crate::calls::copying::CopyPieces;
use crate::calls::environment::{Environment, insert, shutdown, with, with_call};
use crate::calls::explained::Explained;
use crate::calls::explanation;
use crate::calls::in_flight::CallTable;
use crate::calls::inbox::Inbox;
use crate::calls::promises::Promises;
use crate::calls::recovery::fail_all;
use crate::calls::script;
use crate::calls::settle::{drop_on_pool, reject, remove_call, resolve};
use crate::calls::signals::Signals;
use crate::calls::submit::{is_stuck, pump_batch, start_worker};
use crate::error::Failure;
use crate::node::callback;
use crate::node::cleanup;
use crate::node::guard::Panicked;
use crate::node::value::{Thrown, Value};
use crate::node::waker::{WakeHandler, Waker};
use crate::queue;
use crate::queue::call_id::CallId;
use crate::queue::completion::{JobCompletion, Payload};
use crate::report::LoadReport;

/// Makes the environment known, at its first call.
pub(crate) fn ensure(env: &Env) -> Result<(), Failure> {
    if with(env, |_| ()).is_some() {
        return Ok(());
    }
    start(env).map_err(|thrown| Failure::Internal(thrown.describe()))
}

fn start(env: &Env) -> Result<(), Thrown<'_>> {
    let promises = Promises::new(env, callback::new::<CopyPieces>(env)?)?;
    let waker = Waker::new::<Delivery>(env)?;
    let environment = Environment {
        inbox: Arc::new(Inbox::new(waker)),
        promises,
        calls: CallTable::default(),
        signals: Signals::default(),
        on_worker_end: |env| poll_completions(env, false),
    };
    // hooks run in reverse order: this one before those that free the functions of the waker
    cleanup::at_end(env, shutdown)?;
    insert(env, environment);
    Ok(())
}

/// What the JavaScript thread does when the inbox wakes it.
struct Delivery;

impl WakeHandler for Delivery {
    fn on_wake(env: &Env) {
        poll_completions(env, true);
    }

    fn on_panic(env: &Env, panicked: Panicked) {
        fail_all(env, panicked);
    }
}

/// Makes one delivery, then the event loop gets its turn. `woken`: by the inbox, and not by the end
/// of a worker.
fn poll_completions(env: &Env, woken: bool) {
    if !Value::can_run(env) {
        // the last task of an environment that is ending, which must not start another
        shutdown(env);
        queue::hand_over();
        return;
    }
    let Some(inbox) = with(env, |environment| environment.inbox.clone()) else { return };
    let completions = inbox.take(DELIVERY_VERDICTS, woken);
    if !completions.is_empty() {
        settle_completions(env, completions);
    }
    inbox.end_delivery(woken);
    start_worker(env, queue::permit());
}

/// Settles the calls of a delivery. Before all verdicts are handed over at once, the only code of
/// the caller's that runs is that of signals of its own make.
fn settle_completions(env: &Env, completions: Vec<Completion>) {
    let mut bundle = Bundle::new(env);
    let mut over = Vec::with_capacity(completions.len());
    for completion in completions {
        match completion {
            Completion::Uncopied(call) => over.push(call),
            Completion::Load { call, report } => {
                over.push(call);
                report_load(env, call, *report);
            }
            Completion::Explained { call, outcome } => {
                over.push(call);
                check_signal(env, call);
                report_explanation(env, call, *outcome);
            }
            Completion::Job(completion) => {
                if completion.last {
                    over.push(completion.call);
                }
                settle_job(env, &mut bundle, completion);
            }
        }
    }
    if !bundle.is_empty() && script::settle_all(env, bundle).is_none() {
        with(env, |environment| environment.promises.writer.forget());
    }
    // only now may other calls have their slots
    for call in over {
        end_job(env, call);
    }
}

fn settle_job<'s>(env: &'s Env, bundle: &mut Bundle<'s>, completion: JobCompletion) {
    let JobCompletion { call, payload, last, rules } = completion;
    if last {
        check_signal(env, call);
    }
    match payload {
        Payload::Verdict(verdict) => {
            answer(env, call, 1, |writer| writer.add_one(bundle, call, &verdict, rules.as_deref()));
        }
        Payload::Verdicts(verdicts) => answer(env, call, verdicts.len(), |writer| {
            writer.add_all(bundle, call, &verdicts, rules.as_deref())
        }),
        Payload::Cancelled => fail(env, call, "stopped, but not by the caller".into()),
        Payload::Panicked(message) => fail(env, call, message),
    }
    drop_on_pool(env, rules);
}

/// Asks the signal of a call that is over: an earlier listener may have kept the event from ours.
fn check_signal(env: &Env, call: CallId) {
    if let Some(Some(signal)) = with_call(env, call, |call| Some(call.watch.as_ref()?.id)) {
        abort::check(env, signal);
    }
}

/// Adds `count` verdicts of a call to a bundle, by `add`, if the caller still waits for them.
fn answer<'s>(
    env: &'s Env,
    id: CallId,
    count: usize,
    add: impl FnOnce(&mut VerdictWriter) -> Result<(), Thrown<'s>>,
) {
    with(env, |environment| {
        let Environment { calls, promises, .. } = environment;
        if calls.answer(id, count) {
            // nobody waits in an environment that is ending
            let _ = add(&mut promises.writer);
        }
    });
}

/// A job of a call is over, and with the last one the call.
fn end_job(env: &Env, id: CallId) {
    let left = with_call(env, id, |call| {
        call.jobs = call.jobs.saturating_sub(1);
        (call.jobs, call.call.batch.is_some())
    });
    let jobs = if let Some((_, true)) = left {
        pump_batch(env, id);
        if is_stuck(env, id) {
            fail(env, id, "the texts cannot be copied".into());
        }
        with_call(env, id, |call| call.jobs)
    } else {
        left.map(|(jobs, _)| jobs)
    };
    if jobs == Some(0) {
        remove_call(env, id);
    }
}

fn report_load(env: &Env, id: CallId, report: Result<LoadReport, Failure>) {
    let made =
        |report| Value::made_of(env, report).map_err(|error| Failure::Internal(error.to_string()));
    match report.and_then(made) {
        Ok(report) => resolve(env, id, report),
        Err(failure) => reject(env, id, failure.into_value(env)),
    }
}

fn report_explanation(env: &Env, id: CallId, outcome: Result<Explained, Failure>) {
    let rules = with_call(env, id, |call| call.call.rules.clone()).flatten();
    let made = |explained| explanation::to_value(env, explained, rules.as_deref());
    match outcome.and_then(made) {
        Ok(explanation) => resolve(env, id, explanation),
        Err(failure) => reject(env, id, failure.into_value(env)),
    }
}

#[cold]
fn fail(env: &Env, id: CallId, message: String) {
    reject(env, id, Failure::Internal(message).into_value(env));
}
