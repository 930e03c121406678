//! From fields as found to a rule or a rejection: the one place that says what a rule may look like.

use super::messages;
use super::{FieldNames, PatternSource, Rejection, RejectionCode, Rule, RuleField};
use crate::ids::RuleIndex;

/// One field as found, before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawField {
    /// No such field, or null, or undefined.
    Absent,
    /// A string.
    Text(Box<[u16]>),
    /// `{ source, flags }` with a string `source`, or a `RegExp`.
    Pattern {
        /// The pattern's source.
        source: Box<[u16]>,
        /// Its flags; `None` if the object has none, or null.
        flags: Option<Box<[u16]>>,
        /// A `RegExp` and not a plain object.
        is_regexp: bool,
    },
    /// Anything else, as it reads in a sentence: "a number", "an array".
    Other(&'static str),
    /// Reading it threw; the message of what was thrown.
    Unreadable(String),
}

impl RawField {
    fn into_text(self) -> Option<Box<[u16]>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Source, and flags where it brings its own.
    fn into_pattern(self) -> Option<SourceAndFlags> {
        match self {
            Self::Text(source) => Some((source, None)),
            Self::Pattern { source, flags, .. } => Some((source, flags)),
            _ => None,
        }
    }
}

type SourceAndFlags = (Box<[u16]>, Option<Box<[u16]>>);

/// A rule's fields as found, under the field's own names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRule {
    /// The issue's name.
    pub issue: RawField,
    /// The error pattern.
    pub error: RawField,
    /// The test scope.
    pub test: RawField,
    /// The error pattern's flags.
    pub flags: RawField,
    /// The rule's own name.
    pub id: RawField,
}

/// What is wrong, before it is known which rule it is.
struct Fault {
    field: RuleField,
    code: RejectionCode,
    message: String,
}

/// Judges the rule at `index` of the list. Patterns are taken as they are: whether they compile is for later.
pub fn validate(index: RuleIndex, found: FoundRule, names: &FieldNames) -> Result<Rule, Rejection> {
    match check(&found, names) {
        Ok(()) => Ok(accept(index, found)),
        Err(Fault { field, code, message }) => Err(Rejection {
            index,
            // a rule with one bad field is still called by its name
            id: found.id.into_text(),
            issue: found.issue.into_text(),
            field,
            code,
            message,
            offset: None,
        }),
    }
}

/// The rejection of a rule that is not an object. `found`: what it is, like "a number".
#[cold]
pub fn not_an_object(index: RuleIndex, found: &str) -> Rejection {
    whole_rule(index, RejectionCode::Type, messages::rule_not_an_object(found))
}

/// The rejection of a rule that threw when it was looked at. `thrown`: the message of what it threw.
#[cold]
pub fn unreadable_rule(index: RuleIndex, thrown: &str) -> Rejection {
    whole_rule(index, RejectionCode::Read, messages::rule_unreadable(thrown))
}

fn whole_rule(index: RuleIndex, code: RejectionCode, message: String) -> Rejection {
    Rejection { index, id: None, issue: None, field: RuleField::Rule, code, message, offset: None }
}

/// Finds the first fault.
fn check(found: &FoundRule, names: &FieldNames) -> Result<(), Fault> {
    use RuleField::{Error, Flags, Id, Issue, Test};

    check_text(&found.issue, Issue, &names.issue)?;
    if found.issue == RawField::Absent {
        return Err(missing(Issue, &names.issue));
    }
    check_pattern(&found.error, Error, &names.error)?;
    if found.error == RawField::Absent {
        return Err(missing(Error, &names.error));
    }
    check_pattern(&found.test, Test, &names.test)?;
    // looked at even where the pattern brings its own: a wrong type is a mistake wherever it stands
    check_text(&found.flags, Flags, &names.flags)?;
    check_text(&found.id, Id, &names.id)
}

/// The rule that fields without a fault make up.
fn accept(index: RuleIndex, found: FoundRule) -> Rule {
    let (source, own_flags) = found.error.into_pattern().unwrap_or_default();
    let flags = own_flags.or(found.flags.into_text()).unwrap_or_default();
    Rule {
        index,
        issue: found.issue.into_text().unwrap_or_default(),
        id: found.id.into_text(),
        error: PatternSource { source: source.into(), flags },
        test: found
            .test
            .into_pattern()
            .map(|(source, flags)| PatternSource {
                source: source.into(),
                flags: flags.unwrap_or_default(),
            })
            // `!rule.test ||` in the loop that a rule list replaces
            .filter(|test| !(test.source.is_empty() && test.flags.is_empty())),
    }
}

/// A field that is to be a string, or absent.
fn check_text(found: &RawField, field: RuleField, name: &str) -> Result<(), Fault> {
    match found {
        RawField::Absent | RawField::Text(_) => Ok(()),
        RawField::Pattern { is_regexp, .. } => {
            Err(wrong_type(field, name, if *is_regexp { "a RegExp" } else { "an object" }))
        }
        RawField::Other(found) => Err(wrong_type(field, name, found)),
        RawField::Unreadable(thrown) => Err(unreadable(field, name, thrown)),
    }
}

/// A field that may be a pattern object, too.
fn check_pattern(found: &RawField, field: RuleField, name: &str) -> Result<(), Fault> {
    match found {
        RawField::Pattern { .. } => Ok(()),
        other => check_text(other, field, name),
    }
}

fn wrong_type(field: RuleField, name: &str, found: &str) -> Fault {
    Fault { field, code: RejectionCode::Type, message: messages::wrong_type(field, name, found) }
}

fn missing(field: RuleField, name: &str) -> Fault {
    Fault { field, code: RejectionCode::Missing, message: messages::missing(field, name) }
}

fn unreadable(field: RuleField, name: &str, thrown: &str) -> Fault {
    Fault { field, code: RejectionCode::Read, message: messages::unreadable(name, thrown) }
}

#[cfg(test)]
mod tests {
    use super::messages::PATTERN_WITHOUT_SOURCE;
    use super::*;

    fn units(text: &str) -> Box<[u16]> {
        text.encode_utf16().collect()
    }

    fn text_field(text: &str) -> RawField {
        RawField::Text(units(text))
    }

    fn pattern_field(source: &str, flags: Option<&str>, is_regexp: bool) -> RawField {
        RawField::Pattern { source: units(source), flags: flags.map(units), is_regexp }
    }

    fn rule() -> FoundRule {
        FoundRule {
            issue: text_field("WEB-1"),
            error: text_field("boom"),
            test: RawField::Absent,
            flags: RawField::Absent,
            id: RawField::Absent,
        }
    }

    fn judged(found: FoundRule) -> Result<Rule, Rejection> {
        validate(RuleIndex(7), found, &FieldNames::default())
    }

    #[test]
    fn a_rule_needs_an_issue_and_an_error_only() {
        let rule = judged(rule()).unwrap();
        assert_eq!(rule.index, RuleIndex(7));
        assert_eq!(rule.issue, units("WEB-1"));
        assert_eq!(rule.id, None);
        assert_eq!(rule.error, PatternSource { source: units("boom").into(), flags: units("") });
        assert_eq!(rule.test, None);
    }

    #[test]
    fn an_empty_error_is_a_pattern_and_an_empty_test_is_none() {
        let found = FoundRule { error: text_field(""), test: text_field(""), ..rule() };
        let rule = judged(found).unwrap();
        assert_eq!(*rule.error.source, *units(""));
        assert_eq!(rule.test, None);
    }

    #[test]
    fn the_flags_of_a_pattern_object_go_before_the_flags_of_the_rule() {
        for (own, expected) in [(Some("m"), "m"), (Some(""), ""), (None, "i")] {
            let error = pattern_field("boom", own, false);
            let rule = judged(FoundRule { error, flags: text_field("i"), ..rule() }).unwrap();
            assert_eq!(rule.error.flags, units(expected));
        }
        // the rule's flags are the error's: a test scope has its own or none
        let found = FoundRule { test: text_field("Cart"), flags: text_field("i"), ..rule() };
        assert_eq!(judged(found).unwrap().test.unwrap().flags, units(""));
        let found = FoundRule { test: pattern_field("Cart", Some("i"), true), ..rule() };
        assert_eq!(judged(found).unwrap().test.unwrap().flags, units("i"));
    }

    #[test]
    fn every_fault_names_its_field_its_code_and_the_rule() {
        use RejectionCode::{Missing, Read, Type};
        use RuleField::{Error, Flags, Id, Issue, Test};

        let number = || RawField::Other("a number");
        let thrown = || RawField::Unreadable("no luck".into());
        let id = || text_field("r1");
        let cases = [
            (
                FoundRule { issue: RawField::Absent, ..rule() },
                Issue,
                Missing,
                "`issue` is missing: a rule needs the name of the issue that it stands for",
            ),
            (
                FoundRule { issue: number(), ..rule() },
                Issue,
                Type,
                "`issue` must be a string, but is a number",
            ),
            (
                FoundRule { issue: pattern_field("a", None, true), ..rule() },
                Issue,
                Type,
                "`issue` must be a string, but is a RegExp",
            ),
            (
                FoundRule { issue: thrown(), ..rule() },
                Issue,
                Read,
                "`issue` could not be read: no luck",
            ),
            (
                FoundRule { error: RawField::Absent, ..rule() },
                Error,
                Missing,
                "`error` is missing: a rule needs a pattern that the error must match",
            ),
            (
                FoundRule { error: RawField::Other(PATTERN_WITHOUT_SOURCE), ..rule() },
                Error,
                Type,
                "`error` must be a string, a RegExp or an object { source, flags }, but is an object without a string `source`",
            ),
            (
                FoundRule { error: thrown(), ..rule() },
                Error,
                Read,
                "`error` could not be read: no luck",
            ),
            (
                FoundRule { test: number(), ..rule() },
                Test,
                Type,
                "`test` must be a string, a RegExp or an object { source, flags }, but is a number",
            ),
            (
                FoundRule { flags: number(), error: pattern_field("a", Some("i"), true), ..rule() },
                Flags,
                Type,
                "`flags` must be a string, but is a number",
            ),
            (
                FoundRule { id: pattern_field("a", None, false), ..rule() },
                Id,
                Type,
                "`id` must be a string, but is an object",
            ),
        ];
        for (found, field, code, message) in cases {
            let found = if field == Id { found } else { FoundRule { id: id(), ..found } };
            let rejection = judged(found.clone()).unwrap_err();
            assert_eq!((rejection.field, rejection.code), (field, code), "{found:?}");
            assert_eq!(rejection.message, message);
            assert_eq!(rejection.index, RuleIndex(7));
            assert_eq!(rejection.offset, None);
            assert_eq!(rejection.issue.is_some(), field != Issue);
            assert_eq!(rejection.id.is_some(), field != Id);
        }
    }

    #[test]
    fn messages_speak_of_the_users_own_fields() {
        let names = FieldNames { error: "pattern".into(), ..FieldNames::default() };
        let found = FoundRule { error: RawField::Absent, ..rule() };
        let rejection = validate(RuleIndex(0), found, &names).unwrap_err();
        assert_eq!(rejection.field, RuleField::Error);
        assert!(rejection.message.starts_with("`pattern` is missing"), "{}", rejection.message);
    }
}
