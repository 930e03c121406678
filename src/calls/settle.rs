//! Settling one call, and the end of a call.

use std::sync::Arc;

use napi::Env;

use crate::calls::environment::with;
use crate::calls::in_flight::InFlight;
use crate::calls::script;
use crate::node::async_work;
use crate::node::value::Value;
use crate::queue::call_id::CallId;
use matcher::Matcher;

/// Rejects a call that is not settled yet. Its slot stays taken.
pub(crate) fn reject(env: &Env, id: CallId, reason: Value<'_>) {
    if with(env, |environment| environment.settle(env, id)) == Some(true) {
        // nobody waits in an environment that is ending
        let _ = script::fail(env, id, reason);
    }
}

/// Resolves a call that is not settled yet and waits for one value. Its slot stays taken.
pub(crate) fn resolve(env: &Env, id: CallId, value: Value<'_>) {
    if with(env, |environment| environment.settle(env, id)) == Some(true) {
        let _ = script::settle(env, id, value);
    }
}

/// Frees the slot of a call, which has no jobs any more.
pub(crate) fn remove_call(env: &Env, id: CallId) {
    let removed = with(env, |environment| {
        environment.settle(env, id);
        environment.calls.remove(id)
    });
    let Some(InFlight { watch, call, .. }) = removed.flatten() else { return };
    if let Some(watch) = watch {
        let last = with(env, |environment| {
            let ids = environment.signals.ids(env);
            environment.signals.leave(watch.id, id).map(|watched| (watched, ids))
        });
        if let Some((watched, ids)) = last.flatten() {
            watched.forget(env, ids);
        }
    }
    drop_on_pool(env, call.rules);
}

/// Drops rules. The last owner of rules that are out of force frees them, on libuv's pool:
/// thousands of patterns with their automata are many allocations. `matcher::store` says who can be
/// that owner.
pub(crate) fn drop_on_pool(env: &Env, rules: Option<Arc<Matcher>>) {
    if let Some(last) = rules.and_then(Arc::into_inner) {
        // an environment that is ending starts no task: then they are freed here
        async_work::spawn(env, move || drop(last), |_| (), |_, _| ());
    }
}
