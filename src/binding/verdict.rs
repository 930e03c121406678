//! The verdict as JavaScript sees it: a plain object with every key always present.

use napi::bindgen_prelude::{Either, Null, Utf16String};
use napi_derive::napi;

use crate::matcher::{Matcher, Verdict as Answer};

/// A value, or null: `Option` would leave the key out.
pub(super) type Nullable<T> = Either<T, Null>;

/// `None` becomes null.
pub(super) fn nullable<T>(value: Option<T>) -> Nullable<T> {
    value.map_or(Either::B(Null), Either::A)
}

/// Copies code units into a JavaScript string, lone surrogates as they are.
pub(super) fn utf16(units: &[u16]) -> Utf16String {
    Utf16String::from(units.to_vec())
}

/// Where a rule's error pattern matched, as `RegExp.prototype.exec` finds it.
///
/// The offsets are those of the text that was matched: after ANSI sequences were removed, if they were.
#[napi(object, object_from_js = false)]
pub struct Match {
    /// Where the match begins, in UTF-16 code units from 0.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
    /// The matched text, cut off after 200 UTF-16 code units.
    #[napi(ts_type = "string")]
    pub text: Utf16String,
}

/// The answer to one failed test. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct Verdict {
    /// `Broken`: a rule matched, the failure is a known one. `Failed`: it is not.
    #[napi(ts_type = "'Broken' | 'Failed'")]
    pub status: &'static str,
    /// The name of the issue, as the rule has it. Null unless `Broken`.
    #[napi(ts_type = "string | null")]
    pub issue: Nullable<Utf16String>,
    /// Why the status is what it is.
    ///
    /// - `matched`: a rule matched.
    /// - `no-match`: none did.
    /// - `no-error`: `error` is null or undefined.
    /// - `no-rules`: no rules were ever loaded, or the list had no rule that could be used.
    #[napi(ts_type = "'matched' | 'no-match' | 'no-error' | 'no-rules'")]
    pub reason: &'static str,
    /// The index of the rule that matched, in the list as it was given to `loadRules`. Null unless `Broken`.
    #[napi(ts_type = "number | null")]
    pub rule: Nullable<u32>,
    /// The `id` of that rule. Null if it has none, and unless `Broken`.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Where its error pattern matched. Null unless `Broken`.
    #[napi(js_name = "match", ts_type = "Match | null")]
    pub found: Nullable<Match>,
    /// Indexes of rules that were given up: a pattern with back-references that reached its step budget, or one that reached
    /// its memory limit. Such a rule counts as one that does not match, and the next ones were tried. Almost always empty.
    pub undecided: Vec<u32>,
    /// The `version` of the rules by which this verdict was given: those in force when the call was made. `'0'` if there were none.
    pub rules_version: String,
}

impl Verdict {
    /// The answer of `rules`; `None` where none were ever loaded.
    pub(super) fn new(answer: Answer, rules: Option<&Matcher>) -> Self {
        let rule = answer.hit.as_ref().zip(rules).and_then(|(hit, rules)| rules.rule(hit.rule));
        Self {
            status: if rule.is_some() { "Broken" } else { "Failed" },
            issue: nullable(rule.map(|rule| utf16(&rule.issue))),
            reason: answer.reason.as_str(),
            rule: nullable(rule.map(|rule| rule.index)),
            id: nullable(rule.and_then(|rule| rule.id.as_deref()).map(utf16)),
            found: nullable(answer.hit.map(|hit| Match {
                start: hit.start,
                end: hit.end,
                text: hit.text.into(),
            })),
            undecided: answer.undecided,
            rules_version: rules.map_or_else(|| "0".into(), |rules| rules.report.version.clone()),
        }
    }
}
