//! Calls of the script's functions. None of them runs code of the caller's.

use std::panic;

use napi::Env;

use crate::calls::batch::{Range, WINDOW_BYTES};
use crate::calls::bundle::{Bundle, WINDOW_ITEMS, verdict_arguments};
use crate::calls::environment::with;
use crate::calls::packed::Copied;
use crate::calls::promises::{Function, Strings};
use crate::node::guard::Panicked;
use crate::node::value::Value;
use crate::queue::call_id::CallId;
use matcher::{Matcher, Verdict};

/// `None`: the environment is ending.
fn call<'s>(env: &'s Env, function: Function, arguments: &[Value<'s>]) -> Option<Value<'s>> {
    let function = with(env, |environment| environment.promises.function(env, function))?;
    function.call(Value::undefined(env), arguments).ok()
}

fn number(env: &Env, number: u32) -> Option<Value<'_>> {
    Value::number(env, number).ok()
}

/// The function that makes the promises of calls.
pub(crate) fn open(env: &Env) -> Option<Value<'_>> {
    with(env, |environment| environment.promises.function(env, Function::Open))
}

/// The strings of a `classifyAll`.
pub(crate) fn strings(env: &Env, id: CallId) -> Option<Strings<'_>> {
    let strings = call(env, Function::Strings, &[number(env, id.number())?])?;
    Some(Strings { tests: strings.get_index(0).ok()?, errors: strings.get_index(1).ok()? })
}

/// Packs and copies the next items of a `classifyAll`.
pub(crate) fn copy(
    env: &Env,
    Strings { tests, errors }: Strings<'_>,
    Range { first, named }: Range,
) -> Option<Copied> {
    let arguments = [
        tests,
        errors,
        number(env, first)?,
        number(env, WINDOW_ITEMS as u32)?,
        number(env, WINDOW_BYTES as u32)?,
        number(env, u32::from(named))?,
    ];
    call(env, Function::Pack, &arguments)?;
    match with(env, |environment| environment.promises.copied.take()).flatten()? {
        Ok(copied) => Some(copied),
        // on this side of the script again
        Err(Panicked(message)) => panic::resume_unwind(Box::new(message)),
    }
}

/// Rejects the promise of a call.
pub(crate) fn fail<'s>(env: &'s Env, id: CallId, reason: Value<'s>) -> Option<()> {
    call(env, Function::Fail, &[number(env, id.number())?, reason]).map(drop)
}

/// Rejects all promises.
pub(crate) fn fail_all<'s>(env: &'s Env, reason: Value<'s>) -> Option<()> {
    call(env, Function::FailAll, &[reason]).map(drop)
}

/// Resolves the promise of a call.
pub(crate) fn settle<'s>(env: &'s Env, id: CallId, value: Value<'s>) -> Option<()> {
    call(env, Function::Settle, &[number(env, id.number())?, value]).map(drop)
}

/// Settles the calls of a bundle.
pub(crate) fn settle_all(env: &Env, bundle: Bundle<'_>) -> Option<()> {
    call(env, Function::SettleAll, &bundle.into_arguments().ok()?).map(drop)
}

/// The object of a verdict by `rules`.
pub(crate) fn verdict<'s>(
    env: &'s Env,
    verdict: &Verdict,
    rules: Option<&Matcher>,
) -> Option<Value<'s>> {
    call(env, Function::VerdictOf, &verdict_arguments(env, verdict, rules).ok()?)
}
