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
use crate::prefilter::nearby::{AllNearby, LongLooks};
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
    /// Rules of which not all places were looked at.
    deferred: Vec<RuleSlot>,
    /// By which of the literals that were found the deferred rules are looked for: a rule's slot,
    /// then the literal's index, in one number. Ascending.
    of_deferred: Vec<u64>,
}

impl Located {
    /// Whether there are rules for [`candidates_of`].
    pub(crate) fn has_deferred(&self) -> bool {
        !self.deferred.is_empty()
    }

    /// Starts on another text.
    pub(crate) fn clear(&mut self) {
        self.deferred.clear();
        self.of_deferred.clear();
    }

    /// Once all deferred rules are known: finds what they are looked for by.
    #[cold]
    fn find_deferred(&mut self, literals: &Literals, found: &FoundLiterals) {
        let Self { deferred, of_deferred, .. } = self;
        deferred.sort_unstable();
        for (index, Found { literal, .. }) in (0_u64..).zip(found.all()) {
            let slots = literals.rules(*literal).map(|of_rule| of_rule.slot);
            let slots = slots.filter(|slot| deferred.binary_search(slot).is_ok());
            of_deferred.extend(slots.map(|slot| u64::from(slot.0) << 32 | index));
        }
        of_deferred.sort_unstable();
        of_deferred.dedup();
    }
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
    pub(crate) long: &'t LongLooks,
}

impl Near<'_> {
    /// Drops candidates that were added without a look.
    #[inline(never)]
    fn drop_others(&self, candidates: &mut Vec<Candidate>) {
        candidates.retain(|one| self.allows(one.slot, one.starts));
    }

    /// Whether the text may have matches of the rule that start in this range.
    #[inline(never)]
    fn allows(&self, slot: RuleSlot, starts: StartRange) -> bool {
        let Self { nearby, text, starts_in, long } = *self;
        nearby.allow(slot, text, starts_in, starts, long)
    }
}

/// Adds to `candidates` the rules that can match a text with these literals.
#[inline(never)]
pub(crate) fn candidates(
    literals: &Literals,
    sets: &GateSets,
    found: &FoundLiterals,
    near: Near<'_>,
    narrowing: Narrowing<'_>,
    located: &mut Located,
    candidates: &mut Vec<Candidate>,
) {
    let Located { gates, places: several, deferred, .. } = located;
    gates.clear(sets, found);
    let others = found.other_places();
    let mut steps = Steps::of_all();
    let mut rules = 0;
    let narrowing = narrowing.read(|| {
        let uses = found.all().iter().map(|one| literals.least_uses(one.literal));
        uses.sum()
    });
    for Found { literal, places } in found.all() {
        several.clear();
        for one in literals.uses(*literal) {
            let Use::Rule(RuleLiteral { slot, reach, gate }) = one else { continue };
            rules += 1;
            let looks = rules > RULES_WITHOUT_LOOK;
            if rules == RULES_WITHOUT_LOOK + 1 {
                near.drop_others(candidates);
            }
            if narrowing.as_ref().is_some_and(|known| !known.allow(slot)) {
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
            let are_all = steps.ranges(near.starts_in, literal, by_gate, |starts| {
                if !looks || near.allows(slot, starts) {
                    Candidate { slot, starts }.add_to(candidates);
                }
            });
            if !are_all {
                deferred.push(slot);
            }
        }
    }
    if located.has_deferred() {
        located.find_deferred(literals, found);
    }
}

/// Of a rule whose places are many: the [`candidates`] by all of its places, once it is the rule's
/// turn. A text of megabytes has thousands of places for each rule, and most often a rule that
/// matches comes before most others. `None`: all were looked at.
#[inline(never)]
pub(crate) fn candidates_of(
    slot: RuleSlot,
    literals: &Literals,
    sets: &GateSets,
    found: &FoundLiterals,
    near: Near<'_>,
    located: &mut Located,
) -> Option<Vec<Candidate>> {
    let Located { gates, places, of_deferred, .. } = located;
    let slot_of = |key: u64| (key >> 32) as u32;
    let at = of_deferred.partition_point(|&key| slot_of(key) < slot.0);
    let mut of_rule =
        of_deferred[at..].iter().take_while(|&&key| slot_of(key) == slot.0).peekable();
    of_rule.peek()?;
    let of_rule = of_rule.map(|&key| &found.all()[key as u32 as usize]);
    let of_rule = of_rule.flat_map(|one| literals.rules(one.literal).map(move |of| (one, of)));
    let mut candidates = Vec::new();
    for (Found { places: all, .. }, RuleLiteral { reach, gate, .. }) in
        of_rule.filter(|(_, of)| of.slot == slot)
    {
        let mut by_gate = None;
        if let Some((gate, reach)) = gate {
            let Some(places) = gates.places(gate, sets, found) else { continue };
            by_gate = Some(Element { reach, places });
        }
        places.clear();
        found.other_places().append([*all], places);
        let literal = Element { reach, places };
        Steps::of_one().ranges(near.starts_in, literal, by_gate, |starts| {
            if near.allows(slot, starts) {
                Candidate { slot, starts }.add_to(&mut candidates);
            }
        });
    }
    in_order(&mut candidates);
    Some(candidates)
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
