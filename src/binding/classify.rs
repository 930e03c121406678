//! `classify`, `classifyAll` and `queueSize`: texts, names and the rules in force are taken when the call is made, judged later on
//! libuv's pool.

use std::sync::Arc;

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use super::abort::Signal;
use super::environment::{self, Place};
use super::failure::{Failure, promise};
use super::js::{Value, in_scope};
use super::options::{read_signal, wrong};
use super::queue::{self, Item, Items, Job};
use super::{array, error_text, spare, test_name};
use crate::matcher::Matcher;
use crate::store;

impl Item {
    fn read(env: &Env, test: Value<'_>, error: Value<'_>) -> Self {
        let spare = spare::take();
        Self {
            test: test_name::read(test, spare.test),
            error: error_text::read(env, error, spare.error),
        }
    }
}

/// Judges what `read` reads, by the rules in force now. `all`: the promise is one of a list of verdicts.
fn judge<'env>(
    env: &'env Env,
    options: Unknown<'env>,
    all: bool,
    read: impl FnOnce() -> std::result::Result<Items, Failure>,
) -> Result<Unknown<'env>> {
    promise(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let items = read()?;
        enqueue(env, rules, items, signal, all)
    })
}

/// Makes the call's promise and puts its work into the queue.
fn enqueue<'env>(
    env: &'env Env,
    rules: Option<Arc<Matcher>>,
    items: Items,
    signal: Option<Signal<'env>>,
    all: bool,
) -> std::result::Result<Value<'env>, Failure> {
    let mut stop = None;
    let count = items.len();
    let Place { number, mailbox } = environment::enter(env, count, |number| {
        let watch = signal.map(|signal| signal.watch(env, number)).transpose()?;
        stop = watch.as_ref().map(|watch| watch.stop.clone());
        Ok(watch)
    })?;
    let Some(promise) = environment::promise(env, number, all.then_some(count)) else {
        environment::leave(env, number);
        return Err(Failure::Internal("no promise could be made".into()));
    };
    if count == 0 {
        // the promise is resolved already
        environment::leave(env, number);
        return Ok(promise);
    }
    let permit = queue::push(Job::new(mailbox, number, rules, stop, items));
    environment::start_drainer(env, permit);
    Ok(promise)
}

/// Tells whether a failed test is a known failure: the first rule, in list order, whose `test` (if it has one) matches the
/// test's name and whose `error` matches the error's text. The answer is the one that this loop gives:
///
/// ```js
/// rules.find(r => (!r.test || new RegExp(r.test).test(testName)) && new RegExp(r.error, r.flags).test(errorText))
/// ```
///
/// `test` and `error` are read, and the rules in force are taken, when the call is made. The matching happens off the main
/// thread, which is left with one copy of the text.
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
    judge(env, options, false, || Ok(Items::One(Some(Item::read(env, test.into(), error.into())))))
}

/// `classify` for many failed tests at once, a finished run or a replay: one promise, all by the same rules. The verdicts come in the
/// order of the items. Other calls have their turn meanwhile.
///
/// The items are read when the call is made, which keeps the main thread for about a microsecond each: a replay of 100,000 is better cut
/// into calls of some thousand.
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
    judge(env, options, true, || Ok(Items::Many(read_items(env, items.into())?.into_iter())))
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

fn read_items<'s>(env: &'s Env, items: Value<'s>) -> std::result::Result<Vec<Item>, Failure> {
    if !array::is_array(env, items).unwrap_or(false) {
        return Err(wrong(env, "items", "an array", items));
    }
    let length = array::length(items).unwrap_or(0);
    // made once: of a name Node would make a string for each item
    let key =
        |name| Value::string(env, name).map_err(|thrown| Failure::Internal(thrown.in_words()));
    let keys = [key("test")?, key("error")?];
    (0..length).map(|index| in_scope(env, || read_item(env, items, index, keys))).collect()
}

fn read_item<'s>(
    env: &'s Env,
    items: Value<'s>,
    index: u32,
    [test, error]: [Value<'s>; 2],
) -> std::result::Result<Item, Failure> {
    let place = || format!("items[{index}]");
    let item = items.get_index(index).map_err(|thrown| {
        Failure::Argument(format!("{} could not be read: {}", place(), thrown.in_words()))
    })?;
    if !item.is_object() {
        return Err(wrong(env, &place(), "an object { test, error }", item));
    }
    // a getter that throws leaves its field unread, as in `classify` a value that does
    let spare = spare::take();
    let test = item.get_key(test).map(|test| test_name::read(test, spare.test)).unwrap_or_default();
    let error = match item.get_key(error) {
        Ok(error) => error_text::read(env, error, spare.error),
        Err(_) => Some(error_text::UNREADABLE.encode_utf16().collect()),
    };
    Ok(Item { test, error })
}
