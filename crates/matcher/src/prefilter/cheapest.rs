//! The cheapest of some items, without a look at those after one that cannot be undercut.

/// The first item of the least cost, and that cost. `floor`: no item costs less.
///
/// In a usual list most literals are rare all over: the first few of their places cost the least
/// that a place can cost, and the search ends there.
#[inline]
pub(crate) fn cheapest<T: Copy>(
    items: impl Iterator<Item = T>,
    floor: u32,
    cost: impl Fn(T) -> u32,
) -> Option<(T, u32)> {
    let mut best: Option<(T, u32)> = None;
    for item in items {
        let cost = cost(item);
        debug_assert!(cost >= floor, "an item costs less than the least");
        if best.is_none_or(|(_, least)| cost < least) {
            best = Some((item, cost));
            if cost <= floor {
                break;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::cheapest;

    #[test]
    fn it_is_the_first_of_the_least_cost_whatever_the_floor() {
        let costs = [5, 3, 7, 2, 4, 2, 9];
        for end in 0..=costs.len() {
            let expected = (0..end).min_by_key(|&at| costs[at]).map(|at| (at, costs[at]));
            for floor in 0..=2 {
                assert_eq!(cheapest(0..end, floor, |at| costs[at]), expected);
            }
        }
    }

    #[test]
    fn nothing_is_looked_at_after_an_item_at_the_floor() {
        let cost = |at: usize| [3, 1].get(at).copied().expect("the third is not looked at");
        assert_eq!(cheapest(0..3, 1, cost), Some((1, 1)));
    }
}
