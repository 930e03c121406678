//! Where matches in a text can start, by where a part of them is.

use std::cell::Cell;

use regexp::StartRange;

use crate::prefilter::extract::separators::Separator;
use crate::prefilter::nth::{nth, nth_back};
use crate::prefilter::places::Place;
use crate::prefilter::reach::Reach;

/// How far back separators are looked for. Whether there is one further away hardly matters: that
/// much has to be searched anyway.
const MOST_BACK: usize = 4096;

/// So much is looked through at once.
const AT_ONCE: usize = 256;

/// Questions that are answered without looking for the first of a separator.
const FEW: u32 = 64;

/// How much of a text is looked through for the first of each separator.
const MOST_AHEAD: usize = 1 << 16;

/// A start range that is so short before its element is searched sooner than a separator.
const NEAR: u32 = 8;

const NOWHERE: StartRange = StartRange { first: u32::MAX, last: 0 };

/// A text whose candidates are collected.
#[derive(Clone, Copy)]
pub(crate) struct Starts<'t> {
    text: &'t [u8],
    /// The most bytes that a code unit takes.
    unit_bytes: u32,
    firsts: &'t FirstSeparators,
}

/// Before which offset of a text none of each separator is. Where many rules ask for separators,
/// most of them ask for the same one, and the text may have none.
#[derive(Debug, Default)]
pub(crate) struct FirstSeparators {
    asked: Cell<u32>,
    known: [Cell<Option<u32>>; Separator::KINDS],
}

impl FirstSeparators {
    /// Whether there is none before `end`. `false`: there may be none.
    fn is_none_before(&self, separator: Separator, end: u32, text: &[u8]) -> bool {
        let asked = self.asked.get();
        if asked < FEW {
            self.asked.set(asked + 1);
            return false;
        }
        let known = &self.known[separator.index as usize];
        let first = known.get().unwrap_or_else(|| first(separator, text));
        known.set(Some(first));
        end <= first
    }
}

/// Where a separator is first, or up to where it was not found.
#[cold]
fn first(separator: Separator, text: &[u8]) -> u32 {
    let looked_at = &text[..text.len().min(MOST_AHEAD)];
    memchr::memchr(separator.byte(), looked_at).unwrap_or(looked_at.len()) as u32
}

impl<'t> Starts<'t> {
    pub(crate) fn new(text: &'t [u8], unit_bytes: u32, firsts: &'t FirstSeparators) -> Self {
        Self { text, unit_bytes, firsts }
    }

    /// Where matches can start that have an element of this reach, which is in this place. All in
    /// bytes.
    #[inline]
    pub(crate) fn of(self, reach: Reach, Place { first, last }: Place) -> StartRange {
        if reach.is_unknown() {
            return StartRange::ANYWHERE;
        }
        // no code unit takes less than a byte
        let Some(last) = last.checked_sub(reach.least_units()) else { return NOWHERE };
        let units = reach.most_units();
        let earliest =
            units.map_or(0, |units| first.saturating_sub(units.saturating_mul(self.unit_bytes)));
        let is_near = units.is_some_and(|units| units <= NEAR);
        let mut range = StartRange { first: earliest, last };
        if !is_near {
            if let Some(separator) = reach.separator() {
                range.first = self.after_too_many(separator, range.first, first);
            }
            if reach.is_in_line() {
                range.first = self.after_too_many(Separator::LINE_FEED, range.first, first);
            }
        }
        range
    }

    /// The last offset that an element of this reach can be at in a match that starts at `start` or
    /// before; that of the end of the text if there is no other. `None` if it is past `most`.
    #[inline]
    pub(crate) fn latest(self, reach: Reach, start: u32, most: u32) -> Option<u32> {
        let mut last = self.text.len() as u32;
        if let Some(units) = reach.most_units() {
            last = last.min(start.saturating_add(units.saturating_mul(self.unit_bytes)));
            if units <= NEAR {
                return (last <= most).then_some(last);
            }
        }
        // what is further away is not looked for
        let end = last.min(most.saturating_add(1));
        if let Some(separator) = reach.separator() {
            last = self.before_too_many(separator, start, end).unwrap_or(last);
        }
        if reach.is_in_line() {
            let of_line = self.before_too_many(Separator::LINE_FEED, start, end);
            last = of_line.unwrap_or(last).min(last);
        }
        (last <= most).then_some(last)
    }

    /// Up to where there are not too many separators from `start` on. `None`: that is `end` or
    /// further away.
    #[inline]
    fn before_too_many(self, separator: Separator, start: u32, end: u32) -> Option<u32> {
        let (start, end) = (start as usize, end as usize);
        nth(self.text, start, end, separator.byte(), separator.most).map(|at| at as u32)
    }

    /// From where on there are not too many separators before `at`; `earliest` if that is before it
    /// or far away.
    fn after_too_many(self, separator: Separator, earliest: u32, at: u32) -> u32 {
        let end = (at as usize).min(self.text.len());
        let from = end.saturating_sub(MOST_BACK).max(earliest as usize).min(end);
        if end - from > AT_ONCE && self.firsts.is_none_before(separator, at, self.text) {
            return earliest;
        }
        match nth_back(self.text, from, end, separator.byte(), separator.most) {
            Some(at) => at as u32 + 1,
            None => earliest,
        }
    }
}

#[cfg(test)]
mod tests {
    use regexp::StartRange;

    use super::{FirstSeparators, MOST_BACK, Starts};
    use crate::prefilter::extract::max_offset::MaxOffset;
    use crate::prefilter::extract::separators::Separators;
    use crate::prefilter::places::Place;
    use crate::prefilter::reach::Reach;

    /// After at least and at most so many units, none of which is a line feed, or any.
    fn after(least: usize, most: usize, has_line_feed: bool) -> Reach {
        let others = Separators::of_character(|byte| byte != b'\n').times(None);
        let separators = if has_line_feed { Separators::ANY } else { others };
        MaxOffset::after(least, most, separators).into()
    }

    fn starts_in(text: &[u8], unit_bytes: u32, reach: Reach, place: Place) -> StartRange {
        Starts::new(text, unit_bytes, &FirstSeparators::default()).of(reach, place)
    }

    #[test]
    fn a_match_starts_at_most_the_offset_before_the_element() {
        let starts = |reach, first, last, unit_bytes| {
            starts_in(&[b'.'; 50], unit_bytes, reach, Place { first, last })
        };
        for has_line_feed in [false, true] {
            let units = |most| after(0, most, has_line_feed);
            assert_eq!(starts(units(10), 25, 40, 1), StartRange { first: 15, last: 40 });
            assert_eq!(starts(units(5), 25, 40, 3), StartRange { first: 10, last: 40 });
            assert_eq!(starts(units(10), 5, 5, 1), StartRange { first: 0, last: 5 });
            assert_eq!(starts(units(usize::MAX), 25, 40, 1), StartRange { first: 0, last: 40 });
            let least = after(7, 10, has_line_feed);
            assert_eq!(starts(least, 25, 40, 3), StartRange { first: 0, last: 33 });
            assert_eq!(starts(least, 6, 7, 1), StartRange { first: 0, last: 0 });
            assert!(starts(least, 6, 6, 1).is_nowhere());
        }
        assert_eq!(starts(MaxOffset::UNKNOWN.into(), 25, 40, 1), StartRange::ANYWHERE);
    }

    #[test]
    fn a_match_starts_in_the_line_of_the_element_if_nothing_before_it_is_a_line_feed() {
        let text = "one\ntwo\rthree\nfour\n";
        let first = |reach, at| starts_in(text.as_bytes(), 1, reach, Place::at(at)).first;
        let in_line = after(0, usize::MAX, false);
        let lines = [(0, 0), (2, 0), (3, 0), (4, 4), (8, 4), (13, 4), (14, 14), (18, 14), (19, 19)];
        for (at, line) in lines {
            assert_eq!(first(in_line, at), line);
            assert_eq!(first(MaxOffset::UNBOUNDED.into(), at), 0);
            assert_eq!(first(after(0, 9, false), at), line.max(at.saturating_sub(9)));
            assert_eq!(first(after(0, 9, true), at), at.saturating_sub(9));
        }
        // a run may seem to start past the end
        assert_eq!(first(in_line, 25), 19);
        // too near the start of its line
        let starts = starts_in(text.as_bytes(), 1, after(3, 9, false), Place::at(16));
        assert!(starts.is_nowhere());
    }

    #[test]
    fn a_match_starts_where_there_are_not_too_many_separators_behind_it() {
        let text = b"one 'two' three 'four' five 'six";
        let not_quote = |byte| byte != b'\'';
        for (most, first) in [(0, 29), (1, 22), (2, 17), (3, 9), (4, 5), (5, 0), (6, 0), (7, 0)] {
            let quotes = Separators::of_character(|byte| !not_quote(byte)).times(Some(most));
            let separators = quotes.plus(Separators::of_character(not_quote).times(None));
            let reach = MaxOffset::after(1, usize::MAX, separators).into();
            let starts = starts_in(text, 1, reach, Place::at(29));
            assert_eq!((starts.first, starts.last), (first, 28), "{most}");
        }
    }

    #[test]
    fn a_long_line_is_not_looked_through() {
        let text = format!("one\n{}", ".".repeat(2 * MOST_BACK));
        for (at, first) in [(MOST_BACK, 4), (MOST_BACK + 4, 0), (2 * MOST_BACK, 0)] {
            let place = Place::at(at as u32);
            let starts = starts_in(text.as_bytes(), 1, after(0, usize::MAX, false), place);
            assert_eq!(starts.first, first);
        }
    }
}
