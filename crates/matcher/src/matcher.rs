//! A loaded rule list, and the verdict that it gives on a failed test.
//!
//! The verdict is that of this loop, for every list and every text:
//!
//! ```js
//! rules.find(r => (!r.test || new RegExp(r.test).test(testName)) && new RegExp(r.error, r.flags).test(errorText))
//! ```
//!
//! A [`Matcher`] never changes once it is in force; [`crate::store`] swaps whole matchers.

use std::mem;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::build::{Compilation, Compiled, PatternId};
use crate::classify::{Classification, Step};
use crate::mem::HugeSlice;
use crate::mem::{prefetch_all, prefetch_ref};
use crate::parallel;
use crate::prefilter::{Candidate, Prefilter, PrefilterScratch};
use crate::rules::{ContentHash, LoadError, LoadErrorCode, Rejection, Rule, refused_strictly};
use crate::text::RawText;
use regexp::{self, Haystack, Interrupt, MultiPattern, NonRegular, Pattern, StartRange};

/// What becomes of ANSI control sequences in an error text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ansi {
    /// They are removed before matching; the offsets of a match are in the text without them.
    #[default]
    Strip,
    /// They are text like any other.
    Keep,
}

/// A rule in force. Rules with the same pattern share it.
#[derive(Debug)]
pub struct ActiveRule {
    /// Place in the list as given, from 0.
    pub index: u32,
    /// The issue's name.
    pub issue: Box<[u16]>,
    /// The rule's own name.
    pub id: Option<Box<[u16]>>,
    pub(crate) error: PatternId,
    pub(crate) test: Option<PatternId>,
}

/// Memory that verdicts reuse. One per thread.
#[derive(Default)]
pub struct Scratch {
    pub(crate) search: regexp::Scratch,
    prefilter: PrefilterScratch,
    /// For the next text in UTF-8.
    buffer: Vec<u8>,
    candidates: Vec<Candidate>,
    /// For the next text in UTF-16.
    units: Vec<u16>,
}

/// Bytes of a text in UTF-8, and code units of one in UTF-16, whose memory is kept for the next one.
const KEPT_BUFFER: usize = 3 << 20;

impl Scratch {
    /// Bytes that the search in it has taken, near enough to decide whether another one may be put aside, too.
    pub fn bytes(&self) -> usize {
        self.search.bytes()
    }

    /// Memory for a text.
    pub(crate) fn buffer(&mut self) -> Vec<u8> {
        mem::take(&mut self.buffer)
    }

    /// Takes the memory of a text's candidates back.
    pub(crate) fn keep_candidates(&mut self, candidates: Vec<Candidate>) {
        self.candidates = candidates;
    }

    /// Takes a text's memory back.
    pub(crate) fn keep_buffer(&mut self, buffer: Vec<u8>) {
        if (self.buffer.capacity()..=KEPT_BUFFER).contains(&buffer.capacity()) {
            self.buffer = buffer;
        }
    }
}

/// A loaded rule list. Immutable once it is in force, and shared by all threads.
pub struct Matcher {
    /// What became of the list.
    pub report: Report,
    /// In list order, so ascending by index.
    rules: HugeSlice<ActiveRule>,
    /// By their numbers.
    patterns: HugeSlice<Pattern>,
    /// Knows the rules by their places in `rules`.
    prefilter: Prefilter,
    unfiltered: Unfiltered,
    ansi: Ansi,
    load_number: u64,
    content_hash: u32,
}

/// The rules that the prefilter knows nothing about.
struct Unfiltered {
    patterns: MultiPattern,
    /// Of each pattern the places of the rules that have it.
    rules: Vec<Vec<u32>>,
}

/// What became of a list that was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// `<load number>-<8 hex digits of a hash of the active rules>`. The hash is the same in every process; the load
    /// number is 0 until [`Matcher::set_load_number`].
    pub version: String,
    /// Rules in the list, refused ones included.
    pub total: u32,
    /// Rules in force.
    pub active: u32,
    /// The refused rules, in list order: one entry each.
    pub rejected: Vec<Rejection>,
    /// Rules in force that have a test scope.
    pub scoped: u32,
    /// Rules in force by what can run their error pattern.
    pub engines: Engines,
    /// Indexes of the rules in force that are looked for by a literal of less than seven bytes, for want of a longer one.
    /// They make every verdict a little slower.
    pub short_literals: Vec<u32>,
    /// Indexes of the rules in force that require no literal: they are held against every error, all of them together
    /// where the automata can run them.
    pub no_literals: Vec<u32>,
    /// Milliseconds that [`Matcher::build`] took. Reading the list is not in it.
    pub duration_ms: f64,
}

/// How many rules the automata can run, besides the exact engine, and of the others, why they cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    /// The automata can run them.
    pub regular: u32,
    /// They look around.
    pub lookaround: u32,
    /// They have a back-reference, and with it a step budget.
    pub back_reference: u32,
    /// They are too large or too deep for the automata.
    pub size: u32,
}

impl Engines {
    fn count(&mut self, pattern: &Pattern) {
        *match pattern.non_regular() {
            None => &mut self.regular,
            Some(NonRegular::Lookaround) => &mut self.lookaround,
            Some(NonRegular::BackReference) => &mut self.back_reference,
            Some(NonRegular::Size) => &mut self.size,
        } += 1;
    }
}

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A rule matches.
    Matched,
    /// There are rules, and none matches.
    NoMatch,
    /// There is no error to match, whatever the rules.
    NoError,
    /// There is no rule in force.
    NoRules,
}

impl Reason {
    /// The `reason` of a JavaScript verdict.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::NoMatch => "no-match",
            Self::NoError => "no-error",
            Self::NoRules => "no-rules",
        }
    }
}

/// What is known about one failed test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Why.
    pub reason: Reason,
    /// The rule that matches, and where. Present exactly if `reason` is [`Reason::Matched`].
    pub hit: Option<Hit>,
    /// Rules that reached a limit before they had an answer, and so were passed over, in list order: their indexes.
    /// With a hit, only those before it.
    pub undecided: Vec<u32>,
}

impl Verdict {
    /// The verdict where no rules were ever loaded. `has_error`: the test's error is neither null nor undefined.
    pub fn without_rules(has_error: bool) -> Self {
        Self::no_hit(if has_error { Reason::NoRules } else { Reason::NoError })
    }

    pub(crate) fn no_hit(reason: Reason) -> Self {
        Self { reason, hit: None, undecided: Vec::new() }
    }
}

/// Where a rule matches. Offsets are UTF-16 code units in the text that was matched, as `exec` gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule's index in the list as given; [`Matcher::rule`] has the rule.
    pub rule: u32,
    /// Where the match begins.
    pub start: u32,
    /// Where it ends (exclusive).
    pub end: u32,
    /// What was matched, up to [`crate::limits::MAX_MATCH_TEXT_UNITS`] code units.
    pub text: Vec<u16>,
}

/// The caller's stop flag was seen: there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl Matcher {
    /// Compiles the rules of a list. Entries are in list order; those refused already are passed on to the report. What is kept is
    /// taken out of them. To drop what is left takes a while, for which nobody needs to wait.
    ///
    /// # Errors
    ///
    /// [`LoadErrorCode::Strict`] if `strict` and any rule is refused, with every refusal. A rule that is refused for a
    /// pattern has one of [`RejectionCode::Syntax`], [`RejectionCode::Flags`] and [`RejectionCode::Limit`].
    pub fn build(
        entries: &mut [Result<Rule, Rejection>],
        ansi: Ansi,
        strict: bool,
    ) -> Result<Self, LoadError> {
        let begun = Instant::now();
        let total = entries.len() as u32;
        let Compilation { rules: compiled, patterns, requirements } = Compilation::of(entries);
        let unusable = strict && !compiled.iter().all(|rule| matches!(rule, Some(Ok(_))));
        let required: Vec<_> =
            compiled.iter().flatten().flatten().map(|rule| rule.requirement).collect();
        let listed = (0..).zip(required.iter().map(|&id| requirements.get(id)));
        let (prefilter, Activated { rules, rejected, content_hash }) = parallel::both(
            total as usize,
            || (!unusable).then(|| Prefilter::of(listed)),
            || Activated::new(entries, compiled, ansi),
        );
        drop((required, requirements));
        let Some(prefilter) = prefilter else {
            return Err(LoadError {
                code: LoadErrorCode::Strict,
                message: refused_strictly(&rejected, total),
                offset: None,
                rejected,
            });
        };
        let load_number = 0;
        let mut engines = Engines::default();
        for rule in &rules {
            engines.count(&patterns[rule.error.index()]);
        }
        let indexes =
            |places: &[u32]| places.iter().map(|&place| rules[place as usize].index).collect();
        let report = Report {
            version: version(load_number, content_hash),
            total,
            active: rules.len() as u32,
            rejected,
            scoped: rules.iter().filter(|rule| rule.test.is_some()).count() as u32,
            engines,
            short_literals: indexes(prefilter.short()),
            no_literals: indexes(prefilter.unfiltered()),
            duration_ms: begun.elapsed().as_secs_f64() * 1e3,
        };
        let unfiltered = Unfiltered::new(prefilter.unfiltered(), &rules, &patterns);
        let (rules, patterns) = (rules.into(), patterns.into());
        Ok(Self { report, rules, patterns, prefilter, unfiltered, ansi, load_number, content_hash })
    }

    /// Says which load this is, counted in the process from 1; the version begins with it.
    pub fn set_load_number(&mut self, number: u64) {
        self.load_number = number;
        self.report.version = version(number, self.content_hash);
    }

    /// Which load this is. 0: not said yet.
    pub fn load_number(&self) -> u64 {
        self.load_number
    }

    /// The rule in force at `index` of the list as given; `None` if that one was refused, or there is none.
    pub fn rule(&self, index: u32) -> Option<&ActiveRule> {
        let place = self.rules.binary_search_by_key(&index, |rule| rule.index).ok()?;
        Some(&self.rules[place])
    }

    /// Judges one failed test: the first rule in list order that matches.
    ///
    /// `test`: the test's name; `error`: its error as text, `None` if it has none. Texts are cut at
    /// [`crate::limits::MAX_TEXT_UNITS`]. `scratch` is memory for the search, any thread's own.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] soon after `stop` is set.
    pub fn classify(
        &self,
        test: &[u16],
        error: Option<Vec<u16>>,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        let (test, error) = (RawText::Utf16(test.to_vec()), error.map(RawText::Utf16));
        self.judge(&mut Classification::new(test, error), scratch, stop)
    }

    /// [`Self::classify`] for texts in UTF-8. The error is taken as it is, whatever [`Ansi`] the rules were loaded with.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] soon after `stop` is set.
    pub fn classify_utf8(
        &self,
        test: &str,
        error: &str,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        if self.rules.is_empty() {
            return Ok(Verdict::no_hit(Reason::NoRules));
        }
        let memory = mem::take(&mut scratch.units);
        let (test, error) = (Haystack::from_utf8(test), Haystack::from_utf8_in(error, memory));
        let mut classification = Classification::of_haystacks(test, error);
        let verdict = self.judge(&mut classification, scratch, stop);
        let [_, memory] = classification.into_buffers().units;
        if memory.capacity() <= KEPT_BUFFER {
            scratch.units = memory;
        }
        verdict
    }

    fn judge(
        &self,
        classification: &mut Classification<'_>,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        let interrupt = Interrupt::without_deadline(stop);
        loop {
            match classification.go_on(self, scratch, &interrupt) {
                Step::Done(verdict) => return Ok(verdict),
                Step::Cancelled => return Err(Cancelled),
                // an endless turn does not end
                Step::Suspended => {}
            }
        }
    }

    /// What becomes of ANSI sequences.
    pub(crate) fn ansi(&self) -> Ansi {
        self.ansi
    }

    /// The rules in force, in list order.
    pub(crate) fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    pub(crate) fn pattern(&self, id: PatternId) -> &Pattern {
        &self.patterns[id.index()]
    }

    /// The rules that can match `error`, by their places, in list order. `None` if it has an ESC and is not to be looked at then
    /// (`unless_escape`); of a text of which nothing was known but that it is ASCII.
    pub(crate) fn candidates(
        &self,
        error: &Haystack,
        unless_escape: bool,
        scratch: &mut Scratch,
    ) -> Option<Vec<Candidate>> {
        let mut survey = error.survey();
        let look = |end| {
            let Some(survey) = &mut survey else { return true };
            survey.go_on(error.bytes(), end);
            !(unless_escape && survey.has_escape())
        };
        if !self.prefilter.find(error.bytes(), &mut scratch.prefilter, look) {
            return None;
        }
        if let Some(survey) = survey {
            error.surveyed(survey);
        }
        let unit_bytes = error.unit_bytes();
        let mut candidates = mem::take(&mut scratch.candidates);
        candidates.clear();
        candidates.extend_from_slice(self.prefilter.candidates(unit_bytes, &mut scratch.prefilter));
        for candidate in &mut candidates {
            prefetch_ref(&self.rules[candidate.rule as usize]);
            candidate.starts = error.in_units(candidate.starts);
        }
        for candidate in &candidates {
            prefetch_all(self.pattern(self.rules[candidate.rule as usize].error));
        }
        let filtered = candidates.len();
        let Unfiltered { patterns, rules } = &self.unfiltered;
        let anywhere = |&rule| Candidate { rule, starts: StartRange::ANYWHERE };
        patterns
            .candidates(error, |pattern| candidates.extend(rules[pattern].iter().map(anywhere)));
        if candidates.len() > filtered {
            candidates.sort_unstable_by_key(|candidate| candidate.rule);
        }
        Some(candidates)
    }
}

impl Unfiltered {
    fn new(places: &[u32], rules: &[ActiveRule], patterns: &[Pattern]) -> Self {
        let mut known = FxHashMap::default();
        let mut asked = Vec::new();
        let mut rules_of: Vec<Vec<u32>> = Vec::new();
        for &place in places {
            let pattern = rules[place as usize].error;
            let of = *known.entry(pattern).or_insert_with(|| {
                asked.push(patterns[pattern.index()].unbuilt());
                rules_of.push(Vec::new());
                rules_of.len() - 1
            });
            rules_of[of].push(place);
        }
        Self { patterns: MultiPattern::new(asked), rules: rules_of }
    }
}

/// What becomes of the entries of a list besides the prefilter.
struct Activated {
    /// In list order.
    rules: Vec<ActiveRule>,
    /// In list order.
    rejected: Vec<Rejection>,
    content_hash: u32,
}

impl Activated {
    fn new(
        entries: &mut [Result<Rule, Rejection>],
        compiled: Vec<Option<Result<Compiled, Box<Rejection>>>>,
        ansi: Ansi,
    ) -> Self {
        let mut hash = content_hash(ansi);
        let mut rules = Vec::with_capacity(entries.len());
        let mut rejected = Vec::new();
        for (entry, compiled) in entries.iter_mut().zip(compiled) {
            match (entry, compiled) {
                (Ok(rule), Some(Ok(compiled))) => {
                    hash.word(compiled.content_hash);
                    rules.push(activate(rule, compiled));
                }
                (Err(rejection), _) => rejected.push(rejection.clone()),
                (_, Some(Err(rejection))) => rejected.push(*rejection),
                (Ok(_), None) => unreachable!("every rule has been compiled"),
            }
        }
        Self { rules, rejected, content_hash: hash.finish() }
    }
}

fn activate(rule: &mut Rule, compiled: Compiled) -> ActiveRule {
    let Compiled { error, test, .. } = compiled;
    let (issue, id) = (mem::take(&mut rule.issue), mem::take(&mut rule.id));
    ActiveRule { index: rule.index, issue, id, error, test }
}

fn content_hash(ansi: Ansi) -> ContentHash {
    let mut hash = ContentHash::new();
    hash.word(match ansi {
        Ansi::Strip => 0,
        Ansi::Keep => 1,
    });
    hash
}

fn version(load_number: u64, content_hash: u32) -> String {
    format!("{load_number}-{content_hash:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FieldNames, JsonText, parse_json};

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn entries(json: &str) -> Vec<Result<Rule, Rejection>> {
        parse_json(JsonText::Utf16(units(json)), &FieldNames::default()).unwrap()
    }

    fn matcher(json: &str) -> Matcher {
        Matcher::build(&mut entries(json), Ansi::Strip, false).unwrap()
    }

    fn classify(matcher: &Matcher, test: &str, error: &str) -> Verdict {
        let stop = AtomicBool::new(false);
        matcher.classify(&units(test), Some(units(error)), &mut Scratch::default(), &stop).unwrap()
    }

    fn hit(verdict: &Verdict) -> Option<u32> {
        assert_eq!(verdict.hit.is_some(), verdict.reason == Reason::Matched);
        verdict.hit.as_ref().map(|hit| hit.rule)
    }

    #[test]
    fn the_first_match_in_list_order_wins() {
        let matcher = matcher(
            r#"[{"issue":"A","error":"zero"},{"issue":"B","error":"b"},{"issue":"C","error":"ab"}]"#,
        );
        let verdict = classify(&matcher, "", "xxabxx");
        assert_eq!(
            verdict,
            Verdict {
                reason: Reason::Matched,
                hit: Some(Hit { rule: 1, start: 3, end: 4, text: units("b") }),
                undecided: vec![],
            }
        );
        assert_eq!(*matcher.rule(1).unwrap().issue, units("B"));
        assert_eq!(classify(&matcher, "", "nothing").reason, Reason::NoMatch);
    }

    #[test]
    fn a_scope_must_match_too() {
        let matcher = matcher(
            r#"[{"issue":"A","error":"b","test":"Cart"},{"issue":"B","error":"b","test":""},{"issue":"C","error":"b"}]"#,
        );
        assert_eq!(hit(&classify(&matcher, "the Cart", "b")), Some(0));
        assert_eq!(hit(&classify(&matcher, "the cart", "b")), Some(1));
        assert_eq!((matcher.report.active, matcher.report.scoped), (3, 1));
    }

    #[test]
    fn an_empty_error_text_is_a_text_and_an_empty_pattern_matches_it() {
        let empty = matcher(r#"[{"issue":"A","error":"x"},{"issue":"B","error":""}]"#);
        let verdict = classify(&empty, "", "");
        assert_eq!(verdict.hit, Some(Hit { rule: 1, start: 0, end: 0, text: vec![] }));
        let anchored = matcher(r#"[{"issue":"A","error":"^$"}]"#);
        assert_eq!(hit(&classify(&anchored, "", "")), Some(0));
        assert_eq!(hit(&classify(&anchored, "", "x")), None);
    }

    #[test]
    fn no_error_goes_before_no_rules() {
        let stop = AtomicBool::new(false);
        let none = matcher(r#"[{"issue":"A","error":"("}]"#);
        let some = matcher(r#"[{"issue":"A","error":""}]"#);
        for matcher in [&none, &some] {
            let verdict = matcher.classify(&[], None, &mut Scratch::default(), &stop).unwrap();
            assert_eq!(verdict, Verdict::without_rules(false));
            assert_eq!(verdict.reason.as_str(), "no-error");
        }
        let verdict = classify(&none, "", "boom");
        assert_eq!(verdict, Verdict::without_rules(true));
        assert_eq!(verdict.reason.as_str(), "no-rules");
    }

    #[test]
    fn the_text_of_a_match_is_cut_and_its_span_is_not() {
        let long = "ab".repeat(150);
        let matcher = matcher(&format!(r#"[{{"issue":"A","error":"{long}"}}]"#));
        let hit = classify(&matcher, "", &format!("x{long}")).hit.unwrap();
        assert_eq!((hit.start, hit.end), (1, 301));
        assert_eq!(hit.text, units(&long)[..200]);
    }

    #[test]
    fn control_sequences_are_stripped_from_the_error_unless_kept() {
        let json = r#"[{"issue":"A","error":"red light"},{"issue":"B","error":"\u001b"}]"#;
        let error = "\x1b[31mred\x1b[39m light";
        let strip = Matcher::build(&mut entries(json), Ansi::Strip, false).unwrap();
        let keep = Matcher::build(&mut entries(json), Ansi::Keep, false).unwrap();
        let verdict = classify(&strip, "", error);
        assert_eq!(verdict.hit, Some(Hit { rule: 0, start: 0, end: 9, text: units("red light") }));
        assert_eq!(hit(&classify(&keep, "", error)), Some(1));
        assert_ne!(strip.report.version, keep.report.version);
    }

    #[test]
    fn lone_surrogates_are_ordinary_units() {
        let matcher = matcher(r#"[{"issue":"\ud83d","error":"\ud83d"}]"#);
        let stop = AtomicBool::new(false);
        let error = vec![0x61, 0xD83D, 0x62];
        let verdict = matcher.classify(&[], Some(error), &mut Scratch::default(), &stop).unwrap();
        assert_eq!(verdict.hit, Some(Hit { rule: 0, start: 1, end: 2, text: vec![0xD83D] }));
        assert_eq!(*matcher.rule(0).unwrap().issue, [0xD83D]);
    }

    /// One of each code, and what is left of the list.
    #[test]
    fn bad_rules_are_reported_and_the_rest_loads() {
        let json = r#"[
            {"issue": "A", "error": "a(", "id": "r0"},
            {"issue": "B", "error": "b"},
            {"issue": "C", "error": "c", "flags": "ix"},
            7,
            {"issue": "E", "error": "e", "test": "["},
            {"issue": "F", "error": "f", "test": {"source": "f", "flags": "ii"}},
            {"issue": "G"},
            {"issue": "H", "error": "h"}
        ]"#;
        let matcher = matcher(json);
        let report = &matcher.report;
        assert_eq!((report.total, report.active), (8, 2));
        let rejected: Vec<_> = report
            .rejected
            .iter()
            .map(|rejection| {
                assert!(!rejection.message.is_empty());
                assert_eq!(rejection.offset.is_some(), rejection.code.as_str().contains("PATTERN"));
                (rejection.index, rejection.field_name(), rejection.code.as_str())
            })
            .collect();
        assert_eq!(
            rejected,
            [
                (0, "error", "ERR_PATTERN_SYNTAX"),
                (2, "flags", "ERR_PATTERN_FLAGS"),
                (3, "rule", "ERR_RULE_TYPE"),
                (4, "test", "ERR_PATTERN_SYNTAX"),
                (5, "test", "ERR_PATTERN_FLAGS"),
                (6, "error", "ERR_RULE_MISSING"),
            ]
        );
        assert_eq!(report.rejected[0].id.as_deref(), Some(&*units("r0")));
        assert_eq!(report.rejected[0].issue.as_deref(), Some(&*units("A")));
        assert_eq!(hit(&classify(&matcher, "", "h")), Some(7));
        assert!(matcher.rule(0).is_none() && matcher.rule(8).is_none());

        let refused = Matcher::build(&mut entries(json), Ansi::Strip, true).err().unwrap();
        assert_eq!(refused.code, LoadErrorCode::Strict);
        assert_eq!(refused.rejected, report.rejected);
        let message = refused.message;
        assert!(
            message.starts_with("6 of 8 rules were refused; the first is rule 0 (A): "),
            "{message}"
        );
        assert!(Matcher::build(&mut entries("[]"), Ansi::Strip, true).is_ok());
    }

    #[test]
    fn the_same_pattern_is_compiled_once() {
        let matcher = matcher(
            r#"[{"issue":"A","error":"a","test":"Cart"},{"issue":"B","error":"b","test":"Cart"},
                {"issue":"C","error":"Cart"},{"issue":"D","error":"Cart","flags":"i"}]"#,
        );
        let rules = &matcher.rules;
        let scope = rules[0].test.unwrap();
        assert_eq!(scope, rules[1].test.unwrap());
        assert_eq!(scope, rules[2].error);
        assert_ne!(scope, rules[3].error);
        // what was a scope first is looked for by its literal all the same
        assert_eq!(matcher.report.no_literals, [0, 1]);
        assert_eq!(hit(&classify(&matcher, "", "Crt, Cart")), Some(2));
    }

    /// However many threads load it.
    #[test]
    fn a_long_list_is_loaded_as_short_ones_are() {
        let rule = |number: usize| match number % 5 {
            0 => format!(r#"{{"issue":"A","error":"literal {number} is here"}}"#),
            1 => r#"{"issue":"A","error":"again","test":"Cart"}"#.to_owned(),
            2 => format!(r#"{{"issue":"A","error":"refused {number} (","id":"r{number}"}}"#),
            3 => r#"{"issue":"A","error":"Cart","test":"again"}"#.to_owned(),
            _ => r#"{"issue":7,"error":"not even compiled"}"#.to_owned(),
        };
        let rules: Vec<_> = (0..2000).map(rule).collect();
        let long = matcher(&format!("[{}]", rules.join(",")));
        assert_eq!((long.report.total, long.report.active), (2000, 1200));
        let refused: Vec<_> = long.report.rejected.iter().map(|refused| refused.index).collect();
        assert_eq!(refused, (0..2000).filter(|at| matches!(at % 5, 2 | 4)).collect::<Vec<_>>());
        // of the active rules in list order, whoever read them
        assert_eq!(long.report.version, "0-857b8898");
        for (at, rule) in rules.iter().enumerate() {
            let short = matcher(&format!("[{rule}]"));
            let shifted = short.report.rejected.iter().cloned();
            let shifted = shifted.map(|refused| Rejection { index: at as u32, ..refused });
            let refused = long.report.rejected.iter().filter(|refused| refused.index == at as u32);
            assert!(shifted.eq(refused.cloned()), "{rule}");
        }
        for at in [0, 5, 995, 1000, 1995] {
            let text = format!("a literal {at} is here, and again");
            assert_eq!(hit(&classify(&long, "no scope", &text)), Some(at));
        }
        let (first, last) = (long.rule(1).unwrap(), long.rule(1996).unwrap());
        assert_eq!(first.error, last.error);
        let (scope, error) = (last.test.unwrap(), long.rule(1998).unwrap().error);
        assert_eq!([scope; 2], [error, long.rule(3).unwrap().error]);
    }

    #[test]
    fn the_version_is_the_load_and_the_content() {
        let list = r#"[{"issue":"A","error":"a"}]"#;
        let mut first = matcher(list);
        let mut second = matcher(list);
        first.set_load_number(1);
        second.set_load_number(12);
        // fixed, for it must not differ between processes and platforms
        assert_eq!(first.report.version, "1-12db2c6a");
        assert_eq!(second.report.version, "12-12db2c6a");
    }

    #[test]
    fn a_stopped_call_has_no_verdict() {
        let stop = AtomicBool::new(true);
        let matcher = matcher(r#"[{"issue":"A","error":"a"}]"#);
        let result = matcher.classify(&[], Some(units("a")), &mut Scratch::default(), &stop);
        assert_eq!(result, Err(Cancelled));
    }

    /// Back-references may need exponential time; such a rule is passed over, and the next ones have their turn.
    #[test]
    fn an_undecided_rule_is_listed_and_passed_over() {
        let hard = r"^(?:(a+)+\\1)+$";
        let matcher = matcher(&format!(
            r#"[{{"issue":"A","error":"{hard}"}},{{"issue":"B","error":"b","test":"{hard}"}},{{"issue":"C","error":"b"}}]"#
        ));
        let text = format!("{}b", "a".repeat(40));
        let verdict = classify(&matcher, "", &text);
        assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![0]));
        let verdict = classify(&matcher, &text, "b");
        assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![1]));
    }

    #[test]
    fn it_crosses_threads() {
        fn assert_send_sync<T: Send + Sync>() {}
        assert_send_sync::<Matcher>();
        assert_send_sync::<Verdict>();
        assert_send_sync::<LoadError>();
    }
}
