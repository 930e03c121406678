//! The caller's `AbortSignal`s, watched on the JavaScript thread.
//!
//! `napi`'s own `AbortSignal` overlooks a signal that is already aborted, overwrites `onabort`, and stops nothing once one
//! of several calls with the same signal has ended. Here a listener is added and removed again like anybody's, and an abort
//! rejects at once, whether its calls are waiting or worked on.
//!
//! One signal often serves a whole run, and Node warns of a leak at its eleventh listener: so a signal has one listener
//! however many calls it has in flight, and they share one flag. It is aborted once and stays so.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi::{Env, Error, ValueType, sys};
use rustc_hash::FxHashSet;

use crate::calls::environment;
use crate::error::Failure;
use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};

/// A signal as the options name it: fit to be watched, and not aborted when it was looked at.
#[derive(Clone, Copy)]
pub(crate) struct Signal<'s>(Value<'s>);

/// One call's share in the watch over a signal. To be closed on the JavaScript thread.
pub(crate) struct Watch {
    /// Set when the signal is aborted. May be read on any thread.
    pub(crate) stop: Arc<AtomicBool>,
    id: u32,
}

/// A signal with calls in flight. Gone when it is aborted, or has no more of them.
struct Watched {
    stop: Arc<AtomicBool>,
    calls: FxHashSet<u32>,
    signal: Reference,
    listener: Reference,
}

/// The signals of one environment.
#[derive(Default)]
struct Signals {
    /// A JavaScript `Map` from each signal to its id in `watched`: objects have no other identity here.
    ids: Option<Reference>,
    watched: HashMap<u32, Watched>,
    last_id: u32,
}

thread_local! {
    // by environment: a thread may have several. Never borrowed while the caller's code may run, for it may call again
    static SIGNALS: RefCell<HashMap<usize, Signals>> = RefCell::default();
}

fn with_signals<T>(env: &Env, look: impl FnOnce(&mut Signals) -> T) -> T {
    SIGNALS.with_borrow_mut(|all| look(all.entry(env.raw() as usize).or_default()))
}

impl Signals {
    /// The environment is ending: its listeners go with it.
    fn release(self, env: &Env) {
        let watched = self.watched.into_values();
        let kept = watched.flat_map(|Watched { signal, listener, .. }| [signal, listener]);
        for kept in kept.chain(self.ids) {
            kept.release(env);
        }
    }
}

impl<'s> Signal<'s> {
    /// Judges `options.signal`. Absent if null or undefined.
    pub(crate) fn new(value: Value<'s>) -> Result<Option<Self>, Failure> {
        if value.is_nullish() {
            return Ok(None);
        }
        let signal = Self(value);
        let is_function =
            |name| matches!(value.get(name), Ok(f) if f.kind() == ValueType::Function);
        if !value.is_object()
            || !is_function(c"addEventListener")
            || !is_function(c"removeEventListener")
        {
            return Err(not_a_signal());
        }
        signal.refuse_aborted()?;
        Ok(Some(signal))
    }

    fn refuse_aborted(self) -> Result<(), Failure> {
        let aborted =
            self.0.get(c"aborted").ok().and_then(Value::boolean).ok_or_else(not_a_signal)?;
        if aborted { Err(Failure::Aborted(thrown(reason(self.0)))) } else { Ok(()) }
    }

    /// Begins to watch, for one call, which goes by that number in its environment.
    pub(crate) fn watch(self, env: &'s Env, call: u32) -> Result<Watch, Failure> {
        // the caller's getters have run since the signal was judged
        self.refuse_aborted()?;
        self.join(env, call).map_err(|_| not_a_signal())
    }

    fn join(self, env: &'s Env, call: u32) -> Result<Watch, Thrown<'s>> {
        let ids = ids(env)?;
        let known = ids.call_method(c"get", &[self.0])?;
        if let Some(watch) = known.double().and_then(|id| share(env, id, call)) {
            return Ok(watch);
        }
        let id = with_signals(env, |signals| {
            signals.last_id = signals.last_id.wrapping_add(1);
            signals.last_id
        });
        let listener = listener(env, id)?;
        let (kept_signal, kept_listener) = (keep(env, self.0)?, keep(env, listener)?);
        self.0.call_method(c"addEventListener", &[Value::string(env, "abort")?, listener])?;
        ids.call_method(c"set", &[self.0, Value::number(env, id)?])?;
        let stop = Arc::new(AtomicBool::new(false));
        let watched = Watched {
            stop: stop.clone(),
            calls: FxHashSet::from_iter([call]),
            signal: kept_signal,
            listener: kept_listener,
        };
        with_signals(env, |signals| signals.watched.insert(id, watched));
        Ok(Watch { stop, id })
    }
}

impl Watch {
    /// Which signal it is.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// Ends the share of a call; with the last one the listener goes.
    pub(crate) fn close(self, env: &Env, call: u32) {
        let last = with_signals(env, |signals| {
            let watched = signals.watched.get_mut(&self.id)?;
            watched.calls.remove(&call);
            if watched.calls.is_empty() { signals.watched.remove(&self.id) } else { None }
        });
        if let Some(watched) = last {
            watched.forget(env);
        }
    }
}

impl Watched {
    /// Takes the listener away.
    fn forget(self, env: &Env) {
        let Self { signal, listener, .. } = self;
        // a signal that throws here has nobody to tell
        let _ = forget(env, signal.get(env), listener.get(env));
        signal.release(env);
        listener.release(env);
    }
}

/// Asks a signal whether it is aborted. If so all its calls are rejected with its reason, here and now, and whoever works on
/// them is told to stop.
pub(crate) fn look(env: &Env, id: u32) {
    let signal = with_signals(env, |signals| {
        signals.watched.get(&id).map(|watched| watched.signal.get(env))
    });
    let Some(signal) = signal else { return };
    if signal.get(c"aborted").ok().and_then(Value::boolean) != Some(true) {
        return;
    }
    let reason = reason(signal);
    let watched = with_signals(env, |signals| signals.watched.remove(&id));
    let Some(mut watched) = watched else { return };
    watched.stop.store(true, Ordering::Relaxed);
    for call in std::mem::take(&mut watched.calls) {
        environment::reject(env, call, reason);
    }
    watched.forget(env);
}

fn forget<'s>(env: &'s Env, signal: Value<'s>, listener: Value<'s>) -> Result<(), Thrown<'s>> {
    ids(env)?.call_method(c"delete", &[signal])?;
    signal.call_method(c"removeEventListener", &[Value::string(env, "abort")?, listener])?;
    Ok(())
}

/// A share in the watch that goes by `id`, unless it has ended.
#[allow(clippy::cast_sign_loss)]
fn share(env: &Env, id: f64, call: u32) -> Option<Watch> {
    let id = id as u32;
    with_signals(env, |signals| {
        let watched = signals.watched.get_mut(&id)?;
        watched.calls.insert(call);
        Some(Watch { stop: watched.stop.clone(), id })
    })
}

/// The environment's map of ids, made at its first use.
fn ids(env: &Env) -> Result<Value<'_>, Thrown<'_>> {
    if let Some(ids) = with_signals(env, |signals| signals.ids.as_ref().map(|ids| ids.get(env))) {
        return Ok(ids);
    }
    let ids = Value::global(env).get(c"Map")?.construct(&[])?;
    let kept = keep(env, ids)?;
    with_signals(env, |signals| signals.ids = Some(kept));
    // another environment may get the same address after this one has ended
    let _ = env.add_env_cleanup_hook(env.raw() as usize, |ended| {
        // not `with`: the thread may be ending, too, and a panic would be the end of the process
        let signals = SIGNALS.try_with(|all| all.borrow_mut().remove(&ended));
        if let Ok(Some(signals)) = signals {
            signals.release(&Env::from_raw(ended as sys::napi_env));
        }
    });
    Ok(ids)
}

fn listener(env: &Env, id: u32) -> Result<Value<'_>, Thrown<'_>> {
    env.create_function_from_closure::<(), (), _>("onAbort", move |call| {
        // anybody may dispatch an event called abort; only the signal knows
        look(call.env, id);
        Ok(())
    })
    .map(|listener| Value::from(napi::JsValue::to_unknown(&listener)))
    .map_err(|_| Thrown(Value::undefined(env)))
}

fn keep<'s>(env: &'s Env, value: Value<'_>) -> Result<Reference, Thrown<'s>> {
    Reference::new(value).map_err(|_| Thrown(Value::undefined(env)))
}

fn reason(signal: Value<'_>) -> Value<'_> {
    signal.get(c"reason").unwrap_or_else(|Thrown(thrown)| thrown)
}

fn thrown(value: Value<'_>) -> Error {
    Error::from_unknown_without_coercion(value.to_unknown())
}

fn not_a_signal() -> Failure {
    Failure::Argument("options.signal must be an AbortSignal".into())
}
