//! Aborting calls: an abort rejects at once, whether its calls wait or are worked on.

use napi::Env;

use crate::calls::environment::with;
use crate::calls::recovery::fail_all;
use crate::calls::settle::reject;
use crate::calls::signals::{SignalId, Watch};
use crate::error::Failure;
use crate::node::listener;
use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};
use crate::queue::call_id::CallId;
use crate::read::signal::{Signal, abort_reason, not_a_signal};

/// Watches a signal for a call.
pub(crate) fn watch<'s>(env: &'s Env, signal: Signal<'s>, call: CallId) -> Result<Watch, Failure> {
    // the caller's getters have run since the signal was read
    signal.refuse_aborted()?;
    let watch = join(env, signal.value(), call).map_err(|_| not_a_signal())?;
    watch.ok_or_else(|| Failure::Internal("the environment has ended".into()))
}

fn join<'s>(env: &'s Env, signal: Value<'s>, call: CallId) -> Result<Option<Watch>, Thrown<'s>> {
    let ids = ids(env)?;
    let known = ids.call_method(c"get", &[signal])?.uint32().map(SignalId::of_number);
    if let Some(id) = known
        && let Some(watch) = with(env, |environment| environment.signals.join(id, call)).flatten()
    {
        return Ok(Some(watch));
    }
    let Some(id) = with(env, |environment| environment.signals.next_id()) else { return Ok(None) };
    // anybody may dispatch an event called abort; only the signal knows
    let listener = listener::new(env, move |env| check(env, id), fail_all)?;
    let references = (Reference::new(signal)?, Reference::new(listener)?);
    let added = add(env, ids, signal, listener, id);
    if let Err(thrown) = added {
        references.0.release(env);
        references.1.release(env);
        return Err(thrown);
    }
    Ok(with(env, |environment| {
        environment.signals.insert(id, references.0, references.1);
        environment.signals.join(id, call)
    })
    .flatten())
}

fn add<'s>(
    env: &'s Env,
    ids: Value<'s>,
    signal: Value<'s>,
    listener: Value<'s>,
    id: SignalId,
) -> Result<(), Thrown<'s>> {
    signal.call_method(c"addEventListener", &[Value::string(env, "abort")?, listener])?;
    ids.call_method(c"set", &[signal, Value::number(env, id.number())?])?;
    Ok(())
}

/// The environment's map of ids, made at its first use.
fn ids(env: &Env) -> Result<Value<'_>, Thrown<'_>> {
    if let Some(ids) = with(env, |environment| environment.signals.ids(env)).flatten() {
        return Ok(ids);
    }
    let ids = Value::global(env).get(c"Map")?.construct(&[])?;
    let reference = Reference::new(ids)?;
    with(env, |environment| environment.signals.set_ids(reference));
    Ok(ids)
}

/// Asks a signal whether it is aborted. If it is, all its calls are rejected with its reason.
pub(crate) fn check(env: &Env, id: SignalId) {
    let Some((reason, calls)) = take_aborted(env, id) else { return };
    for call in calls {
        reject(env, call, reason);
    }
}

/// Takes out a signal if it is aborted: its reason, and its calls.
fn take_aborted(env: &Env, id: SignalId) -> Option<(Value<'_>, Vec<CallId>)> {
    let signal = with(env, |environment| environment.signals.get(env, id)).flatten()?;
    let reason = abort_reason(signal)?;
    let (watched, calls) =
        with(env, |environment| environment.signals.take_aborted(id)).flatten()?;
    let ids = with(env, |environment| environment.signals.ids(env)).flatten();
    watched.forget(env, ids);
    Some((reason, calls))
}
