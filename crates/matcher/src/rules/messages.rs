//! Every sentence about a rule or a list. Fields go by the keys that the user's list has for them.

use super::{FieldKind, Rejection};

/// For [`super::RawField::Other`]: an object where a pattern belongs, without a string `source`.
pub const PATTERN_WITHOUT_SOURCE: &str = "an object without a string `source`";

/// For [`super::RawField::Other`]: a pattern object whose `flags` are neither a string nor absent.
pub const PATTERN_WITH_BAD_FLAGS: &str = "an object whose `flags` is not a string";

/// What a field of this kind may be, for the sentence that says it is not.
fn expected(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Flags => "a string",
        FieldKind::Pattern => "a string, a RegExp or an object { source, flags }",
    }
}

#[cold]
pub(super) fn wrong_type(kind: FieldKind, name: &str, found: &str) -> String {
    format!("`{name}` must be {}, but is {found}", expected(kind))
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

/// `reason`: the parser's, without its position. `near`: the text from `offset` on, cut short.
#[cold]
pub(super) fn not_json(reason: &str, line: usize, offset: usize, near: &str) -> String {
    let reason = match reason {
        "expected ident" => "expected `true`, `false` or `null`",
        "expected value" => "expected a value",
        "EOF while parsing a value" => "it ends where a value was expected",
        "EOF while parsing a list" => "it ends inside an array",
        "EOF while parsing an object" => "it ends inside an object",
        "EOF while parsing a string" => "it ends inside a string",
        other => other,
    };
    let hint = match near.chars().next() {
        Some('<') => ". It looks like a web page: check the address of the list, and the login",
        Some('\u{feff}') => ". Remove the byte order mark, or pass the list as bytes",
        _ => "",
    };
    let near = if near.is_empty() { String::new() } else { format!(", near {near:?}") };
    format!(
        "The list of rules is not valid JSON: {reason} (line {line}, offset {offset}{near}){hint}"
    )
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
    let mut message = format!("{count} of {total} rules {were} refused");
    if let Some(first) = rejected.first() {
        use std::fmt::Write as _;
        let _ = write!(message, "; the first is rule {}", first.index);
        if let Some(issue) = &first.issue {
            let _ = write!(message, " ({})", String::from_utf16_lossy(issue));
        }
        let _ = write!(message, ": {}", first.message);
    }
    message
}
