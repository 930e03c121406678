//! The report of `loadRules` as JavaScript sees it: a plain object with every key always present.

use std::time::Duration;

use napi::bindgen_prelude::{Either, Null, Utf16String};
use napi_derive::napi;

use matcher::UNICODE_VERSION;
use matcher::rules::Rejection;
use matcher::{Engines as EngineCounts, Report, RuleIndex, SharedText, Warning};

/// A value, or null: `Option` would leave the key out.
pub(crate) type Nullable<T> = Either<T, Null>;

/// `None` becomes null.
pub(crate) fn nullable<T>(value: Option<T>) -> Nullable<T> {
    value.map_or(Either::B(Null), Either::A)
}

fn indexes(rules: &[RuleIndex]) -> Vec<u32> {
    rules.iter().map(|rule| rule.0).collect()
}

/// A text of a rule as a JavaScript string.
pub(crate) fn kept(text: &SharedText) -> Utf16String {
    text.units().into()
}

/// Copies code units into a JavaScript string, lone surrogates as they are.
pub(crate) fn utf16(units: &[u16]) -> Utf16String {
    Utf16String::from(units.to_vec())
}

/// A rule that was refused: which one, what is wrong, why and where. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct RejectedRule {
    /// Its index in the list as given, from 0.
    pub index: u32,
    /// Its `id`. Null if it has none that is a string.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Its `issue`. Null if it has none that is a string.
    #[napi(ts_type = "string | null")]
    pub issue: Nullable<Utf16String>,
    /// The field at fault, by the name that it has in `Rule` whatever `options.fields` says.
    /// `rule`: the rule as a whole.
    #[napi(ts_type = "keyof Rule | 'rule'")]
    pub field: &'static str,
    /// What is wrong.
    ///
    /// - `ERR_RULE_TYPE`: the field, or the rule, has a type that it cannot have.
    /// - `ERR_RULE_MISSING`: a required field is absent or null.
    /// - `ERR_RULE_VALUE`: `expires` is neither a day nor a time, or `also` or `unless` has more
    ///   than 100 patterns.
    /// - `ERR_RULE_READ`: reading it threw (a getter, a proxy).
    /// - `ERR_PATTERN_SYNTAX`: `new RegExp` would throw at the pattern.
    /// - `ERR_PATTERN_FLAGS`: `new RegExp` would throw at the flags.
    /// - `ERR_PATTERN_LIMIT`: the pattern is legal, but too large.
    #[napi(
        ts_type = "'ERR_RULE_TYPE' | 'ERR_RULE_MISSING' | 'ERR_RULE_VALUE' | 'ERR_RULE_READ' | \
                   'ERR_PATTERN_SYNTAX' | 'ERR_PATTERN_FLAGS' | 'ERR_PATTERN_LIMIT'"
    )]
    pub code: &'static str,
    /// A sentence for the rule's author. Not stable, unlike `code`.
    pub message: String,
    /// Where in the pattern, or in the flags for `ERR_PATTERN_FLAGS`, in UTF-16 code units from 0.
    /// Null if no pattern is at fault.
    #[napi(ts_type = "number | null")]
    pub offset: Nullable<u32>,
}

impl From<Rejection> for RejectedRule {
    fn from(rejection: Rejection) -> Self {
        Self {
            index: rejection.index.0,
            id: nullable(rejection.id.as_ref().map(kept)),
            issue: nullable(rejection.issue.as_ref().map(kept)),
            field: rejection.field_name(),
            code: rejection.code.as_str(),
            message: rejection.message,
            offset: nullable(rejection.offset),
        }
    }
}

/// A rule that is good, but probably not what its author meant. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct RuleWarning {
    /// Its index in the list as given, from 0.
    pub index: u32,
    /// Its `id`. Null if it has none.
    #[napi(ts_type = "string | null")]
    pub id: Nullable<Utf16String>,
    /// Its `issue`.
    #[napi(ts_type = "string")]
    pub issue: Utf16String,
    /// The field that it is about, by the name that it has in `Rule` whatever `options.fields` says.
    #[napi(ts_type = "keyof Rule")]
    pub field: &'static str,
    /// What it is about.
    ///
    /// - `WARN_DIALECT`: the pattern has a construct of another dialect, like `\\A`, `[[:space:]]` or
    ///   `/…/i`, which JavaScript accepts and reads as something else.
    /// - `WARN_MATCHES_EMPTY`: the pattern matches every text.
    /// - `WARN_DUPLICATE`: an earlier rule has the same patterns, so this one never gives a verdict.
    /// - `WARN_EXPIRED`: the rule has expired, and is not in force.
    /// - `WARN_EXAMPLES`: `examples` has another shape than `{ match: [...], noMatch: [...] }` with
    ///   texts or `{ test, error }`.
    #[napi(
        ts_type = "'WARN_DIALECT' | 'WARN_MATCHES_EMPTY' | 'WARN_DUPLICATE' | 'WARN_EXPIRED' | \
                   'WARN_EXAMPLES'"
    )]
    pub code: &'static str,
    /// A sentence for the rule's author. Not stable, unlike `code`.
    pub message: String,
    /// Where in the pattern, in UTF-16 code units from 0. Null if it is about the whole.
    #[napi(ts_type = "number | null")]
    pub offset: Nullable<u32>,
}

impl From<Warning> for RuleWarning {
    fn from(warning: Warning) -> Self {
        Self {
            index: warning.index.0,
            id: nullable(warning.id.as_ref().map(kept)),
            issue: kept(&warning.issue),
            field: warning.field.spec().key,
            code: warning.code.as_str(),
            message: warning.message,
            offset: nullable(warning.offset),
        }
    }
}

/// Active rules by what can run their error pattern. Every rule starts with the exact engine. The
/// automata take over a `regular` one once its searches have cost more than an automaton would. The
/// others stay with the exact engine, for the reason that the key gives. Each rule counts once.
#[napi(object, object_from_js = false)]
pub struct Engines {
    /// Regular expressions in the strict sense.
    pub regular: u32,
    /// They have a lookahead or lookbehind.
    pub lookaround: u32,
    /// They have a back-reference, and with it a step budget. See `Verdict.undecided`.
    pub back_reference: u32,
    /// They are too large, or nested too deeply, for the automata.
    pub size: u32,
}

impl From<EngineCounts> for Engines {
    fn from(counts: EngineCounts) -> Self {
        let EngineCounts { regular, lookaround, back_reference, size } = counts;
        Self { regular, lookaround, back_reference, size }
    }
}

/// Active rules that cost more than others. Usually a rule is looked at only if the text holds a
/// literal that it requires, like `Session not created`, in any case of its letters, or the shape
/// of one, like `[A-Z]{3}-\d{4}`.
#[napi(object, object_from_js = false)]
pub struct Literals {
    /// Indexes of rules that are looked for by a literal of at most six bytes of UTF-8. Where they
    /// are few, they are looked for by their shape, and are not here.
    pub short: Vec<u32>,
    /// Indexes of rules that require nothing that could be looked for. They are matched against
    /// every error.
    pub none: Vec<u32>,
}

/// What became of a list of rules. Every key is always present.
#[napi(object, object_from_js = false)]
pub struct LoadReport {
    /// Names this load in `Verdict.rulesVersion`: the number of the `loadRules` call in the
    /// process, `-`, and a hash of the rules that were not refused, which is the same wherever and
    /// whenever they are loaded.
    /// `docs/version.md` of the repository specifies it.
    pub version: String,
    /// Rules in the list as given.
    pub total: u32,
    /// Rules in force: `total` minus those that are rejected, disabled or expired. A rule that
    /// expires later counts, and is not used any more from then on.
    pub active: u32,
    /// Rules with `enabled: false`.
    pub disabled: u32,
    /// Rules that had expired when the list was loaded, but for the disabled ones.
    pub expired: u32,
    /// The rules that were refused, in list order.
    pub rejected: Vec<RejectedRule>,
    /// What is good, but probably not what its author meant, in list order.
    pub warnings: Vec<RuleWarning>,
    /// Active rules that apply to some tests only: those with a `test`.
    pub scoped: u32,
    /// Active rules by what runs their error pattern.
    pub engines: Engines,
    /// Active rules that are slow to look for.
    pub literals: Literals,
    /// True if a `loadRules` that was called later had finished earlier: its rules are in force,
    /// and this call changed nothing.
    pub superseded: bool,
    /// The version of Unicode that property escapes and case follow, like `'17.0.0'`.
    pub unicode: String,
    /// How long parsing, checking and compiling took, off the main thread, in milliseconds.
    pub duration_ms: f64,
}

impl LoadReport {
    pub(crate) fn new(report: Report, superseded: bool, duration: Duration) -> Self {
        Self {
            version: report.version,
            total: report.total,
            active: report.active,
            disabled: report.disabled,
            expired: report.expired,
            rejected: report.rejected.into_iter().map(Into::into).collect(),
            warnings: report.warnings.into_iter().map(Into::into).collect(),
            scoped: report.scoped,
            engines: report.engines.into(),
            literals: Literals {
                short: indexes(&report.short_literals),
                none: indexes(&report.no_literals),
            },
            superseded,
            unicode: UNICODE_VERSION.into(),
            duration_ms: duration.as_secs_f64() * 1e3,
        }
    }
}
