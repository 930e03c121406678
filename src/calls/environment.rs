//! What the addon keeps for each environment: the main thread has one, and every worker thread.
//!
//! Not Node-API's instance data: that is a raw pointer to cast at each use, and Node frees it after
//! the threadsafe functions, which the inbox must let go of before.

use std::cell::RefCell;
use std::sync::Arc;

use napi::Env;
use rustc_hash::FxHashMap;

use crate::buffers::pool::{self, BufferPool};
use crate::calls::in_flight::{CallTable, InFlight};
use crate::calls::inbox::Inbox;
use crate::calls::promises::Promises;
use crate::calls::signals::{Signals, Watched};
use crate::queue;
use crate::queue::call_id::CallId;
use crate::queue::destination::Destination;

/// One environment.
pub(crate) struct Environment {
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) promises: Promises,
    pub(crate) calls: CallTable,
    pub(crate) signals: Signals,
    /// What the JavaScript thread does when a worker that it has started is over.
    pub(crate) on_worker_end: fn(&Env),
}

thread_local! {
    /// By the address of the `napi_env`: a thread may have several environments.
    static ENVIRONMENTS: RefCell<FxHashMap<usize, Environment>> = RefCell::default();
}

/// Looks at an environment. `look` must not run JavaScript, which may call the addon again. `None`:
/// the environment has made no call yet, or is ending.
pub(crate) fn with<T>(env: &Env, look: impl FnOnce(&mut Environment) -> T) -> Option<T> {
    // not `with_borrow_mut`, which panics if the thread is ending
    ENVIRONMENTS
        .try_with(|all| all.borrow_mut().get_mut(&(env.raw() as usize)).map(look))
        .ok()
        .flatten()
}

/// Looks at a call in flight. See [`with`].
pub(crate) fn with_call<T>(
    env: &Env,
    id: CallId,
    look: impl FnOnce(&mut InFlight) -> T,
) -> Option<T> {
    with(env, |environment| environment.calls.get(id).map(look)).flatten()
}

/// Makes an environment known.
pub(crate) fn insert(env: &Env, environment: Environment) {
    ENVIRONMENTS.with_borrow_mut(|all| all.insert(env.raw() as usize, environment));
}

/// The environment is ending: nothing of it is called any more, and its calls are forgotten. May
/// run several times.
pub(crate) fn shutdown(env: &Env) {
    let key = env.raw() as usize;
    let environment = ENVIRONMENTS.try_with(|all| all.borrow_mut().remove(&key)).ok().flatten();
    if let Some(Environment { inbox, promises, signals, .. }) = environment {
        inbox.close();
        let inbox: Arc<dyn Destination> = inbox;
        queue::abandon(&inbox);
        promises.release(env);
        signals.release(env);
    }
}

impl Environment {
    /// Notes that a call is settled. Returns whether it was not settled before.
    pub(crate) fn settle(&mut self, env: &Env, id: CallId) -> bool {
        let first = self.calls.settle(id);
        if first && self.calls.count_unsettled() == 0 {
            self.inbox.keep_alive(env, false);
            pool::with(BufferPool::trim);
        }
        first
    }

    /// Starts afresh: a panic may have left anything half done. Returns what is left to be dropped
    /// when the environment is not borrowed any more; `None` if it is ending.
    pub(crate) fn reset(&mut self, env: &Env) -> Option<Remains> {
        let waker = self.inbox.close()?;
        waker.keep_alive(env, false);
        let inbox = std::mem::replace(&mut self.inbox, Arc::new(Inbox::new(waker)));
        self.promises.writer.forget();
        let calls = self.calls.take_all();
        Some(Remains { inbox, _calls: calls, signals: self.signals.take_all() })
    }
}

/// What [`Environment::reset`] replaces.
pub(crate) struct Remains {
    pub(crate) inbox: Arc<dyn Destination>,
    _calls: Vec<InFlight>,
    pub(crate) signals: Vec<Watched>,
}
