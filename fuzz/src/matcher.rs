//! A list of rules, behind its prefilter, against the loop that it stands for: over the exact
//! engine, without one.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use matcher::limits::MAX_MATCH_TEXT_UNITS;
use matcher::rules::{LoadErrorCode, PatternSource, RareFields, Rule};
use matcher::text::RawText;
use matcher::{
    Ansi, BuildOptions, Hit, Matcher, Missing, Patience, Reason, RuleIndex, StackFrames,
    TextOptions, Ticket, Verdict, WantedRule,
};
use regexp::{Haystack, Outcome, Pattern, Scratch};

use crate::bytes::{Decisions, from_str, shown};
use crate::grammar;

/// What rules and texts of real lists share, so that rules have literals in common and texts match
/// some of them.
const WORDS: [&str; 12] = [
    "Timeout",
    "timeout ",
    "element ",
    "#cart",
    "not found",
    "Expected: ",
    "404",
    "\\d+",
    ".*",
    "é",
    "\u{1b}[31m",
    "😀",
];

/// The input as decisions: how many rules, the rules, then tests and errors.
pub fn matcher(input: &[u8]) {
    let mut decisions = Decisions::new(input);
    let text_options = TextOptions {
        ansi: decisions.pick(&[Ansi::Strip, Ansi::Keep]),
        stack_frames: decisions.pick(&[StackFrames::Keep, StackFrames::Strip]),
    };
    let scopes = [words(&mut decisions, 2), grammar::pattern(&mut decisions, 3)];
    let rules: Vec<Rule> = (0..decisions.below(16))
        .map(|index| rule(&mut decisions, RuleIndex(index as u32), &scopes))
        .collect();
    let entries: Vec<_> = rules.iter().cloned().map(Ok).collect();
    let options = BuildOptions { text: text_options, strict: false, now: None };
    let matcher = match Matcher::build(entries, options, Ticket::default()) {
        Ok((matcher, ..)) => matcher,
        Err(refused) => {
            assert_eq!(refused.code, LoadErrorCode::Unusable, "it is not strict");
            assert_eq!(refused.rejected.len(), rules.len(), "it has no good rule");
            return;
        }
    };
    for _ in 0..4 {
        let test = text(&mut decisions);
        let error = text(&mut decisions);
        check(&matcher, &rules, text_options, &test, &error);
    }
}

fn rule(decisions: &mut Decisions, index: RuleIndex, scopes: &[Vec<u16>; 2]) -> Rule {
    let pattern = |source: Vec<u16>, flags: Vec<u16>| PatternSource {
        source: source.into(),
        flags: flags.into(),
    };
    let source = match decisions.below(3) {
        0 => words(decisions, 4),
        1 => [words(decisions, 2), grammar::pattern(decisions, 4)].concat(),
        _ => grammar::pattern(decisions, 8),
    };
    let flags = match decisions.below(3) {
        0 => from_str("i"),
        1 => Vec::new(),
        _ => grammar::flags(decisions),
    };
    let test = match decisions.below(4) {
        at @ 0..2 => Some(pattern(scopes[at].clone(), Vec::new())),
        _ => None,
    };
    let (issue, error) = (from_str("A").into(), pattern(source, flags));
    let mut conditions = || -> Box<[PatternSource]> {
        let count = decisions.below(6).saturating_sub(3);
        let mut condition = || match decisions.below(2) {
            0 => pattern(words(decisions, 2), Vec::new()),
            _ => pattern(grammar::pattern(decisions, 4), Vec::new()),
        };
        (0..count).map(|_| condition()).collect()
    };
    let rare = RareFields { also: conditions(), unless: conditions(), ..RareFields::default() };
    let rare = (rare != RareFields::default()).then(|| Box::new(rare));
    Rule { index, issue, id: None, error, test, rare }
}

fn words(decisions: &mut Decisions, most: usize) -> Vec<u16> {
    (0..decisions.below(most + 1)).flat_map(|_| from_str(decisions.pick(&WORDS))).collect()
}

fn text(decisions: &mut Decisions) -> Vec<u16> {
    let mut text = words(decisions, 6);
    text.extend(grammar::text(decisions, 12));
    text.extend(words(decisions, 2));
    text
}

fn check(matcher: &Matcher, rules: &[Rule], options: TextOptions, test: &[u16], error: &[u16]) {
    let Some(expected) = by_loop(rules, options, test, error) else { return };
    let mut scratch = matcher::Scratch::default();
    let never = AtomicBool::new(false);
    let actual = matcher.classify(test, Some(error.to_vec()), &mut scratch, &never);
    assert_eq!(actual.as_ref(), Ok(&expected), "the loop: {}", case(rules, test, error));
    check_explanation(matcher, rules, &expected, test, error);
    let error = &options.apply(error.to_vec());
    if let (Ok(test), Ok(error)) = (String::from_utf16(test), String::from_utf16(&error)) {
        let from_utf8 = matcher.classify_utf8(&test, &error, &mut scratch, &never);
        assert_eq!(
            from_utf8,
            actual,
            "in UTF-8: {}",
            case(rules, &from_str(&test), &from_str(&error))
        );
    }
}

/// Each rule is listed where the loop without an end would list it, and lacks what it lacks there.
fn check_explanation(
    matcher: &Matcher,
    rules: &[Rule],
    expected: &Verdict,
    test: &[u16],
    error: &[u16],
) {
    let never = AtomicBool::new(false);
    let patience = Patience { stop: &never, is_wanted: &|| true };
    let mut scratch = matcher::Scratch::default();
    for rule in rules {
        let raw = |text: &[u16]| RawText::Utf16(text.to_vec());
        let wanted = WantedRule::Index(rule.index);
        let explained = matcher.explain(
            raw(test),
            Some(raw(error)),
            None,
            Some(&wanted),
            &mut scratch,
            patience,
        );
        let explanation = explained.expect("nobody cancels it");
        let case = || case(rules, test, error);
        assert_eq!(&explanation.verdict, expected, "{}", case());
        assert_eq!(explanation.verdict.hit.as_ref(), explanation.matches.first(), "{}", case());
        let text = explanation.text.as_deref().unwrap_or_default();
        let Ok(pattern) = compiled(&rule.error) else { continue };
        let Some(found) = run(&pattern, text) else { return };
        let scope = match rule.test.as_ref().map(compiled).transpose() {
            Ok(Some(scope)) => run(&scope, test),
            Ok(None) => Some(Some((0, 0))),
            Err(_) => continue,
        };
        let Some(scope) = scope else { return };
        if rule.also().iter().chain(rule.unless()).any(|pattern| compiled(pattern).is_err()) {
            continue;
        }
        let meets = match found {
            Some(_) => meets_conditions(rule, text),
            None => Some(true),
        };
        let Some(meets) = meets else { return };
        let is_listed = |hits: &[Hit]| hits.iter().any(|hit| hit.rule == rule.index);
        let listed = (is_listed(&explanation.matches), is_listed(&explanation.out_of_scope));
        let found_and_met = found.is_some() && meets;
        let matches = (found_and_met && scope.is_some(), found_and_met && scope.is_none());
        assert_eq!(listed, matches, "rule {}: {}", rule.index, case());
        let missing = explanation.rule.and_then(|rule| rule.missing);
        let is_right = match missing {
            None => found_and_met && scope.is_some(),
            Some(Missing::Also | Missing::Unless) => scope.is_some() && found.is_some() && !meets,
            Some(Missing::Scope) => scope.is_none(),
            Some(Missing::Literal | Missing::Pattern) => scope.is_some() && found.is_none(),
            Some(Missing::Rule) => false,
        };
        assert!(is_right, "rule {}: {missing:?}: {}", rule.index, case());
    }
}

fn case(rules: &[Rule], test: &[u16], error: &[u16]) -> String {
    let shown_pattern = |pattern: &PatternSource| {
        format!("/{}/{}", shown(&pattern.source.units()), shown(&pattern.flags))
    };
    let mut case = format!("test \"{}\", error \"{}\", rules", shown(test), shown(error));
    for rule in rules {
        let scope = rule.test.as_ref().map_or_else(String::new, shown_pattern);
        let _ = write!(case, "\n  {}: {} {scope}", rule.index, shown_pattern(&rule.error));
    }
    case
}

/// The loop. `None`: some search would take long.
fn by_loop(rules: &[Rule], options: TextOptions, test: &[u16], error: &[u16]) -> Option<Verdict> {
    let error = &options.apply(error.to_vec());
    let mut verdict = Verdict { reason: Reason::NoRules, hit: None, undecided: Vec::new() };
    for rule in rules {
        let scope = rule.test.as_ref().map(compiled).transpose();
        let (Ok(scope), Ok(pattern)) = (scope, compiled(&rule.error)) else { continue };
        if rule.also().iter().chain(rule.unless()).any(|pattern| compiled(pattern).is_err()) {
            continue;
        }
        verdict.reason = Reason::NoMatch;
        if let Some(scope) = scope
            && run(&scope, test)?.is_none()
        {
            continue;
        }
        if let Some((start, end)) = run(&pattern, &error)? {
            if !meets_conditions(rule, error)? {
                continue;
            }
            let matched = &error[start as usize..end as usize];
            let shown = matched[..matched.len().min(MAX_MATCH_TEXT_UNITS)].to_vec();
            verdict.reason = Reason::Matched;
            verdict.hit = Some(Hit { rule: rule.index, start, end, text: shown });
            return Some(verdict);
        }
    }
    Some(verdict)
}

/// Whether the text matches all of `also` and none of `unless`. `None`: some search would take
/// long.
fn meets_conditions(rule: &Rule, text: &[u16]) -> Option<bool> {
    let matches = |source: &PatternSource| {
        let pattern = compiled(source).ok()?;
        Some(run(&pattern, text)?.is_some())
    };
    for also in rule.also() {
        if !matches(also)? {
            return Some(false);
        }
    }
    for unless in rule.unless() {
        if matches(unless)? {
            return Some(false);
        }
    }
    Some(true)
}

fn compiled(pattern: &PatternSource) -> Result<Pattern, regexp::PatternError> {
    Pattern::new(&pattern.source.units(), &pattern.flags)
}

/// Outer `None`: it takes longer than a first look at the stop flag.
#[allow(clippy::option_option)]
fn run(pattern: &Pattern, text: &[u16]) -> Option<Option<(u32, u32)>> {
    let hasty = AtomicBool::new(true);
    match pattern.find_exact(&Haystack::new(text.to_vec()), &mut Scratch::default(), &hasty) {
        Outcome::Match { start, end } => Some(Some((start, end))),
        Outcome::NoMatch => Some(None),
        Outcome::Undecided | Outcome::Cancelled | Outcome::Suspended => None,
    }
}
