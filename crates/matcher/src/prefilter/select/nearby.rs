//! Chooses what is looked for near a rule's literal: of what the rule requires besides, and not far
//! from where its matches start, the rarest four bytes.

use std::{mem, ptr};

use crate::prefilter::extract::requirement::{Clause, Implied, LiteralSet, RequirementRef};
use crate::prefilter::extract::strings::after;
use crate::prefilter::nearby::{AllNearby, LENGTH, Nearby};
use crate::prefilter::select::choices::Choice;
use crate::prefilter::select::trigrams::TrigramCounts;

/// What is near a rule's literals. `implied`: what the rule requires. `of_rule`: what it is looked
/// for by, wherever this matters. `gate`: what the text has besides.
pub(super) fn nearby_of(
    requirement: RequirementRef<'_>,
    implied: &[Implied],
    of_rule: &[Choice<'_>],
    gate: Option<LiteralSet<'_>>,
    counts: &TrigramCounts,
) -> [Nearby; AllNearby::OF_RULE] {
    let mut best = [(u32::MAX, Nearby::NONE); AllNearby::OF_RULE];
    let is_found = |four: &[u8; LENGTH]| {
        let mut found = of_rule.iter().flat_map(|choice| fours(choice.literal));
        found.any(|(_, other)| other == four)
    };
    let rarest = |literal| rarest(counts, literal, is_found);
    // of what the rule is looked for by, a text has all
    let is_own = |literal: &[u8]| of_rule.iter().any(|choice| ptr::eq(choice.literal, literal));
    for Implied { clause, offset, .. } in implied {
        let Clause::Literals(first, end) = *clause else { continue };
        let literals = requirement.literals_at(first..end);
        if literals.len() > 2
            || !Nearby::is_near((*offset).into())
            || gate.is_some_and(|gate| gate == literals)
            || literals.iter().any(is_own)
        {
            continue;
        }
        let mut rarest = literals.iter().map(rarest);
        let (Some(Some(one)), other) = (rarest.next(), rarest.next()) else { continue };
        let Some(other) = other.unwrap_or(Some(one)) else { continue };
        let is_one = literals.len() == 1;
        let rules = one.rules + if is_one { 0 } else { other.rules };
        if best.iter().all(|(kept, _)| rules >= *kept) {
            continue;
        }
        let mut before = after(one.before);
        if !is_one {
            before = before.or(after(other.before));
        }
        let strings = [one.four, other.four];
        let Some(nearby) = Nearby::new(strings, offset.plus(before)) else { continue };
        let mut next = (rules, nearby);
        for kept in &mut best {
            if next.0 < kept.0 {
                mem::swap(kept, &mut next);
            }
        }
    }
    best.map(|(_, nearby)| nearby)
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
        let rules = counts.rules_with(*four);
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
