//! `classify`, `classifyAll` and `queueSize`: texts, names and the rules in force are taken when the call is made, judged later on
//! libuv's pool.

use std::sync::Arc;

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::buffers::arena::{Item, TextArena, TextRef};
use crate::calls::batch::Batch;
use crate::calls::environment::{self, Call, Place};
use crate::calls::signals::Signal;
use crate::error::{Failure, promise};
use crate::node::value::Value;
use crate::queue::Items;
use crate::read::options::read_signal;
use crate::read::{error_text, test_name};
use matcher::Matcher;
use matcher::store;

/// Makes a place for a call, and its promise by `promise`.
fn enter<'env>(
    env: &'env Env,
    call: Call,
    signal: Option<Signal<'env>>,
    promise: impl FnOnce(u32) -> Option<Value<'env>>,
) -> std::result::Result<(u32, Value<'env>), Failure> {
    let watch = |number| signal.map(|signal| signal.watch(env, number)).transpose();
    let Place { number, .. } = environment::enter(env, call, watch)?;
    let promise = promise(number).ok_or_else(|| {
        environment::leave(env, number);
        Failure::Internal("no promise could be made".into())
    })?;
    Ok((number, promise))
}

/// Whether any rule asks for the test's name.
fn asks_for_names(rules: Option<&Arc<Matcher>>) -> bool {
    rules.is_some_and(|rules| rules.has_test_scopes())
}

/// Tells whether a failed test is a known failure: the first rule, in list order, whose `test` (if it has one) matches the
/// test's name and whose `error` matches the error's text. The answer is the one that this loop gives:
///
/// ```js
/// rules.find(r => (!r.test || new RegExp(r.test).test(testName)) && new RegExp(r.error, r.flags).test(errorText))
/// ```
///
/// `test` and `error` are read, and the rules in force are taken, when the call is made; `test` only if one of those rules asks for the
/// test's name. The matching happens off the main thread, which is left with one copy of the text.
///
/// Never throws. The promise is rejected with the `reason` of `options.signal` if that is aborted before the verdict is there;
/// with a `TypeError` of `code` `ERR_INVALID_ARG` if `options` are of no use; and with an `Error` of `code` `ERR_INTERNAL` at a bug
/// in this package. Whatever `test` and `error` are, the answer is a verdict.
///
/// @param test The test's name, or its object. What cannot be read counts as an empty name. See `TestLike`.
/// @param error What the test failed with. A string is matched verbatim. Of an `Error` the text is its `stack` (headed by `name: message`
///   if the stack does not contain the message), then `Caused by: ` and the same of each `cause`, 16 at most. Of anything else it is
///   `String(error)`; of what throws at that, what could be read, or `[unreadable error]`. Null and undefined: no error.
/// @param options See `ClassifyOptions`.
/// @example
/// ```js
/// const { status, issue } = await classify('Cart › checkout', error)
/// ```
#[napi(
    ts_args_type = "test: string | TestLike | null | undefined, error: unknown, options?: ClassifyOptions | null",
    ts_return_type = "Promise<Verdict>"
)]
pub fn classify<'env>(
    env: &'env Env,
    test: Unknown<'env>,
    error: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    promise(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let mut texts = TextArena::new();
        let test = if asks_for_names(rules.as_ref()) {
            test_name::read(test.into(), &mut texts)
        } else {
            TextRef::empty()
        };
        let error = error_text::read(env, error.into(), &mut texts);
        let call = Call { rules, texts: 1, batch: None };
        let (number, promise) =
            enter(env, call, signal, |number| environment::promise(env, number))?;
        environment::push(env, number, 0, Items::One(Some(Item { test, error })), texts);
        Ok(promise)
    })
}

/// `classify` for many failed tests at once, a finished run or a replay: one promise, all by the same rules. The verdicts come in the
/// order of the items. Other calls have their turn meanwhile.
///
/// The items are read when the call is made. Strings are copied later, a few hundred at a time: 100,000 of them keep the main thread for
/// some milliseconds. Of other errors the text is taken at once, which takes about two microseconds each.
///
/// Never throws. The promise is rejected for the same reasons as that of `classify`, and with `ERR_INVALID_ARG` if `items` is not an
/// array of objects.
///
/// @param items What `classify` takes, as objects `{ test, error }`.
/// @param options See `ClassifyOptions`. An abort ends the whole batch.
/// @example
/// ```js
/// const verdicts = await classifyAll(failures.map(({ name, error }) => ({ test: name, error })))
/// ```
#[napi(
    ts_args_type = "items: readonly ClassifyItem[], options?: ClassifyOptions | null",
    ts_return_type = "Promise<Verdict[]>"
)]
pub fn classify_all<'env>(
    env: &'env Env,
    items: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    promise(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let (batch, strings) = Batch::read(env, items.into(), asks_for_names(rules.as_ref()))?;
        let count = batch.len();
        let call = Call { rules, texts: count, batch: Some(batch.into()) };
        let (number, promise) = enter(env, call, signal, |number| {
            environment::promise_of_all(env, number, count, strings)
        })?;
        if count == 0 {
            // the promise is resolved already
            environment::leave(env, number);
        } else {
            environment::go_on(env, number);
        }
        Ok(promise)
    })
}

/// How many failed tests of this thread have been given to `classify` and `classifyAll` and have no verdict yet. Calls that were
/// aborted do not count.
///
/// Each of them holds a copy of its texts, so this is what to look at before giving more. A test runner that runs 60 tests at a time needs not
/// bother. A replay of old runs does:
///
/// ```js
/// for await (const { name, error } of failuresOfLastYear) {
///   const verdict = classify(name, error).then(save)
///   if (queueSize() >= 1000) await verdict // go on when this one, and so most of those before it, is done
/// }
/// ```
#[napi]
#[allow(clippy::cast_precision_loss, reason = "no thread has so many")]
pub fn queue_size(env: &Env) -> f64 {
    environment::queue_size(env) as f64
}
