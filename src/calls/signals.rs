//! The `AbortSignal`s of the calls in flight.
//!
//! `AbortSignal` of `napi` overlooks a signal that is already aborted, overwrites `onabort`, and
//! stops nothing once one of several calls with the same signal is over.
//!
//! One signal often serves a whole run, and Node warns of a leak at its eleventh listener. So a
//! signal has one listener however many calls it has in flight, and they share one flag.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi::Env;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};
use crate::queue::call_id::CallId;

/// A signal with calls in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SignalId(u32);

/// The share of one call in a signal. To be given back by [`Signals::leave`].
pub(crate) struct Watch {
    /// Set when the signal is aborted. Any thread may read it.
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) id: SignalId,
}

/// A signal with calls in flight, and its listener. To be given back by [`Watched::forget`].
pub(crate) struct Watched {
    stop: Arc<AtomicBool>,
    calls: FxHashSet<CallId>,
    signal: Reference,
    listener: Reference,
}

/// The signals of one environment. No method calls JavaScript, so all may be called while the
/// environment is borrowed.
#[derive(Default)]
pub(crate) struct Signals {
    /// A JavaScript `Map` from each signal to its id: Rust cannot tell objects apart by a hash.
    ids: Option<Reference>,
    watched: FxHashMap<SignalId, Watched>,
    last_id: u32,
}

impl Signals {
    /// The map of ids; `None` if it was not set yet.
    pub(crate) fn ids<'s>(&self, env: &'s Env) -> Option<Value<'s>> {
        self.ids.as_ref().map(|ids| ids.get(env))
    }

    pub(crate) fn set_ids(&mut self, ids: Reference) {
        self.ids = Some(ids);
    }

    /// The id of another signal.
    pub(crate) fn next_id(&mut self) -> SignalId {
        self.last_id = self.last_id.wrapping_add(1);
        SignalId(self.last_id)
    }

    /// Adds a signal.
    pub(crate) fn insert(&mut self, id: SignalId, signal: Reference, listener: Reference) {
        let stop = Arc::new(AtomicBool::new(false));
        let calls = FxHashSet::default();
        self.watched.insert(id, Watched { stop, calls, signal, listener });
    }

    /// A share for a call; `None` if the signal is not watched.
    pub(crate) fn join(&mut self, id: SignalId, call: CallId) -> Option<Watch> {
        let watched = self.watched.get_mut(&id)?;
        watched.calls.insert(call);
        Some(Watch { stop: watched.stop.clone(), id })
    }

    /// Gives back the share of a call. With the last one returns the signal.
    pub(crate) fn leave(&mut self, id: SignalId, call: CallId) -> Option<Watched> {
        let watched = self.watched.get_mut(&id)?;
        watched.calls.remove(&call);
        if watched.calls.is_empty() { self.watched.remove(&id) } else { None }
    }

    /// The signal itself; `None` if it is not watched.
    pub(crate) fn get<'s>(&self, env: &'s Env, id: SignalId) -> Option<Value<'s>> {
        self.watched.get(&id).map(|watched| watched.signal.get(env))
    }

    /// Takes out a signal that was aborted, with its calls, whose workers stop.
    pub(crate) fn take_aborted(&mut self, id: SignalId) -> Option<(Watched, Vec<CallId>)> {
        let mut watched = self.watched.remove(&id)?;
        watched.stop.store(true, Ordering::Relaxed);
        let calls = watched.calls.drain().collect();
        Some((watched, calls))
    }

    /// Takes out all signals. The workers of their calls stop.
    pub(crate) fn take_all(&mut self) -> Vec<Watched> {
        let watched: Vec<_> = self.watched.drain().map(|(_, watched)| watched).collect();
        for watched in &watched {
            watched.stop.store(true, Ordering::Relaxed);
        }
        watched
    }

    /// The environment is ending: its listeners go with it.
    pub(crate) fn release(self, env: &Env) {
        let watched = self.watched.into_values();
        let references = watched.flat_map(|Watched { signal, listener, .. }| [signal, listener]);
        for reference in references.chain(self.ids) {
            reference.release(env);
        }
    }
}

impl Watched {
    /// Takes the listener away, which runs code of the caller's if the signal is of its make.
    /// `ids`: as in [`Signals::ids`].
    pub(crate) fn forget<'s>(self, env: &'s Env, ids: Option<Value<'s>>) {
        let Self { signal, listener, .. } = self;
        // what the signal throws has nobody to tell
        let _ = remove(env, ids, signal.get(env), listener.get(env));
        signal.release(env);
        listener.release(env);
    }
}

fn remove<'s>(
    env: &'s Env,
    ids: Option<Value<'s>>,
    signal: Value<'s>,
    listener: Value<'s>,
) -> Result<(), Thrown<'s>> {
    if let Some(ids) = ids {
        ids.call_method(c"delete", &[signal])?;
    }
    signal.call_method(c"removeEventListener", &[Value::string(env, "abort")?, listener])?;
    Ok(())
}

impl SignalId {
    /// The id as JavaScript has it.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    pub(crate) fn of_number(number: u32) -> Self {
        Self(number)
    }
}
