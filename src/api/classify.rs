//! `classify`, `classifyAll` and `queueSize`: the texts, the names and the rules in force are those
//! of the moment of the call. The matching follows on libuv's pool.

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::respond;
use crate::buffers::arena::{Item, TextArena, TextRef};
use crate::calls::batch::Batch;
use crate::calls::environment;
use crate::calls::in_flight::Call;
use crate::calls::promises::Strings;
use crate::calls::{ensure, settle, submit};
use crate::fault::Entry;
use crate::node::guard::guard;
use crate::queue::in_force::InForce;
use crate::queue::job::{Items, Work};
use crate::read::options::read_signal;

/// Tells whether a failed test is a known failure: finds the first rule, in list order, whose
/// `test` (if it has one) matches the test's name and whose `error` matches the error's text. The
/// answer is that of this loop over the rules in force, those that are not disabled and have not
/// expired:
///
/// ```js
/// rules.find(
///   (rule) =>
///     (!rule.test || new RegExp(rule.test).test(testName)) &&
///     new RegExp(rule.error, rule.flags).test(errorText) &&
///     (rule.also ?? []).every((also) => new RegExp(also).test(errorText)) &&
///     !(rule.unless ?? []).some((unless) => new RegExp(unless).test(errorText))
/// )
/// ```
///
/// The call reads `test` and `error` and takes the rules in force before it returns. The matching
/// happens off the main thread, which only copies the text.
///
/// Never throws. The promise resolves with a verdict whatever `test` and `error` are. It rejects
///
/// - with the `reason` of `options.signal` if that is aborted before the verdict is there,
/// - with a `TypeError` of `code` `ERR_INVALID_ARG` if `options` is invalid, or if the call has
///   fewer than two arguments,
/// - with an `Error` of `code` `ERR_INTERNAL` at a bug in this package.
///
/// @param test The name of the test, or its object: see `testName`.
/// @param error What the test failed with: see `errorText` for the text that is matched. Null,
///   undefined and an empty array mean that there is no error.
/// @param options See `ClassifyOptions`. Default: none.
/// @example
/// ```js
/// const { status, issue } = await classify('Cart › checkout', error)
/// ```
#[napi(
    ts_args_type = "test: string | readonly string[] | TestLike | null | undefined, \
                    error: unknown, \
                    options?: ClassifyOptions | null",
    ts_return_type = "Promise<Verdict>"
)]
pub fn classify<'env>(
    env: &'env Env,
    test: Unknown<'env>,
    error: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    respond(env, || {
        ensure(env)?;
        let in_force = InForce::now();
        let signal = read_signal(env, options.into())?;
        let mut texts = TextArena::default();
        let test = if in_force.needs_names() { texts.copy_name(test.into()) } else { None };
        let test = test.unwrap_or_else(TextRef::empty);
        let items = Items::One(Some(Item { test, error: texts.copy(error.into()) }));
        let call = Call { texts: 1, ..Call::default() };
        let id = submit::register_call(env, call, signal)?;
        submit::enqueue(env, id, Work { in_force, first: 0, items, texts });
        Ok(id)
    })
}

/// `classify` for many failed tests at once, for example a finished run or a replay: one promise,
/// and the same rules for all. The verdicts have the order of the items. Other calls get their turn
/// meanwhile.
///
/// The call reads all items before it returns. It copies their texts later, a thousand at a time at
/// most: 100,000 of them keep the main thread busy for some milliseconds.
///
/// Never throws. The promise rejects for the same reasons as that of `classify`, and with
/// `ERR_INVALID_ARG` if `items` is not an array of objects.
///
/// @param items Objects `{ test, error }` with the arguments of `classify`.
/// @param options See `ClassifyOptions`. An abort ends the whole batch. Default: none.
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
    tests: Unknown<'env>,
    errors: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    respond(env, || {
        ensure(env)?;
        let in_force = InForce::now();
        let signal = read_signal(env, options.into())?;
        let strings = Strings { tests: tests.into(), errors: errors.into() };
        let batch = Batch::new(strings, in_force);
        let count = batch.count();
        let batch = Some(batch.into());
        let call = Call { texts: count as usize, batch, ..Call::default() };
        let id = submit::register_call(env, call, signal)?;
        if count == 0 {
            // the promise will be resolved from the start
            settle::remove_call(env, id);
        } else {
            submit::start_batch(env, id, strings);
        }
        Ok(id)
    })
}

/// The number of failed tests that this thread has passed to `classify` and `classifyAll` and that
/// have no verdict yet. Aborted calls do not count.
///
/// Each of them holds a copy of its texts. When you submit more than a test run does (a replay,
/// say), check `queueSize()`. A runner with 60 concurrent tests can ignore this.
///
/// ```js
/// for await (const { name, error } of failuresOfLastYear) {
///   const verdict = classify(name, error).then(save)
///   if (queueSize() >= 1000) await verdict // by then most of the earlier ones are done, too
/// }
/// ```
#[napi]
#[allow(clippy::cast_precision_loss, reason = "no thread has as many texts as a f64 can count")]
pub fn queue_size(env: &Env) -> f64 {
    let texts = guard(Entry::Function, || {
        environment::with(env, |environment| environment.calls.count_texts())
    });
    texts.ok().flatten().unwrap_or(0) as f64
}
