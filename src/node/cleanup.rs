//! What happens when an environment ends.

use napi::{Env, sys};

use crate::fault::Entry;
use crate::node::guard::enter;
use crate::node::value::{Thrown, Value};

/// Runs `hook` when the environment ends, before what was made in it earlier is freed.
///
/// After a panic `hook` runs once more, and must complete what it has left undone.
pub(crate) fn at_end(env: &Env, hook: fn(&Env)) -> Result<(), Thrown<'_>> {
    env.add_env_cleanup_hook(env.raw() as usize, move |env| {
        let env = &Env::from_raw(env as sys::napi_env);
        enter(Entry::Cleanup, || hook(env), |_| hook(env));
    })
    .map(drop)
    .map_err(|_| Thrown(Value::undefined(env)))
}
