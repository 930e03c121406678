//! What to look for, chosen with the whole list in view: for each rule the literals that are the
//! rarest (`choice`), judged by how many rules share them (`ngrams`), and perhaps a gate (`gates`).

mod background;
mod choice;
mod distinct;
mod gates;
pub(crate) mod ngrams;
pub(crate) mod uses;

use crate::ids::RuleSlot;
use crate::prefilter::extract::requirement::RequirementRef;
use crate::prefilter::lengths::LONG;
use crate::prefilter::select::choice::{Selected, choose, choose_gate};
use crate::prefilter::select::distinct::Distinct;
use crate::prefilter::select::gates::GateCandidates;
use crate::prefilter::select::ngrams::NgramCounts;
use crate::prefilter::select::uses::{LiteralId, RuleLiteral, Use};

/// What is looked for on behalf of a rule list.
pub(crate) struct Selection<'r> {
    /// The literals, each once, by their ids.
    pub(crate) literals: Vec<&'r [u8]>,
    /// What the literals are for, in any order; each has a use.
    pub(crate) uses: Vec<(LiteralId, Use)>,
    /// Rules that are looked for by a literal of less than [`LONG`] bytes, ascending.
    pub(crate) short: Vec<RuleSlot>,
    /// Rules that are not looked for, ascending.
    pub(crate) unfiltered: Vec<RuleSlot>,
    /// How rare literals are.
    pub(crate) counts: NgramCounts,
}

impl<'r> Selection<'r> {
    /// `all`: the rules in list order, with what they require.
    pub(crate) fn of(all: impl Iterator<Item = (RuleSlot, RequirementRef<'r>)> + Clone) -> Self {
        let known = |(_, required): &(RuleSlot, RequirementRef<'_>)| !required.is_none();
        let mut unfiltered: Vec<RuleSlot> =
            all.clone().filter(|rule| !known(rule)).map(|(slot, _)| slot).collect();
        let list = all.filter(known);

        let rules = list.clone().count();
        let counts = NgramCounts::of(list.clone().map(|(_, required)| required));
        let mut literals = Distinct::with_capacity(rules);
        let mut selected: Vec<(LiteralId, u32, RuleLiteral)> = Vec::with_capacity(rules);
        let mut gates = GateCandidates::default();
        let mut short = Vec::new();
        // `position`: of a rule among those with a requirement
        for (position, (slot, requirement)) in (0..).zip(list) {
            let mut shortest = usize::MAX;
            let chosen = choose(requirement, &counts);
            if chosen.is_empty() {
                unfiltered.push(slot);
            } else if let Some(Selected { literal, max_offset }) =
                choose_gate(requirement, &chosen, &counts)
            {
                let expensive = requirement.has_lookaround();
                gates.add(requirement.literal(literal), expensive, position, max_offset);
            }
            for Selected { literal, max_offset } in chosen {
                let literal = requirement.literal(literal);
                let of_rule = RuleLiteral { slot, max_offset, gate: None };
                selected.push((literals.id(literal), position, of_rule));
                shortest = shortest.min(literal.len());
            }
            if shortest < LONG {
                short.push(slot);
            }
        }
        unfiltered.sort_unstable();

        let mut gate_of = vec![None; rules];
        let gates = gates.accept(&mut gate_of);
        let with_gates = selected.into_iter().map(|(literal, position, of_rule)| {
            (literal, Use::Rule(RuleLiteral { gate: gate_of[position as usize], ..of_rule }))
        });
        let mut uses: Vec<(LiteralId, Use)> = with_gates.collect();
        for (gate, literal) in (0..).zip(gates) {
            uses.push((literals.id(literal), Use::Gate(gate)));
        }
        Self { literals: literals.into_all(), uses, short, unfiltered, counts }
    }
}
