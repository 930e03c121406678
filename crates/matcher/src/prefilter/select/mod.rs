//! What to look for, chosen with the whole list in view: for each rule the literals that are the
//! rarest (`choice`), judged by how many rules share them (`ngrams`), and perhaps a gate (`gates`);
//! and what tells rules apart that share them (`telling`).

pub(crate) mod background;
mod by_shape;
mod choice;
mod choices;
mod distinct;
mod gates;
mod judged;
mod nearby;
pub(crate) mod ngrams;
mod telling;
mod trigrams;
pub(crate) mod uses;

use crate::ids::RuleSlot;
use crate::parallel;
use crate::prefilter::extract::requirement::RequirementRef;
use crate::prefilter::extract::variants::Variants;
use crate::prefilter::gates::GateSets;
use crate::prefilter::nearby::AllNearby;
use crate::prefilter::neighbours::Neighbours;
use crate::prefilter::select::by_shape::ByShape;
use crate::prefilter::select::choice::{Selected, SelectedGate};
use crate::prefilter::select::choices::{Choice, Choices};
use crate::prefilter::select::distinct::Distinct;
use crate::prefilter::select::gates::GateCandidates;
use crate::prefilter::select::judged::Judged;
use crate::prefilter::select::ngrams::{EightGrams, NgramCounts};
use crate::prefilter::select::telling::Telling;
use crate::prefilter::select::trigrams::TrigramCounts;
use crate::prefilter::select::uses::{LiteralId, RuleLiteral, Use};
use crate::prefilter::shapes::builder::ShapesBuilder;
use crate::prefilter::shapes::run::Shape;
use crate::prefilter::trigrams::Trigrams;

/// What is looked for on behalf of a rule list.
pub(crate) struct Selection<'r> {
    /// The literals, each once, by their ids.
    pub(crate) literals: Vec<&'r [u8]>,
    /// What is not next to each of them where it matters.
    pub(crate) neighbours: Vec<Neighbours>,
    /// What the literals are for, in any order; each has a use.
    pub(crate) uses: Vec<(LiteralId, Use)>,
    /// The sets of literals among the gates.
    pub(crate) gates: GateSets,
    /// Rules that are looked for by a literal of less than seven bytes, ascending.
    pub(crate) short: Vec<RuleSlot>,
    /// What is looked for on behalf of rules without a literal that is worth it.
    pub(crate) shapes: ShapesBuilder,
    /// The literals of these rules: nothing looks for them, but an explanation names them.
    pub(crate) passed_over: Vec<(RuleSlot, Box<[u8]>)>,
    /// Rules whose literals suppose that a text has none of these.
    pub(crate) supposing: Vec<(RuleSlot, Variants)>,
    /// Rules that are not looked for, ascending.
    pub(crate) unfiltered: Vec<RuleSlot>,
    /// How rare the parts of literals are.
    pub(crate) eight_grams: EightGrams,
    /// What tells rules apart that share a literal.
    pub(crate) trigrams: Trigrams,
    /// And not far from it.
    pub(crate) nearby: AllNearby,
}

impl<'r> Selection<'r> {
    /// `all`: the rules in list order. `rule_of`: one of them, with what it requires. `shape_of`:
    /// of a rule without a literal. It is slow, and only few rules are asked about.
    pub(crate) fn of<T: Sync>(
        all: &[T],
        rule_of: impl Fn(&T) -> (RuleSlot, RequirementRef<'r>) + Sync,
        shape_of: impl Fn(RuleSlot) -> Shape,
    ) -> Self {
        let requirement_of = |rule: &T| rule_of(rule).1;
        let counts = NgramCounts::of(all, requirement_of);
        let parts = parallel::in_parts(all, |part| Judged::of(part, requirement_of, &counts));

        let mut by_shape = ByShape::new(shape_of);
        let mut unfiltered = Vec::new();
        let known = |rule: &&T| !requirement_of(rule).is_none();
        for (slot, _) in all.iter().filter(|rule| !known(rule)).map(&rule_of) {
            if !by_shape.takes(slot) {
                unfiltered.push(slot);
            }
        }
        let rules = all.iter().filter(known).count();
        let mut choices = Choices::with_room(rules);
        let mut gates = GateCandidates::default();
        let mut sharing = vec![0; rules];
        let judged = parts.iter().flat_map(Judged::rules).zip(all).map(|(judged, rule)| {
            let (slot, requirement) = rule_of(rule);
            (slot, requirement, judged)
        });
        let judged = judged.filter(|(_, requirement, _)| !requirement.is_none());
        for (position, (slot, requirement, judged)) in (0..).zip(judged) {
            let (judged, chosen, rarer, best_gates) = judged;
            sharing[position as usize] = judged.shared;
            if chosen.is_empty() {
                if !by_shape.takes(slot) {
                    unfiltered.push(slot);
                }
                continue;
            }
            if judged.is_common && by_shape.takes_from_literals(slot) {
                let literals = chosen.iter().map(|one| requirement.literal(one.literal));
                choices.passed_over.extend(literals.map(|literal| (slot, literal.into())));
                continue;
            }
            for SelectedGate { literals, max_offset } in best_gates {
                let literals = requirement.literals_at(literals.clone());
                gates.add(literals, requirement.has_lookaround(), position, *max_offset);
            }
            let choice = |one: &Selected| Choice {
                literal: requirement.literal(one.literal),
                position,
                slot,
                reach: requirement.reach(one.max_offset),
                neighbours: one.neighbours,
                variants: requirement.variants(),
                is_shared: judged.shared != 1,
            };
            choices.add(chosen.iter().map(choice));
            choices.add_rarer(rarer.iter().map(choice), judged.shared);
        }
        drop(parts);
        choices.prefer_rarer(rules);
        choices.give_short(&mut by_shape);
        unfiltered.append(&mut by_shape.given_back());
        unfiltered.sort_unstable();

        let Choices { selected, short, passed_over, .. } = choices;
        let mut literals = Distinct::with_capacity(rules);
        let ids: Vec<LiteralId> = selected.iter().map(|one| literals.id(one.literal)).collect();
        let mut rules_by = vec![0; literals.len()];
        for &id in &ids {
            rules_by[id as usize] += 1;
        }
        for (one, &id) in selected.iter().zip(&ids) {
            let most = &mut sharing[one.position as usize];
            *most = rules_by[id as usize].max(*most);
        }
        let gate_of = gates.accept(&sharing);
        for (gate, _) in selected.iter().filter_map(|one| gate_of.of_rule(one.position)) {
            gate.iter().for_each(|literal| _ = literals.id(literal));
        }
        let mut uses: Vec<(LiteralId, Use)> = Vec::with_capacity(literals.len() + selected.len());
        // what is looked for as a gate only
        uses.extend((rules_by.len()..literals.len()).map(|id| (id as LiteralId, Use::Gate)));
        rules_by.resize(literals.len(), u32::MAX);
        let known: Vec<&T> = all.iter().filter(known).collect();
        let trigram_counts = TrigramCounts::of(&known, requirement_of, counts.background());
        let mut telling = Telling::new(&literals, &rules_by, &selected, &trigram_counts);
        let mut ids = ids.into_iter();
        // a rule's literals are side by side
        for of_rule in selected.chunk_by(|one, next| one.position == next.position) {
            let position = of_rule[0].position;
            let requirement = requirement_of(known[position as usize]);
            let ids = ids.by_ref().take(of_rule.len());
            telling.add(requirement, of_rule, ids, gate_of.of_rule(position), &mut uses);
        }
        let (gates, trigrams, nearby) = telling.finish();
        let neighbours = neighbours_of(literals.len(), &selected, &uses, &gates);
        Self {
            neighbours,
            literals: literals.into_all(),
            uses,
            gates,
            short,
            shapes: by_shape.builder,
            passed_over,
            supposing: supposing(&selected),
            unfiltered,
            eight_grams: counts.into_eight_grams(),
            trigrams,
            nearby,
        }
    }
}

/// What is not next to each of so many literals, whichever rule it is looked for on behalf of.
/// `uses`: those by rules are of the `selected`, in their order.
fn neighbours_of(
    literals: usize,
    selected: &[Choice<'_>],
    uses: &[(LiteralId, Use)],
    gates: &GateSets,
) -> Vec<Neighbours> {
    let mut all = vec![None; literals];
    let of_rules = uses.iter().filter(|(_, one)| matches!(one, Use::Rule(_)));
    for (one, (id, _)) in selected.iter().zip(of_rules) {
        let known = &mut all[*id as usize];
        *known = Some(known.map_or(one.neighbours, |known| one.neighbours.or(known)));
    }
    // as a gate, it is one wherever it is
    for (id, one) in uses {
        match one {
            Use::Gate => all[*id as usize] = None,
            Use::Rule(RuleLiteral { gate: Some((gate, _)), .. }) => {
                gates.literals(gate).iter().for_each(|&id| all[id as usize] = None);
            }
            Use::Rule(_) => {}
        }
    }
    all.into_iter().map(|known| known.unwrap_or(Neighbours::ANY)).collect()
}

/// The rules whose literals suppose something not to be in a text, and what.
fn supposing(selected: &[Choice<'_>]) -> Vec<(RuleSlot, Variants)> {
    let supposing = selected.iter().filter(|choice| !choice.variants.is_empty());
    let mut supposing: Vec<_> = supposing.map(|choice| (choice.slot, choice.variants)).collect();
    supposing.dedup();
    supposing
}
