//! What to look for, chosen with the whole list in view: for each rule the literals that are the
//! rarest (`choice`), judged by how many rules share them (`ngrams`), and perhaps a gate (`gates`).

pub(crate) mod background;
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
use crate::prefilter::select::ngrams::{NgramCounts, PAID, Windows};
use crate::prefilter::select::uses::{LiteralId, RuleLiteral, Use};
use crate::prefilter::shapes::ShapesBuilder;
use crate::prefilter::shapes::run::Shape;

/// What is looked for on behalf of a rule list.
pub(crate) struct Selection<'r> {
    /// The literals, each once, by their ids.
    pub(crate) literals: Vec<&'r [u8]>,
    /// What the literals are for, in any order; each has a use.
    pub(crate) uses: Vec<(LiteralId, Use)>,
    /// Rules that are looked for by a literal of less than [`LONG`] bytes, ascending.
    pub(crate) short: Vec<RuleSlot>,
    /// What is looked for on behalf of rules without a literal that is worth it.
    pub(crate) shapes: ShapesBuilder,
    /// The literals of these rules: nothing looks for them, but an explanation names them.
    pub(crate) passed_over: Vec<(RuleSlot, Box<[u8]>)>,
    /// Rules that are not looked for, ascending.
    pub(crate) unfiltered: Vec<RuleSlot>,
    /// How rare literals are.
    pub(crate) counts: NgramCounts,
}

/// The most rules whose short literals are looked for as runs: a pass for runs costs less than the
/// windows that short literals need.
const MAX_SHORT: usize = 16;

/// How many rules share a literal of which a shorter, rarer one may be better.
const SHARED: u32 = 8;

/// With how many rules those that have a shorter, rarer literal share the one that they are looked
/// for by: if it is this many on average over the whole list, the windows pay that short literals
/// need. Rules with the same literal are candidates together.
const WORTHWHILE: u32 = 1;

/// A literal that a rule is to be looked for by.
struct Chosen<'r> {
    literal: &'r [u8],
    /// Of the rule among those with a requirement.
    position: u32,
    of_rule: RuleLiteral,
}

impl<'r> Selection<'r> {
    /// `all`: the rules in list order, with what they require. `shape_of`: of a rule without a
    /// literal. It is slow, and only few rules are asked about.
    pub(crate) fn of(
        all: impl Iterator<Item = (RuleSlot, RequirementRef<'r>)> + Clone,
        shape_of: impl Fn(RuleSlot) -> Shape,
    ) -> Self {
        let mut shapes = ShapesBuilder::default();
        // whether there is a rule without a literal for which a text has to be read to its end
        let mut reads_all = false;
        // whether a rule is looked for by runs
        let mut has_runs = |slot: RuleSlot, has_literals: bool| match shape_of(slot) {
            Shape::Runs(runs) if has_literals && runs.are_common => false,
            Shape::Runs(runs) => shapes.add(slot, &runs),
            Shape::AtStart => false,
            Shape::Unknown => {
                reads_all |= !has_literals;
                false
            }
        };
        let known = |(_, required): &(RuleSlot, RequirementRef<'_>)| !required.is_none();
        let unknown = all.clone().filter(|rule| !known(rule)).map(|(slot, _)| slot);
        let mut unfiltered: Vec<RuleSlot> =
            unknown.filter(|&slot| !has_runs(slot, false)).collect();
        let list = all.filter(known);

        let rules = list.clone().count();
        let counts = NgramCounts::of(list.clone().map(|(_, required)| required));
        let mut selected: Vec<Chosen<'_>> = Vec::with_capacity(rules);
        // short literals of rules that share their long ones with others, in list order
        let (mut rarer, mut gained): (Vec<Chosen<'_>>, u32) = (Vec::new(), 0);
        let mut gates = GateCandidates::default();
        let (mut short, mut passed_over) = (Vec::new(), Vec::new());
        for (position, (slot, requirement)) in (0..).zip(list) {
            let chosen = choose(requirement, &counts, Windows::Counted);
            let literal = |chosen: &Selected| requirement.literal(chosen.literal);
            let is_common = |literal: &[u8]| {
                counts.sharing(literal).is_some_and(|rules| counts.is_ubiquitous(literal, rules))
            };
            let has_literals = !chosen.is_empty();
            let is_weak = !has_literals || chosen.iter().map(literal).any(is_common);
            if is_weak && has_runs(slot, has_literals) {
                passed_over.extend(chosen.iter().map(|one| (slot, literal(one).into())));
                continue;
            }
            if !has_literals {
                unfiltered.push(slot);
                continue;
            }
            if let Some(Selected { literal, max_offset }) =
                choose_gate(requirement, &chosen, &counts)
            {
                let expensive = requirement.has_lookaround();
                gates.add(requirement.literal(literal), expensive, position, max_offset);
            }
            if chosen.iter().map(literal).any(|literal| literal.len() < LONG) {
                short.push(slot);
            }
            let choice = |one: &Selected| {
                let of_rule = RuleLiteral { slot, max_offset: one.max_offset, gate: None };
                Chosen { literal: literal(one), position, of_rule }
            };
            selected.extend(chosen.iter().map(choice));
            let sharing = |chosen: &Selected| counts.sharing(literal(chosen)).unwrap_or(0);
            let shared = chosen.iter().map(sharing).max().unwrap_or(0);
            if shared >= SHARED {
                let others = choose(requirement, &counts, Windows::Paid);
                if others.iter().map(literal).any(|literal| (PAID..LONG).contains(&literal.len())) {
                    gained += shared;
                    rarer.extend(others.iter().map(choice));
                }
            }
        }
        if gained >= WORTHWHILE * rules as u32 {
            let has_rarer = |position: u32| {
                rarer.binary_search_by_key(&position, |chosen| chosen.position).is_ok()
            };
            selected.retain(|chosen| !has_rarer(chosen.position));
            short.extend(rarer.iter().map(|chosen| chosen.of_rule.slot));
            short.sort_unstable();
            short.dedup();
            selected.append(&mut rarer);
        }
        if short.len() <= MAX_SHORT {
            let all = short.clone();
            short.retain(|&slot| !has_runs(slot, true));
            selected.retain(|&Chosen { literal, of_rule: RuleLiteral { slot, .. }, .. }| {
                let stays = short.binary_search(&slot).is_ok() || all.binary_search(&slot).is_err();
                if !stays {
                    passed_over.push((slot, literal.into()));
                }
                stays
            });
        }
        if reads_all {
            // then one pass over the text is enough for all of them
            unfiltered.append(&mut shapes.take_common());
        }
        unfiltered.sort_unstable();

        let mut literals = Distinct::with_capacity(rules);
        let mut gate_of = vec![None; rules];
        let gates = gates.accept(&mut gate_of);
        let with_gates = selected.into_iter().map(|Chosen { literal, position, of_rule }| {
            let gate = gate_of[position as usize];
            (literals.id(literal), Use::Rule(RuleLiteral { gate, ..of_rule }))
        });
        let mut uses: Vec<(LiteralId, Use)> = with_gates.collect();
        for (gate, literal) in (0..).zip(gates) {
            uses.push((literals.id(literal), Use::Gate(gate)));
        }
        let literals = literals.into_all();
        Self { literals, uses, short, shapes, passed_over, unfiltered, counts }
    }
}
