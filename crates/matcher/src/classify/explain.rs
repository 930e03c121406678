//! Why a verdict is what it is: every rule that matches, those that would in another test, and for
//! one rule what it lacks.
//!
//! It is a classification that goes on after the first match. The verdict is a classification's
//! own, so the two cannot differ.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::ANYWHERE;
use super::literal::as_written;
use super::name::Name;
use super::search::hit;
use super::{Classification, Step};
use crate::ids::{RuleIndex, RuleSlot};
use crate::limits::MAX_EXPLAINED_RULES;
use crate::matcher::{ActiveRule, CompletionSearch, IdleRule, Matcher};
use crate::moment::Moment;
use crate::prefilter::{Candidate, Prefilter, Requirement, chunks, find_folded};
use crate::rules::{Idle, Rejection};
use crate::scratch::Scratch;
use crate::text::RawText;
use crate::verdict::{Cancelled, Hit, Reason, Verdict};
use regexp::text::SharedText;
use regexp::{Haystack, Interrupt, Interruption, Outcome, Pattern, StartRange};

/// Bytes of a text that are searched for a literal between two looks at [`Patience`].
const LITERAL_CHUNK: usize = 1 << 20;

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What a classification says.
    pub verdict: Verdict,
    /// The text that was matched; `None`: there is no error.
    pub text: Option<Vec<u16>>,
    /// The rules that match, in list order, at most [`MAX_EXPLAINED_RULES`].
    pub matches: Vec<Hit>,
    /// The rules whose `error` matches and whose `test` does not, likewise.
    pub out_of_scope: Vec<Hit>,
    /// Whether either list is cut.
    pub is_cut: bool,
    /// About the rule that was asked for.
    pub rule: Option<RuleExplanation>,
}

/// A rule that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedRule {
    /// By its position in the list as given.
    Index(RuleIndex),
    /// By its id, or else by its issue: the first in list order, those in force before those that
    /// are not and those that were refused.
    Name(Vec<u16>),
}

/// What keeps a rule from matching: the first part of it that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The rule itself: it was refused, it is not in force, or there is none.
    Rule,
    /// Its `test` does not match the name of the test.
    Scope,
    /// A literal that it requires is not in the text.
    Literal,
    /// Its `error` does not match.
    Pattern,
    /// A pattern of its `also` does not match.
    Also,
    /// A pattern of its `unless` matches.
    Unless,
}

impl Missing {
    /// The `missing` of a JavaScript explanation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Scope => "scope",
            Self::Literal => "literal",
            Self::Pattern => "pattern",
            Self::Also => "also",
            Self::Unless => "unless",
        }
    }
}

/// Why one rule matches or does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleExplanation {
    /// Its position in the list as given. `None`: there is no such rule.
    pub index: Option<RuleIndex>,
    /// Its own name.
    pub id: Option<SharedText>,
    /// The issue's name.
    pub issue: Option<SharedText>,
    /// `None`: the rule matches.
    pub missing: Option<Missing>,
    /// The literal that is missing.
    pub literal: Option<Vec<u16>>,
    /// Which pattern of `also` or `unless` it is about.
    pub condition: Option<u32>,
    /// A sentence.
    pub reason: Vec<u16>,
}

/// How long an explanation may go on.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// Set when nobody wants the explanation any more.
    pub stop: &'a AtomicBool,
    /// Asked every [`Patience::TURN`]: whether to go on.
    pub is_wanted: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
    /// The time between two questions.
    pub const TURN: Duration = Duration::from_millis(20);

    /// Repeats work that resumes where it was suspended.
    fn turns<T>(
        self,
        mut work: impl FnMut(&Interrupt<'_>) -> Result<T, Interruption>,
    ) -> Result<T, Cancelled> {
        loop {
            match work(&Interrupt::until(Instant::now() + Self::TURN, self.stop)) {
                Ok(done) => return Ok(done),
                Err(Interruption::Suspended) if (self.is_wanted)() => {}
                Err(_) => return Err(Cancelled),
            }
        }
    }
}

impl Matcher {
    /// Explains the verdict on one failed test; see [`Matcher::classify`]. `now`: when the call was
    /// made, see [`Matcher::call_time`]. `wanted`: a rule to explain besides.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] when `patience` ends.
    pub fn explain(
        &self,
        test: RawText<'_>,
        error: Option<RawText<'_>>,
        now: Option<Moment>,
        wanted: Option<&WantedRule>,
        scratch: &mut Scratch,
        patience: Patience<'_>,
    ) -> Result<Explanation, Cancelled> {
        let now = now.or_else(|| self.call_time());
        let mut classification = Classification::new(test.clone(), error.clone()).at(now);
        let verdict =
            patience.turns(|interrupt| match classification.resume(self, scratch, interrupt) {
                Step::Done(verdict) => Ok(verdict),
                Step::Suspended => Err(Interruption::Suspended),
                Step::Cancelled => Err(Interruption::Cancelled),
            })?;
        let mut reading = Classification::new(test, error);
        patience.turns(|interrupt| reading.read(self, scratch, interrupt))?;
        let (name, read) = reading.into_parts();
        let (haystack, candidates) = read.unzip();
        let mut explainer =
            Explainer { matcher: self, scratch, patience, now, name, text: haystack };
        let mut explanation = Explanation {
            verdict,
            text: explainer.text.as_ref().map(|text| text.slice(0, text.length())),
            matches: Vec::new(),
            out_of_scope: Vec::new(),
            is_cut: false,
            rule: None,
        };
        explainer.list_rules(candidates.unwrap_or_default(), &mut explanation)?;
        if let Some(wanted) = wanted {
            explanation.rule = Some(explainer.rule(wanted, &explanation.verdict)?);
        }
        Ok(explanation)
    }

    /// The rule in force that is asked for, or else the refusal of one.
    fn find(&self, wanted: &WantedRule) -> Found<'_> {
        let rules = || (0..).map(RuleSlot).zip(self.rules());
        let rejected = self.record().map_or(&[][..], |record| &record.report.rejected);
        let in_force = |is_wanted: &dyn Fn(&ActiveRule) -> bool| {
            let found = rules().find(|(_, rule)| is_wanted(rule));
            found.map(|(slot, rule)| Found::InForce(slot, rule))
        };
        let idle = |is_wanted: &dyn Fn(&IdleRule) -> bool| {
            self.idle.iter().find(|rule| is_wanted(rule)).map(Found::Idle)
        };
        let refused = |is_wanted: &dyn Fn(&Rejection) -> bool| {
            rejected.iter().find(|rejection| is_wanted(rejection)).map(Found::Refused)
        };
        let found = match wanted {
            WantedRule::Index(index) => in_force(&|rule| rule.index == *index)
                .or_else(|| idle(&|rule| rule.index == *index))
                .or_else(|| refused(&|rejection| rejection.index == *index)),
            WantedRule::Name(name) => {
                let name = SharedText::from(name);
                let is = |text: &Option<SharedText>| text.as_ref() == Some(&name);
                in_force(&|rule| is(&rule.id))
                    .or_else(|| idle(&|rule| is(&rule.id)))
                    .or_else(|| refused(&|rejection| is(&rejection.id)))
                    .or_else(|| in_force(&|rule| rule.issue == name))
                    .or_else(|| idle(&|rule| rule.issue == name))
                    .or_else(|| refused(&|rejection| is(&rejection.issue)))
            }
        };
        found.unwrap_or(Found::Nothing)
    }
}

/// What became of the rule that is asked for.
enum Found<'m> {
    InForce(RuleSlot, &'m ActiveRule),
    Idle(&'m IdleRule),
    Refused(&'m Rejection),
    Nothing,
}

struct Explainer<'e, 't> {
    matcher: &'e Matcher,
    scratch: &'e mut Scratch,
    patience: Patience<'e>,
    now: Option<Moment>,
    name: Name<'t>,
    /// `None`: there is no error.
    text: Option<Haystack<'t>>,
}

impl Explainer<'_, '_> {
    /// Lists the rules that match and those that would in another test.
    fn list_rules(
        &mut self,
        mut candidates: Vec<Candidate>,
        explanation: &mut Explanation,
    ) -> Result<(), Cancelled> {
        let Self { matcher, patience, .. } = *self;
        let Some(text) = &self.text else { return Ok(()) };
        let mut search = CompletionSearch::default();
        patience
            .turns(|interrupt| matcher.complete(text, &mut search, interrupt, &mut candidates))?;
        for of_rule in candidates.chunk_by(|one, next| one.slot == next.slot) {
            let rule = matcher.at(of_rule[0].slot);
            if self.has_expired(rule) {
                continue;
            }
            let starts: Vec<_> = of_rule.iter().map(|candidate| candidate.starts).collect();
            let Outcome::Match { start, end } = self.error(rule, &starts)? else { continue };
            if self.failing_condition(rule)?.is_some() {
                continue;
            }
            let list = match self.scope(rule)? {
                Outcome::Match { .. } => &mut explanation.matches,
                _ => &mut explanation.out_of_scope,
            };
            if list.len() == MAX_EXPLAINED_RULES {
                explanation.is_cut = true;
            } else if let Some(text) = &self.text {
                list.push(hit(text, rule.index, start, end, Vec::new()));
            }
        }
        Ok(())
    }

    /// Searches for the `error` of a rule.
    fn error(&mut self, rule: &ActiveRule, starts: &[StartRange]) -> Result<Outcome, Cancelled> {
        let Some(text) = &self.text else { return Ok(Outcome::NoMatch) };
        let pattern = self.matcher.pattern(rule.error);
        find(pattern, text, starts, self.scratch, self.patience)
    }

    fn has_expired(&self, rule: &ActiveRule) -> bool {
        self.now.is_some_and(|now| rule.expires() <= now)
    }

    /// The first pattern of `also` that does not match, or of `unless` that does, with its index.
    fn failing_condition(
        &mut self,
        rule: &ActiveRule,
    ) -> Result<Option<(Missing, usize, Outcome)>, Cancelled> {
        let Some(text) = &self.text else { return Ok(None) };
        let also = rule.also().iter().enumerate().map(|(at, id)| (Missing::Also, at, id));
        let unless = rule.unless().iter().enumerate().map(|(at, id)| (Missing::Unless, at, id));
        for (field, at, &id) in also.chain(unless) {
            let pattern = self.matcher.pattern(id);
            let outcome = find(pattern, text, ANYWHERE, self.scratch, self.patience)?;
            let holds = match outcome {
                Outcome::Match { .. } => field == Missing::Also,
                Outcome::NoMatch => field == Missing::Unless,
                _ => false,
            };
            if !holds {
                return Ok(Some((field, at, outcome)));
            }
        }
        Ok(None)
    }

    /// Searches for the `test` of a rule. A rule without one has every test in its scope.
    fn scope(&mut self, rule: &ActiveRule) -> Result<Outcome, Cancelled> {
        let Some(scope) = rule.test else { return Ok(Outcome::Match { start: 0, end: 0 }) };
        let Self { matcher, scratch, patience, name, .. } = self;
        patience.turns(|interrupt| name.read(interrupt).map(drop))?;
        let Name::Read(name) = name else { return Ok(Outcome::NoMatch) };
        find(matcher.pattern(scope), name, ANYWHERE, scratch, *patience)
    }

    /// Explains the rule that is asked for.
    fn rule(
        &mut self,
        wanted: &WantedRule,
        verdict: &Verdict,
    ) -> Result<RuleExplanation, Cancelled> {
        let (slot, rule) = match self.matcher.find(wanted) {
            Found::InForce(slot, rule) => (slot, rule),
            Found::Idle(IdleRule { index, issue, id, why }) => {
                let reason = match why {
                    Idle::Disabled => "its `enabled` is false",
                    Idle::Expired => HAS_EXPIRED,
                };
                return Ok(not_in_force(*index, id.as_ref(), issue, reason));
            }
            Found::Refused(rejection) => return Ok(refused(rejection)),
            Found::Nothing => return Ok(self.no_such_rule(wanted)),
        };
        if self.has_expired(rule) {
            return Ok(not_in_force(rule.index, rule.id.as_ref(), &rule.issue, HAS_EXPIRED));
        }
        let mut explanation = RuleExplanation {
            index: Some(rule.index),
            id: rule.id.clone(),
            issue: Some(rule.issue.clone()),
            ..RuleExplanation::default()
        };
        let mut because = |missing, reason: &str| {
            explanation.missing = missing;
            explanation.reason = units(reason);
        };
        match self.scope(rule)? {
            Outcome::Match { .. } => {}
            Outcome::Undecided => {
                because(Some(Missing::Scope), "its `test` reached a limit before it had an answer");
                return Ok(explanation);
            }
            _ => {
                because(Some(Missing::Scope), "its `test` does not match the name of the test");
                return Ok(explanation);
            }
        }
        match self.error(rule, ANYWHERE)? {
            Outcome::Match { .. } => match self.failing_condition(rule)? {
                None => because(None, &matching(rule.index, verdict)),
                Some((field, at, outcome)) => {
                    because(Some(field), &failing(field, at, outcome));
                    explanation.condition = Some(at as u32);
                }
            },
            Outcome::Undecided => {
                because(
                    Some(Missing::Pattern),
                    "its `error` reached a limit before it had an answer",
                );
            }
            _ if self.text.is_none() => because(Some(Missing::Pattern), "there is no error"),
            _ => match self.missing_literal(slot, rule)? {
                Some(literal) => {
                    because(Some(Missing::Literal), "");
                    let source = self.matcher.pattern(rule.error).source();
                    explanation.literal = as_written(&literal, &source);
                    explanation.reason = lacks(explanation.literal.as_deref());
                }
                None => because(
                    Some(Missing::Pattern),
                    "the text has the literals that it requires, but its `error` does not match",
                ),
            },
        }
        Ok(explanation)
    }

    /// A literal that `error` requires and the text lacks, folded.
    fn missing_literal(
        &self,
        slot: RuleSlot,
        rule: &ActiveRule,
    ) -> Result<Option<Vec<u8>>, Cancelled> {
        // the list's prefilter may look for a literal of `also`
        let own = (!rule.also().is_empty()).then(|| {
            let pattern = self.matcher.pattern(rule.error);
            let requirement = Requirement::with_flags(&pattern.source(), pattern.flags());
            Prefilter::build(requirement.ok().map(|requirement| (slot, requirement)))
        });
        let prefilter = own.as_ref().unwrap_or(self.matcher.prefilter());
        if self.needs_no_literals(prefilter, slot)? {
            return Ok(None);
        }
        match self.missing_all(prefilter, prefilter.literals_of(slot))? {
            Some(literal) => Ok(Some(literal)),
            None => self.missing_all(prefilter, prefilter.gate_of(slot)),
        }
    }

    /// The first of some literals, if the text has none of them.
    fn missing_all(
        &self,
        prefilter: &Prefilter,
        mut any: Vec<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, Cancelled> {
        for literal in &any {
            if self.has(prefilter, literal)? {
                return Ok(None);
            }
        }
        Ok((!any.is_empty()).then(|| any.swap_remove(0)))
    }

    /// [`Prefilter::needs_no_literals`] for the whole text.
    fn needs_no_literals(&self, prefilter: &Prefilter, slot: RuleSlot) -> Result<bool, Cancelled> {
        let text = self.text.as_ref().map_or(&[][..], Haystack::bytes);
        let mut chunks = chunks(text.len());
        self.patience.turns(|interrupt| {
            for chunk in chunks.by_ref() {
                if prefilter.needs_no_literals(slot, text, chunk) {
                    return Ok(true);
                }
                interrupt.check()?;
            }
            Ok(false)
        })
    }

    /// Whether the text has a literal of a prefilter.
    fn has(&self, prefilter: &Prefilter, literal: &[u8]) -> Result<bool, Cancelled> {
        let text = self.text.as_ref().map_or(&[][..], Haystack::bytes);
        let mut start = 0;
        self.patience.turns(|interrupt| {
            while start < text.len() {
                let end = text.len().min(start + LITERAL_CHUNK + literal.len());
                let part = prefilter.as_looked_for(&text[start..end]);
                if find_folded(&part, literal).is_some() {
                    return Ok(true);
                }
                start += LITERAL_CHUNK;
                interrupt.check()?;
            }
            Ok(false)
        })
    }

    fn no_such_rule(&self, wanted: &WantedRule) -> RuleExplanation {
        let total = self.matcher.record().map(|record| record.report.total);
        let reason = match (wanted, total) {
            (_, None) => "no rules are in force".to_owned(),
            (WantedRule::Index(index), Some(total)) => {
                format!("there is no rule {index}: the list has {total}")
            }
            (WantedRule::Name(_), Some(_)) => "no rule has this `id` or `issue`".to_owned(),
        };
        let missing = Some(Missing::Rule);
        RuleExplanation { missing, reason: units(&reason), ..RuleExplanation::default() }
    }
}

/// Runs a search to its end.
fn find(
    pattern: &Pattern,
    text: &Haystack<'_>,
    starts: &[StartRange],
    scratch: &mut Scratch,
    patience: Patience<'_>,
) -> Result<Outcome, Cancelled> {
    let mut is_suspended = false;
    patience.turns(|interrupt| {
        // a short search may end before it checks
        if interrupt.is_cancelled() {
            return Err(Interruption::Cancelled);
        }
        let outcome = if is_suspended {
            pattern.resume(text, starts, &mut scratch.search, interrupt)
        } else {
            pattern.search(text, starts, &mut scratch.search, interrupt)
        };
        match outcome {
            Outcome::Suspended => {
                is_suspended = true;
                Err(Interruption::Suspended)
            }
            Outcome::Cancelled => Err(Interruption::Cancelled),
            outcome => Ok(outcome),
        }
    })
}

const HAS_EXPIRED: &str = "it has expired";

/// What is wrong with a condition.
fn failing(field: Missing, at: usize, outcome: Outcome) -> String {
    let field = field.as_str();
    match outcome {
        Outcome::Match { .. } => format!("its `{field}[{at}]` matches"),
        Outcome::NoMatch => format!("its `{field}[{at}]` does not match"),
        _ => format!("its `{field}[{at}]` reached a limit before it had an answer"),
    }
}

fn not_in_force(
    index: RuleIndex,
    id: Option<&SharedText>,
    issue: &SharedText,
    reason: &str,
) -> RuleExplanation {
    RuleExplanation {
        index: Some(index),
        id: id.cloned(),
        issue: Some(issue.clone()),
        missing: Some(Missing::Rule),
        reason: units(&format!("it is not in force: {reason}")),
        ..RuleExplanation::default()
    }
}

fn refused(rejection: &Rejection) -> RuleExplanation {
    let Rejection { index, id, issue, message, .. } = rejection;
    RuleExplanation {
        index: Some(*index),
        id: id.clone(),
        issue: issue.clone(),
        missing: Some(Missing::Rule),
        literal: None,
        condition: None,
        reason: units(&format!("the rule was refused: {}: {message}", rejection.field_name())),
    }
}

/// What there is to say of a rule that matches.
fn matching(rule: RuleIndex, verdict: &Verdict) -> String {
    match &verdict.hit {
        Some(hit) if hit.rule == rule => "it matches and gives the verdict".into(),
        Some(hit) => format!("it matches, but rule {} comes before it", hit.rule),
        None => {
            debug_assert_ne!(verdict.reason, Reason::NoRules);
            "it matches".into()
        }
    }
}

/// The sentence about a text that lacks a literal.
fn lacks(literal: Option<&[u16]>) -> Vec<u16> {
    match literal {
        Some(literal) => {
            let mut reason = units("the text does not have what its `error` requires: \"");
            reason.extend_from_slice(literal);
            reason.push(u16::from(b'"'));
            reason
        }
        None => units("the text does not have a literal that its `error` requires"),
    }
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::matcher::LoadRecord;
    use crate::testing::{classify, load};

    const LIST: &str = r#"[
        {"issue": "A", "error": "Session (?:deleted|expired)", "id": "a"},
        {"issue": "B", "error": "(", "id": "b"},
        {"issue": "C", "error": "boom", "test": "^Cart"},
        {"issue": "C", "error": "bo+m \\d"},
        {"issue": "D", "error": "\\d"}
    ]"#;

    fn list() -> Matcher {
        let (mut matcher, report) = load(LIST);
        matcher.remember(LoadRecord { report, duration: Duration::ZERO });
        matcher
    }

    fn explained(
        matcher: &Matcher,
        test: &str,
        error: Option<&str>,
        wanted: Option<&WantedRule>,
    ) -> Explanation {
        let never = AtomicBool::new(false);
        let patience = Patience { stop: &never, is_wanted: &|| true };
        let raw = |text: &str| RawText::Utf16(units(text));
        let scratch = &mut Scratch::default();
        matcher.explain(raw(test), error.map(raw), None, wanted, scratch, patience).unwrap()
    }

    fn indexes(hits: &[Hit]) -> Vec<u32> {
        hits.iter().map(|hit| hit.rule.0).collect()
    }

    /// What is missing of a rule, which literal, and why.
    fn missing(
        test: &str,
        error: Option<&str>,
        wanted: &WantedRule,
    ) -> (Option<Missing>, Option<String>, String) {
        let rule = explained(&list(), test, error, Some(wanted)).rule.unwrap();
        let string = |units: Vec<u16>| String::from_utf16(&units).unwrap();
        (rule.missing, rule.literal.map(string), string(rule.reason))
    }

    #[test]
    fn all_rules_that_match_are_listed_and_those_that_would_in_another_test() {
        let matcher = list();
        let found = explained(&matcher, "Cart › pays", Some("\u{1b}[1mboom 7"), None);
        assert_eq!(found.text.unwrap(), units("boom 7"));
        assert_eq!(indexes(&found.matches), [2, 3, 4]);
        assert_eq!(found.verdict, classify(&matcher, "Cart › pays", "\u{1b}[1mboom 7"));
        assert_eq!(found.verdict.hit.as_ref(), found.matches.first());
        let found = explained(&matcher, "Login", Some("boom 7"), None);
        assert_eq!((indexes(&found.matches), indexes(&found.out_of_scope)), (vec![3, 4], vec![2]));
        assert!(!found.is_cut && found.rule.is_none());
        let nothing = explained(&matcher, "Login", None, None);
        assert_eq!((nothing.text, nothing.matches.len()), (None, 0));
        assert_eq!(nothing.verdict.reason, Reason::NoError);
    }

    #[test]
    fn of_a_rule_the_first_part_that_is_missing_is_named() {
        use Missing::{Literal, Pattern, Rule, Scope};
        let name = |name: &str| WantedRule::Name(units(name));
        let index = |index| WantedRule::Index(RuleIndex(index));
        for (test, error, wanted, part, literal) in [
            ("", "boom", index(2), Some(Scope), None),
            ("Cart", "bang", index(2), Some(Literal), Some("boom")),
            ("Cart", "boom", index(2), None, None),
            ("", "boom x", index(3), Some(Pattern), None),
            ("", "SESSION DELETED", name("a"), Some(Pattern), None),
            ("", "session", name("A"), Some(Literal), Some("Session deleted")),
            ("", "session", name("b"), Some(Rule), None),
            ("", "session", name("E"), Some(Rule), None),
            ("", "session", index(5), Some(Rule), None),
            // the first of an issue
            ("", "boom 7", name("C"), Some(Scope), None),
        ] {
            let (found, text, reason) = missing(test, Some(error), &wanted);
            assert_eq!((found, text.as_deref()), (part, literal), "{error}: {reason}");
            assert!(!reason.is_empty());
        }
        assert_eq!(missing("Cart", None, &index(2)).2, "there is no error");
        assert_eq!(missing("", Some("x"), &index(5)).2, "there is no rule 5: the list has 5");
        let (_, _, reason) = missing("Cart", Some("boom 7"), &name("D"));
        assert_eq!(reason, "it matches, but rule 2 comes before it");
    }

    #[test]
    fn lists_are_cut() {
        let rule = r#"{"issue":"A","error":"boom"}"#;
        let list = vec![rule; MAX_EXPLAINED_RULES + 1].join(",");
        let (matcher, _) = load(&format!("[{list}]"));
        let found = explained(&matcher, "", Some("boom"), None);
        assert!(found.is_cut);
        assert_eq!(found.matches.len(), MAX_EXPLAINED_RULES);
    }

    #[test]
    fn it_stops_when_nobody_wants_it_any_more() {
        let rules: Vec<_> =
            (2..40).map(|n| format!(r#"{{"issue":"A","error":"([xy])[^]*\\1{{{n}}}"}}"#)).collect();
        let (matcher, _) = load(&format!("[{}]", rules.join(",")));
        let text = RawText::Ascii("xy".repeat(200_000).into_bytes().into());
        let (never, asked) = (AtomicBool::new(false), Cell::new(0));
        let is_wanted = || {
            asked.set(asked.get() + 1);
            asked.get() < 3
        };
        let patience = Patience { stop: &never, is_wanted: &is_wanted };
        let name = RawText::Utf16(Vec::new());
        let outcome = matcher.explain(
            name.clone(),
            Some(text.clone()),
            None,
            None,
            &mut Scratch::default(),
            patience,
        );
        assert_eq!((outcome, asked.get()), (Err(Cancelled), 3));
        let stopped = AtomicBool::new(true);
        let patience = Patience { stop: &stopped, is_wanted: &|| true };
        let outcome =
            matcher.explain(name, Some(text), None, None, &mut Scratch::default(), patience);
        assert_eq!(outcome, Err(Cancelled));
    }
}
