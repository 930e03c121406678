//! Fields as found become a rule or a rejection. The one place that says what a rule may look like.

use std::mem;

use super::examples;
use super::expiry::Expiry;
use super::field::{FieldKind, PerField, Presence};
use super::messages;
use super::{PatternSource, RareFields, Rejection, RejectionCode, Rule, RuleField, RuleFormat};
use crate::ids::RuleIndex;
use crate::limits::MAX_CONDITIONS;
use regexp::text::{SharedText, TextBlock};

/// One field as a reader found it, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawField {
    /// No such field, or null, or undefined.
    Absent,
    /// A string.
    Text(Box<[u16]>),
    /// A string where a pattern or a text to be handed back belongs, if the reader has put it where
    /// it is kept.
    Kept(SharedText),
    /// `{ source, flags }` with a string `source`.
    Pattern {
        /// The pattern's source.
        source: Box<[u16]>,
        /// Its flags; `None` if the object has none, or null.
        flags: Option<Box<[u16]>>,
    },
    /// A `RegExp`. The flags of its rule replace its own.
    RegExp {
        /// The pattern's source.
        source: Box<[u16]>,
        /// Its flags.
        flags: Box<[u16]>,
    },
    /// True or false.
    Boolean(bool),
    /// The elements of an array, one more than are allowed or looked at at most.
    List(Vec<RawField>),
    /// Two members of an object: `match` and `noMatch` of examples, or `test` and `error` of one.
    Pair(Box<[RawField; 2]>),
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

    fn into_kept(self, texts: &mut TextBlock) -> Option<SharedText> {
        match self {
            Self::Text(text) => Some(texts.add_units(&text)),
            Self::Kept(text) => Some(text),
            _ => None,
        }
    }

    /// A pattern. `rule_flags`: the flags of its rule, if it has any.
    fn into_pattern(
        self,
        rule_flags: Option<Box<[u16]>>,
        texts: &mut TextBlock,
    ) -> Option<SourceAndFlags> {
        match self {
            Self::Pattern { source, flags } => {
                Some((texts.add_units(&source), flags.or(rule_flags)))
            }
            // as `new RegExp(regexp, flags)`
            Self::RegExp { source, flags } => {
                Some((texts.add_units(&source), Some(rule_flags.unwrap_or(flags))))
            }
            text => Some((text.into_kept(texts)?, rule_flags)),
        }
    }

    /// The elements of an array of patterns, with their own flags or none.
    fn into_patterns(self, texts: &mut TextBlock) -> Box<[PatternSource]> {
        let Self::List(list) = self else { return Box::default() };
        let patterns = list.into_iter().filter_map(|pattern| {
            let (source, flags) = pattern.into_pattern(None, texts)?;
            Some(PatternSource { source, flags: flags.unwrap_or_default() })
        });
        patterns.collect()
    }

    /// What it is instead of what is expected, as it reads in a sentence.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Absent => "null",
            Self::Text(_) | Self::Kept(_) => "a string",
            Self::Pattern { .. } | Self::RegExp { .. } | Self::Pair(_) => "an object",
            Self::Boolean(_) => "a boolean",
            Self::List(_) => "an array",
            Self::Other(found) => found,
            Self::Unreadable(_) => "something that throws",
        }
    }
}

type SourceAndFlags = (SharedText, Option<Box<[u16]>>);

/// A rule's fields as a reader found them. By default every field is absent.
///
/// A reader gives [`RawField::Pattern`] and [`RawField::RegExp`] where a pattern belongs only,
/// [`RawField::Boolean`], [`RawField::List`] and [`RawField::Pair`] likewise. Anything else but a
/// string is [`RawField::Other`] there. A number in a field of [`FieldKind::Text`] is its text. The
/// texts of examples may be empty: nobody needs them.
pub type FoundRule = PerField<RawField>;

impl Default for FoundRule {
    fn default() -> Self {
        Self::new([const { RawField::Absent }; RuleField::COUNT])
    }
}

/// What is wrong with a field.
struct Fault {
    field: RuleField,
    code: RejectionCode,
    message: String,
}

/// Checks the rule at `index` of the list, and takes it out of `found`, in which every field is
/// absent afterwards. Whether its patterns compile is for later. `texts`: where its texts are kept;
/// they are there once that is dropped.
///
/// # Errors
///
/// The first fault in the order of [`RuleField::ALL`].
pub fn validate(
    index: RuleIndex,
    found: &mut FoundRule,
    format: &RuleFormat,
    texts: &mut TextBlock,
) -> Result<Rule, Rejection> {
    let fault =
        RuleField::ALL.iter().find_map(|&field| fault(field, &found[field], &format.names[field]));
    match fault {
        None => Ok(accept(index, found, format, texts)),
        Some(fault) => Err(reject(index, found, fault, texts)),
    }
}

/// The rejection of a rule that is not an object. `found`: what it is, like "a number".
#[cold]
pub fn not_an_object(index: RuleIndex, found: &str) -> Rejection {
    whole_rule(index, RejectionCode::Type, messages::rule_not_an_object(found))
}

/// The rejection of a rule that cannot be read. `thrown`: the message of what reading it threw.
#[cold]
pub fn unreadable_rule(index: RuleIndex, thrown: &str) -> Rejection {
    whole_rule(index, RejectionCode::Read, messages::rule_unreadable(thrown))
}

fn whole_rule(index: RuleIndex, code: RejectionCode, message: String) -> Rejection {
    Rejection { index, id: None, issue: None, field: None, code, message, offset: None }
}

/// What is wrong with one field. `name`: its key in the user's list.
fn fault(field: RuleField, found: &RawField, name: &str) -> Option<Fault> {
    let spec = field.spec();
    let (code, message) = match (found, spec.presence) {
        (RawField::Absent, Presence::Default(_)) => return None,
        (RawField::Absent, Presence::Required(needed)) => {
            (RejectionCode::Missing, messages::missing(name, needed))
        }
        _ => wrong_value(spec.kind, found, name)?,
    };
    Some(Fault { field, code, message })
}

/// What is wrong with a value, if it is no value of this kind.
fn wrong_value(kind: FieldKind, found: &RawField, name: &str) -> Option<(RejectionCode, String)> {
    match (found, kind) {
        // wrong examples are no reason to refuse a rule
        (_, FieldKind::Examples)
        | (RawField::Text(_), FieldKind::Text | FieldKind::String | FieldKind::Flags)
        | (RawField::Kept(_), FieldKind::Text)
        | (
            RawField::Text(_)
            | RawField::Kept(_)
            | RawField::Pattern { .. }
            | RawField::RegExp { .. },
            FieldKind::Pattern,
        )
        | (RawField::Boolean(_), FieldKind::Boolean) => None,
        (RawField::Text(text), FieldKind::Date) => {
            let hint = Expiry::parse(text).err()?;
            Some((RejectionCode::Value, messages::not_a_date(name, text, hint)))
        }
        (RawField::List(list), FieldKind::Patterns) => {
            if list.len() > MAX_CONDITIONS {
                return Some((RejectionCode::Value, messages::too_many_patterns(name)));
            }
            (0..).zip(list).find_map(|(at, pattern): (usize, _)| {
                wrong_value(FieldKind::Pattern, pattern, &format!("{name}[{at}]"))
            })
        }
        (RawField::Unreadable(thrown), _) => {
            Some((RejectionCode::Read, messages::unreadable(name, thrown)))
        }
        _ => Some((RejectionCode::Type, messages::wrong_type(kind, name, found.describe()))),
    }
}

/// The rule that fields without a fault make up.
fn accept(
    index: RuleIndex,
    found: &mut FoundRule,
    format: &RuleFormat,
    texts: &mut TextBlock,
) -> Rule {
    let (mut issue, mut id, mut test) = (None, None, None);
    let mut rare = RareFields::default();
    let mut error = RawField::Absent;
    let mut rule_flags = None;
    for field in RuleField::ALL {
        // most rules lack most fields
        if matches!(found[field], RawField::Absent) {
            continue;
        }
        let found = mem::replace(&mut found[field], RawField::Absent);
        match field {
            RuleField::Issue => issue = found.into_kept(texts),
            RuleField::Error => error = found,
            RuleField::Test => test = found.into_pattern(None, texts).and_then(scope),
            RuleField::Flags => rule_flags = found.into_text(),
            RuleField::Id => id = found.into_kept(texts),
            RuleField::Url => rare.url = found.into_text(),
            RuleField::Enabled => rare.is_disabled = found == RawField::Boolean(false),
            RuleField::Expires => {
                rare.expires = found.into_text().and_then(|text| Expiry::parse(&text).ok());
            }
            RuleField::Also => rare.also = found.into_patterns(texts),
            RuleField::Unless => rare.unless = found.into_patterns(texts),
            RuleField::Examples => {
                rare.bad_examples = examples::fault(&found, &format.names[field]);
            }
        }
    }
    let (source, flags) = error.into_pattern(rule_flags, texts).unwrap_or_default();
    let flags = flags.unwrap_or_else(|| format.flags.clone());
    Rule {
        index,
        issue: issue.unwrap_or_default(),
        id,
        error: PatternSource { source, flags },
        test,
        rare: (rare != RareFields::default()).then(|| Box::new(rare)),
    }
}

/// An empty pattern is no scope: the JavaScript loop says `!rule.test ||`.
fn scope((source, flags): SourceAndFlags) -> Option<PatternSource> {
    let flags = flags.unwrap_or_default();
    let is_empty = source.is_empty() && flags.is_empty();
    (!is_empty).then_some(PatternSource { source, flags })
}

#[cold]
fn reject(
    index: RuleIndex,
    found: &mut FoundRule,
    fault: Fault,
    texts: &mut TextBlock,
) -> Rejection {
    let Fault { field, code, message } = fault;
    let mut found = mem::take(found);
    let mut text_of = |field| mem::replace(&mut found[field], RawField::Absent).into_kept(texts);
    Rejection {
        index,
        // a rule with one bad field still goes by its name
        id: text_of(RuleField::Id),
        issue: text_of(RuleField::Issue),
        field: Some(field),
        code,
        message,
        offset: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::FieldNames;
    use super::messages::PATTERN_WITHOUT_SOURCE;
    use super::*;
    use crate::units::boxed;
    use RuleField::{Error, Flags, Id, Issue, Test, Url};

    fn text_field(text: &str) -> RawField {
        RawField::Text(boxed(text))
    }

    fn pattern_field(source: &str, flags: Option<&str>) -> RawField {
        RawField::Pattern { source: boxed(source), flags: flags.map(boxed) }
    }

    fn rule() -> FoundRule {
        FoundRule::default().with(Issue, text_field("WEB-1")).with(Error, text_field("boom"))
    }

    fn validated(found: FoundRule) -> Result<Rule, Rejection> {
        validate(RuleIndex(7), &mut { found }, &RuleFormat::default(), &mut TextBlock::default())
    }

    #[test]
    fn a_rule_needs_an_issue_and_an_error_only() {
        let rule = validated(rule()).unwrap();
        assert_eq!(rule.index, RuleIndex(7));
        assert_eq!(rule.issue, SharedText::of_str("WEB-1"));
        assert_eq!(rule.id, None);
        assert_eq!(
            rule.error,
            PatternSource { source: SharedText::of_str("boom"), flags: boxed("") }
        );
        assert_eq!(rule.test, None);
    }

    #[test]
    fn an_empty_error_is_a_pattern_and_an_empty_test_is_none() {
        let rule =
            validated(rule().with(Error, text_field("")).with(Test, text_field(""))).unwrap();
        assert_eq!(rule.error.source, SharedText::default());
        assert_eq!(rule.test, None);
    }

    #[test]
    fn the_flags_of_a_pattern_object_go_before_the_flags_of_the_rule() {
        for (own, expected) in [(Some("m"), "m"), (Some(""), ""), (None, "i")] {
            let found = rule().with(Error, pattern_field("boom", own)).with(Flags, text_field("i"));
            assert_eq!(validated(found).unwrap().error.flags, boxed(expected));
        }
        // beside a `RegExp` the rule's go first, as in `new RegExp(regexp, flags)`
        for (rule_flags, expected) in [(Some("i"), "i"), (Some(""), ""), (None, "m")] {
            let regexp = RawField::RegExp { source: boxed("boom"), flags: boxed("m") };
            let flags = rule_flags.map_or(RawField::Absent, text_field);
            let found = rule().with(Error, regexp).with(Flags, flags);
            assert_eq!(validated(found).unwrap().error.flags, boxed(expected));
        }
        // the rule's flags are the error's: a test scope has its own or none
        let found = rule().with(Test, text_field("Cart")).with(Flags, text_field("i"));
        assert_eq!(validated(found).unwrap().test.unwrap().flags, boxed(""));
        let found = rule().with(Test, pattern_field("Cart", Some("i")));
        assert_eq!(validated(found).unwrap().test.unwrap().flags, boxed("i"));
    }

    #[test]
    fn the_flags_of_the_list_are_for_errors_without_any() {
        let format = RuleFormat { flags: boxed("s"), ..RuleFormat::default() };
        let regexp = || RawField::RegExp { source: boxed("boom"), flags: boxed("") };
        for (error, rule_flags, expected) in [
            (text_field("boom"), None, "s"),
            (text_field("boom"), Some(""), ""),
            (text_field("boom"), Some("i"), "i"),
            (pattern_field("boom", None), None, "s"),
            (pattern_field("boom", Some("")), None, ""),
            (pattern_field("boom", None), Some("i"), "i"),
            (regexp(), None, ""),
            (regexp(), Some("i"), "i"),
        ] {
            let flags = rule_flags.map_or(RawField::Absent, text_field);
            let found = rule().with(Error, error).with(Flags, flags).with(Test, text_field("Cart"));
            let rule =
                validate(RuleIndex(0), &mut { found }, &format, &mut TextBlock::default()).unwrap();
            assert_eq!(rule.error.flags, boxed(expected));
            assert_eq!(rule.test.unwrap().flags, boxed(""));
        }
    }

    #[test]
    fn every_fault_names_its_field_its_code_and_the_rule() {
        use RejectionCode::{Missing, Read, Type};

        let number = || RawField::Other("a number");
        let no_source = || RawField::Other(PATTERN_WITHOUT_SOURCE);
        let thrown = || RawField::Unreadable("no luck".into());
        let cases = [
            (
                rule().with(Issue, RawField::Absent),
                Issue,
                Missing,
                "`issue` is missing: a rule needs the name of its issue",
            ),
            (
                rule().with(Issue, RawField::Other("a boolean")),
                Issue,
                Type,
                "`issue` must be a string or a number, but is a boolean",
            ),
            (
                rule().with(Issue, pattern_field("a", None)),
                Issue,
                Type,
                "`issue` must be a string or a number, but is an object",
            ),
            (rule().with(Issue, thrown()), Issue, Read, "`issue` could not be read: no luck"),
            (
                rule().with(Error, RawField::Absent),
                Error,
                Missing,
                "`error` is missing: a rule needs a pattern that the error must match",
            ),
            (
                rule().with(Error, no_source()),
                Error,
                Type,
                "`error` must be a string, a RegExp or an object { source, flags }, \
                 but is an object without a string `source`",
            ),
            (rule().with(Error, thrown()), Error, Read, "`error` could not be read: no luck"),
            (
                rule().with(Test, number()),
                Test,
                Type,
                "`test` must be a string, a RegExp or an object { source, flags }, \
                 but is a number",
            ),
            (
                rule().with(Flags, number()).with(Error, pattern_field("a", Some("i"))),
                Flags,
                Type,
                "`flags` must be a string, but is a number",
            ),
            (
                rule().with(Id, pattern_field("a", None)),
                Id,
                Type,
                "`id` must be a string or a number, but is an object",
            ),
            (rule().with(Url, number()), Url, Type, "`url` must be a string, but is a number"),
        ];
        for (found, field, code, message) in cases {
            let found = if field == Id { found } else { found.with(Id, text_field("r1")) };
            let rejection = validated(found.clone()).unwrap_err();
            assert_eq!((rejection.field, rejection.code), (Some(field), code), "{found:?}");
            assert_eq!(rejection.message, message);
            assert_eq!(rejection.index, RuleIndex(7));
            assert_eq!(rejection.offset, None);
            assert_eq!(rejection.issue.is_some(), field != Issue);
            assert_eq!(rejection.id.is_some(), field != Id);
        }
    }

    #[test]
    fn of_several_faults_the_first_in_the_order_of_the_fields_is_reported() {
        // wrong examples are no fault
        let fields = &RuleField::ALL[..RuleField::Examples as usize];
        for (place, &first) in fields.iter().enumerate() {
            let mut found = rule();
            for &field in &fields[place..] {
                found[field] = RawField::Other("a number");
            }
            assert_eq!(validated(found).unwrap_err().field, Some(first));
        }
    }

    #[test]
    fn messages_speak_of_the_users_own_fields() {
        let format = RuleFormat::from(FieldNames::default().with(Error, "pattern"));
        let mut texts = TextBlock::default();
        let rejection =
            validate(RuleIndex(0), &mut rule().with(Error, RawField::Absent), &format, &mut texts)
                .unwrap_err();
        assert_eq!(rejection.field_name(), "error");
        assert!(rejection.message.starts_with("`pattern` is missing"), "{}", rejection.message);
    }
}
