//! From the literals in a text to the rules that can match it, and where their matches can start.
//!
//! A rule is looked for by its rarest literal. If it also requires one that many rules share, such
//! as an error's name, or that others are looked for by, that is its gate: looking for it costs
//! next to nothing per rule, and without it the rule is no candidate, whatever else the text has.
//!
//! A literal also bounds where a match that has it can start: not after it, and often not far
//! before it, or not before its line (`starts`). Of a log of megabytes only these parts are
//! searched (`ranges`): those lines, say, that have both the literal and the gate. And where rules
//! share a literal, what is near it tells them apart (`nearby`).

use std::slice;

use regexp::StartRange;

use crate::ids::RuleSlot;
use crate::prefilter::gates::{GateSets, LocatedGates};
use crate::prefilter::index::found::{Found, FoundLiterals};
use crate::prefilter::index::literals::Literals;
use crate::prefilter::nearby::AllNearby;
use crate::prefilter::places::Place;
use crate::prefilter::ranges::{Element, Steps};
use crate::prefilter::select::uses::{RuleLiteral, Use};
use crate::prefilter::starts::Starts;
use crate::prefilter::trigrams::Narrowing;

/// A search of one range costs more than what so many bytes add to it.
const NEAR: u32 = 16;

/// A rule that can match a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The rule.
    pub slot: RuleSlot,
    /// Where its matches can start, in bytes, if they do not start in the range of another
    /// candidate with this rule. Either bound may lie within a character.
    pub starts: StartRange,
}

/// The places of literals. Memory that scans reuse.
#[derive(Debug, Default)]
pub(crate) struct Located {
    gates: LocatedGates,
    /// Of one literal.
    places: Vec<Place>,
}

/// A look around the literals of a text pays from so many rules on: a single one most likely
/// matches.
const RULES_WITHOUT_LOOK: u32 = 3;

/// A text, and what is asked about the surroundings of its literals.
#[derive(Clone, Copy)]
pub(crate) struct Near<'t> {
    pub(crate) nearby: &'t AllNearby,
    /// As literals are looked for in it.
    pub(crate) text: &'t [u8],
    pub(crate) starts_in: Starts<'t>,
}

impl Near<'_> {
    /// Whether anything is asked on behalf of the rule.
    #[inline]
    fn has_nearby(&self, slot: RuleSlot) -> bool {
        self.nearby.knows(slot)
    }

    /// Drops candidates that were added without a look.
    #[inline(never)]
    fn drop_others(&self, candidates: &mut Vec<Candidate>) {
        candidates.retain(|one| self.allows(one.slot, one.starts));
    }

    /// Whether the text may have matches of the rule that start in this range.
    #[inline(never)]
    fn allows(&self, slot: RuleSlot, starts: StartRange) -> bool {
        let Self { nearby, text, starts_in } = *self;
        nearby.allow(slot, text, starts_in, starts)
    }
}

/// Adds to `candidates` the rules that can match a text with these literals.
#[inline(never)]
pub(crate) fn candidates(
    literals: &Literals,
    sets: &GateSets,
    found: &FoundLiterals,
    near: Near<'_>,
    mut narrowing: Narrowing<'_>,
    located: &mut Located,
    candidates: &mut Vec<Candidate>,
) {
    let Located { gates, places: several } = located;
    gates.clear(sets, found);
    let others = found.other_places();
    let mut steps = Steps::default();
    let mut rules = 0;
    for Found { literal, places } in found.all() {
        several.clear();
        for one in literals.uses(*literal) {
            let Use::Rule(RuleLiteral { slot, reach, gate }) = one else { continue };
            rules += 1;
            let looks = rules > RULES_WITHOUT_LOOK;
            if rules == RULES_WITHOUT_LOOK + 1 {
                near.drop_others(candidates);
            }
            let drop_others =
                |rules: &Narrowing<'_>| candidates.retain(|one| rules.allow(one.slot));
            if !narrowing.allows(slot, || looks && near.has_nearby(slot), drop_others) {
                continue;
            }
            let mut by_gate = None;
            if let Some((gate, reach)) = gate {
                let Some(places) = gates.places(gate, sets, found) else { continue };
                by_gate = Some(Element { reach, places });
            }
            if places.only().is_none() && several.is_empty() {
                others.append([*places], several);
            }
            let places = places.only().map_or(&several[..], slice::from_ref);
            let literal = Element { reach, places };
            steps.ranges(near.starts_in, literal, by_gate, |starts| {
                if !looks || near.allows(slot, starts) {
                    Candidate { slot, starts }.add_to(candidates);
                }
            });
        }
    }
}

/// Makes candidates ascending, by rule and by range. Then no two ranges of a rule touch each other.
pub(crate) fn in_order(candidates: &mut Vec<Candidate>) {
    if candidates.len() > 1 {
        // a rule may have several literals, and any of them makes it a candidate
        candidates.sort_unstable_by_key(Candidate::order);
        candidates.dedup_by(|next, candidate| candidate.absorbs(*next));
    }
}

impl Candidate {
    /// By rule and by range. One number, which is compared faster than two.
    pub(crate) fn order(&self) -> u64 {
        u64::from(self.slot.0) << 32 | u64::from(self.starts.first)
    }

    /// Adds it to candidates, or extends the last one by it.
    pub(crate) fn add_to(self, candidates: &mut Vec<Self>) {
        if !candidates.last_mut().is_some_and(|last| last.absorbs(self)) {
            candidates.push(self);
        }
    }

    /// Extends its range by that of `next`, if both are of one rule and no gap between them is
    /// worth a range of its own. `next` does not start before it.
    fn absorbs(&mut self, next: Self) -> bool {
        let is_near = next.starts.first <= self.starts.last.saturating_add(NEAR);
        let same = self.slot == next.slot && is_near;
        if same {
            self.starts = self.starts.or(next.starts);
        }
        same
    }
}
