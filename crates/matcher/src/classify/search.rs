//! The way through the rules that can match, in list order.

use std::{mem, slice};

use super::ANYWHERE;
use super::name::Name;
use crate::ids::RuleIndex;
use crate::limits::MAX_MATCH_TEXT_UNITS;
use crate::matcher::{ActiveRule, CompletionSearch, Matcher};
use crate::moment::Moment;
use crate::prefilter::{CHUNK_BYTES, Candidate};
use crate::scratch::Scratch;
use crate::verdict::{Hit, Reason, Verdict};
use regexp::{Haystack, Interrupt, Interruption, Outcome, StartRange};

/// Candidates that are searched in a text of a chunk between two looks at the clock, which takes as
/// long as a search of a short text.
const CANDIDATES_PER_CHECK: usize = 8;

pub(super) struct Search {
    completion: CompletionSearch,
    /// The rules that can match, in list order. Those of one rule are searched together.
    candidates: Vec<Candidate>,
    /// Which candidate is next, or being searched.
    next: usize,
    /// The number of rules that were searched.
    searched: usize,
    /// The start ranges of the rule that is searched, if there are several.
    ranges: Vec<StartRange>,
    part: Part,
    /// Which pattern of that part, if it has several.
    condition: usize,
    /// Where the `error` of that candidate matches, once it does.
    found: (u32, u32),
    /// The first rule that matches, once it [is found](Self::is_found). Not an `Option`: the unused
    /// part of `None` would be copied together with what was just written next to it, which stalls.
    rule: RuleIndex,
    is_found: bool,
    /// Whether a search for that part is suspended.
    is_suspended: bool,
    /// Whether the scratch is asked for the [candidates](Matcher::candidates_of) of some rules.
    has_deferred: bool,
    undecided: Vec<RuleIndex>,
}

/// A part of a rule that is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Test,
    Error,
    /// A pattern of `also`, see [`Search::condition`].
    Also,
    /// A pattern of `unless`.
    Unless,
}

impl Search {
    /// One that has not begun.
    pub(super) fn new() -> Self {
        Self {
            completion: CompletionSearch::default(),
            candidates: Vec::new(),
            next: 0,
            searched: 0,
            ranges: Vec::new(),
            part: Part::Test,
            condition: 0,
            found: (0, 0),
            rule: RuleIndex(0),
            is_found: false,
            is_suspended: false,
            has_deferred: false,
            undecided: Vec::new(),
        }
    }

    /// Searches the rules that have literals and can match `text`.
    pub(super) fn start(&mut self, text: &Haystack<'_>, matcher: &Matcher, scratch: &mut Scratch) {
        self.candidates = matcher.candidates(text, scratch);
        self.has_deferred = scratch.prefilter.has_deferred();
    }

    /// Searches the rules that these are of.
    pub(super) fn start_with(&mut self, candidates: Vec<Candidate>) {
        self.candidates = candidates;
        self.has_deferred = false;
    }

    pub(super) fn holds_scratch(&self) -> bool {
        self.is_suspended || self.has_deferred
    }

    /// The rules that have literals and can match.
    pub(super) fn into_candidates(self) -> Vec<Candidate> {
        self.candidates
    }

    /// The memory of the candidates, once the search is over.
    pub(super) fn take_candidates(&mut self) -> Vec<Candidate> {
        mem::take(&mut self.candidates)
    }

    /// Searches `error` until there is a [verdict](Self::verdict), unless interrupted. `now`: the
    /// time of the call; `None`: no rule expires.
    pub(super) fn resume(
        &mut self,
        error: &Haystack<'_>,
        name: &mut Name<'_>,
        now: Option<Moment>,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Result<(), Interruption> {
        matcher.complete(error, &mut self.completion, interrupt, &mut self.candidates)?;
        let is_long = error.bytes().len() > CHUNK_BYTES;
        let is_same_rule = |one: &Candidate, next: &Candidate| one.slot == next.slot;
        while let Some(of_rule) = self.candidates[self.next..].chunk_by(is_same_rule).next() {
            let rule = matcher.at(of_rule[0].slot);
            // a short search may end before it checks
            if interrupt.is_cancelled() {
                return Err(Interruption::Cancelled);
            }
            let is_check = is_long || self.searched.is_multiple_of(CANDIDATES_PER_CHECK);
            if is_check && self.searched > 0 && !self.is_suspended && interrupt.deadline_passed() {
                return Err(Interruption::Suspended);
            }
            if now.is_some_and(|now| rule.expires() <= now) {
                self.next += of_rule.len();
                continue;
            }
            if self.part == Part::Test && rule.test.is_none() {
                self.part = Part::Error;
            }
            let part = self.part;
            let (pattern, text, starts) = match (part, rule.test) {
                (Part::Test, Some(scope)) => (scope, name.read(interrupt)?, ANYWHERE),
                (Part::Also, _) => (rule.also()[self.condition], error, ANYWHERE),
                (Part::Unless, _) => (rule.unless()[self.condition], error, ANYWHERE),
                _ if self.has_deferred => {
                    let deferred = matcher.candidates_of(of_rule[0].slot, error, scratch);
                    let of_rule = deferred.as_deref().unwrap_or(of_rule);
                    (rule.error, error, copy_of(of_rule, &mut self.ranges))
                }
                _ => (rule.error, error, ranges(of_rule, &mut self.ranges)),
            };
            let pattern = matcher.pattern(pattern);
            let outcome = if mem::take(&mut self.is_suspended) {
                pattern.resume(text, starts, &mut scratch.search, interrupt)
            } else if starts.is_empty() {
                Outcome::NoMatch
            } else {
                pattern.search(text, starts, &mut scratch.search, interrupt)
            };
            let goes_on = match outcome {
                Outcome::Cancelled => return Err(Interruption::Cancelled),
                Outcome::Suspended => {
                    self.is_suspended = true;
                    return Err(Interruption::Suspended);
                }
                Outcome::Undecided => {
                    self.undecided.push(rule.index);
                    false
                }
                Outcome::Match { start, end } => {
                    if part == Part::Error {
                        self.found = (start, end);
                    }
                    part != Part::Unless
                }
                Outcome::NoMatch => part == Part::Unless,
            };
            if goes_on {
                if !self.enter_next_part(rule) {
                    (self.rule, self.is_found) = (rule.index, true);
                    return Ok(());
                }
            } else {
                (self.next, self.part) = (self.next + of_rule.len(), Part::Test);
                self.searched += 1;
            }
        }
        Ok(())
    }

    /// Goes to the part of the rule that is next. Returns whether there is one.
    fn enter_next_part(&mut self, rule: &ActiveRule) -> bool {
        let (part, condition) = match self.part {
            Part::Test => (Part::Error, 0),
            Part::Error if rule.rare.is_none() => return false,
            Part::Error => (Part::Also, 0),
            Part::Also | Part::Unless => (self.part, self.condition + 1),
        };
        let is_past_also = part == Part::Also && condition == rule.also().len();
        (self.part, self.condition) =
            if is_past_also { (Part::Unless, 0) } else { (part, condition) };
        self.part != Part::Unless || self.condition < rule.unless().len()
    }

    /// What the search for a rule in `error` has led to, once.
    pub(super) fn verdict(&mut self, error: &Haystack<'_>, scratch: &mut Scratch) -> Verdict {
        let (start, end) = self.found;
        let undecided = mem::take(&mut self.undecided);
        if !self.is_found {
            return Verdict { reason: Reason::NoMatch, hit: None, undecided };
        }
        let hit = hit(error, self.rule, start, end, scratch.take_match_text());
        Verdict { reason: Reason::Matched, hit: Some(hit), undecided }
    }
}

/// The start ranges of a rule. `several`: memory for them.
#[inline]
fn ranges<'r>(of_rule: &'r [Candidate], several: &'r mut Vec<StartRange>) -> &'r [StartRange] {
    if let [only] = of_rule {
        return slice::from_ref(&only.starts);
    }
    copy_of(of_rule, several)
}

/// The start ranges of a rule, in memory for `several`.
fn copy_of<'r>(of_rule: &[Candidate], several: &'r mut Vec<StartRange>) -> &'r [StartRange] {
    several.clear();
    several.extend(of_rule.iter().map(|candidate| candidate.starts));
    several
}

/// A match of a rule in the text of an error. `memory`: for the text that is matched.
pub(super) fn hit(
    error: &Haystack<'_>,
    rule: RuleIndex,
    start: u32,
    end: u32,
    memory: Vec<u16>,
) -> Hit {
    let shown = (end - start).min(MAX_MATCH_TEXT_UNITS as u32);
    let text = error.slice_in(memory, start as usize, (start + shown) as usize);
    Hit { rule, start, end, text }
}
