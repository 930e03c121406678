//! Chooses what is looked for near a rule's literal: of what the rule requires besides, and not far
//! from where its matches start, the rarest four bytes.

use std::mem;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, LiteralSet, RequirementRef};
use crate::prefilter::extract::strings::after;
use crate::prefilter::nearby::{AllNearby, LENGTH, Nearby};
use crate::prefilter::select::choices::Choice;
use crate::prefilter::select::trigrams::TrigramCounts;
use crate::prefilter::select::uses::RuleLiteral;

/// What is near the literals of rules that share them. `rules`: by position, and so are their
/// `gates`, which a text then has besides. `requirement_of`: what a rule requires.
pub(super) fn nearby_of<'r, T>(
    rules: &[&T],
    requirement_of: impl Fn(&T) -> RequirementRef<'r>,
    gates: &[Option<LiteralSet<'r>>],
    selected: &[Choice<'_>],
    counts: &TrigramCounts,
) -> AllNearby {
    let mut chooser = NearbyChooser { counts, open: Vec::new() };
    // a rule's literals are side by side
    let of_rules = selected.chunk_by(|one, next| one.position == next.position);
    let all = of_rules.filter(|of_rule| of_rule[0].is_shared).map(|of_rule| {
        let Choice { position, of_rule: RuleLiteral { slot, .. }, .. } = of_rule[0];
        let requirement = requirement_of(rules[position as usize]);
        (slot, chooser.choose(requirement, of_rule, gates[position as usize]))
    });
    let known: Vec<_> = all.filter(|(_, known)| *known != AllNearby::NOTHING).collect();
    AllNearby::new(&known)
}

/// Chooses for one rule after the other, in the same memory.
struct NearbyChooser<'c> {
    counts: &'c TrigramCounts,
    /// Of [`RequirementRef::each_required`].
    open: Vec<(ClauseId, MaxOffset)>,
}

impl NearbyChooser<'_> {
    /// `of_rule`: what the rule is looked for by, wherever this matters. `gate`: what the text has
    /// besides.
    fn choose(
        &mut self,
        requirement: RequirementRef<'_>,
        of_rule: &[Choice<'_>],
        gate: Option<LiteralSet<'_>>,
    ) -> [Nearby; AllNearby::OF_RULE] {
        let Self { counts, open } = self;
        let mut best = [(u32::MAX, Nearby::NONE); AllNearby::OF_RULE];
        requirement.each_required(open, |indexes, offset| {
            let literals = requirement.literals_at(indexes.clone());
            if indexes.len() > 2
                || !Nearby::is_near(offset.into())
                || gate.is_some_and(|gate| gate == literals)
            {
                return;
            }
            let is_found = |four: &[u8; LENGTH]| {
                let mut found = of_rule.iter().flat_map(|choice| fours(choice.literal));
                found.any(|(_, other)| other == four)
            };
            let rarest = |literal| rarest(counts, literal, is_found);
            let mut rarest = literals.iter().map(rarest);
            let (Some(Some(one)), other) = (rarest.next(), rarest.next()) else { return };
            let Some(other) = other.unwrap_or(Some(one)) else { return };
            let is_one = indexes.len() == 1;
            let rules = one.rules + if is_one { 0 } else { other.rules };
            let before = after(one.before).or(after(other.before));
            let nearby = Nearby::new([one.four, other.four], offset.plus(before));
            let mut next = (rules, nearby.unwrap_or(Nearby::NONE));
            for kept in best.iter_mut().filter(|_| nearby.is_some()) {
                if next.0 < kept.0 {
                    mem::swap(kept, &mut next);
                }
            }
        });
        best.map(|(_, nearby)| nearby)
    }
}

/// Four bytes of a literal.
#[derive(Clone, Copy)]
struct Rarest<'r> {
    four: [u8; LENGTH],
    /// What is before them.
    before: &'r [u8],
    /// In how many rules they are, about.
    rules: u32,
}

/// The rarest of a literal. `is_found`: whether a text has these anyway, which takes longer to tell
/// than how rare they are.
fn rarest<'r>(
    counts: &TrigramCounts,
    literal: &'r [u8],
    is_found: impl Fn(&[u8; LENGTH]) -> bool,
) -> Option<Rarest<'r>> {
    let mut rarest: Option<Rarest<'_>> = None;
    for (at, four) in fours(literal) {
        let rules = counts.rules_with(four);
        if rarest.is_none_or(|rarest| rules < rarest.rules) && !is_found(four) {
            rarest = Some(Rarest { four: *four, before: &literal[..at], rules });
        }
    }
    rarest
}

/// All four bytes that are side by side in a literal, after their offset.
fn fours(literal: &[u8]) -> impl Iterator<Item = (usize, &[u8; LENGTH])> {
    literal.windows(LENGTH).filter_map(<[u8]>::first_chunk).enumerate()
}
