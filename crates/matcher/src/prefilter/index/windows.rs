//! The windows through which a literal can be seen: where they begin, what they hold, and how many literals share them.

use crate::prefilter::fold::folded_16;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::lengths::{GRAMS, STEP};

/// Sixteen bytes of a literal, four of them at a time. Of what the literal does not have all four of, nothing is known: 0. But of
/// the first four, the index knows how many count.
pub(crate) type Window = [u32; GRAMS];

/// The window of `literal` at `at`.
pub(crate) fn window(literal: &[u8], at: usize) -> Window {
    let [first, others @ ..] = folded_16(literal, at);
    let whole = |four: u32| if four >> 24 == 0 { 0 } else { four };
    let [second, third, fourth] = others.map(whole);
    [first, second, third, fourth]
}

/// How many fours after the first a window knows.
pub(crate) fn known(window: Window) -> usize {
    window.iter().skip(1).filter(|&&four| four != 0).count()
}

/// Where the windows of `literal` can begin that are looked at every `stride` bytes, if one is looked at `place` bytes after
/// the literal's begin: where the literal has as many whole fours as it can have from there. `width`: the bytes of the first
/// four that count.
pub(crate) fn places(
    literal: &[u8],
    place: usize,
    stride: usize,
    width: usize,
) -> impl Iterator<Item = usize> + use<> {
    let whole = ((literal.len() - place) / STEP).min(GRAMS) * STEP;
    (place..=literal.len() - whole.max(width)).step_by(stride)
}

/// The key of a window, of all that it knows.
#[inline]
pub(crate) fn key([first, second, third, fourth]: Window) -> u64 {
    let pair = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
    let head = pair(first, second).wrapping_mul(MULTIPLIER_64).rotate_left(32);
    (head ^ pair(third, fourth)).wrapping_mul(MULTIPLIER_64)
}

/// The keys that a window would have if it knew less: none of the fours after the first, one, two.
#[inline]
pub(crate) fn partial_keys([first, second, third, _]: Window) -> [u64; GRAMS - 1] {
    [[first, 0, 0, 0], [first, second, 0, 0], [first, second, third, 0]].map(key)
}

/// How many literals have which window, up to 65,535, hashed without regard to collisions: a count can be too high.
pub(crate) struct WindowCounts {
    slots: Vec<u16>,
    shift: u32,
}

impl WindowCounts {
    /// For so many windows.
    pub(crate) fn new(windows: usize) -> Self {
        let bits = windows.max(2).ilog2().clamp(10, 22);
        Self { slots: vec![0; 1 << bits], shift: 64 - bits }
    }

    pub(crate) fn add(&mut self, key: u64) {
        let slot = &mut self.slots[(key >> self.shift) as usize];
        *slot = slot.saturating_add(1);
    }

    pub(crate) fn get(&self, key: u64) -> u32 {
        self.slots[(key >> self.shift) as usize].into()
    }
}

#[cfg(test)]
mod tests {
    use super::WindowCounts;
    use crate::prefilter::hash::MULTIPLIER_64;

    /// In bytes they were not: of 50,000 literals with one beginning, windows that all share cost as much as those of a few
    /// hundred, the first of them was chosen, and an error with that beginning took seven times as long.
    #[test]
    fn what_thousands_share_and_what_hundreds_share_is_told_apart() {
        let mut counts = WindowCounts::new(1 << 16);
        let [hundreds, thousands, more] = [1, 2, 3].map(|key: u64| key.wrapping_mul(MULTIPLIER_64));
        for (key, times) in [(hundreds, 500), (thousands, 5_000), (more, 70_000)] {
            (0..times).for_each(|_| counts.add(key));
        }
        assert_eq!([hundreds, thousands, more].map(|key| counts.get(key)), [500, 5_000, 65_535]);
    }
}
