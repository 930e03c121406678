//! `classify`, `classifyAll` and `queueSize`: texts, names and the rules in force are taken when the call is made, judged later on
//! libuv's pool.

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use super::abort::Signal;
use super::environment::{self, Place};
use super::failure::{Failure, promise};
use super::js::{Value, in_scope};
use super::options::{read_signal, wrong};
use super::queue::{self, Items, Job, Work};
use super::texts::{Item, Slot, Texts};
use super::{array, error_text, test_name};
use crate::store;

/// Judges what `read` reads, by the rules in force now. `all`: the promise is one of a list of verdicts.
fn judge<'env>(
    env: &'env Env,
    options: Unknown<'env>,
    all: bool,
    read: impl FnOnce(&mut Reader<'env>) -> std::result::Result<Items, Failure>,
) -> Result<Unknown<'env>> {
    promise(env, || {
        let rules = store::current();
        let signal = read_signal(env, options.into())?;
        let named = rules.as_ref().is_some_and(|rules| rules.report.scoped > 0);
        let mut reader = Reader { env, named, texts: Texts::new() };
        let items = read(&mut reader)?;
        enqueue(env, Work { rules, items, texts: reader.texts }, signal, all)
    })
}

/// Makes the call's promise and puts its work into the queue.
fn enqueue<'env>(
    env: &'env Env,
    work: Work,
    signal: Option<Signal<'env>>,
    all: bool,
) -> std::result::Result<Value<'env>, Failure> {
    let mut stop = None;
    let count = work.items.len();
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
    let permit = queue::push(Job::new(mailbox, number, stop, work));
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
    judge(env, options, false, |reader| {
        Ok(Items::One(Some(reader.item(Some(test.into()), Some(error.into())))))
    })
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
    judge(env, options, true, |reader| Ok(Items::Many(reader.items(items.into())?.into_iter())))
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

/// Copies what is to be judged.
struct Reader<'s> {
    env: &'s Env,
    /// Whether any rule asks for the test's name.
    named: bool,
    texts: Texts,
}

impl<'s> Reader<'s> {
    /// A failed test. `None`: what could not be read.
    fn item(&mut self, test: Option<Value<'s>>, error: Option<Value<'s>>) -> Item {
        let test = match test {
            Some(test) if self.named => test_name::read(test, &mut self.texts),
            _ => Slot::empty(),
        };
        let error = match error {
            Some(error) => error_text::read(self.env, error, &mut self.texts),
            None => Some(Slot::of_units(error_text::UNREADABLE.encode_utf16().collect())),
        };
        Item { test, error }
    }

    fn items(&mut self, items: Value<'s>) -> std::result::Result<Vec<Item>, Failure> {
        let env = self.env;
        if !array::is_array(env, items).unwrap_or(false) {
            return Err(wrong(env, "items", "an array", items));
        }
        let length = array::length(items).unwrap_or(0);
        // made once: of a name Node would make a string for each item
        let key =
            |name| Value::string(env, name).map_err(|thrown| Failure::Internal(thrown.in_words()));
        let keys = [key("test")?, key("error")?];
        (0..length).map(|index| in_scope(env, || self.item_of(items, index, keys))).collect()
    }

    fn item_of(
        &mut self,
        items: Value<'s>,
        index: u32,
        [test, error]: [Value<'s>; 2],
    ) -> std::result::Result<Item, Failure> {
        let place = || format!("items[{index}]");
        let item = items.get_index(index).map_err(|thrown| {
            Failure::Argument(format!("{} could not be read: {}", place(), thrown.in_words()))
        })?;
        if !item.is_object() {
            return Err(wrong(self.env, &place(), "an object { test, error }", item));
        }
        // a getter that throws leaves its field unread, as in `classify` a value that does
        let test = if self.named { item.get_key(test).ok() } else { None };
        Ok(self.item(test, item.get_key(error).ok()))
    }
}
