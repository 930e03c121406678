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
    /// `None`: the candidates are complete.
    completion: Option<CompletionSearch>,
    /// The rules that can match, in list order. Those of one rule are searched together.
    candidates: Vec<Candidate>,
    /// Which candidate is next, or being searched.
    next: usize,
    /// The number of rules that were searched.
    searched: usize,
    /// The start ranges of the rule that is searched, if there are several.
    ranges: Vec<StartRange>,
    part: Part,
    /// Where the `error` of that candidate matches, once it does.
    found: (u32, u32),
    /// The first rule that matches, once it is found.
    rule: Option<RuleIndex>,
    /// Whether a search for that part is suspended.
    is_suspended: bool,
    undecided: Vec<RuleIndex>,
}

/// A part of a rule that is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Test,
    Error,
    /// A pattern of `also`, by its index.
    Also(usize),
    /// A pattern of `unless`.
    Unless(usize),
}

impl Part {
    /// The part of the rule that is next. `None`: there is none.
    fn next(self, rule: &ActiveRule) -> Option<Self> {
        let also = |at| (at < rule.also().len()).then_some(Self::Also(at));
        let unless = |at| (at < rule.unless().len()).then_some(Self::Unless(at));
        match self {
            Self::Test => Some(Self::Error),
            Self::Error if rule.rare.is_none() => None,
            Self::Error => also(0).or_else(|| unless(0)),
            Self::Also(at) => also(at + 1).or_else(|| unless(0)),
            Self::Unless(at) => unless(at + 1),
        }
    }
}

impl Search {
    /// `candidates`: of the rules that have literals, those that can match.
    pub(super) fn new(candidates: Vec<Candidate>) -> Self {
        Self {
            completion: Some(CompletionSearch::default()),
            candidates,
            next: 0,
            searched: 0,
            ranges: Vec::new(),
            part: Part::Test,
            found: (0, 0),
            rule: None,
            is_suspended: false,
            undecided: Vec::new(),
        }
    }

    pub(super) fn holds_scratch(&self) -> bool {
        self.is_suspended
    }

    /// The candidates that [`Self::new`] was given.
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
        if let Some(search) = &mut self.completion {
            matcher.complete(error, search, interrupt, &mut self.candidates)?;
            self.completion = None;
        }
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
                (Part::Also(at), _) => (rule.also()[at], error, ANYWHERE),
                (Part::Unless(at), _) => (rule.unless()[at], error, ANYWHERE),
                _ => (rule.error, error, ranges(of_rule, &mut self.ranges)),
            };
            let pattern = matcher.pattern(pattern);
            let outcome = if mem::take(&mut self.is_suspended) {
                pattern.resume(text, starts, &mut scratch.search, interrupt)
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
                    !matches!(part, Part::Unless(_))
                }
                Outcome::NoMatch => matches!(part, Part::Unless(_)),
            };
            if goes_on {
                match part.next(rule) {
                    Some(part) => self.part = part,
                    None => {
                        self.rule = Some(rule.index);
                        return Ok(());
                    }
                }
            } else {
                (self.next, self.part) = (self.next + of_rule.len(), Part::Test);
                self.searched += 1;
            }
        }
        Ok(())
    }

    /// What the search for a rule in `error` has led to, once.
    pub(super) fn verdict(&mut self, error: &Haystack<'_>, scratch: &mut Scratch) -> Verdict {
        let (start, end) = self.found;
        let undecided = mem::take(&mut self.undecided);
        match self.rule {
            Some(rule) => {
                let hit = hit(error, rule, start, end, scratch.take_match_text());
                Verdict { reason: Reason::Matched, hit: Some(hit), undecided }
            }
            None => Verdict { reason: Reason::NoMatch, hit: None, undecided },
        }
    }
}

/// The start ranges of a rule. `several`: memory for them.
#[inline]
fn ranges<'r>(of_rule: &'r [Candidate], several: &'r mut Vec<StartRange>) -> &'r [StartRange] {
    if let [only] = of_rule {
        return slice::from_ref(&only.starts);
    }
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
