//! What tells rules apart that share a literal, chosen in one pass over them: gates among the
//! literals that are looked for anyway, trigrams, and what is nearby.

use crate::ids::RuleSlot;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, Implied, LiteralSet, RequirementRef};
use crate::prefilter::gates::GateSets;
use crate::prefilter::nearby::{AllNearby, Nearby};
use crate::prefilter::select::choices::Choice;
use crate::prefilter::select::distinct::Distinct;
use crate::prefilter::select::gates::{ChosenGates, FreeGates};
use crate::prefilter::select::nearby::nearby_of;
use crate::prefilter::select::trigrams::{TrigramChooser, TrigramCounts};
use crate::prefilter::select::uses::{LiteralId, RuleLiteral, Use};
use crate::prefilter::trigrams::{RequiredTrigrams, Trigrams};

/// Chooses for one rule after the other.
pub(super) struct Telling<'l, 'r> {
    literals: &'l Distinct<'r>,
    counts: &'l TrigramCounts,
    free: FreeGates<'l, 'r>,
    gates: ChosenGates,
    chooser: TrigramChooser<'l>,
    trigrams: Vec<RequiredTrigrams>,
    nearby: Vec<[Nearby; AllNearby::OF_RULE]>,
    /// Memory of [`RequirementRef::all_implied`].
    open: Vec<(ClauseId, MaxOffset)>,
    implied: Vec<Implied>,
}

impl<'l, 'r> Telling<'l, 'r> {
    /// `rules`: how many are looked for by each of the `literals`. `selected`: what the rules to
    /// come are looked for by.
    pub(super) fn new(
        literals: &'l Distinct<'r>,
        rules: &'l [u32],
        selected: &[Choice<'_>],
        counts: &'l TrigramCounts,
    ) -> Self {
        let shared = selected.iter().filter(|choice| choice.is_shared);
        let slots = shared.map(|choice| choice.slot.offset() + 1).max().unwrap_or(0);
        Self {
            literals,
            counts,
            free: FreeGates::new(literals, rules),
            gates: ChosenGates::default(),
            chooser: TrigramChooser::new(counts),
            trigrams: Vec::with_capacity(slots),
            nearby: Vec::with_capacity(slots),
            open: Vec::new(),
            implied: Vec::new(),
        }
    }

    /// Adds a rule. `of_rule`: what it is looked for by, with the `ids` of these. `own_gate`: if it
    /// has one of its own. The uses of the ids go into `uses`.
    pub(super) fn add(
        &mut self,
        requirement: RequirementRef<'r>,
        of_rule: &[Choice<'r>],
        ids: impl Iterator<Item = LiteralId>,
        own_gate: Option<(LiteralSet<'r>, MaxOffset)>,
        uses: &mut Vec<(LiteralId, Use)>,
    ) {
        let Self { literals, counts, free, gates, open, implied, .. } = self;
        implied.clear();
        let mut last_gate = None;
        for (choice, id) in of_rule.iter().zip(ids) {
            let mut gate = own_gate;
            if gate.is_none() && free.are_for(id) {
                requirement.all_implied(open, implied);
                gate = free.best(requirement, implied, id);
            }
            last_gate = gate.map(|(gate, _)| gate);
            let gate = gate.and_then(|(gate, max_offset)| {
                let ids = gate.iter().filter_map(|literal| literals.known(literal));
                Some((gates.gate(ids)?, requirement.reach(max_offset)))
            });
            uses.push((
                id,
                Use::Rule(RuleLiteral { slot: choice.slot, reach: choice.reach, gate }),
            ));
        }
        let Choice { is_shared: true, slot, .. } = of_rule[0] else {
            return;
        };
        requirement.all_implied(open, implied);
        let trigrams = self.chooser.choose(requirement, implied, of_rule);
        put(&mut self.trigrams, slot, trigrams, RequiredTrigrams::default());
        let nearby = nearby_of(requirement, implied, of_rule, last_gate, counts);
        if nearby != AllNearby::NOTHING {
            put(&mut self.nearby, slot, nearby, AllNearby::NOTHING);
        }
    }

    pub(super) fn finish(self) -> (GateSets, Trigrams, AllNearby) {
        let Self { gates, trigrams, nearby, .. } = self;
        (gates.into_sets(), Trigrams::new(trigrams), AllNearby::new(nearby))
    }
}

/// Puts what is known of a rule into its place. `nothing`: what is known of those before it that
/// have none yet.
fn put<T: Copy>(by_slot: &mut Vec<T>, slot: RuleSlot, known: T, nothing: T) {
    if by_slot.len() <= slot.offset() {
        by_slot.resize(slot.offset() + 1, nothing);
    }
    by_slot[slot.offset()] = known;
}
