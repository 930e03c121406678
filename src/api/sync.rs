//! `classifySync`: a verdict on the JavaScript thread, within a time limit. It neither waits for
//! the queue nor uses it.

use std::cell::RefCell;
use std::iter;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::respond_now;
use crate::buffers::arena::{TextArena, TextRef};
use crate::buffers::pool::{self, Buffers};
use crate::calls::settle::drop_on_pool;
use crate::calls::{ensure, script};
use crate::error::Failure;
use crate::fault::Entry;
use crate::node::guard::guard;
use crate::node::value::Value;
use crate::read::options::read_time_limit;
use matcher::{Classification, Interrupt, Matcher, Scratch, Step, Verdict, store};

/// Nobody can stop such a call but its time limit.
static NEVER: AtomicBool = AtomicBool::new(false);

/// The largest memory of a search that is kept for the next call, in bytes.
const MAX_KEPT_BYTES: usize = 4 << 20;

thread_local! {
    /// The scratch of a JavaScript thread; `None` while a call has it. Boxed, and not replaced by
    /// an empty one meanwhile: to make one takes as long as to classify a short text.
    static SCRATCH: RefCell<Option<Box<Scratch>>> = RefCell::default();
}

/// **Use `classify` if you can wait for a promise**: it never holds the event loop. This function
/// is for hooks that cannot wait, like `beforeTestResultWrite` of `allure-js` or `finishTestItem` of
/// `ReportPortal`. It gives the verdict of `classify`, but does the matching on the calling thread,
/// for at most `options.timeLimitMs`. When the time is up, the verdict is `Failed` with the reason
/// `time-limit`.
///
/// Usually that takes microseconds. The first calls after a load may take milliseconds.
///
/// @param test See `classify`.
/// @param error See `classify`.
/// @param options See `ClassifySyncOptions`. Default: none.
/// @throws `TypeError` of `code` `ERR_INVALID_ARG` for an invalid argument and for no other reason,
///   but for a bug in this package, which is an `Error` of `code` `ERR_INTERNAL`.
/// @example
/// ```js
/// const { status, issue } = classifySync('Cart › checkout', error)
/// ```
#[napi(
    ts_args_type = "test: string | TestLike | readonly unknown[] | null | undefined, \
                    error: unknown, options?: ClassifySyncOptions | null",
    ts_return_type = "Verdict"
)]
pub fn classify_sync<'env>(
    env: &'env Env,
    test: Unknown<'env>,
    error: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    respond_now(env, || {
        let deadline = Instant::now() + read_time_limit(env, options.into())?;
        ensure(env)?;
        let rules = store::current();
        let verdict = classify(rules.as_deref(), test.into(), error.into(), deadline)?;
        let value = script::verdict(env, &verdict, rules.as_deref());
        drop_on_pool(env, rules);
        value.ok_or_else(|| Failure::Internal("no verdict could be made".into()))
    })
}

fn classify(
    rules: Option<&Matcher>,
    test: Value<'_>,
    error: Value<'_>,
    deadline: Instant,
) -> std::result::Result<Verdict, Failure> {
    let mut texts = TextArena::default();
    let named = rules.is_some_and(Matcher::has_test_scopes);
    let test = if named { texts.copy_name(test) } else { None };
    let test = test.unwrap_or_else(TextRef::empty);
    let error = texts.copy(error);
    let Some(rules) = rules else { return Ok(Verdict::without_rules(error.is_some())) };
    // a panic takes the scratch with it
    let mut scratch = SCRATCH.try_with(RefCell::take).ok().flatten().unwrap_or_default();
    let step = guard(Entry::Text, || {
        let error = error.map(|error| texts.read(error));
        let mut classification = Classification::new(texts.read(test), error);
        let interrupt = Interrupt::until(deadline, &NEVER);
        let step = classification.resume(rules, &mut scratch, &interrupt);
        (step, classification.take_buffers().unwrap_or_default())
    });
    let (step, spent) = step?;
    if scratch.bytes() <= MAX_KEPT_BYTES {
        let _ = SCRATCH.try_with(|kept| kept.replace(Some(scratch)));
    }
    let buffers = Buffers { block: Vec::new(), long: spent.bytes, units: spent.units };
    pool::with(|pool| {
        pool.put(buffers);
        texts.into_last_buffers().into_iter().for_each(|buffers| pool.put(buffers));
    });
    let verdict = match step {
        Step::Done(verdict) => verdict,
        Step::Suspended | Step::Cancelled => Verdict::out_of_time(),
    };
    rules.count(iter::once(verdict.rule()));
    Ok(verdict)
}
