//! Every sentence about a rule or a list. Fields go by the keys that the user's list has for them.

use super::{FieldKind, Rejection, RejectionCode};
use crate::limits::MAX_CONDITIONS;

/// For [`super::RawField::Other`]: an object where a pattern belongs, without a string `source`.
pub const PATTERN_WITHOUT_SOURCE: &str = "an object without a string `source`";

/// For [`super::RawField::Other`]: a pattern object whose `flags` are neither a string nor absent.
pub const PATTERN_WITH_BAD_FLAGS: &str = "an object whose `flags` is not a string";

/// What a field of this kind may be, for the sentence that says it is not.
fn expected(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "a string or a number",
        FieldKind::String | FieldKind::Flags => "a string",
        FieldKind::Pattern => "a string, a RegExp or an object { source, flags }",
        FieldKind::Boolean => "true or false",
        FieldKind::Date => "a day or a time in a string",
        FieldKind::Patterns => "an array of patterns",
        FieldKind::Examples => "an object { match, noMatch }",
    }
}

#[cold]
pub(super) fn wrong_type(kind: FieldKind, name: &str, found: &str) -> String {
    format!("`{name}` must be {}, but is {found}", expected(kind))
}

/// A text that is neither a day nor a time. `hint`: what is wrong with it, if that can be told.
#[cold]
pub(super) fn not_a_date(name: &str, found: &[u16], hint: Option<&str>) -> String {
    const LONGEST: usize = 40;
    let found: String = String::from_utf16_lossy(found).chars().take(LONGEST).collect();
    let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
    format!(
        "`{name}` must be a day like 2026-12-31 or a time like 2026-12-31T18:00:00Z, but is \
         {found:?}{hint}"
    )
}

#[cold]
pub(super) fn too_many_patterns(name: &str) -> String {
    format!("`{name}` has more than {MAX_CONDITIONS} patterns: join some with `|`, or make rules")
}

/// `needed`: what the rule lacks, from [`super::Presence::Required`].
#[cold]
pub(super) fn missing(name: &str, needed: &str) -> String {
    format!("`{name}` is missing: a rule needs {needed}")
}

#[cold]
pub(super) fn unreadable(name: &str, thrown: &str) -> String {
    format!("`{name}` could not be read: {thrown}")
}

#[cold]
pub(super) fn rule_not_an_object(found: &str) -> String {
    format!("A rule must be an object, but this one is {found}")
}

#[cold]
pub(super) fn rule_unreadable(thrown: &str) -> String {
    format!("The rule could not be read: {thrown}")
}

/// How many keys a message quotes.
pub(super) const MAX_QUOTED_KEYS: usize = 8;

/// How many keys a reader has to read for a message: of one more, it says that there are more.
pub const FEW_KEYS: u32 = MAX_QUOTED_KEYS as u32 + 1;

/// What a rule has in the place of a key that it lacks. `keys`: one more than are quoted, if there
/// are as many.
#[cold]
pub(super) fn found_keys(keys: &[String]) -> String {
    format!("This rule has {}", quoted(keys))
}

/// Some keys, for a sentence.
fn quoted(keys: &[String]) -> String {
    const LONGEST: usize = 40;
    let quoted = keys.iter().take(MAX_QUOTED_KEYS).map(|key| {
        let short: String = key.chars().take(LONGEST).collect();
        format!("`{short}`")
    });
    let more = if keys.len() > MAX_QUOTED_KEYS { ", …" } else { "" };
    quoted.collect::<Vec<_>>().join(", ") + more
}

/// For [`describe_shape`]: an object that is no list. `keys`: what it has.
#[cold]
pub fn object_without_rules(keys: &[String]) -> String {
    if keys.is_empty() {
        "an object without `rules`".into()
    } else {
        format!("an object without `rules`. It has {}", quoted(keys))
    }
}

/// How much of the text a message quotes, in characters.
const QUOTED_CHARS: usize = 20;

/// `reason`: the parser's, without its position. `offset`: in the caller's text, of what is `at` in
/// `json`.
#[cold]
pub(super) fn not_json(reason: &str, line: usize, offset: usize, json: &str, at: usize) -> String {
    let rest = json.get(at..).unwrap_or_default();
    let hint = hint(reason, json, rest).map_or_else(String::new, |hint| format!(". {hint}"));
    let reason = match reason {
        "expected ident" => "expected `true`, `false` or `null`",
        "expected value" => "expected a value",
        "EOF while parsing a value" => "it ends where a value was expected",
        "EOF while parsing a list" => "it ends inside an array",
        "EOF while parsing an object" => "it ends inside an object",
        "EOF while parsing a string" => "it ends inside a string",
        other => other,
    };
    let near: String = rest.chars().take(QUOTED_CHARS).collect();
    let near = if near.is_empty() { near } else { format!(", near {near:?}") };
    format!(
        "The list of rules is not valid JSON: {reason} (line {line}, offset {offset}{near}){hint}"
    )
}

/// What to do about a text that is no JSON, if it looks like something that is often passed.
fn hint(reason: &str, json: &str, rest: &str) -> Option<&'static str> {
    if rest.starts_with('<') {
        return Some("It looks like a web page: check the address of the list, and the login");
    }
    if json.starts_with("[object ") {
        return Some("It looks like an object as text: pass the object itself");
    }
    if json.starts_with("http://") || json.starts_with("https://") {
        return Some("It looks like an address: fetch it, and pass the answer's text");
    }
    if looks_like_path(json) {
        return Some("It looks like a path: read the file, and pass what is in it");
    }
    if rest.starts_with("//") || rest.starts_with("/*") {
        return Some("JSON has no comments");
    }
    if rest.starts_with('\'') || reason == "key must be a string" {
        return Some("Strings and keys of JSON are in double quotes");
    }
    if reason == "trailing characters" && json.starts_with('{') && rest.starts_with('{') {
        return Some("It looks like JSON Lines: make an array of the lines");
    }
    None
}

/// One line without the punctuation of JSON, with a separator or an extension.
fn looks_like_path(json: &str) -> bool {
    const LONGEST: usize = 1024;
    let path = json.trim();
    let is_plain = path.len() <= LONGEST
        && !path.starts_with(['[', '{', '"'])
        && !path.contains(['\n', '"', '<', '>', '{', '}']);
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let has_extension = (1..=8).contains(&extension.len())
        && extension.starts_with(|c: char| c.is_ascii_alphabetic())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain && (has_extension || file.len() < path.len() && !path.starts_with("//"))
}

/// The sentence of `ERR_RULES_SHAPE`. `found`: what the list is instead, like "a number".
#[cold]
pub fn describe_shape(found: &str) -> String {
    format!(
        "The list of rules must be an array, or an object with an array `rules`, but is {found}"
    )
}

/// The sentence of `ERR_RULES_STRICT`: how many, and what is wrong with the first.
#[cold]
pub fn refused_strictly(rejected: &[Rejection], total: u32) -> String {
    let count = rejected.len();
    let were = if count == 1 { "was" } else { "were" };
    format!("{count} of {total} rules {were} refused{}", first_of(rejected))
}

/// The sentence of `ERR_RULES_UNUSABLE`.
#[cold]
pub fn none_usable(rejected: &[Rejection]) -> String {
    let all_missing = rejected.iter().all(|rejection| rejection.code == RejectionCode::Missing);
    let hint = if all_missing {
        ". `options.fields` says which keys your list has for the fields"
    } else {
        ""
    };
    match rejected {
        [only] => format!("The only rule was refused: {}{hint}", only.message),
        _ => format!("All {} rules were refused{}{hint}", rejected.len(), first_of(rejected)),
    }
}

/// What is wrong with the first of them.
fn first_of(rejected: &[Rejection]) -> String {
    let Some(first) = rejected.first() else { return String::new() };
    let issue = first.issue.as_ref().map_or_else(String::new, |issue| {
        format!(" ({})", String::from_utf16_lossy(&issue.units()))
    });
    format!("; the first is rule {}{issue}: {}", first.index, first.message)
}
