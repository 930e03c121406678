//! What the rules in force have done, as JavaScript sees it.

use std::time::{SystemTime, UNIX_EPOCH};

use napi::bindgen_prelude::Utf16String;
use napi_derive::napi;

use crate::report::{Nullable, kept, nullable};
use matcher::{Matcher, RuleCount};

/// How often one rule has given the verdict. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct RuleCounts {
    /// Its index in the list that you gave to `loadRules`.
    pub index: u32,
    /// Its `id`. Null if it has none.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Its `issue`.
    #[napi(ts_type = "string")]
    pub issue: Utf16String,
    /// How many verdicts it has given: how often it was the first rule that matched.
    pub matches: f64,
    /// When it gave the last one, as `Date.prototype.toISOString` writes it. Null: never.
    #[napi(ts_type = "string | null")]
    pub last_matched: Nullable<f64>,
}

/// What the rules in force have done since they were loaded. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct RuleStats {
    /// `LoadReport.version` of the rules in force. `'0'` if none were ever loaded.
    pub rules_version: String,
    /// When they were loaded, as `Date.prototype.toISOString` writes it. Null if none were.
    #[napi(ts_type = "string | null")]
    pub since: Nullable<f64>,
    /// Verdicts that they have given by `classify`, `classifyAll` and `classifySync`, those of
    /// every thread.
    pub verdicts: f64,
    /// The rules in force, in list order. Those with `matches: 0` may be dead.
    pub rules: Vec<RuleCounts>,
}

/// Milliseconds since 1970, as JavaScript counts them.
#[allow(clippy::cast_precision_loss, reason = "a date of our time is exact")]
fn milliseconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64) as f64
}

#[allow(clippy::cast_precision_loss, reason = "nobody counts that far")]
fn count(number: u64) -> f64 {
    number as f64
}

impl RuleStats {
    /// Of `rules`; `None`: none were ever loaded.
    pub(crate) fn of(rules: Option<&Matcher>) -> Self {
        let Some(rules) = rules else {
            let rules_version = "0".into();
            return Self { rules_version, since: nullable(None), verdicts: 0.0, rules: vec![] };
        };
        let counts = rules.rules().iter().map(|rule| {
            let RuleCount { matches, last } = rules.count_of(rule.index);
            RuleCounts {
                index: rule.index.0,
                id: nullable(rule.id.as_ref().map(kept)),
                issue: kept(&rule.issue),
                matches: count(matches),
                last_matched: nullable(last.map(milliseconds)),
            }
        });
        Self {
            rules_version: rules.version().into(),
            since: nullable(Some(milliseconds(rules.counts_since()))),
            verdicts: count(rules.verdicts_given()),
            rules: counts.collect(),
        }
    }
}
