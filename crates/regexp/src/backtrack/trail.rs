//! Stacks whose entries come in runs: a loop over `.` leaves an entry for each position, one apart
//! from the last. A run is stored as one entry, or a loop over 16 MB of text would hold 16 M
//! entries.

use crate::units::needle::Ahead;
use crate::units::opening::Opening;
use crate::units::scan;
use crate::units::unit::Unit;

/// Positions `first`, `first ± 1`, and so on: `|more|` after the first, in its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PositionRun {
    first: u32,
    more: i32,
}

impl PositionRun {
    pub(crate) fn new(position: u32) -> Self {
        Self { first: position, more: 0 }
    }

    /// The positions from `first` to `last`, in this order, up or down.
    pub(crate) fn between(first: u32, last: u32) -> Self {
        Self { first, more: last.wrapping_sub(first).cast_signed() }
    }

    /// Removes positions from the end, up to one where the text continues with `ahead`. Returns
    /// whether there is one.
    pub(crate) fn skip_to<U: Unit>(&mut self, ahead: Ahead, text: &[U]) -> bool {
        let (low, high) = self.bounds();
        let end = high + ahead.len();
        let units = &text[low.min(text.len())..text.len().min(end)];
        let is_upward = self.more >= 0;
        let first = |at: usize| Some(at).filter(|&at| at < units.len());
        let found = match ahead {
            Ahead::Unit(unit) if is_upward => scan::find_last(units, unit),
            Ahead::Unit(unit) => first(scan::find(units, [unit])),
            Ahead::Pair(pair) if is_upward => scan::find_last_pair(units, pair),
            Ahead::Pair(pair) => first(scan::find_or_pair(units, [], pair)),
        };
        self.cut_to(found)
    }

    /// [`Self::skip_to`], where the text must continue with an opening.
    pub(crate) fn skip_to_opening<U: Unit>(&mut self, opening: &Opening, text: &[U]) -> bool {
        if opening.fits(text.get(self.last() as usize..).unwrap_or_default()) {
            return true;
        }
        let (low, high) = self.bounds();
        let (rest, offsets) = (&text[low.min(text.len())..], high - low + 1);
        self.cut_to(if self.more >= 0 {
            opening.find_last(rest, offsets)
        } else {
            opening.find(rest, 0, offsets)
        })
    }

    /// The lowest position and the highest one.
    fn bounds(self) -> (usize, usize) {
        (self.first.min(self.last()) as usize, self.first.max(self.last()) as usize)
    }

    /// Removes positions from the end, up to the one that is `found` after the lowest.
    fn cut_to(&mut self, found: Option<usize>) -> bool {
        if let Some(found) = found {
            *self = Self::between(self.first, self.bounds().0 as u32 + found as u32);
        }
        found.is_some()
    }

    /// Positions in the run.
    pub(crate) fn len(self) -> u32 {
        self.more.unsigned_abs() + 1
    }

    /// The position that was added last.
    pub(crate) fn last(self) -> u32 {
        self.first.wrapping_add_signed(self.more)
    }

    /// Adds a position if it continues the run. Returns whether it does.
    pub(crate) fn extend(&mut self, position: u32) -> bool {
        let step = position.wrapping_sub(self.last()).cast_signed();
        let fits = step.abs() == 1 && (self.more == 0 || self.more.signum() == step);
        if fits {
            self.more += step;
        }
        fits
    }

    /// Removes up to `count` of the positions that were added last, but never the first one.
    pub(crate) fn shorten(&mut self, count: u32) {
        self.more -= self.more.signum() * count.min(self.len() - 1).cast_signed();
    }

    pub(crate) fn positions(self) -> impl Iterator<Item = u32> {
        (0..self.len())
            .map(move |n| self.first.wrapping_add_signed(self.more.signum() * n.cast_signed()))
    }
}

/// The memo states on the way to here, inside a lookaround. When its body matches, those that are
/// left have led to the match.
#[derive(Default)]
pub(crate) struct Trail {
    runs: Vec<(u64, PositionRun)>,
    len: u32,
}

impl Trail {
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
        self.len = 0;
    }

    /// Removes all, and keeps room for `runs` at most.
    pub(crate) fn trim(&mut self, runs: usize) {
        self.clear();
        self.runs.shrink_to(runs);
    }

    /// States on the trail.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    pub(crate) fn bytes(&self) -> usize {
        self.runs.len() * size_of::<(u64, PositionRun)>()
    }

    pub(crate) fn push(&mut self, row: u64, position: u32) {
        self.len += 1;
        if let Some((last, run)) = self.runs.last_mut()
            && *last == row
            && run.extend(position)
        {
            return;
        }
        self.runs.push((row, PositionRun::new(position)));
    }

    /// Adds states of a row, ascending and at least one.
    pub(crate) fn push_run(&mut self, row: u64, run: PositionRun) {
        self.len += run.len();
        if let Some((last, before)) = self.runs.last_mut()
            && *last == row
            && before.more >= 0
            && before.last() + 1 == run.first
        {
            before.more += run.len().cast_signed();
            return;
        }
        self.runs.push((row, run));
    }

    /// Removes states until `len` are left, and passes each piece that goes to `gone`.
    pub(crate) fn truncate(&mut self, len: u32, mut gone: impl FnMut(u64, PositionRun)) {
        while self.len > len {
            let Some((row, run)) = self.runs.last_mut() else { return };
            let surplus = self.len - len;
            if run.len() <= surplus {
                self.len -= run.len();
                gone(*row, *run);
                self.runs.pop();
            } else {
                // `gone` is not called: only a failure cuts a run, and it ignores the pieces
                run.shorten(surplus);
                self.len = len;
            }
        }
    }
}
