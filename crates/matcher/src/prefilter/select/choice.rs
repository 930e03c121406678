//! Which literals of one requirement to look for: the cheapest that suffice.

use std::ops::Range;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{Clause, ClauseId, RequirementRef};
use crate::prefilter::neighbours::Neighbours;
use crate::prefilter::select::ngrams::{NgramCounts, UNSELECTIVE, Windows};

/// What it adds to a literal's cost that a match can start anywhere before it: as much as two more
/// rules that share it.
const UNBOUNDED_COST: u32 = 128;

/// A literal to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected {
    /// Its index in the requirement.
    pub(crate) literal: u32,
    /// Its offset from the start of a match.
    pub(crate) max_offset: MaxOffset,
    /// What is not next to it.
    pub(crate) neighbours: Neighbours,
}

/// A set of literals of which a text must have one, too.
#[derive(Clone, Debug)]
pub(crate) struct SelectedGate {
    /// Their indexes in the requirement.
    pub(crate) literals: Range<u32>,
    /// The offset of whichever it is from the start of a match.
    pub(crate) max_offset: MaxOffset,
}

/// Chooses literals of one requirement after the other, in the same memory.
pub(crate) struct Chooser<'c> {
    counts: &'c NgramCounts,
    /// For each literal of the requirement, how many rules share it.
    sharing: Vec<Option<u32>>,
    /// By clause.
    costs: Vec<u32>,
    /// Clauses that are still to be followed, with their maximum offsets from the start.
    open: Vec<(ClauseId, MaxOffset)>,
}

impl<'c> Chooser<'c> {
    pub(crate) fn new(counts: &'c NgramCounts) -> Self {
        Self { counts, sharing: Vec::new(), costs: Vec::new(), open: Vec::new() }
    }

    /// Looks at the literals of the requirement that the other functions are then asked about.
    pub(crate) fn look_at(&mut self, requirement: RequirementRef<'_>) {
        self.sharing.clear();
        self.sharing.extend(requirement.literals().map(|literal| self.counts.sharing(literal)));
    }

    /// How many rules share a literal, about. `None` if it is too short to tell.
    pub(crate) fn sharing(&self, literal: u32) -> Option<u32> {
        self.sharing[literal as usize]
    }

    /// Adds to `chosen` literals of which every matching text contains one. None if none are worth
    /// looking for.
    ///
    /// For "all of" the cheapest clause is enough; for "any of" every clause is needed. Costs are
    /// computed bottom-up, children before parents; the choice then follows them from the root
    /// down.
    pub(crate) fn choose(
        &mut self,
        requirement: RequirementRef<'_>,
        windows: Windows,
        chosen: &mut Vec<Selected>,
    ) {
        let Some(root) = requirement.root() else { return };
        let Self { counts, sharing, costs, open } = self;
        costs.clear();
        let cost_of = |literal: u32| {
            counts.cost(requirement.literal(literal), sharing[literal as usize], windows)
        };
        for clause in requirement.clauses() {
            let cost = match *clause {
                Clause::Literals(first, end) => {
                    let costs = || (first..end).map(cost_of);
                    // mostly they are spellings of one word, of which a text has one
                    let missing = costs().map(|cost| cost.missing).max().unwrap_or(0);
                    sum(costs().map(|cost| cost.shared)).saturating_add(missing)
                }
                Clause::All(first, end) => {
                    let children = requirement.children(first, end).iter();
                    children.map(|&child| costs[child as usize]).min().unwrap_or(0)
                }
                Clause::Any(first, end) => {
                    let children = requirement.children(first, end).iter();
                    sum(children.map(|&child| costs[child as usize]))
                }
            };
            let unbounded = !requirement.max_offset(costs.len() as ClauseId).is_bounded();
            costs.push(cost.saturating_add(if unbounded { UNBOUNDED_COST } else { 0 }));
        }
        if costs[root as usize] >= UNSELECTIVE {
            return;
        }
        open.clear();
        open.push((root, requirement.max_offset(root)));
        while let Some((clause, max_offset)) = open.pop() {
            let child = |&child: &ClauseId| (child, max_offset.plus(requirement.max_offset(child)));
            match requirement.clauses()[clause as usize] {
                Clause::Literals(first, end) => {
                    let neighbours = requirement.neighbours(clause);
                    let selected = |literal| Selected { literal, max_offset, neighbours };
                    chosen.extend((first..end).map(selected));
                }
                Clause::All(first, end) => {
                    let children = requirement.children(first, end).iter();
                    open.extend(children.min_by_key(|&&child| costs[child as usize]).map(child));
                }
                Clause::Any(first, end) => {
                    open.extend(requirement.children(first, end).iter().map(child));
                }
            }
        }
    }

    /// What every matching text contains besides one of `chosen` and most rules share, the error's
    /// name, say: the best literal, then the best set of literals of which a text has one. What
    /// nearly every text has does not qualify.
    pub(crate) fn choose_gates(
        &mut self,
        requirement: RequirementRef<'_>,
        chosen: &[Selected],
    ) -> [Option<SelectedGate>; 2] {
        let Self { counts, sharing, open, .. } = self;
        let mut best = [const { None }; 2];
        requirement.each_required(open, |literals, max_offset| {
            let is_chosen = chosen.iter().any(|chosen| literals.contains(&chosen.literal));
            let of_literals = &sharing[literals.start as usize..literals.end as usize];
            // one that is too short to tell is no gate
            let Some(rules) = of_literals.iter().copied().min().flatten() else { return };
            let best = &mut best[usize::from(literals.len() > 1)];
            let worth = (max_offset.is_bounded(), rules);
            let is_ubiquitous = |(literal, rules): (&[u8], &Option<u32>)| {
                counts.is_ubiquitous(literal, rules.unwrap_or(0))
            };
            let all = || requirement.literals_at(literals.clone()).iter().zip(of_literals);
            if !is_chosen
                && best.as_ref().is_none_or(|(best, _)| *best < worth)
                && !all().any(is_ubiquitous)
            {
                *best = Some((worth, SelectedGate { literals, max_offset }));
            }
        });
        best.map(|best| best.map(|(_, gate)| gate))
    }
}

fn sum(costs: impl Iterator<Item = u32>) -> u32 {
    costs.fold(0, u32::saturating_add)
}
