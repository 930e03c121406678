//! An explanation as JavaScript sees it: a plain object with every key always present.

use napi::bindgen_prelude::Utf16String;
use napi::{Env, Unknown};
use napi_derive::napi;

use crate::calls::explained::Explained;
use crate::calls::script;
use crate::error::Failure;
use crate::node::value::Value;
use crate::report::{Nullable, kept, nullable, utf16};
use matcher::{Hit, Matcher, Missing};

/// Where the `error` pattern of a rule matched, as `RegExp.prototype.exec` finds it.
///
/// Offsets count UTF-16 code units of the text that was matched. With `ansi: 'strip'`, that is the
/// text without ANSI sequences.
#[napi(object, object_from_js = false)]
pub struct Match {
    /// Offset of the first matched code unit.
    pub start: u32,
    /// Offset after the last matched code unit.
    pub end: u32,
    /// The matched text, cut after 200 code units.
    #[napi(ts_type = "string")]
    pub text: Utf16String,
}

/// A rule whose `error` matches. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct ExplainedMatch {
    /// Its index in the list that you gave to `loadRules`.
    pub index: u32,
    /// Its `id`. Null if it has none.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Its `issue`.
    #[napi(ts_type = "string")]
    pub issue: Utf16String,
    /// Its `url`. Null if it has none.
    #[napi(ts_type = "string | null")]
    pub url: Nullable<Utf16String>,
    /// Where its `error` matches.
    #[napi(js_name = "match")]
    pub found: Match,
}

/// About the rule that `ExplainOptions.rule` asks for. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct RuleExplanation {
    /// Its index in the list that you gave to `loadRules`. Null if there is no such rule.
    #[napi(ts_type = "number | null")]
    pub index: Nullable<u32>,
    /// Its `id`. Null if it has none.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Its `issue`. Null if there is no such rule.
    #[napi(ts_type = "string | null")]
    pub issue: Nullable<Utf16String>,
    /// The first part of it that is missing. Null: the rule matches.
    ///
    /// - `rule`: there is no such rule, it was refused, or it is not in force.
    /// - `scope`: its `test` does not match the name of the test.
    /// - `literal`: the text lacks a literal that its `error` requires.
    /// - `pattern`: the text has the literals, but its `error` does not match all the same.
    /// - `also`: a pattern of its `also` does not match.
    /// - `unless`: a pattern of its `unless` matches.
    #[napi(ts_type = "'rule' | 'scope' | 'literal' | 'pattern' | 'also' | 'unless' | null")]
    pub missing: Nullable<&'static str>,
    /// The literal that the text lacks, as the pattern has it or in lower case. The case does not
    /// matter: the text has it in no case. Of several literals of which the text needs one, the
    /// first. Null if no literal is missing, or if it cannot be told as text.
    #[napi(ts_type = "string | null")]
    pub literal: Nullable<Utf16String>,
    /// Which pattern of `also` or `unless` is at fault: its index there. Null if none is.
    #[napi(ts_type = "number | null")]
    pub condition: Nullable<u32>,
    /// A sentence about that for the rule's author. Not stable, unlike `missing`.
    #[napi(ts_type = "string")]
    pub reason: Utf16String,
}

/// Why the verdict on a failed test is what it is. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct Explanation<'env> {
    /// What `classify` gives.
    #[napi(ts_type = "Verdict")]
    pub verdict: Unknown<'env>,
    /// The text that the rules were matched against, as `errorText` gives it. Null if there is no
    /// error.
    #[napi(ts_type = "string | null")]
    pub text: Nullable<Utf16String>,
    /// The name that the scopes were matched against: `testName(test)`.
    #[napi(ts_type = "string")]
    pub test: Utf16String,
    /// Every rule that matches, in list order. The first one gives the verdict.
    pub matches: Vec<ExplainedMatch>,
    /// Every rule that would match if its `test` did, in list order.
    pub out_of_scope: Vec<ExplainedMatch>,
    /// True if `matches` or `outOfScope` is cut: each has at most 1,000 rules.
    pub truncated: bool,
    /// About the rule that `options.rule` asks for. Null if it asks for none.
    #[napi(ts_type = "RuleExplanation | null")]
    pub rule: Nullable<RuleExplanation>,
}

impl From<matcher::RuleExplanation> for RuleExplanation {
    fn from(rule: matcher::RuleExplanation) -> Self {
        Self {
            index: nullable(rule.index.map(|index| index.0)),
            id: nullable(rule.id.as_ref().map(kept)),
            issue: nullable(rule.issue.as_ref().map(kept)),
            missing: nullable(rule.missing.map(Missing::as_str)),
            literal: nullable(rule.literal.map(Utf16String::from)),
            condition: nullable(rule.condition),
            reason: rule.reason.into(),
        }
    }
}

/// The rules of a list.
fn listed(hits: Vec<Hit>, rules: Option<&Matcher>) -> Vec<ExplainedMatch> {
    let one = |Hit { rule, start, end, text }| {
        let known = rules.and_then(|rules| rules.rule(rule));
        ExplainedMatch {
            index: rule.0,
            id: nullable(known.and_then(|known| known.id.as_ref()).map(kept)),
            issue: known.map_or_else(|| utf16(&[]), |known| kept(&known.issue)),
            url: nullable(known.and_then(|known| known.url()).map(utf16)),
            found: Match { start, end, text: text.into() },
        }
    };
    hits.into_iter().map(one).collect()
}

/// The object of an explanation by `rules`.
pub(crate) fn to_value<'env>(
    env: &'env Env,
    Explained { test, explanation }: Explained,
    rules: Option<&Matcher>,
) -> Result<Value<'env>, Failure> {
    let matcher::Explanation { verdict, text, matches, out_of_scope, is_cut, rule } = explanation;
    let verdict = script::verdict(env, &verdict, rules)
        .ok_or_else(|| Failure::Internal("no verdict could be made".into()))?;
    let explanation = Explanation {
        verdict: verdict.to_unknown(),
        text: nullable(text.map(Utf16String::from)),
        test: test.into(),
        matches: listed(matches, rules),
        out_of_scope: listed(out_of_scope, rules),
        truncated: is_cut,
        rule: nullable(rule.map(RuleExplanation::from)),
    };
    Value::made_of(env, explanation).map_err(|error| Failure::Internal(error.to_string()))
}
