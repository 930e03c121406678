//! Which literals of a requirement to look for: the cheapest that suffice.

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{Clause, ClauseId, RequirementRef};
use crate::prefilter::select::ngrams::{HOPELESS, NgramCounts};

/// What it adds to a literal's cost that a match can begin anywhere before it: as if two more rules shared it.
const FAR_COST: u32 = 128;

/// A literal to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected {
    /// Its index in the requirement.
    pub(crate) literal: u32,
    /// How far from a match's begin it begins.
    pub(crate) reach: MaxOffset,
}

/// The literals of which any matching text contains one, none if there are none worth to be looked for.
///
/// Of "all of" the cheapest is enough, of "one of" every one is needed.
pub(crate) fn choose(requirement: RequirementRef<'_>, rarity: &NgramCounts) -> Vec<Selected> {
    let Some(root) = requirement.root() else { return Vec::new() };
    let mut costs: Vec<u32> = Vec::with_capacity(requirement.clauses().len());
    for need in requirement.clauses() {
        let cost = match *need {
            Clause::Literals(first, end) => {
                sum((first..end).map(|literal| rarity.cost(requirement.literal(literal))))
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
        let far = requirement.max_offset(costs.len() as ClauseId) >= MaxOffset::UNBOUNDED;
        costs.push(cost.saturating_add(if far { FAR_COST } else { 0 }));
    }
    if costs[root as usize] >= HOPELESS {
        return Vec::new();
    }
    let mut chosen = Vec::new();
    let mut open = vec![(root, requirement.max_offset(root))];
    while let Some((need, reach)) = open.pop() {
        let part = |&child: &ClauseId| (child, reach.plus(requirement.max_offset(child)));
        match requirement.clauses()[need as usize] {
            Clause::Literals(first, end) => {
                chosen.extend((first..end).map(|literal| Selected { literal, reach }));
            }
            Clause::All(first, end) => {
                let children = requirement.children(first, end).iter();
                open.extend(children.min_by_key(|&&child| costs[child as usize]).map(part));
            }
            Clause::Any(first, end) => {
                open.extend(requirement.children(first, end).iter().map(part));
            }
        }
    }
    chosen
}

/// What any matching text contains besides one of `chosen` and is the most shared among rules: what the error is called, say.
/// What nearly every text has is none.
pub(crate) fn choose_gate(
    requirement: RequirementRef<'_>,
    chosen: &[Selected],
    rarity: &NgramCounts,
) -> Option<Selected> {
    let root = requirement.root()?;
    let mut best = None;
    let mut open = vec![(root, requirement.max_offset(root))];
    while let Some((need, reach)) = open.pop() {
        match requirement.clauses()[need as usize] {
            Clause::All(first, end) => {
                let part = |&child: &ClauseId| (child, reach.plus(requirement.max_offset(child)));
                open.extend(requirement.children(first, end).iter().map(part));
            }
            Clause::Literals(literal, end) if end == literal + 1 => {
                let is_chosen = chosen.iter().any(|chosen| chosen.literal == literal);
                let bytes = requirement.literal(literal);
                let worth =
                    rarity.shared(bytes).map(|shared| (reach < MaxOffset::UNBOUNDED, shared));
                if let Some(worth @ (_, shared)) = worth
                    && !is_chosen
                    && best.is_none_or(|(best, _)| best < worth)
                    && !rarity.is_usual(bytes, shared)
                {
                    best = Some((worth, Selected { literal, reach }));
                }
            }
            Clause::Literals(..) | Clause::Any(..) => {}
        }
    }
    best.map(|(_, gate)| gate)
}

fn sum(costs: impl Iterator<Item = u32>) -> u32 {
    costs.fold(0, u32::saturating_add)
}
