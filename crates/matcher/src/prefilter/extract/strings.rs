//! Small sets of folded byte strings.
//!
//! They are bounded, so that a pattern can neither multiply out nor grow without limit. An
//! operation whose result would exceed a bound fails, and its caller says less about the pattern.

use std::{fmt, mem};

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::separators::Separators;
use crate::prefilter::fold::fold;
use crate::prefilter::lengths::MAX_LITERAL;
use crate::prefilter::neighbours::{Excluded, Neighbours};
use crate::prefilter::united::united;

/// The most strings in a set. A large set is a poor filter: each string must be looked for.
pub(crate) const MAX_STRINGS: usize = 16;

/// The most strings that a class of characters stands for, with a letter in both cases as one. The
/// ten digits are too many.
const MAX_CHARACTERS: usize = 8;

/// Bytes for which a buffer has room from the start: growing by and by takes longer.
const USUAL_BYTES: usize = 64;

/// The most buffers that wait for another set.
const MOST_SPARE: usize = 16;

/// A set of folded byte strings, which share a buffer. A string may be in it twice. Sets are the
/// same if they have the same strings.
#[derive(Clone, Default)]
pub(crate) struct StringSet {
    bytes: Vec<u8>,
    // not on the heap: most sets have one string, and that is often empty
    ends: [u16; MAX_STRINGS],
    count: u16,
    /// What is not next to them, in a text that has one of them here.
    pub(crate) neighbours: Neighbours,
}

// offsets in `bytes` have 16 bits
const _: () = assert!(MAX_STRINGS * MAX_LITERAL <= u16::MAX as usize);

impl PartialEq for StringSet {
    fn eq(&self, other: &Self) -> bool {
        self.ends() == other.ends() && self.bytes == other.bytes
    }
}

impl Eq for StringSet {}

impl fmt::Debug for StringSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(String::from_utf8_lossy)).finish()
    }
}

/// Buffers of sets that are no more, for the next ones: a pattern makes a dozen sets, and to
/// allocate each took longer than to fill it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpareBuffers(Vec<Vec<u8>>);

impl SpareBuffers {
    pub(crate) fn recycle(&mut self, set: StringSet) {
        let mut buffer = set.bytes;
        if buffer.capacity() > 0 && self.0.len() < MOST_SPARE {
            buffer.clear();
            self.0.push(buffer);
        }
    }

    /// An empty set.
    pub(crate) fn set(&mut self) -> StringSet {
        StringSet { bytes: self.take(), ..StringSet::default() }
    }

    pub(crate) fn copy_of(&mut self, set: &StringSet) -> StringSet {
        let mut bytes = self.take();
        bytes.extend_from_slice(&set.bytes);
        StringSet { bytes, ..*set }
    }

    fn take(&mut self) -> Vec<u8> {
        self.0.pop().unwrap_or_else(|| Vec::with_capacity(USUAL_BYTES))
    }
}

impl StringSet {
    /// The set of the empty string: what is known of a text of which nothing is known.
    pub(crate) fn empty_string() -> Self {
        Self { count: 1, ..Self::default() }
    }

    /// The empty string after such a character.
    pub(crate) fn after_character(excluded: Excluded) -> Self {
        let mut strings = Self::empty_string();
        strings.neighbours.before = excluded;
        strings
    }

    fn ends(&self) -> &[u16] {
        &self.ends[..usize::from(self.count)]
    }

    /// The number of strings.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.count)
    }

    /// Bytes of the longest string.
    fn longest(&self) -> usize {
        if self.is_single() {
            return self.bytes.len();
        }
        self.iter().map(<[u8]>::len).max().unwrap_or(0)
    }

    /// The encodings of some characters. `None` if one of them is a surrogate, which has none, or
    /// if they are too many. Characters that fold to the same bytes are one. `is_united`: as with
    /// [`encode`].
    pub(crate) fn of_characters(
        characters: impl Iterator<Item = u32>,
        is_united: bool,
        spare: &mut SpareBuffers,
    ) -> Option<Self> {
        let mut strings = spare.set();
        let all_fit = strings.push_characters(characters, is_united);
        if all_fit && !strings.is_empty() {
            return Some(strings);
        }
        spare.recycle(strings);
        None
    }

    /// Adds characters. Returns whether each has an encoding and a place.
    fn push_characters(
        &mut self,
        mut characters: impl Iterator<Item = u32>,
        is_united: bool,
    ) -> bool {
        characters.all(|c| {
            let mut buffer = [0; 4];
            let Some(encoded) = encode(c, is_united, &mut buffer) else { return false };
            if !self.iter().any(|string| string == encoded) {
                if self.len() == MAX_CHARACTERS {
                    return false;
                }
                self.push(encoded);
            }
            true
        })
    }

    /// Adds a string. There must be room for it.
    fn push(&mut self, string: &[u8]) {
        self.bytes.extend_from_slice(string);
        self.ends[self.len()] = self.bytes.len() as u16;
        self.count += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends().iter().copied());
        starts.zip(self.ends()).map(|(start, &end)| &self.bytes[start.into()..end.into()])
    }

    /// The strings, one after the other.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the set has one string.
    pub(crate) fn is_single(&self) -> bool {
        self.count == 1
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether the set has the empty string, so that every text contains one of its strings.
    pub(crate) fn has_empty(&self) -> bool {
        self.iter().any(<[u8]>::is_empty)
    }

    /// Appends each string of `other` to each of these. Returns whether the result is within the
    /// bounds; if not, nothing changes.
    #[must_use]
    pub(crate) fn append(&mut self, other: &Self, spare: &mut SpareBuffers) -> bool {
        if other.is_single() {
            self.make_room(spare);
            let fits = self.append_string(&other.bytes);
            if fits {
                self.neighbours.after = other.neighbours.after;
            }
            return fits;
        }
        if self.len() * other.len() > MAX_STRINGS || self.longest() + other.longest() > MAX_LITERAL
        {
            return false;
        }
        let size = self.bytes.len() * other.len() + other.bytes.len() * self.len();
        // what follows is often a literal
        let size = size.max(self.len() * other.len() * USUAL_BYTES / 4);
        let mut product = spare.set();
        product.neighbours =
            Neighbours { before: self.neighbours.before, after: other.neighbours.after };
        product.bytes.reserve(size);
        for head in self.iter() {
            for tail in other.iter() {
                product.bytes.extend_from_slice(head);
                product.push(tail);
            }
        }
        spare.recycle(mem::replace(self, product));
        true
    }

    /// Makes room for strings that are appended, unless there is some.
    pub(crate) fn make_room(&mut self, spare: &mut SpareBuffers) {
        if self.bytes.capacity() == 0 {
            self.bytes = spare.take();
        }
    }

    /// Appends a folded string to each. Result as with [`Self::append`].
    #[must_use]
    pub(crate) fn append_string(&mut self, string: &[u8]) -> bool {
        if self.longest() + string.len() > MAX_LITERAL {
            return false;
        }
        if self.is_single() {
            self.bytes.extend_from_slice(string);
            self.ends[0] = self.bytes.len() as u16;
            return true;
        }
        self.bytes.resize(self.bytes.len() + string.len() * self.len(), 0);
        // from the last string on, each moves to its place and gets its end
        for number in (0..self.len()).rev() {
            let start = if number == 0 { 0 } else { usize::from(self.ends[number - 1]) };
            let end = usize::from(self.ends[number]);
            let moved_end = end + number * string.len();
            self.bytes.copy_within(start..end, start + number * string.len());
            self.bytes[moved_end..moved_end + string.len()].copy_from_slice(string);
            self.ends[number] = (moved_end + string.len()) as u16;
        }
        true
    }

    /// Adds the strings of `other`. Result as with [`Self::append`].
    #[must_use]
    pub(crate) fn add_all(&mut self, other: &Self) -> bool {
        let fits = self.len() + other.len() <= MAX_STRINGS;
        if fits {
            let are_first = self.is_empty();
            self.neighbours =
                if are_first { other.neighbours } else { self.neighbours.or(other.neighbours) };
            for string in other.iter() {
                self.push(string);
            }
        }
        fits
    }

    /// Adds the empty string. Result as with [`Self::append`].
    #[must_use]
    pub(crate) fn add_empty(&mut self) -> bool {
        self.has_empty() || self.add_all(&Self::empty_string())
    }
}

/// Whether the ASCII characters in some ranges alone are more than [`StringSet::of_characters`]
/// takes. `\d` is in every third pattern; this finds out at a fraction of the cost.
pub(crate) fn surely_too_many(ranges: &[(u32, u32)]) -> bool {
    const UPPER_ROWS: u128 = 0x0000_0000_FFFF_FFFF_0000_0000_FFFF_FFFF;
    let ascii = ranges.iter().take_while(|(low, _)| *low < 0x80);
    let ascii = ascii.fold(0, |ascii, &(low, high)| {
        ascii | u128::MAX << low & u128::MAX >> (0x7F - high.min(0x7F))
    });
    // folding unites characters that are 32 apart
    let folded = ascii & !UPPER_ROWS | (ascii & UPPER_ROWS) << 32;
    folded.count_ones() as usize > MAX_CHARACTERS
}

/// The offset of what comes after a folded string.
pub(crate) fn after(folded: &[u8]) -> MaxOffset {
    // nearly always
    let characters = if folded.is_ascii() {
        folded.len()
    } else {
        folded.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
    };
    // no character has more code units than bytes
    MaxOffset::after(characters, folded.len(), Separators::of_folded(folded))
}

/// A character's UTF-8, folded, and perhaps united before; `None` for a surrogate.
pub(crate) fn encode(c: u32, is_united: bool, buffer: &mut [u8; 4]) -> Option<&[u8]> {
    let encoded = char::from_u32(c)?.encode_utf8(buffer).len();
    let encoded = &mut buffer[..encoded];
    for byte in &mut *encoded {
        *byte = fold(if is_united { united(*byte) } else { *byte });
    }
    Some(encoded)
}

#[cfg(test)]
mod tests {
    use super::{MAX_STRINGS, SpareBuffers, StringSet, surely_too_many};
    use crate::prefilter::lengths::MAX_LITERAL;

    fn strings(texts: &[&str]) -> StringSet {
        let mut strings = StringSet::default();
        for text in texts {
            strings.push(text.as_bytes());
        }
        strings
    }

    fn characters(all: impl Iterator<Item = u32>) -> Option<StringSet> {
        StringSet::of_characters(all, false, &mut SpareBuffers::default())
    }

    #[test]
    fn a_product_keeps_the_order_of_its_parts() {
        let mut product = strings(&["a", "bc"]);
        assert!(product.append(&strings(&["", "d"]), &mut SpareBuffers::default()));
        assert_eq!(product, strings(&["a", "ad", "bc", "bcd"]));
        assert!(product.append_string(b"e"));
        assert_eq!(product, strings(&["ae", "ade", "bce", "bcde"]));
    }

    #[test]
    fn an_operation_that_exceeds_a_bound_changes_nothing() {
        let long = "x".repeat(MAX_LITERAL);
        let mut spare = SpareBuffers::default();
        let mut set = strings(&[&long]);
        assert!(!set.append(&strings(&["y"]), &mut spare));
        assert!(!set.append_string(b"y"));
        assert!(set.append(&StringSet::empty_string(), &mut spare));
        let mut set = strings(&["a"; MAX_STRINGS]);
        assert!(!set.append(&strings(&["a", "b"]), &mut spare));
        assert!(!set.add_all(&strings(&["a"])));
        assert!(!set.add_empty());
        assert_eq!(set, strings(&["a"; MAX_STRINGS]));
    }

    #[test]
    fn characters_that_fold_alike_are_one() {
        let of = |text: &str| characters(text.chars().map(u32::from));
        assert_eq!(of("Aa"), Some(strings(&["a"])));
        assert_eq!(of("ÉéЖж").map(|set| set.len()), Some(2));
        assert_eq!(of("kK\u{212A}").map(|set| set.len()), Some(2));
        assert_eq!(characters([0xD800].into_iter()), None);
        assert_eq!(characters('0' as u32..='z' as u32), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn surely_too_many_means_no_set() {
        let set =
            |ranges: &[(u32, u32)]| characters(ranges.iter().flat_map(|&(low, high)| low..=high));
        for low in 0..0x80 {
            for high in low..0x100 {
                assert_eq!(
                    surely_too_many(&[(low, high)]),
                    set(&[(low, high.min(0x7F))]).is_none()
                );
            }
        }
        // eight letters in both cases, and nine
        assert!(!surely_too_many(&[(0x41, 0x48), (0x61, 0x68)]));
        assert!(surely_too_many(&[(0x41, 0x49), (0x61, 0x68)]));
    }
}
