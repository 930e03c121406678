//! After a panic: all calls of the environment fail, and later ones are answered.

use napi::Env;

use crate::calls::environment::{Environment, Remains, shutdown, with};
use crate::calls::script;
use crate::error::Failure;
use crate::node::guard::Panicked;
use crate::node::value::Value;
use crate::queue;

/// Fails all calls of the environment with `ERR_INTERNAL`. Nothing is known of what the panic has
/// left half done, so the environment starts afresh.
pub(crate) fn fail_all(env: &Env, panicked: Panicked) {
    if !Value::can_run(env) {
        shutdown(env);
        queue::hand_over();
        return;
    }
    let remains = with(env, |environment: &mut Environment| environment.reset(env)).flatten();
    let Some(Remains { inbox, signals, .. }) = remains else { return };
    queue::abandon(&inbox);
    let _ = script::fail_all(env, Failure::from(panicked).into_value(env));
    let ids = with(env, |environment| environment.signals.ids(env)).flatten();
    for watched in signals {
        watched.forget(env, ids);
    }
    // the panic may have ended the only worker
    queue::hand_over();
}
