//! `loadedRules` and `ruleStats`: the rules in force, for those who did not load them.

use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::respond_now;
use crate::calls::settle::drop_on_pool;
use crate::error::Failure;
use crate::node::value::Value;
use crate::report::LoadReport;
use crate::statistics::RuleStats;
use matcher::store;

/// The report of the rules in force, whichever thread of the process has loaded them: what that
/// `loadRules` resolved with.
///
/// @returns Null if no rules were ever loaded.
/// @example
/// ```js
/// if (loadedRules() === null) await loadRules(list)
/// ```
#[napi(ts_return_type = "LoadReport | null")]
pub fn loaded_rules(env: &Env) -> Result<Unknown<'_>> {
    respond_now(env, || {
        let rules = store::current();
        let report = rules
            .as_ref()
            .and_then(|rules| rules.record())
            .map(|record| LoadReport::new(record.report.clone(), false, record.duration));
        let report = match report {
            Some(report) => made(env, report)?,
            None => Value::null(env),
        };
        drop_on_pool(env, rules);
        Ok(report)
    })
}

/// How often each of the rules in force has given the verdict since they were loaded, and when
/// last. It counts the verdicts of `classify`, `classifyAll` and `classifySync` of the whole
/// process. Another `loadRules` starts from 0. The answer for 5,000 rules takes some 5 ms.
///
/// @example
/// ```js
/// const dead = ruleStats().rules.filter(({ matches }) => matches === 0)
/// ```
#[napi(ts_return_type = "RuleStats")]
pub fn rule_stats(env: &Env) -> Result<Unknown<'_>> {
    respond_now(env, || {
        let rules = store::current();
        let stats = made(env, RuleStats::of(rules.as_deref()))?;
        drop_on_pool(env, rules);
        Ok(stats)
    })
}

fn made(
    env: &Env,
    value: impl napi::bindgen_prelude::ToNapiValue,
) -> std::result::Result<Value<'_>, Failure> {
    Value::made_of(env, value).map_err(|error| Failure::Internal(error.to_string()))
}
