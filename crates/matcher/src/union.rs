//! Rules that one automaton is asked about, because each of them would be run on many texts.

use rustc_hash::FxHashMap;

use crate::ids::{PatternId, RuleSlot};
use crate::prefilter::Candidate;
use regexp::{
    Haystack, Interrupt, Interruption, MultiPattern, MultiPatternSearch, Pattern, StartRange,
};

/// Some of the rules in force, by their `error`.
pub(crate) struct Union {
    patterns: MultiPattern,
    /// For each of these patterns, the rules that have it.
    rules: Vec<Vec<RuleSlot>>,
    /// All of these rules, ascending.
    slots: Vec<RuleSlot>,
}

impl Union {
    /// `all`: the rules in list order, each with its pattern.
    pub(crate) fn new(
        all: impl Iterator<Item = (RuleSlot, PatternId)>,
        patterns: &[Pattern],
    ) -> Self {
        let mut slots = Vec::new();
        let mut known = FxHashMap::default();
        let mut distinct = Vec::new();
        let mut rules_of: Vec<Vec<RuleSlot>> = Vec::new();
        for (slot, pattern) in all {
            slots.push(slot);
            let at = *known.entry(pattern).or_insert_with(|| {
                distinct.push(patterns[pattern.offset()].unbuilt());
                rules_of.push(Vec::new());
                rules_of.len() - 1
            });
            rules_of[at].push(slot);
        }
        Self { patterns: MultiPattern::new(distinct), rules: rules_of, slots }
    }

    /// Adds those of the rules to `candidates` that can match `text`. In list order all of them.
    /// If it is interrupted, it has added none, and the same call goes on with `search`.
    pub(crate) fn add(
        &self,
        text: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<(), Interruption> {
        if self.slots.is_empty() {
            return Ok(());
        }
        let filtered = candidates.len();
        let Self { patterns, rules, .. } = self;
        let anywhere = |&slot| Candidate { slot, starts: StartRange::ANYWHERE };
        patterns.search(text, search, interrupt, |pattern| {
            candidates.extend(rules[pattern].iter().map(anywhere));
        })?;
        if candidates.len() > filtered {
            candidates.sort_unstable_by_key(|candidate| candidate.slot);
        }
        Ok(())
    }

    /// Drops those of the rules from `candidates` that cannot match `text`. If it is interrupted,
    /// it has dropped none, and the same call goes on with `search`.
    pub(crate) fn narrow(
        &self,
        text: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<(), Interruption> {
        let is_member = |candidate: &Candidate| self.slots.binary_search(&candidate.slot).is_ok();
        if self.slots.is_empty() || !candidates.iter().any(is_member) {
            return Ok(());
        }
        let mut can_match = Vec::new();
        self.patterns.search(text, search, interrupt, |pattern| {
            can_match.extend_from_slice(&self.rules[pattern]);
        })?;
        candidates.retain(|candidate| !is_member(candidate) || can_match.contains(&candidate.slot));
        Ok(())
    }
}
