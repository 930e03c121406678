//! Functions of Rust's that JavaScript calls as listeners.

use napi::{Env, JsValue};

use crate::fault::Entry;
use crate::node::guard::{Panicked, enter};
use crate::node::value::{Thrown, Value};

/// A function that calls `listen` and returns undefined. `on_panic` follows a panic in it.
pub(crate) fn new(
    env: &Env,
    listen: impl Fn(&Env) + 'static,
    on_panic: fn(&Env, Panicked),
) -> Result<Value<'_>, Thrown<'_>> {
    env.create_function_from_closure::<(), (), _>("onAbort", move |call| {
        let env = call.env;
        enter(Entry::Abort, || listen(env), |panicked| on_panic(env, panicked));
        Ok(())
    })
    .map(|function| Value::from(function.to_unknown()))
    .map_err(|_| Thrown(Value::undefined(env)))
}
