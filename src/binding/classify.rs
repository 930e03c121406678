//! `classify` and `classifyAll`: texts, names and the rules in force are taken when the call is made, judged later on libuv's pool.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use napi::bindgen_prelude::PromiseRaw;
use napi::{Env, Result, Task, Unknown};
use napi_derive::napi;

use super::abort::Watch;
use super::failure::{Failure, guard, start};
use super::js::{Value, in_scope};
use super::options::{read_signal, wrong};
use super::verdict::Verdict;
use super::{array, error_text, test_name};
use crate::matcher::{Matcher, Scratch, Verdict as Answer};
use crate::store;

thread_local! {
    /// Kept from one call to the next: the memory that searching takes.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// A failed test, copied.
struct Item {
    test: Vec<u16>,
    /// `None`: null or undefined.
    error: Option<Vec<u16>>,
}

impl Item {
    fn read(env: &Env, test: Value<'_>, error: Value<'_>) -> Self {
        Self { test: test_name::read(test), error: error_text::read(env, error) }
    }
}

/// The work of one call.
struct Work {
    items: Vec<Item>,
    rules: Option<Arc<Matcher>>,
    watch: Option<Watch>,
}

/// `None` if the caller's signal stopped it.
type Verdicts = std::result::Result<Option<Vec<Verdict>>, Failure>;

impl Work {
    fn run(&mut self) -> Verdicts {
        let items = std::mem::take(&mut self.items);
        let go_on = AtomicBool::new(false);
        let stop = self.watch.as_ref().map_or(&go_on, |watch| &watch.stop);
        let rules = self.rules.as_deref();
        guard(|| {
            // taken out, and only put back if there was no panic: what one leaves behind is not used again
            let mut scratch = SCRATCH.take();
            let verdicts =
                items.into_iter().map(|item| judge(rules, item, &mut scratch, stop)).collect();
            SCRATCH.set(scratch);
            Ok(verdicts)
        })
    }

    /// The verdicts, on the JavaScript thread.
    fn settle(&self, env: &Env, verdicts: Verdicts) -> Result<Vec<Verdict>> {
        if let Some(reason) = self.watch.as_ref().and_then(|watch| watch.aborted(env)) {
            return Err(reason);
        }
        match verdicts {
            Ok(Some(verdicts)) => Ok(verdicts),
            Ok(None) => {
                Err(Failure::Internal("stopped, but not by the caller".into()).into_error(env)?)
            }
            Err(failure) => Err(failure.into_error(env)?),
        }
    }

    fn close(self, env: &Env) {
        if let Some(watch) = self.watch {
            watch.close(env);
        }
    }
}

fn judge(
    rules: Option<&Matcher>,
    item: Item,
    scratch: &mut Scratch,
    stop: &AtomicBool,
) -> Option<Verdict> {
    #[cfg(feature = "panic-test")]
    assert!(!item.test.iter().copied().eq("panic!".encode_utf16()), "asked for by the test");

    let answer = match rules {
        Some(rules) => rules.classify(&item.test, item.error, scratch, stop).ok()?,
        None => Answer::without_rules(item.error.is_some()),
    };
    Some(Verdict::new(answer, rules))
}

struct ClassifyOne(Work);

impl Task for ClassifyOne {
    type Output = Verdicts;
    type JsValue = Verdict;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(self.0.run())
    }

    fn resolve(&mut self, env: Env, output: Self::Output) -> Result<Self::JsValue> {
        let verdict = self.0.settle(&env, output)?.pop();
        verdict.ok_or_else(|| napi::Error::from_reason("one text, no verdict"))
    }

    fn finally(self, env: Env) -> Result<()> {
        self.0.close(&env);
        Ok(())
    }
}

struct ClassifyAll(Work);

impl Task for ClassifyAll {
    type Output = Verdicts;
    type JsValue = Vec<Verdict>;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(self.0.run())
    }

    fn resolve(&mut self, env: Env, output: Self::Output) -> Result<Self::JsValue> {
        self.0.settle(&env, output)
    }

    fn finally(self, env: Env) -> Result<()> {
        self.0.close(&env);
        Ok(())
    }
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
) -> Result<PromiseRaw<'env, Verdict>> {
    start(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let items = vec![Item::read(env, test.into(), error.into())];
        let watch = signal.map(|signal| signal.watch(env)).transpose()?;
        Ok(ClassifyOne(Work { items, rules, watch }))
    })
}

/// `classify` for many failed tests at once, a finished run or a replay: one task, one promise, all by the same rules. The verdicts
/// come in the order of the items.
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
) -> Result<PromiseRaw<'env, Vec<Verdict>>> {
    start(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let items = read_items(env, items.into())?;
        let watch = signal.map(|signal| signal.watch(env)).transpose()?;
        Ok(ClassifyAll(Work { items, rules, watch }))
    })
}

fn read_items(env: &Env, items: Value<'_>) -> std::result::Result<Vec<Item>, Failure> {
    if !array::is_array(env, items).unwrap_or(false) {
        return Err(wrong(env, "items", "an array", items));
    }
    let length = array::length(items).unwrap_or(0);
    (0..length).map(|index| in_scope(env, || read_item(env, items, index))).collect()
}

fn read_item(env: &Env, items: Value<'_>, index: u32) -> std::result::Result<Item, Failure> {
    let place = || format!("items[{index}]");
    let item = items.get_index(index).map_err(|thrown| {
        Failure::Argument(format!("{} could not be read: {}", place(), thrown.in_words()))
    })?;
    if !item.is_object() {
        return Err(wrong(env, &place(), "an object { test, error }", item));
    }
    // a getter that throws leaves its field unread, as in `classify` a value that does
    let test = item.get(c"test").map(test_name::read).unwrap_or_default();
    let error = match item.get(c"error") {
        Ok(error) => error_text::read(env, error),
        Err(_) => Some(error_text::UNREADABLE.encode_utf16().collect()),
    };
    Ok(Item { test, error })
}
