//! Rules that are out of force are freed off the JavaScript thread: thousands of patterns with their automata are many pieces.
//!
//! Most often a drainer or a later load is the last to let go of them. But a verdict holds the rules that it is by until it is handed
//! back, and so the last one may be the last of all.

use std::sync::Arc;

use napi::Env;

use crate::node::async_work;
use matcher::Matcher;

/// Lets go of the rules of a verdict. If nobody else has them, they are freed on libuv's pool.
pub(crate) fn drop_on_pool(env: &Env, rules: Option<Arc<Matcher>>) {
    if let Some(last) = rules.and_then(Arc::into_inner) {
        // an environment that is ending starts no task: then they are freed here
        async_work::spawn(env, move || drop(last), |_, _| ());
    }
}
