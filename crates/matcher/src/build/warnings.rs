//! What is good, but probably not what its author meant.
//!
//! The parser has noted the constructs of other dialects. The rest is found here, at next to no
//! cost: only patterns that require no literal can match every text, and only a pattern that two
//! rules share can make a duplicate.

use rustc_hash::FxHashMap;

use super::compilation::Dialects;
use crate::ids::{PatternId, RuleSlot};
use crate::matcher::ActiveRule;
use crate::moment::Moment;
use crate::report::{Warning, WarningCode};
use crate::rules::{Expiry, Idle, Rule, RuleField};
use regexp::Pattern;

/// What the fields of a good rule say besides its patterns, whether or not it is in force.
pub(super) fn of_fields(rule: &Rule, now: Moment, warnings: &mut Vec<Warning>) {
    let Some(rare) = &rule.rare else { return };
    let mut warn = |field, code, message| {
        let (id, issue) = (rule.id.clone(), rule.issue.clone());
        let index = rule.index;
        warnings.push(Warning { index, id, issue, field, code, message, offset: None });
    };
    if let (Err(Idle::Expired), Some(Expiry { written, .. })) = (rule.standing(now), &rare.expires)
    {
        let message = format!(
            "The rule has expired ({written}) and is not in force: delete it, or give it a later \
             date"
        );
        warn(RuleField::Expires, WarningCode::Expired, message);
    }
    if let Some(message) = &rare.bad_examples {
        warn(RuleField::Examples, WarningCode::Examples, message.to_string());
    }
}

/// Puts warnings in list order.
pub(super) fn sort(warnings: &mut [Warning]) {
    warnings.sort_by_key(|warning| (warning.index, warning.code as u8, warning.field as u8));
}

/// What the patterns of rules in force say, in any order. `no_literals`: the rules that require no
/// literal.
pub(super) fn of(
    rules: &[ActiveRule],
    patterns: &[Pattern],
    dialects: &Dialects,
    no_literals: &[RuleSlot],
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !dialects.is_empty() {
        foreign(rules, dialects, &mut warnings);
    }
    for slot in no_literals {
        let rule = &rules[slot.offset()];
        let matches_all = |id: &PatternId| patterns[id.offset()].matches_every_text();
        if matches_all(&rule.error) && rule.also().iter().all(matches_all) {
            let (error, code) = (RuleField::Error, WarningCode::MatchesEmpty);
            warnings.push(warning(rule, error, code, matches_every_text(rule), None));
        }
    }
    for rule in rules {
        for (at, id) in rule.unless().iter().enumerate() {
            if patterns[id.offset()].matches_every_text() {
                let (unless, code) = (RuleField::Unless, WarningCode::MatchesEmpty);
                let message = format!(
                    "At index {at}: The pattern matches every text, so the rule never matches"
                );
                warnings.push(warning(rule, unless, code, message, None));
            }
        }
    }
    duplicates(rules, patterns.len(), &mut warnings);
    warnings
}

/// Constructs of other dialects.
#[cold]
fn foreign(rules: &[ActiveRule], dialects: &Dialects, warnings: &mut Vec<Warning>) {
    for rule in rules {
        let fields = [(RuleField::Error, Some(rule.error)), (RuleField::Test, rule.test)];
        for (field, pattern) in fields {
            for found in pattern.and_then(|id| dialects.get(&id)).into_iter().flatten() {
                let (code, offset) = (WarningCode::Dialect, Some(found.offset));
                warnings.push(warning(rule, field, code, found.message(), offset));
            }
        }
        for (field, all) in [(RuleField::Also, rule.also()), (RuleField::Unless, rule.unless())] {
            for (at, id) in all.iter().enumerate() {
                for found in dialects.get(id).into_iter().flatten() {
                    let (code, offset) = (WarningCode::Dialect, Some(found.offset));
                    let message = format!("At index {at}: {}", found.message());
                    warnings.push(warning(rule, field, code, message, offset));
                }
            }
        }
    }
}

#[cold]
fn matches_every_text(rule: &ActiveRule) -> String {
    let which = if rule.test.is_some() {
        "every error of the tests in its scope is this issue"
    } else {
        "every failed test is this issue"
    };
    let or = if rule.unless().is_empty() { "" } else { " or its own `unless` does" };
    format!("The pattern matches every text: {which}, unless an earlier rule matches{or}")
}

/// The patterns of a rule: `error`, `test`, `also` and `unless`.
type Key = (PatternId, Option<PatternId>, Vec<PatternId>, Vec<PatternId>);

/// The order of conditions does not matter, nor how often one is there.
fn key(rule: &ActiveRule) -> Key {
    let sorted = |conditions: &[PatternId]| {
        let mut conditions = conditions.to_vec();
        conditions.sort_unstable_by_key(|id| id.0);
        conditions.dedup();
        conditions
    };
    (rule.error, rule.test, sorted(rule.also()), sorted(rule.unless()))
}

/// Rules with the patterns of an earlier one.
fn duplicates(rules: &[ActiveRule], patterns: usize, warnings: &mut Vec<Warning>) {
    const NONE: u32 = u32::MAX;
    // by error pattern: the first rule that has it
    let mut first = vec![NONE; patterns];
    // of error patterns that several rules have: the first rule with all the same patterns, or the
    // first that is in force when that one is not any more
    let mut same: FxHashMap<Key, (u32, Moment)> = FxHashMap::default();
    for (slot, rule) in (0..).zip(rules) {
        let first = &mut first[rule.error.offset()];
        if *first == NONE {
            *first = slot;
            continue;
        }
        let first = &rules[*first as usize];
        same.entry(key(first)).or_insert((first.index.0, first.expires()));
        let entry = same.entry(key(rule)).or_insert((rule.index.0, rule.expires()));
        let (earlier, expires) = *entry;
        if expires < rule.expires() {
            *entry = (rule.index.0, rule.expires());
        } else if earlier != rule.index.0 {
            let message = format!("Rule {earlier} has the same patterns, and goes first");
            let (error, code) = (RuleField::Error, WarningCode::Duplicate);
            warnings.push(warning(rule, error, code, message, None));
        }
    }
}

#[cold]
fn warning(
    rule: &ActiveRule,
    field: RuleField,
    code: WarningCode,
    message: String,
    offset: Option<u32>,
) -> Warning {
    let (id, issue) = (rule.id.clone(), rule.issue.clone());
    Warning { index: rule.index, id, issue, field, code, message, offset }
}

#[cfg(test)]
mod tests {
    use crate::report::Warning;
    use crate::testing::load;
    use regexp::text::SharedText;

    fn warnings(json: &str) -> Vec<(u32, &'static str, &'static str, Option<u32>, String)> {
        let report = load(json).1;
        report
            .warnings
            .into_iter()
            .map(|found| {
                let (code, field) = (found.code.as_str(), found.field.spec().key);
                (found.index.0, code, field, found.offset, found.message)
            })
            .collect()
    }

    #[test]
    fn a_construct_is_reported_for_each_rule_that_has_it() {
        let json = r#"[{"issue":"A","error":"a\\h","test":"\\Ab","id":"r"},{"issue":"B","error":"("},
            {"issue":"C","error":"c","test":"a\\h"},{"issue":"D","error":"a\\h\\z"}]"#;
        let found = warnings(json);
        let places: Vec<_> = found.iter().map(|found| (found.0, found.2, found.3)).collect();
        let (error, test) = ("error", "test");
        let expected = [
            (0, error, Some(1)),
            (0, test, Some(0)),
            (2, test, Some(1)),
            (3, error, Some(1)),
            (3, error, Some(3)),
        ];
        assert_eq!(places, expected);
        assert!(found.iter().all(|found| found.1 == "WARN_DIALECT"));
        let report = load(json).1;
        let names = |at: usize| {
            let Warning { id, issue, .. } = &report.warnings[at];
            (id.as_ref().map(SharedText::bytes), issue.bytes())
        };
        assert_eq!(names(0), (Some(&b"r"[..]), &b"A"[..]));
        assert_eq!(names(2), (None, &b"C"[..]));
    }

    #[test]
    fn a_pattern_that_matches_every_text_is_reported() {
        let found = warnings(
            r#"[{"issue":"A","error":""},{"issue":"B","error":"a|"},{"issue":"C","error":" "},
            {"issue":"D","error":".*","test":"x"},{"issue":"E","error":"e","test":".*"}]"#,
        );
        let places: Vec<_> = found.iter().map(|found| (found.0, found.1)).collect();
        assert_eq!(places, [0, 1, 3].map(|index| (index, "WARN_MATCHES_EMPTY")));
        assert!(found[0].4.contains("every failed test"), "{}", found[0].4);
        assert!(found[2].4.contains("tests in its scope"), "{}", found[2].4);
    }

    #[test]
    fn the_patterns_of_an_earlier_rule_are_reported() {
        let found = warnings(
            r#"[{"issue":"A","error":"("},{"issue":"A","error":"a"},{"issue":"B","error":"a","flags":"i"},
            {"issue":"C","error":"a","test":"t"},{"issue":"D","error":"a"},{"issue":"E","error":"a","test":"u"},
            {"issue":"F","error":{"source":"a","flags":"i"}},{"issue":"G","error":"a","test":"t"},
            {"issue":"H","error":"t","test":"a"},{"issue":"I","error":"a"}]"#,
        );
        let expected = [(4, 1), (6, 2), (7, 3), (9, 1)].map(|(index, earlier)| {
            let message = format!("Rule {earlier} has the same patterns, and goes first");
            (index, "WARN_DUPLICATE", "error", None, message)
        });
        assert_eq!(found, expected);
    }

    /// Whatever the number of threads that load it.
    #[test]
    fn a_long_list_is_warned_about_as_short_ones_are() {
        let rule = |number: usize| match number % 500 {
            7 => r#"{"issue":"A","error":"a\\z","test":"\\Ab"}"#.to_owned(),
            _ => format!(r#"{{"issue":"A","error":"literal {number}"}}"#),
        };
        let rules: Vec<_> = (0..2000).map(rule).collect();
        let found = warnings(&format!("[{}]", rules.join(",")));
        let places: Vec<_> = found.iter().map(|found| (found.0, found.1, found.2)).collect();
        let mut expected = Vec::new();
        for index in [7, 507, 1007, 1507] {
            expected.push((index, "WARN_DIALECT", "error"));
            expected.push((index, "WARN_DIALECT", "test"));
            if index > 7 {
                expected.push((index, "WARN_DUPLICATE", "error"));
            }
        }
        assert_eq!(places, expected);
    }
}
