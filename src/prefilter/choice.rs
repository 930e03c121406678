//! Which literals of a requirement to look for: the cheapest that suffice.

use super::rarity::{HOPELESS, Rarity};
use super::requirement::{Need, Required};

/// The literals (indexes in `requirement`) of which any matching text contains one, none if there are none worth to be
/// looked for.
///
/// Of "all of" the cheapest is enough, of "one of" every one is needed.
pub(super) fn choose(requirement: Required<'_>, rarity: &Rarity) -> Vec<u32> {
    let Some(root) = requirement.root() else { return Vec::new() };
    let mut costs: Vec<u32> = Vec::with_capacity(requirement.needs().len());
    for need in requirement.needs() {
        let cost = match *need {
            Need::Literals(first, end) => {
                sum((first..end).map(|literal| rarity.cost(requirement.literal(literal))))
            }
            Need::All(first, end) => {
                let children = requirement.children(first, end).iter();
                children.map(|&child| costs[child as usize]).min().unwrap_or(0)
            }
            Need::OneOf(first, end) => {
                let children = requirement.children(first, end).iter();
                sum(children.map(|&child| costs[child as usize]))
            }
        };
        costs.push(cost);
    }
    if costs[root as usize] >= HOPELESS {
        return Vec::new();
    }
    let mut chosen = Vec::new();
    let mut open = vec![root];
    while let Some(need) = open.pop() {
        match requirement.needs()[need as usize] {
            Need::Literals(first, end) => chosen.extend(first..end),
            Need::All(first, end) => {
                let children = requirement.children(first, end).iter();
                open.extend(children.min_by_key(|&&child| costs[child as usize]));
            }
            Need::OneOf(first, end) => open.extend(requirement.children(first, end)),
        }
    }
    chosen
}

fn sum(costs: impl Iterator<Item = u32>) -> u32 {
    costs.fold(0, u32::saturating_add)
}
