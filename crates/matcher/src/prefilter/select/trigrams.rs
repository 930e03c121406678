//! Chooses the trigrams of a rule: the rarest of each literal that it requires besides those that
//! it is looked for by, and of these the rarest four.
//!
//! Rules that share those literals with no other do without: they are rare enough.

use std::ptr;

use crate::mem::written_zeros;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{Clause, ClauseId, Implied, RequirementRef};
use crate::prefilter::select::choices::Choice;
use crate::prefilter::trigrams::{BITS, RequiredTrigrams, hashes, hashes_of_folded};

/// One rule in so many is counted: more tell hardly more.
const SAMPLED: usize = 8;

/// As how many of the counted rules the background counts.
const BACKGROUND: u8 = 16;

/// A literal from so many bytes on has two trigrams that are far apart.
const TWICE: usize = 8;

/// In how many rules of a list each trigram is, about.
pub(super) struct TrigramCounts(Vec<u8>);

impl TrigramCounts {
    /// `requirement_of`: what a rule requires. `background`: what error texts have in common,
    /// folded.
    pub(super) fn of<'r, T>(
        rules: &[&T],
        requirement_of: impl Fn(&T) -> RequirementRef<'r>,
        background: &[u8],
    ) -> Self {
        let mut counts: Vec<u8> = written_zeros(1 << BITS);
        let mut add = |bytes: &[u8], weight| {
            for hash in hashes(bytes) {
                let count = &mut counts[usize::from(hash)];
                *count = count.saturating_add(weight);
            }
        };
        rules.iter().step_by(SAMPLED).for_each(|rule| add(requirement_of(rule).bytes(), 1));
        add(background, BACKGROUND);
        Self(counts)
    }

    /// In how many rules both trigrams of four folded bytes are, about.
    pub(super) fn rules_with(&self, four: [u8; 4]) -> u32 {
        let [first, second] = hashes_of_folded(four);
        u32::from(self.0[usize::from(first)].min(self.0[usize::from(second)]))
    }

    /// The rarest trigram of a literal.
    fn rarest(&self, literal: &[u8]) -> Option<Counted> {
        // as one number, the count above the hash: it takes one comparison
        let counted = |hash: u16| u32::from(self.0[usize::from(hash)]) << BITS | u32::from(hash);
        let rarest = hashes(literal).map(counted).min()?;
        Some((rarest >> BITS, (rarest & ((1 << BITS) - 1)) as u16))
    }

    /// One or two sets of one trigram.
    fn of_literal(&self, literal: &[u8]) -> impl Iterator<Item = Set> {
        let middle = if literal.len() < TWICE { 0 } else { literal.len() / 2 };
        let (start, rest) = literal.split_at(middle);
        [start, rest].into_iter().filter_map(|part| {
            let mut set = Set::default();
            set.add(self.rarest(part)?)?;
            Some(set)
        })
    }
}

/// A trigram's hash, after its count.
type Counted = (u32, u16);

/// Trigrams of which a text must have one.
#[derive(Clone, Copy, Default)]
struct Set {
    hashes: [u16; RequiredTrigrams::MOST],
    length: usize,
    /// In how many rules all of them are, together.
    count: u32,
}

impl Set {
    fn add(&mut self, (count, hash): Counted) -> Option<()> {
        if !self.hashes[..self.length].contains(&hash) {
            *self.hashes.get_mut(self.length)? = hash;
            self.length += 1;
            self.count += count;
        }
        Some(())
    }
}

/// Chooses trigrams of one rule after the other, in the same memory.
pub(super) struct TrigramChooser<'c> {
    counts: &'c TrigramCounts,
    sets: Vec<Set>,
    /// Of [`RequirementRef::each_implied`].
    open: Vec<(ClauseId, MaxOffset)>,
    alternatives: Vec<ClauseId>,
}

impl<'c> TrigramChooser<'c> {
    pub(super) fn new(counts: &'c TrigramCounts) -> Self {
        Self { counts, sets: Vec::new(), open: Vec::new(), alternatives: Vec::new() }
    }

    /// `implied`: what the rule requires. `of_rule`: what it is looked for by. Wherever its
    /// trigrams matter, the text has one of these.
    pub(super) fn choose(
        &mut self,
        requirement: RequirementRef<'_>,
        implied: &[Implied],
        of_rule: &[Choice<'_>],
    ) -> RequiredTrigrams {
        let Self { counts, sets, open, alternatives } = self;
        let looked_for = |literal: u32| {
            let literal = requirement.literal(literal);
            of_rule.iter().any(|choice| ptr::eq(choice.literal, literal))
        };
        sets.clear();
        for &Implied { id, clause, .. } in implied {
            match clause {
                Clause::Literals(first, end) if end == first + 1 => {
                    if !looked_for(first) {
                        sets.extend(counts.of_literal(requirement.literal(first)));
                    }
                }
                // the text has one of them
                Clause::Literals(first, _) if looked_for(first) => {}
                _ => {
                    alternatives.clear();
                    alternatives.push(id);
                    sets.extend(any(counts, requirement, alternatives, open, &looked_for));
                }
            }
        }
        let mut chosen = RequiredTrigrams::default();
        while let Some((rarest, _)) = sets.iter().enumerate().min_by_key(|(_, set)| set.count)
            && chosen.has_room()
        {
            let Set { hashes, length, .. } = sets.swap_remove(rarest);
            chosen.add(&hashes[..length]);
        }
        chosen
    }
}

/// One trigram of each alternative. None if they are too many, or if one has none. `open`: memory.
fn any(
    counts: &TrigramCounts,
    requirement: RequirementRef<'_>,
    alternatives: &mut Vec<ClauseId>,
    open: &mut Vec<(ClauseId, MaxOffset)>,
    looked_for: &impl Fn(u32) -> bool,
) -> Option<Set> {
    let mut set = Set::default();
    while let Some(alternative) = alternatives.pop() {
        match requirement.clauses()[alternative as usize] {
            Clause::Any(first, end) => {
                alternatives.extend_from_slice(requirement.children(first, end));
            }
            Clause::Literals(first, end) => {
                for literal in first..end {
                    set.add(counts.rarest(requirement.literal(literal))?)?;
                }
            }
            Clause::All(..) => {
                let mut rarest: Option<Counted> = None;
                requirement.each_implied(alternative, open, &mut |implied| {
                    if let Clause::Literals(first, end) = implied.clause
                        && end == first + 1
                        && !looked_for(first)
                    {
                        let own = counts.rarest(requirement.literal(first));
                        rarest = rarest.into_iter().chain(own).min();
                    }
                });
                set.add(rarest?)?;
            }
        }
    }
    Some(set)
}
