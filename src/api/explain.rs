//! `explain`: copies what the caller passes at once, and does everything else off the JavaScript
//! thread.

use std::sync::Arc;

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::{load, respond};
use crate::buffers::arena::TextArena;
use crate::buffers::pool;
use crate::calls::environment::with_call;
use crate::calls::explainer::{self, Question};
use crate::calls::in_flight::Call;
use crate::calls::{ensure, settle, submit};
use crate::error::Failure;
use crate::node::value::Value;
use crate::queue::in_force::InForce;
use crate::read::options::read_explain_options;

use matcher::text::RawText;

/// Tells why the verdict on a failed test is what it is: the text that was matched, every rule that
/// matches, every rule that would match in another test, and, for the rule in `options.rule`, the
/// first part of it that is missing.
///
/// It is for people who write rules: it takes longer than `classify`, and the process makes one
/// explanation at a time. The event loop does not wait for it. It counts neither in `queueSize` nor
/// in `ruleStats`.
///
/// Never throws. The promise rejects for the same reasons as that of `classify`.
///
/// @param test See `classify`.
/// @param error See `classify`.
/// @param options See `ExplainOptions`. Default: none.
/// @example
/// ```js
/// const { matches, rule } = await explain('Cart › checkout', error, { rule: 'SHOP-1432' })
/// console.log(matches.map(({ issue }) => issue), rule.reason)
/// ```
#[napi(
    ts_args_type = "test: string | TestLike | readonly unknown[] | null | undefined, \
                    error: unknown, options?: ExplainOptions | null",
    ts_return_type = "Promise<Explanation>"
)]
pub fn explain<'env>(
    env: &'env Env,
    test: Unknown<'env>,
    error: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    respond(env, || {
        ensure(env)?;
        let InForce { rules, time } = InForce::now();
        let (wanted, signal) = read_explain_options(env, options.into())?;
        let test = Value::from(test).utf16().unwrap_or_default();
        let error = copy_error(error.into());
        let call = Call { rules: rules.clone(), ..Call::default() };
        let call = submit::register_call(env, call, signal)?;
        let failed = || Failure::Internal("no explanation could be started".into());
        let stop = with_call(env, call, |call| {
            call.watch.as_ref().map(|watch| watch.stop.clone()).unwrap_or_default()
        });
        let inbox = submit::job_started(env, call).ok_or_else(failed)?;
        let stop: Arc<_> = stop.unwrap_or_default();
        let question = Question { inbox, call, stop, rules, time, test, error, wanted };
        if !explainer::ask(question, load::run) {
            settle::remove_call(env, call);
            return Err(failed());
        }
        Ok(call)
    })
}

fn copy_error(error: Value<'_>) -> Option<RawText<'static>> {
    let mut texts = TextArena::default();
    let copy = texts.copy(error).map(|error| texts.read(error).into_owned());
    pool::with(|pool| texts.into_last_buffers().into_iter().for_each(|buffers| pool.put(buffers)));
    copy
}
