//! A look at the text around a rule's literal: is something else that the rule requires where a
//! match would have it?
//!
//! Where a list's rules are made of the same words, a text has many of these words, and rules that
//! require two of them are candidates although the two are far apart: of
//! `remove\([^)]*ticket[^)]*\)` a text has `remove(garden)`, and `ticket` elsewhere. Between such
//! parts of a pattern, signs are that its loops stop at. So a few dozen bytes tell, and to look
//! through them takes less time than anything that is done on behalf of a candidate.

use std::cell::Cell;

use regexp::StartRange;

use crate::ids::RuleSlot;
use crate::mem::HugeSlice;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::fold::fold;
use crate::prefilter::reach::Reach;
use crate::prefilter::starts::Starts;

/// Bytes from the start of a match to what is looked for, about, at most.
const NEAR: u32 = 256;

/// Bytes that are looked through on behalf of a range of starts, at most. The range by itself may
/// have more than [`NEAR`]: it starts several separators before a literal. To search that much
/// takes ten times as long as to look through it.
const MOST_BYTES: u32 = 4096;

/// Bytes of a text that are looked through on behalf of such long ranges, all together. Where they
/// are many, most of them have what is looked for.
const MOST_OF_LONG: u32 = 1 << 15;

/// Places that are looked at together.
const LANES: usize = 16;

/// Bytes of a string that is looked for.
pub(crate) const LENGTH: usize = 4;

/// Folded; twice the same, if it is one.
pub(crate) type Strings = [[u8; LENGTH]; 2];

/// Of one or two strings, a text that the rule matches has one at this distance from the start of a
/// match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nearby {
    strings: Strings,
    reach: Reach,
}

impl Nearby {
    /// Nothing is known.
    pub(crate) const NONE: Self = Self { strings: [[0; LENGTH]; 2], reach: Reach::UNKNOWN };

    /// `offset`: of whichever string it is. `None` if that is too far away.
    pub(crate) fn new(strings: Strings, offset: MaxOffset) -> Option<Self> {
        let reach = Reach::from(offset);
        Self::is_near(reach).then_some(Self { strings, reach })
    }

    /// Whether what has this reach is near enough.
    pub(crate) fn is_near(reach: Reach) -> bool {
        reach.usually().is_some_and(|bytes| bytes <= NEAR)
    }

    /// Whether one of the strings is where it has to be for a match that starts in this range.
    /// `text`: that of `starts_in`, perhaps united.
    #[inline]
    fn is_in(
        &self,
        text: &[u8],
        starts_in: Starts<'_>,
        starts: StartRange,
        long: &LongLooks,
    ) -> bool {
        if self.reach.is_unknown() {
            return true;
        }
        let first = starts.first.saturating_add(self.reach.least_units());
        let most = first.saturating_add(long.most());
        let last = starts_in.latest(self.reach, starts.last, most);
        long.note(last.unwrap_or(most).saturating_sub(first));
        let Some(last) = last else { return true };
        has_one(text, first as usize, last as usize, self.strings)
    }
}

/// How many more bytes of a text are looked through on behalf of long ranges of starts.
#[derive(Debug)]
pub(crate) struct LongLooks(Cell<u32>);

impl Default for LongLooks {
    fn default() -> Self {
        Self(Cell::new(MOST_OF_LONG))
    }
}

impl LongLooks {
    /// How many bytes the next look may go through.
    fn most(&self) -> u32 {
        if self.0.get() > 0 { MOST_BYTES } else { NEAR }
    }

    /// Notes a look at so many bytes.
    fn note(&self, bytes: u32) {
        if bytes > NEAR {
            self.0.set(self.0.get().saturating_sub(bytes));
        }
    }
}

/// What the rules of a list require not far from where their matches start, besides the literals
/// that they are looked for by.
#[derive(Debug)]
pub(crate) struct AllNearby {
    /// By slot, what tells most first. Rules of which nothing is known may be left out at the end.
    of_rules: HugeSlice<[Nearby; Self::OF_RULE]>,
}

impl AllNearby {
    /// How much is known of a rule.
    pub(crate) const OF_RULE: usize = 2;
    /// Of a rule of which nothing is known.
    pub(crate) const NOTHING: [Nearby; Self::OF_RULE] = [Nearby::NONE; _];

    /// By slot; see [`Self::NOTHING`]. Those at the end may be left out.
    pub(crate) fn new(mut of_rules: Vec<[Nearby; Self::OF_RULE]>) -> Self {
        of_rules.shrink_to_fit();
        Self { of_rules: of_rules.into() }
    }

    /// Whether anything is known of a rule.
    #[inline]
    pub(crate) fn knows(&self, slot: RuleSlot) -> bool {
        self.of_rules.get(slot.offset()).is_some_and(|[first, ..]| !first.reach.is_unknown())
    }

    /// Whether the text may have matches of the rule that start in this range.
    #[inline]
    pub(crate) fn allow(
        &self,
        slot: RuleSlot,
        text: &[u8],
        starts_in: Starts<'_>,
        starts: StartRange,
        long: &LongLooks,
    ) -> bool {
        let of_rule = self.of_rules.get(slot.offset());
        of_rule.is_none_or(|[first, second]| {
            let is_in = |nearby: &Nearby| nearby.is_in(text, starts_in, starts, long);
            is_in(first) && is_in(second)
        })
    }
}

/// Whether `text` has one of the strings at an offset from `first` to `last`; perhaps also if it
/// has one somewhat before, or, in a text of a few bytes, after.
fn has_one(text: &[u8], first: usize, last: usize, strings: Strings) -> bool {
    let Some(end) = text.len().checked_sub(LENGTH - 1) else { return false };
    let end = end.min(last.saturating_add(1));
    let mut at = first;
    while at < end {
        // the last places are looked at with those before them
        let from = at.min((text.len() + 1).saturating_sub(LANES + LENGTH));
        let found = match text[from..].first_chunk() {
            Some(chunk) => places_of_any(chunk, strings),
            None => u32::from(is_in_short(&text[at..], strings)),
        };
        if found & u32::MAX >> (u32::BITS - (end - from).min(LANES) as u32) != 0 {
            return true;
        }
        at = from + LANES;
    }
    false
}

/// A bit for each of the places that has one of the strings.
#[cfg(target_arch = "x86_64")]
#[inline]
fn places_of_any(chunk: &[u8; LANES + LENGTH - 1], [one, other]: Strings) -> u32 {
    use std::arch::x86_64::{
        _mm_and_si128, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_or_si128,
        _mm_set1_epi8,
    };
    const { assert!(LANES == 16 && LENGTH == 4, "four loads are within the chunk") };
    // SAFETY: every x86-64 has SSE2. Each load is of sixteen bytes of the chunk, and needs no
    // alignment.
    unsafe {
        let all = |byte: u8| _mm_set1_epi8(byte.cast_signed());
        let folded = |at: usize| {
            let found = _mm_loadu_si128(chunk.as_ptr().add(at).cast());
            _mm_or_si128(found, all(fold(0)))
        };
        let folded = [folded(0), folded(1), folded(2), folded(3)];
        let places_of = |string: [u8; LENGTH]| {
            let is = |at: usize| _mm_cmpeq_epi8(folded[at], all(string[at]));
            _mm_and_si128(_mm_and_si128(is(0), is(1)), _mm_and_si128(is(2), is(3)))
        };
        let mut found = places_of(one);
        if one != other {
            found = _mm_or_si128(found, places_of(other));
        }
        _mm_movemask_epi8(found).cast_unsigned()
    }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn places_of_any(chunk: &[u8; LANES + LENGTH - 1], strings: Strings) -> u32 {
    let is_at = |at: usize| strings.iter().any(|&string| is_same(&chunk[at..][..LENGTH], string));
    (0..LANES).fold(0, |found, at| found | u32::from(is_at(at)) << at)
}

/// Whether one of the strings is in a text with fewer places.
#[cold]
fn is_in_short(text: &[u8], strings: Strings) -> bool {
    text.windows(LENGTH).any(|four| strings.iter().any(|&string| is_same(four, string)))
}

fn is_same(found: &[u8], string: [u8; LENGTH]) -> bool {
    found.iter().zip(&string).all(|(&found, &byte)| fold(found) == byte)
}

#[cfg(test)]
mod tests {
    use regexp::StartRange;

    use super::{LANES, LENGTH, LongLooks, MOST_BYTES, MOST_OF_LONG, NEAR, Nearby, has_one};
    use crate::prefilter::extract::max_offset::MaxOffset;
    use crate::prefilter::extract::separators::Separators;
    use crate::prefilter::starts::{FirstSeparators, Starts};

    #[test]
    fn a_string_is_found_wherever_it_is_asked_about_and_not_after() {
        let strings = [*b"none", *b"tick"];
        for length in [0, 3, 4, LENGTH + LANES - 2, LENGTH + LANES - 1, 40, 300] {
            for place in 0..(length + 1_usize).saturating_sub(LENGTH) {
                let mut text = vec![b'.'; length];
                text[place..place + LENGTH].copy_from_slice(b"TicK");
                for first in 0..=length + 1 {
                    let found_up_to = |last| has_one(&text, first, last, strings);
                    let context = format!("{place} of {length}, from {first}");
                    assert!(first > place || found_up_to(place), "{context}");
                    assert!(first > place || found_up_to(usize::MAX), "{context}");
                    let is_short = length < LANES + LENGTH - 1;
                    assert!(place == 0 || is_short || !found_up_to(place - 1), "{context}");
                }
            }
            assert!(!has_one(&vec![b'.'; length], 0, length, strings), "{length}");
        }
    }

    /// What is looked for is before the next quote, which is far away.
    #[test]
    fn long_ranges_of_starts_are_looked_through_while_they_are_few() {
        let quotes = Separators::of_character(|byte| byte == b'\'').times(Some(0));
        let others = Separators::of_character(|byte| byte != b'\'').times(None);
        let offset = MaxOffset::after(0, usize::MAX, quotes.plus(others));
        let nearby = Nearby::new([*b"tick"; 2], offset).expect("it is near enough");
        let firsts = FirstSeparators::default();
        let allows = |before: u32, long: &LongLooks| {
            let text = ".".repeat(before as usize) + "'" + &" ".repeat(40) + "ticket";
            let starts_in = Starts::new(text.as_bytes(), 1, &firsts);
            nearby.is_in(text.as_bytes(), starts_in, StartRange { first: 0, last: 3 }, long)
        };
        for (before, is_short) in [(9, true), (NEAR - 1, true), (NEAR + 1, false)] {
            let long = LongLooks::default();
            let looks = (0..2 * MOST_OF_LONG / NEAR).filter(|_| !allows(before, &long)).count();
            let most = if is_short { u32::MAX } else { MOST_OF_LONG / before + 1 };
            assert_eq!(looks as u32, most.min(2 * MOST_OF_LONG / NEAR), "{before}");
        }
        assert!(allows(MOST_BYTES + 1, &LongLooks::default()), "it is too far");
    }
}
