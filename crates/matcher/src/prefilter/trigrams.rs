//! A second look at rules whose literal is in a text: does it also have a few trigrams of what else
//! they require?
//!
//! The literal that a rule is looked for by may be one that dozens of others require, a word such
//! as `account`. What tells the rule from those is often too short to be looked for in every text:
//! the `470` of `"status": 470.*"account"`. Once a text has literals of many such rules, it pays to
//! note which trigrams it has: three adjacent bytes, folded. Then four reads drop most of
//! these rules, before anything else is done on their behalf.
//!
//! The set is a Bloom filter with one hash function (Bloom, "Space/Time Trade-offs in Hash Coding
//! with Allowable Errors", 1970): it may say that a text has a trigram that it has not. That costs
//! a search, never an answer.

use crate::ids::RuleSlot;
use crate::mem::HugeSlice;
use crate::prefilter::fold::{FOLD_4, fold};
use crate::prefilter::hash::MULTIPLIER_32;

/// Bits of a trigram's hash. A text of 2 KB has some 1,500 trigrams, one in twenty of all hashes.
pub(crate) const BITS: u32 = 15;

/// The number of hashes.
const HASHES: usize = 1 << BITS;

/// To find a rule's place in a text, and to look around there, costs about as much as to note the
/// trigrams of so many bytes.
const RULE_BYTES: usize = 32;

/// Less than so many rules are not worth it, however short the text.
const FEW_RULES: usize = 24;

/// Longer texts have most trigrams of ordinary words, and to note theirs would take longer than
/// anything should between two looks at the clock.
const MAX_TEXT: usize = 64 << 10;

/// Another one of the set follows.
const OR: u16 = 1 << BITS;

/// The hash of a trigram: of its folded bytes, in the order of the text.
fn hash([first, second, third]: [u8; 3]) -> u16 {
    hash_of_word(u32::from_le_bytes([first, second, third, 0]))
}

/// The hashes of all trigrams of a literal.
pub(crate) fn hashes(literal: &[u8]) -> impl Iterator<Item = u16> {
    literal.windows(3).filter_map(<[u8]>::first_chunk).map(|three| hash(three.map(fold)))
}

/// The hashes of both trigrams of four folded bytes.
pub(crate) fn hashes_of_folded(four: [u8; 4]) -> [u16; 2] {
    let word = u32::from_le_bytes(four);
    [word, word >> u8::BITS].map(hash_of_word)
}

/// [`hash`] of the three lower bytes.
#[inline]
fn hash_of_word(word: u32) -> u16 {
    ((word << u8::BITS).wrapping_mul(MULTIPLIER_32) >> (u32::BITS - BITS)) as u16
}

/// Of some sets of trigrams, a text that a rule matches has at least one of each.
///
/// Hashes, set by set, each but the last of a set with [`OR`]; then zeros, which stand for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequiredTrigrams([u16; Self::MOST]);

impl RequiredTrigrams {
    /// Trigrams of a rule, in all sets together.
    pub(crate) const MOST: usize = 4;

    /// Whether there is room for a set of one.
    pub(crate) fn has_room(self) -> bool {
        self.0.contains(&0)
    }

    /// Adds a set of hashes, if there is room for it.
    pub(crate) fn add(&mut self, set: &[u16]) {
        let Some((last, others)) = set.split_last().filter(|_| !set.contains(&0)) else { return };
        let used = self.0.iter().take_while(|&&hash| hash != 0).count();
        let Some(room) = self.0.get_mut(used..used + set.len()) else { return };
        room[others.len()] = *last;
        for (slot, hash) in room.iter_mut().zip(others) {
            *slot = hash | OR;
        }
    }
}

/// The trigrams that a text has. Memory that texts reuse.
///
/// For each hash the number of the text that had it last: a store. A bit would have to be read
/// first, which often is one that was written just before. Nor need the last text's be forgotten.
#[derive(Debug)]
pub(crate) struct TextTrigrams {
    texts: Box<[u8; HASHES]>,
    /// The number of the text that was read last; 0: none was.
    text: u8,
}

impl Default for TextTrigrams {
    fn default() -> Self {
        // not an array first, which would be on the stack
        let texts = vec![0; HASHES].into_boxed_slice().try_into();
        Self { texts: texts.expect("it has that many"), text: 0 }
    }
}

impl TextTrigrams {
    /// Forgets the last text and notes the trigrams of another one.
    #[inline(never)]
    pub(crate) fn read(&mut self, text: &[u8]) {
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.texts.fill(0);
            self.text = 1;
        }
        // what stands for nothing is everywhere
        self.add(0);
        for four in text.windows(4).filter_map(<[u8]>::first_chunk) {
            self.add(hash_of_word(u32::from_le_bytes(*four) | FOLD_4));
        }
        if let Some(last) = text.last_chunk::<3>() {
            self.add(hash(last.map(fold)));
        }
    }

    #[inline]
    fn add(&mut self, hash: u16) {
        self.texts[usize::from(hash & !OR)] = self.text;
    }

    #[inline]
    fn has(&self, hash: u16) -> bool {
        self.texts[usize::from(hash & !OR)] == self.text
    }

    /// Whether it may have what a rule requires. Without a branch, which would be mispredicted.
    #[inline]
    fn may_have(&self, required: RequiredTrigrams) -> bool {
        let (mut has_one, mut has_all) = (false, true);
        for hash in required.0 {
            has_one |= self.has(hash);
            let is_last = hash & OR == 0;
            has_all &= has_one || !is_last;
            has_one &= !is_last;
        }
        has_all
    }
}

/// What the rules of a list require besides the literals that they are looked for by.
#[derive(Debug)]
pub(crate) struct Trigrams {
    /// By slot. Rules of which nothing is known may be left out at the end.
    of_rules: HugeSlice<RequiredTrigrams>,
}

impl Trigrams {
    /// `of_rules`: by slot, of those that share a literal with others.
    pub(crate) fn new(of_rules: Vec<RequiredTrigrams>) -> Self {
        Self { of_rules: of_rules.into() }
    }

    /// What can be told of the rules of one text.
    pub(crate) fn narrowing<'n>(
        &'n self,
        text: &'n [u8],
        of_text: &'n mut TextTrigrams,
    ) -> Narrowing<'n> {
        Narrowing { trigrams: self, text, of_text }
    }

    /// Whether a text may match the rule. Slow: it reads the text.
    pub(crate) fn are_in(&self, slot: RuleSlot, text: &[u8]) -> bool {
        let mut of_text = TextTrigrams::default();
        of_text.read(text);
        self.allow(slot, &of_text)
    }

    /// Whether a text with these trigrams may match the rule.
    #[inline]
    fn allow(&self, slot: RuleSlot, of_text: &TextTrigrams) -> bool {
        self.of_rules.get(slot.offset()).is_none_or(|required| of_text.may_have(*required))
    }
}

/// A text whose trigrams are not noted yet.
pub(crate) struct Narrowing<'n> {
    trigrams: &'n Trigrams,
    text: &'n [u8],
    of_text: &'n mut TextTrigrams,
}

/// A text whose trigrams are noted.
pub(crate) struct Narrowed<'n> {
    trigrams: &'n Trigrams,
    of_text: &'n TextTrigrams,
}

impl<'n> Narrowing<'n> {
    /// Notes the trigrams, where that pays. `rules`: how many rules have a literal in the text,
    /// about.
    #[inline]
    pub(crate) fn read(self, rules: impl FnOnce() -> usize) -> Option<Narrowed<'n>> {
        let Self { trigrams, text, of_text } = self;
        let applies = !trigrams.of_rules.is_empty() && text.len() <= MAX_TEXT;
        if !applies || rules() < text.len() / RULE_BYTES + FEW_RULES {
            return None;
        }
        of_text.read(text);
        Some(Narrowed { trigrams, of_text })
    }
}

impl Narrowed<'_> {
    /// Whether the text may match a rule.
    #[inline]
    pub(crate) fn allow(&self, slot: RuleSlot) -> bool {
        self.trigrams.allow(slot, self.of_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(text: &str) -> u16 {
        hash(text.as_bytes().first_chunk().unwrap().map(fold))
    }

    #[test]
    fn one_trigram_of_each_set_must_be_there() {
        let mut required = RequiredTrigrams::default();
        required.add(&[three("470")]);
        required.add(&[three("abc"), three("xyz")]);
        // there is no room for them
        required.add(&[three("no1"), three("no2")]);
        let mut of_text = TextTrigrams::default();
        let mut allows = |text: &str| {
            of_text.read(text.as_bytes());
            of_text.may_have(required)
        };
        for text in ["470 abc", "XYZ 470", "xyz470", "470-ABC-xyz"] {
            assert!(allows(text), "{text}");
        }
        for text in ["", "47", "470", "470 ab", "abc xyz", "47 0abc", "470 xy zab c"] {
            assert!(!allows(text), "{text}");
        }
        required.add(&[three("end")]);
        of_text.read(b"470 abc");
        assert!(!of_text.may_have(required));
        of_text.read(b"470 abc end");
        assert!(of_text.may_have(required));
        assert!(of_text.may_have(RequiredTrigrams::default()));
    }

    #[test]
    fn they_are_noted_where_rules_are_many_for_the_text() {
        let mut required = RequiredTrigrams::default();
        required.add(&[three("470")]);
        let (known, unknown) = (Trigrams::new(vec![required]), Trigrams::new(Vec::new()));
        let mut of_text = TextTrigrams::default();
        let mut allows = |trigrams: &Trigrams, bytes: usize, rules: usize| {
            let text = vec![b'.'; bytes];
            let narrowed = trigrams.narrowing(&text, &mut of_text).read(|| rules);
            narrowed.map(|narrowed| narrowed.allow(RuleSlot(0)))
        };
        assert_eq!(allows(&known, 100, FEW_RULES - 1), None);
        assert_eq!(allows(&known, 100, 2 * FEW_RULES), Some(false));
        assert_eq!(allows(&known, MAX_TEXT, 2 * FEW_RULES), None);
        assert_eq!(allows(&known, MAX_TEXT, MAX_TEXT), Some(false));
        assert_eq!(allows(&known, MAX_TEXT + 1, MAX_TEXT), None);
        assert_eq!(allows(&unknown, 100, MAX_TEXT), None);
    }

    #[test]
    fn no_text_is_taken_for_one_long_before() {
        let mut of_text = TextTrigrams::default();
        of_text.read(b"abc");
        let mut required = RequiredTrigrams::default();
        required.add(&[three("abc")]);
        assert!(of_text.may_have(required));
        for _ in 0..1000 {
            of_text.read(b"xyz");
            assert!(!of_text.may_have(required));
        }
    }

    #[test]
    fn all_trigrams_of_a_text_are_noted_and_none_of_the_last_one() {
        let mut of_text = TextTrigrams::default();
        for text in ["", "a", "ab", "abc", "abcd", "The End\u{e9}\u{c9}", "0123456789abcdef"] {
            of_text.read(text.as_bytes());
            let is_noted = |text: &u8| usize::from(*text == of_text.text);
            let set: usize = of_text.texts.iter().map(is_noted).sum();
            let all = text.as_bytes().windows(3).filter_map(<[u8]>::first_chunk::<3>);
            let mut hashes: Vec<u16> = all.map(|one| hash(one.map(fold))).chain([0]).collect();
            hashes.sort_unstable();
            hashes.dedup();
            assert_eq!(set, hashes.len(), "{text}");
            for one in hashes {
                let mut required = RequiredTrigrams::default();
                required.add(&[one]);
                assert!(of_text.may_have(required), "{text}");
            }
        }
    }
}
