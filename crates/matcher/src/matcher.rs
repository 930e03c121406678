//! The rules in force: a loaded list, compiled and indexed.
//!
//! [`crate::build`] makes a matcher, [`crate::classify`] asks it, and [`crate::store`] swaps whole
//! matchers. Once it is in force only its counters change, and all threads share it.

use std::time::{Duration, SystemTime};

use crate::counters::{Counters, RuleCount};
use crate::ids::{PatternId, RuleIndex, RuleSlot, Ticket};
use crate::mem::HugeSlice;
use crate::mem::{prefetch_all, prefetch_at, prefetch_ref};
use crate::moment::Moment;
use crate::prefilter::{Candidate, Kernel, Prefilter};
use crate::report::Report;
use crate::rules::Idle;
use crate::scratch::Scratch;
use crate::text::TextOptions;
use crate::transcoder::transcoder;
use crate::union::Union;
use regexp::text::{SharedText, Transcoder};
use regexp::{Haystack, Interrupt, Interruption, MultiPatternSearch, Pattern};

/// A rule in force. Rules with the same pattern share it.
#[derive(Debug)]
pub struct ActiveRule {
    /// Its position in the list as given.
    pub index: RuleIndex,
    /// The issue's name.
    pub issue: SharedText,
    /// The rule's own name.
    pub id: Option<SharedText>,
    pub(crate) error: PatternId,
    pub(crate) test: Option<PatternId>,
    /// What most rules lack.
    pub(crate) rare: Option<Box<RareParts>>,
}

/// What most rules lack. Kept apart, so that the others fit in a cache line.
#[derive(Debug)]
pub(crate) struct RareParts {
    pub(crate) url: Option<Box<[u16]>>,
    /// From then on the rule is not in force.
    pub(crate) expires: Moment,
    /// What the text must match besides.
    pub(crate) also: Box<[PatternId]>,
    /// What the text must not match.
    pub(crate) unless: Box<[PatternId]>,
}

impl ActiveRule {
    /// The link to the issue.
    pub fn url(&self) -> Option<&[u16]> {
        self.rare.as_ref()?.url.as_deref()
    }

    pub(crate) fn expires(&self) -> Moment {
        self.rare.as_ref().map_or(Moment::NEVER, |rare| rare.expires)
    }

    /// What the text must match besides `error`.
    pub(crate) fn also(&self) -> &[PatternId] {
        self.rare.as_ref().map_or(&[], |rare| &rare.also)
    }

    /// What the text must not match.
    pub(crate) fn unless(&self) -> &[PatternId] {
        self.rare.as_ref().map_or(&[], |rare| &rare.unless)
    }
}

/// A good rule that was not in force when its list was loaded.
#[derive(Debug)]
pub(crate) struct IdleRule {
    pub(crate) index: RuleIndex,
    pub(crate) issue: SharedText,
    pub(crate) id: Option<SharedText>,
    pub(crate) why: Idle,
}

/// What a load has reported.
#[derive(Clone, Debug)]
pub struct LoadRecord {
    /// What became of the list.
    pub report: Report,
    /// How long the load took.
    pub duration: Duration,
}

/// A loaded rule list.
pub struct Matcher {
    /// By slot.
    pub(crate) rules: HugeSlice<ActiveRule>,
    /// By pattern id.
    pub(crate) patterns: HugeSlice<Pattern>,
    pub(crate) prefilter: Prefilter,
    /// The rules that the prefilter cannot look for: every text is matched against them.
    pub(crate) unfiltered: Union,
    /// The rules that the prefilter finds in many texts.
    pub(crate) common: Union,
    pub(crate) text: TextOptions,
    pub(crate) ticket: Ticket,
    pub(crate) version: String,
    pub(crate) has_test_scopes: bool,
    /// Whether any of the rules expires.
    pub(crate) has_expiries: bool,
    /// When the last of the rules expires.
    pub(crate) last_expiry: Moment,
    /// In list order.
    pub(crate) idle: Vec<IdleRule>,
    pub(crate) counters: Counters,
    pub(crate) record: Option<Box<LoadRecord>>,
}

/// A [`Matcher::complete`] that may be suspended.
#[derive(Debug, Default)]
pub(crate) struct CompletionSearch {
    part: CompletionPart,
    of_union: MultiPatternSearch,
}

/// What is next in a [`Matcher::complete`]. As wide as a pointer: padding after it would be copied
/// together with what was just written next to it, which stalls.
#[repr(usize)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum CompletionPart {
    /// To drop some of the rules that the prefilter finds in many texts.
    #[default]
    Narrow,
    /// To add those that it does not know.
    Add,
    /// Nothing.
    Done,
}

impl Matcher {
    /// Names this load in `Verdict.rulesVersion`; see [`crate::Report::version`].
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The load that these rules are from.
    pub fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// Whether any rule has a test scope. Where none has, the test's name does not matter.
    pub fn has_test_scopes(&self) -> bool {
        self.has_test_scopes
    }

    /// The rule in force at `index` of the list as given; `None` if that rule was refused or the
    /// list is shorter.
    pub fn rule(&self, index: RuleIndex) -> Option<&ActiveRule> {
        let slot = self.rules.binary_search_by_key(&index, |rule| rule.index).ok()?;
        Some(&self.rules[slot])
    }

    /// The rules in force, in list order.
    pub fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// Keeps what the load has reported, for those who ask later.
    pub fn remember(&mut self, record: LoadRecord) {
        self.record = Some(Box::new(record));
    }

    /// What the load has reported; `None` if nobody kept it.
    pub fn record(&self) -> Option<&LoadRecord> {
        self.record.as_deref()
    }

    /// Counts verdicts that these rules have given just now: the rule of each, if one matches.
    pub fn count(&self, verdicts: impl Iterator<Item = Option<RuleIndex>>) {
        self.counters.count(verdicts);
    }

    /// Since when verdicts are counted: the rules were built then.
    pub fn counts_since(&self) -> SystemTime {
        self.counters.since()
    }

    /// The number of verdicts that were counted.
    pub fn verdicts_given(&self) -> u64 {
        self.counters.verdicts()
    }

    /// How many of them are by this rule.
    pub fn count_of(&self, rule: RuleIndex) -> RuleCount {
        self.counters.of_rule(rule)
    }

    /// How error texts are read.
    pub fn text_options(&self) -> TextOptions {
        self.text
    }

    pub(crate) fn prefilter(&self) -> &Prefilter {
        &self.prefilter
    }

    /// What encodes and decodes texts.
    pub(crate) fn transcoder(&self) -> Transcoder {
        transcoder(self.prefilter.kernel())
    }

    /// Makes scans run on `kernel` instead of the fastest one, for tests and measurements.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.prefilter = self.prefilter.with_kernel(kernel);
        self
    }

    /// The rules that can match `text`, once `candidates` has those that the prefilter has found:
    /// adds those that it does not know, and drops some that it cannot tell from others. If it is
    /// interrupted, nothing has changed, and the same call goes on with `search`. Once it is done,
    /// the same call does nothing.
    pub(crate) fn complete(
        &self,
        text: &Haystack,
        search: &mut CompletionSearch,
        interrupt: &Interrupt<'_>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<(), Interruption> {
        if search.part == CompletionPart::Narrow {
            self.common.narrow(text, &mut search.of_union, interrupt, candidates)?;
            search.part = CompletionPart::Add;
        }
        if search.part == CompletionPart::Add {
            self.unfiltered.add(text, &mut search.of_union, interrupt, candidates)?;
            search.part = CompletionPart::Done;
        }
        Ok(())
    }

    /// What a call has to know of the time: when it is made, if a rule expires.
    pub fn call_time(&self) -> Option<Moment> {
        self.has_expiries.then(Moment::now)
    }

    /// Whether a rule is in force at this time. `None`: no rule expires.
    pub(crate) fn has_rules(&self, now: Option<Moment>) -> bool {
        !self.rules.is_empty() && now.is_none_or(|now| now < self.last_expiry)
    }

    pub(crate) fn at(&self, slot: RuleSlot) -> &ActiveRule {
        &self.rules[slot.offset()]
    }

    pub(crate) fn pattern(&self, id: PatternId) -> &Pattern {
        &self.patterns[id.offset()]
    }

    /// The rules with literals that can match `text`, in list order: it is the text that
    /// [`Prefilter::scan_chunk`] has been through.
    pub(crate) fn candidates(&self, text: &Haystack, scratch: &mut Scratch) -> Vec<Candidate> {
        let mut candidates = scratch.take_candidates();
        let (bytes, unit_bytes) = (text.bytes(), text.unit_bytes());
        self.prefilter.candidates(bytes, unit_bytes, &mut scratch.prefilter, &mut candidates);
        self.prefetch_rules(&candidates);
        if unit_bytes > 1 {
            in_units(&mut candidates, text);
        }
        self.prefetch_patterns(&candidates);
        candidates
    }

    /// Prefetches what searches for these candidates read, step by step: in each, the caches are
    /// waited for once.
    pub(crate) fn prefetch_searches(&self, candidates: &[Candidate]) {
        self.prefetch_rules(candidates);
        self.prefetch_patterns(candidates);
        let patterns = candidates.iter().map(|one| self.pattern(self.at(one.slot).error));
        patterns.filter_map(Pattern::read_first).for_each(prefetch_at);
    }

    fn prefetch_rules(&self, candidates: &[Candidate]) {
        for candidate in candidates {
            prefetch_ref(self.at(candidate.slot));
        }
    }

    /// Prefetches the patterns of rules, which should be [in the cache](Self::prefetch_rules).
    fn prefetch_patterns(&self, candidates: &[Candidate]) {
        for candidate in candidates {
            prefetch_all(self.pattern(self.at(candidate.slot).error));
        }
    }

    /// Of a rule with so many places in `text` that [`Self::candidates`] has not looked at all of
    /// them: its candidates by all places. `None`: it has. `scratch`: as it was left by it.
    #[inline(never)]
    pub(crate) fn candidates_of(
        &self,
        slot: RuleSlot,
        text: &Haystack,
        scratch: &mut Scratch,
    ) -> Option<Vec<Candidate>> {
        let (bytes, unit_bytes) = (text.bytes(), text.unit_bytes());
        let mut candidates =
            self.prefilter.candidates_of(slot, bytes, unit_bytes, &mut scratch.prefilter)?;
        if unit_bytes > 1 {
            in_units(&mut candidates, text);
        }
        Some(candidates)
    }
}

/// Converts where matches can start from byte to code-unit offsets.
#[inline(never)]
fn in_units(candidates: &mut [Candidate], text: &Haystack) {
    text.all_in_units(candidates.iter_mut().map(|candidate| &mut candidate.starts));
}
