//! Rules that one automaton is asked about, because each of them would be run on many texts.

use rustc_hash::FxHashMap;

use crate::ids::{PatternId, RuleSlot};
use crate::prefilter::{Candidate, Edges};
use regexp::{
    Haystack, Interrupt, Interruption, MultiPattern, MultiPatternSearch, Pattern, StartRange,
};

/// A rule whose matches start within so many code units is searched for at once.
const NEAR: u32 = 256;

/// Some of the rules in force, by their `error`.
pub(crate) struct Union {
    patterns: MultiPattern,
    /// What the first and the last bytes of a text tell of these patterns.
    edges: Edges,
    /// For each of these patterns, the rules that have it.
    rules: Vec<Vec<RuleSlot>>,
    /// All of these rules, ascending, each with the number of its pattern.
    numbers: Vec<(RuleSlot, usize)>,
}

impl Union {
    /// `all`: the rules in list order, each with its pattern.
    pub(crate) fn new(
        all: impl Iterator<Item = (RuleSlot, PatternId)>,
        patterns: &[Pattern],
    ) -> Self {
        let mut numbers = Vec::new();
        let mut known = FxHashMap::default();
        let mut distinct: Vec<Pattern> = Vec::new();
        let mut rules: Vec<Vec<RuleSlot>> = Vec::new();
        for (slot, pattern) in all {
            let number = *known.entry(pattern).or_insert_with(|| {
                distinct.push(patterns[pattern.offset()].unbuilt());
                rules.push(Vec::new());
                rules.len() - 1
            });
            numbers.push((slot, number));
            rules[number].push(slot);
        }
        let edges = Edges::new(distinct.iter().map(|pattern| pattern.outline().ok()));
        Self { patterns: MultiPattern::new(distinct), edges, rules, numbers }
    }

    /// Whether the edges of a text allow any of the rules. `is_ascii`: see [`Edges::possible`].
    #[inline]
    pub(crate) fn has_possible(&self, text: &[u8], is_ascii: bool) -> bool {
        !self.numbers.is_empty() && self.edges.possible(text, is_ascii).next().is_some()
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
        let mut possible = self.edges.possible(text.bytes(), text.unit_bytes() == 1);
        let Some(first) = possible.next() else { return Ok(()) };
        let Some(second) = possible.next() else {
            // it may match at once where the automaton would read the whole text
            self.add_rules_of(first, candidates);
            candidates.sort_unstable_by_key(Candidate::order);
            return Ok(());
        };
        let possible: Vec<usize> = [first, second].into_iter().chain(possible).collect();
        self.add_some(&possible, text, search, interrupt, candidates)
    }

    fn add_rules_of(&self, pattern: usize, candidates: &mut Vec<Candidate>) {
        let anywhere = |&slot| Candidate { slot, starts: StartRange::ANYWHERE };
        candidates.extend(self.rules[pattern].iter().map(anywhere));
    }

    /// [`Self::add`] of the rules with these patterns, which the edges of the text allow.
    #[inline(never)]
    fn add_some(
        &self,
        possible: &[usize],
        text: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<(), Interruption> {
        let filtered = candidates.len();
        // the same for those of which an automaton has but one
        let least = MultiPattern::MANY;
        self.patterns.search(text, possible, least, search, interrupt, |pattern| {
            self.add_rules_of(pattern, candidates);
        })?;
        if candidates.len() > filtered {
            candidates.sort_unstable_by_key(Candidate::order);
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
        if self.numbers.is_empty() {
            return Ok(());
        }
        self.narrow_some(text, search, interrupt, candidates)
    }

    #[inline(never)]
    fn narrow_some(
        &self,
        text: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<(), Interruption> {
        let number = |candidate: &Candidate| {
            let at = self.numbers.binary_search_by_key(&candidate.slot, |&(slot, _)| slot);
            at.ok().map(|at| self.numbers[at].1)
        };
        let is_far = |candidate: &&Candidate| {
            let StartRange { first, last } = candidate.starts;
            last.saturating_sub(first) > NEAR
        };
        let mut wanted: Vec<usize> = candidates.iter().filter(is_far).filter_map(number).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut can_match = Vec::new();
        self.patterns
            .search(text, &wanted, 1, search, interrupt, |pattern| can_match.push(pattern))?;
        let has = |numbers: &[usize], number| numbers.binary_search(&number).is_ok();
        candidates.retain(|candidate| {
            let asked = number(candidate).filter(|&number| has(&wanted, number));
            asked.is_none_or(|number| has(&can_match, number))
        });
        Ok(())
    }
}
