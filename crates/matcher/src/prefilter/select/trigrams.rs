//! Chooses the trigrams of a rule: the rarest of each literal that it requires besides those that
//! it is looked for by, and of these the rarest four.
//!
//! Rules that share those literals with no other do without: they are rare enough.

use std::ptr;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{Clause, ClauseId, RequirementRef};
use crate::prefilter::select::choices::Choice;
use crate::prefilter::trigrams::{BITS, RequiredTrigrams, Trigrams, hashes};

/// One rule in so many is counted: more tell hardly more.
const SAMPLED: usize = 8;

/// As how many of the counted rules the background counts.
const BACKGROUND: u8 = 16;

/// A literal from so many bytes on has two trigrams that are far apart.
const TWICE: usize = 8;

/// What tells those rules apart that share a literal. `rules`: by position. `requirement_of`: what
/// one of them requires.
pub(super) fn trigrams_of<'r, T>(
    rules: &[&T],
    requirement_of: impl Fn(&T) -> RequirementRef<'r>,
    selected: &[Choice<'_>],
    counts: &TrigramCounts,
) -> Trigrams {
    // a rule's literals are side by side
    let of_rules = selected.chunk_by(|one, next| one.position == next.position);
    let sharing = of_rules.filter(|of_rule| of_rule[0].is_shared);
    let slot = |of_rule: &[Choice<'_>]| of_rule[0].of_rule.slot.offset();
    let slots = sharing.clone().map(|of_rule| slot(of_rule) + 1).max().unwrap_or(0);
    if slots == 0 {
        return Trigrams::new(Vec::new());
    }
    let mut chooser = TrigramChooser::new(counts);
    let mut trigrams = vec![RequiredTrigrams::default(); slots];
    for of_rule in sharing {
        let requirement = requirement_of(rules[of_rule[0].position as usize]);
        let looked_for = |literal: u32| {
            let literal = requirement.literal(literal);
            of_rule.iter().any(|choice| ptr::eq(choice.literal, literal))
        };
        trigrams[slot(of_rule)] = chooser.choose(requirement, looked_for);
    }
    Trigrams::new(trigrams)
}

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
        let mut counts = vec![0_u8; 1 << BITS];
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

    /// In how many rules all trigrams of a literal are, about.
    pub(super) fn rules_with(&self, literal: &[u8]) -> u32 {
        self.rarest(literal).map_or(u32::MAX, |(count, _)| count)
    }

    /// The rarest trigram of a literal.
    fn rarest(&self, literal: &[u8]) -> Option<Counted> {
        hashes(literal).map(|hash| (u32::from(self.0[usize::from(hash)]), hash)).min()
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
struct TrigramChooser<'c> {
    counts: &'c TrigramCounts,
    sets: Vec<Set>,
    /// Of [`RequirementRef::each_implied`], once for the rule and once for an alternative.
    open: [Vec<(ClauseId, MaxOffset)>; 2],
    alternatives: Vec<ClauseId>,
}

impl<'c> TrigramChooser<'c> {
    fn new(counts: &'c TrigramCounts) -> Self {
        Self { counts, sets: Vec::new(), open: Default::default(), alternatives: Vec::new() }
    }

    /// `looked_for`: whether the rule is looked for by this literal of the requirement. Wherever
    /// its trigrams matter, the text has them.
    fn choose(
        &mut self,
        requirement: RequirementRef<'_>,
        looked_for: impl Fn(u32) -> bool,
    ) -> RequiredTrigrams {
        let Some(root) = requirement.root() else { return RequiredTrigrams::default() };
        let Self { counts, sets, open: [open, inner], alternatives } = self;
        sets.clear();
        requirement.each_implied(root, open, &mut |clause, kind, _| match kind {
            Clause::Literals(first, end) if end == first + 1 => {
                if !looked_for(first) {
                    sets.extend(counts.of_literal(requirement.literal(first)));
                }
            }
            // the text has one of them
            Clause::Literals(first, _) if looked_for(first) => {}
            _ => {
                alternatives.clear();
                alternatives.push(clause);
                sets.extend(any(counts, requirement, alternatives, inner, &looked_for));
            }
        });
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

/// One trigram of each alternative. None if they are too many, or if one has none. `inner`:
/// memory.
fn any(
    counts: &TrigramCounts,
    requirement: RequirementRef<'_>,
    alternatives: &mut Vec<ClauseId>,
    inner: &mut Vec<(ClauseId, MaxOffset)>,
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
                requirement.each_implied(alternative, inner, &mut |_, kind, _| {
                    if let Clause::Literals(first, end) = kind
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
