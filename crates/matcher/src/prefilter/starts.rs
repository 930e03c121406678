//! Where matches in a text can start, by where a part of them is.

use regexp::StartRange;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::places::Place;

/// How far back the start of a line is looked for. Whether there is a line feed further away hardly
/// matters: that much has to be searched anyway.
const MAX_LINE: usize = 4096;

/// A start range that is so short before its literal is searched sooner than a line feed.
const NEAR: u32 = 8;

const NOWHERE: StartRange = StartRange { first: u32::MAX, last: 0 };

/// A text whose candidates are collected.
#[derive(Clone, Copy)]
pub(crate) struct Starts<'t> {
    text: &'t [u8],
    /// The most bytes that a code unit takes.
    unit_bytes: u32,
}

impl<'t> Starts<'t> {
    pub(crate) fn new(text: &'t [u8], unit_bytes: u32) -> Self {
        Self { text, unit_bytes }
    }

    /// Where matches can start that have an element at this offset, which is in this place. All in
    /// bytes.
    #[inline]
    pub(crate) fn of(self, max_offset: MaxOffset, Place { first, last }: Place) -> StartRange {
        if max_offset == MaxOffset::UNKNOWN {
            return StartRange::ANYWHERE;
        }
        // no code unit takes less than a byte
        let Some(last) = last.checked_sub(max_offset.least_units()) else { return NOWHERE };
        let units = max_offset.most_units();
        let earliest =
            units.map_or(0, |units| first.saturating_sub(units.saturating_mul(self.unit_bytes)));
        let is_near = units.is_some_and(|units| units <= NEAR);
        let in_line = max_offset.is_in_line() && !is_near;
        let first = if in_line { self.line_from(earliest, first) } else { earliest };
        StartRange { first, last }
    }

    /// The start of the line that `at` is in; `earliest` if that is before it or far away.
    fn line_from(self, earliest: u32, at: u32) -> u32 {
        let end = (at as usize).min(self.text.len());
        let from = end.saturating_sub(MAX_LINE).max(earliest as usize).min(end);
        match memchr::memrchr(b'\n', &self.text[from..end]) {
            Some(line_feed) => (from + line_feed + 1) as u32,
            None => earliest,
        }
    }
}

#[cfg(test)]
mod tests {
    use regexp::StartRange;

    use super::{MAX_LINE, Starts};
    use crate::prefilter::extract::max_offset::MaxOffset;
    use crate::prefilter::places::Place;

    #[test]
    fn a_match_starts_at_most_the_offset_before_the_element() {
        let starts = |max_offset, first, last, unit_bytes| {
            Starts::new(&[b'.'; 50], unit_bytes).of(max_offset, Place { first, last })
        };
        for has_line_feed in [false, true] {
            let units = |most| MaxOffset::after(0, most, has_line_feed);
            assert_eq!(starts(units(10), 25, 40, 1), StartRange { first: 15, last: 40 });
            assert_eq!(starts(units(5), 25, 40, 3), StartRange { first: 10, last: 40 });
            assert_eq!(starts(units(10), 5, 5, 1), StartRange { first: 0, last: 5 });
            assert_eq!(starts(units(usize::MAX), 25, 40, 1), StartRange { first: 0, last: 40 });
            let least = MaxOffset::after(7, 10, has_line_feed);
            assert_eq!(starts(least, 25, 40, 3), StartRange { first: 0, last: 33 });
            assert_eq!(starts(least, 6, 7, 1), StartRange { first: 0, last: 0 });
            assert!(starts(least, 6, 6, 1).is_nowhere());
        }
        assert_eq!(starts(MaxOffset::UNKNOWN, 25, 40, 1), StartRange::ANYWHERE);
    }

    #[test]
    fn a_match_starts_in_the_line_of_the_element_if_nothing_before_it_is_a_line_feed() {
        let text = "one\ntwo\rthree\nfour\n";
        let first =
            |max_offset, at| Starts::new(text.as_bytes(), 1).of(max_offset, Place::at(at)).first;
        let in_line = MaxOffset::after(0, usize::MAX, false);
        let lines = [(0, 0), (2, 0), (3, 0), (4, 4), (8, 4), (13, 4), (14, 14), (18, 14), (19, 19)];
        for (at, line) in lines {
            assert_eq!(first(in_line, at), line);
            assert_eq!(first(MaxOffset::UNBOUNDED, at), 0);
            assert_eq!(first(MaxOffset::after(0, 9, false), at), line.max(at.saturating_sub(9)));
            assert_eq!(first(MaxOffset::after(0, 9, true), at), at.saturating_sub(9));
        }
        // a run may seem to start past the end
        assert_eq!(first(in_line, 25), 19);
        // too near the start of its line
        let starts =
            Starts::new(text.as_bytes(), 1).of(MaxOffset::after(3, 9, false), Place::at(16));
        assert!(starts.is_nowhere());
    }

    #[test]
    fn a_long_line_is_not_looked_through() {
        let text = format!("one\n{}", ".".repeat(2 * MAX_LINE));
        for (at, first) in [(MAX_LINE, 4), (MAX_LINE + 4, 0), (2 * MAX_LINE, 0)] {
            let starts = Starts::new(text.as_bytes(), 1);
            let at = at as u32;
            assert_eq!(
                starts.of(MaxOffset::after(0, usize::MAX, false), Place::at(at)).first,
                first
            );
        }
    }
}
