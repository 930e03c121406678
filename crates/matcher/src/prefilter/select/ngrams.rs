//! How rare a literal is: judged by the list itself and by what all error texts have in common.
//!
//! The texts are unknown when rules are loaded, but the rules were copied from such texts. An
//! n-gram that many rules share (`NoSuchElementError: `) is probably in many texts. One that a
//! single rule has tells its failure from others. Stack frames and the like are in a background
//! text, which counts like some rules.
//!
//! The tables count in how many rules each 4-, 8- and 12-gram is. They are hashed without regard to
//! collisions (a count-min sketch of one row: Cormode, Muthukrishnan, "An Improved Data Stream
//! Summary", 2005): a count can be too high. That costs selectivity, never an answer. A literal's
//! cost is the count of its rarest n-gram, of the largest n that it has. Names are made of words:
//! each 8-gram of `registration-owner-service` is in a hundred rules of a long list, its 12-grams
//! are in the two that mean it.

use std::mem;

use crate::mem::written_zeros;
use crate::parallel;
use crate::prefilter::cheapest::cheapest;
use crate::prefilter::extract::requirement::RequirementRef;
use crate::prefilter::fold::fold;
use crate::prefilter::hash::{MULTIPLIER_32, MULTIPLIER_64};
use crate::prefilter::lengths::{GRAMS, LONG, SHORT, STEP};
use crate::prefilter::select::background::{FRAMES, MESSAGES};

/// Counts of n-grams of `N` bytes: 4, 8 or 12.
struct GramTable<const N: usize> {
    /// The lower byte is the count, the upper one tells which rule was counted last: a rule counts
    /// once. With 16 bits a slot, the tables of a usual list stay in the L2 cache.
    slots: Vec<u16>,
    /// How far a hash is shifted right to become an index of `slots`.
    shift: u32,
}

/// Counts stop here: what this many rules share is common, and it does not matter how common.
const MAX_COUNT: u32 = u8::MAX as u32;

impl<const N: usize> GramTable<N> {
    fn new(slot_bits: u32) -> Self {
        Self { slots: written_zeros(1 << slot_bits), shift: u64::BITS - slot_bits }
    }

    /// Counts an n-gram of a rule. `rule` tells rules apart that are counted one after the other;
    /// it is not 0. `weigh`: as how many it counts, if it does. Without a branch, which would be
    /// mispredicted.
    #[inline]
    fn add(&mut self, gram: &[u8; N], rule: u8, weigh: impl Fn(bool) -> u32) {
        let slot = &mut self.slots[(hash(gram) >> self.shift) as usize];
        let (tag, known) = (u32::from(rule) << 8, u32::from(*slot));
        let count = (known & MAX_COUNT) + weigh(known ^ tag > MAX_COUNT);
        *slot = (tag | count.min(MAX_COUNT)) as u16;
    }

    fn get(&self, gram: &[u8; N]) -> u32 {
        u32::from(self.count(gram))
    }

    fn count(&self, gram: &[u8; N]) -> u8 {
        self.slots[(hash(gram) >> self.shift) as usize] as u8
    }

    /// Whether the slot of an n-gram is one that the background was counted in, which comes last.
    fn is_of_background(&self, gram: &[u8; N]) -> bool {
        self.slots[(hash(gram) >> self.shift) as usize] >> 8 == u16::from(BACKGROUND_RULE)
    }

    /// Adds the counts of other rules.
    fn merge(&mut self, other: &Self) {
        for (slot, other) in self.slots.iter_mut().zip(&other.slots) {
            let [count, last] = slot.to_le_bytes();
            *slot = u16::from_le_bytes([count.saturating_add(*other as u8), last]);
        }
    }

    /// The count of the rarest n-gram. `None` if the literal has none. Of a literal that was
    /// counted, no n-gram has a count below 1.
    fn least(&self, literal: &[u8]) -> Option<u32> {
        cheapest(grams(literal), 1, |gram| self.get(gram)).map(|(_, count)| count)
    }
}

/// The hash of at most sixteen bytes. The hashes of n-grams that start at one place share the work
/// on the first eight bytes.
#[inline]
fn hash<const N: usize>(gram: &[u8; N]) -> u64 {
    let word = |at: usize| {
        let mut word = [0; 8];
        let bytes = &gram[at..N.min(at + 8)];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let hash = word(0).wrapping_mul(MULTIPLIER_64);
    if N > 8 { (hash.rotate_left(32) ^ word(8)).wrapping_mul(MULTIPLIER_64) } else { hash }
}

fn grams<const N: usize>(literal: &[u8]) -> impl Iterator<Item = &[u8; N]> {
    literal.windows(N).filter_map(<[u8]>::first_chunk)
}

/// Bytes of a literal that has a whole window wherever it starts. Each missing byte costs as much
/// as one more rule that shares the literal.
const WHOLE: usize = GRAMS * STEP + STEP - 1;

/// The cost from which on looking for a literal is worth nothing.
pub(crate) const UNSELECTIVE: u32 = 1 << 30;

/// The shortest literal that [`Windows::Paid`] is for: shorter ones need twice as many windows.
pub(crate) const PAID: usize = LONG - 2;

/// What tells the background apart from rules, see [`GramTable::add`].
const BACKGROUND_RULE: u8 = u8::MAX;

/// What tells rules apart: numbers from 1 to less than that of the background.
fn tag(rule: u32) -> u8 {
    (rule % u32::from(BACKGROUND_RULE - 1)) as u8 + 1
}

/// The 4-grams that need counts: those of literals with less than eight bytes. Other literals are
/// judged by longer n-grams.
///
/// A Bloom filter with one bit for each, as sparse as the L1 cache allows: few others are counted.
struct ShortGrams {
    words: Vec<u64>,
    /// How far a hash is shifted right to become the number of a bit.
    shift: u32,
    /// For [`GramTable::new`].
    slot_bits: u32,
}

impl ShortGrams {
    /// Up to 32 KB.
    const MOST_BITS: u32 = 18;

    /// `all`: the bytes of all literals.
    fn of(short: &[[u8; 4]], all: usize) -> Self {
        let bits = all.max(2).ilog2().clamp(12, Self::MOST_BITS);
        let shift = u32::BITS - bits;
        let mut words = vec![0; 1 << (bits - u64::BITS.ilog2())];
        for &gram in short {
            let (word, bit) = place(gram, shift);
            words[word] |= bit;
        }
        let slot_bits = (16 * short.len()).max(2).ilog2().clamp(10, 22);
        Self { words, shift, slot_bits }
    }

    #[inline]
    fn has(&self, gram: [u8; 4]) -> bool {
        let (word, bit) = place(gram, self.shift);
        self.words[word] & bit != 0
    }
}

/// The word and the bit of a 4-gram in [`ShortGrams`]. Another hash than that of the table: else
/// whatever collides here would collide there, too.
#[inline]
fn place(gram: [u8; 4], shift: u32) -> (usize, u64) {
    let number = u32::from_le_bytes(gram).wrapping_mul(MULTIPLIER_32) >> shift;
    ((number >> u64::BITS.ilog2()) as usize, 1 << (number % u64::BITS))
}

/// What error texts have in common, and where its trigrams are.
#[derive(Default)]
struct Background {
    /// Folded.
    text: Vec<u8>,
    /// By a hash of trigrams, one more than where one of them is last; 0: nowhere.
    last: Vec<u16>,
    /// By place, the same for places before it.
    before: Vec<u16>,
}

impl Background {
    /// Bits of a trigram's hash.
    const BITS: u32 = 11;

    fn of(text: Vec<u8>) -> Self {
        let mut last = vec![0; 1 << Self::BITS];
        let place_before =
            |(three, next): (&_, _)| mem::replace(&mut last[Self::hash(*three)], next);
        let before = grams(&text).zip(1..).map(place_before).collect();
        Self { text, last, before }
    }

    fn hash([first, second, third]: [u8; 3]) -> usize {
        let three = u32::from_le_bytes([0, first, second, third]);
        (three.wrapping_mul(MULTIPLIER_32) >> (u32::BITS - Self::BITS)) as usize
    }

    /// Whether a literal of three bytes or more is in it.
    fn has(&self, literal: &[u8]) -> bool {
        self.has_before(self.text.len(), literal)
    }

    /// Whether a literal is in the part before `end`. Not by a search through the text, which took
    /// longer than all else that is done to choose a rule's literals.
    fn has_before(&self, end: usize, literal: &[u8]) -> bool {
        let Some(three) = literal.first_chunk() else { return false };
        let mut next = self.last[Self::hash(*three)];
        while let Some(place) = next.checked_sub(1) {
            let place = usize::from(place);
            if self.text[place.min(end)..end].starts_with(literal) {
                return true;
            }
            next = self.before[place];
        }
        false
    }
}

/// Who pays for the windows that short literals need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Windows {
    /// The rule that has one.
    Counted,
    /// The list: so many of its rules gain by them.
    Paid,
}

/// What it costs to look for a literal, in units of 1/64 of a rule whose texts have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// By the texts of the rules that share it.
    pub(crate) shared: u32,
    /// By what it is too short for.
    pub(crate) missing: u32,
}

/// In how many rules of a list each n-gram is.
pub(crate) struct NgramCounts {
    four_grams: GramTable<4>,
    eight_grams: GramTable<8>,
    twelve_grams: GramTable<12>,
    background: Background,
    /// As how many rules the background counts.
    background_weight: u32,
    rules: u32,
}

impl NgramCounts {
    /// Counts all literals that rules require. All n-grams of a literal are counted while it is in
    /// the L1 cache.
    pub(crate) fn of<'r, T: Sync>(
        all: &[T],
        requirement_of: impl Fn(&T) -> RequirementRef<'r> + Sync,
    ) -> Self {
        let (mut bytes, mut rules) = (0, 0);
        let mut short = Vec::new();
        for required in all.iter().map(&requirement_of).filter(|required| !required.is_none()) {
            bytes += required.bytes().len();
            rules += 1;
            for literal in required.literals().filter(|literal| literal.len() < 8) {
                short.extend(grams::<4>(literal));
            }
        }
        let short = ShortGrams::of(&short, bytes);
        let parts = parallel::in_parts(all, |part| {
            let mut counts = Self::new(bytes, rules, &short);
            for (rule, one) in (0_u32..).zip(part) {
                let tag = tag(rule);
                let required = Some(requirement_of(one)).filter(|required| !required.is_none());
                for literal in required.into_iter().flat_map(RequirementRef::literals) {
                    counts.add(literal, &short, tag, u32::from);
                }
            }
            counts
        });
        let mut parts = parts.into_iter();
        let mut counts = parts.next().unwrap_or_else(|| Self::new(bytes, rules, &short));
        parts.for_each(|part| counts.merge(&part));
        counts.add_background(&short);
        counts
    }

    /// No counts, for `rules` rules with about `bytes` bytes of literals.
    fn new(bytes: usize, rules: u32, short: &ShortGrams) -> Self {
        // a slot for every second byte, for most n-grams are shared; a table has 8 MB at most
        let slot_bits = bytes.max(2).ilog2().saturating_sub(1).clamp(10, 22);
        Self {
            four_grams: GramTable::new(short.slot_bits),
            eight_grams: GramTable::new(slot_bits),
            twelve_grams: GramTable::new(slot_bits),
            background: Background::default(),
            // as if every eighth rule had it, and more than a handful in a short list
            background_weight: (rules / 8).clamp(8, MAX_COUNT / 2),
            rules,
        }
    }

    fn add_background(&mut self, short: &ShortGrams) {
        let background: Vec<u8> = FRAMES.bytes().chain(MESSAGES.bytes()).map(fold).collect();
        let weight = self.background_weight;
        self.add(&background, short, BACKGROUND_RULE, |counts| weight * u32::from(counts));
        self.background = Background::of(background);
    }

    fn merge(&mut self, other: &Self) {
        self.four_grams.merge(&other.four_grams);
        self.eight_grams.merge(&other.eight_grams);
        self.twelve_grams.merge(&other.twelve_grams);
    }

    /// Counts the n-grams of a text, see [`GramTable::add`].
    #[inline(never)]
    fn add(
        &mut self,
        text: &[u8],
        short: &ShortGrams,
        rule: u8,
        weigh: impl Fn(bool) -> u32 + Copy,
    ) {
        let Self { four_grams, eight_grams, twelve_grams, .. } = self;
        let mut add_four = |gram: &[u8; 4]| {
            if short.has(*gram) {
                four_grams.add(gram, rule, weigh);
            }
        };
        // most places have all three
        for gram in grams::<12>(text) {
            if let (Some(four), Some(eight)) = (gram.first_chunk(), gram.first_chunk()) {
                add_four(four);
                eight_grams.add(eight, rule, weigh);
            }
            twelve_grams.add(gram, rule, weigh);
        }
        let rest = &text[text.len().saturating_sub(11)..];
        grams(rest).for_each(add_four);
        grams(rest).for_each(|gram| eight_grams.add(gram, rule, weigh));
    }

    /// What error texts have in common, folded.
    pub(crate) fn background(&self) -> &[u8] {
        &self.background.text
    }

    /// What is needed once literals are chosen. The memory of the rest is used for other tables.
    pub(crate) fn into_eight_grams(self) -> EightGrams {
        EightGrams { table: self.eight_grams, background: self.background.text }
    }

    /// What it costs to look for a literal that this many rules [share](Self::sharing): how many
    /// rules' texts probably have it, in units of 1/64. At least [`UNSELECTIVE`] where looking for
    /// it is worth nothing.
    ///
    /// A short literal is in more texts than the rules tell: it occurs by chance and as a part of
    /// other words. It also needs more windows, unless `windows` says that these are paid for.
    pub(crate) fn cost(&self, literal: &[u8], sharing: Option<u32>, windows: Windows) -> Cost {
        let length = literal.len();
        if length < SHORT || length < LONG && self.background.has(literal) {
            return Cost { shared: UNSELECTIVE, missing: 0 };
        }
        let missing = WHOLE.saturating_sub(length) as u32;
        let missing = 64 * missing + (64 - length.min(64) as u32);
        let rules = match sharing {
            Some(rules) => rules,
            None if length >= LONG => 4 * self.four_grams.least(literal).unwrap_or(0),
            None => {
                let few = 4 * self.four_grams.least(literal).unwrap_or(self.rules / 4);
                if windows == Windows::Paid && length >= PAID {
                    return Cost { shared: 64 * few, missing: 0 };
                }
                64 * (LONG - length) as u32 + few
            }
        };
        Cost { shared: 64 * rules, missing }
    }

    /// How many rules share a literal, about. `None` if it is too short to tell.
    pub(crate) fn sharing(&self, literal: &[u8]) -> Option<u32> {
        let by_twelve = self.least(&self.twelve_grams, literal);
        by_twelve.or_else(|| self.least(&self.eight_grams, literal))
    }

    /// [`GramTable::least`] without the weight of the background where an n-gram only shares a slot
    /// with one of it: with a short list, every fourth does.
    fn least<const N: usize>(&self, table: &GramTable<N>, literal: &[u8]) -> Option<u32> {
        let Self { background, background_weight: weight, .. } = self;
        let least = table.least(literal)?;
        if least < *weight || background.has(literal) {
            return Some(least);
        }
        let count = |gram: &[u8; N]| match table.get(gram) {
            // it may have stopped below what it would be
            MAX_COUNT => MAX_COUNT,
            count if table.is_of_background(gram) && !background.has(gram) => {
                count.saturating_sub(*weight).max(1)
            }
            count => count,
        };
        cheapest(grams(literal), 1, count).map(|(_, count)| count)
    }

    /// Whether nearly every text has a literal that `rules` rules share.
    pub(crate) fn is_ubiquitous(&self, literal: &[u8], rules: u32) -> bool {
        rules >= self.background_weight && self.background.has_before(FRAMES.len(), literal)
    }
}

/// In how many rules of a list each 8-gram is.
pub(crate) struct EightGrams {
    table: GramTable<8>,
    background: Vec<u8>,
}

impl EightGrams {
    /// What error texts have in common, folded.
    pub(crate) fn background(&self) -> &[u8] {
        &self.background
    }

    /// Fills `rules` with the number of rules that share the 8-gram at each place of a literal; the
    /// greatest number where fewer bytes are left. Returns the first place of the least number.
    pub(crate) fn sharing(&self, literal: &[u8], rules: &mut [u8]) -> usize {
        let (mut rarest, mut least) = (0, MAX_COUNT as u8);
        let (counted, rest) = rules.split_at_mut(literal.len().saturating_sub(7));
        for ((at, slot), gram) in counted.iter_mut().enumerate().zip(grams(literal)) {
            *slot = self.table.count(gram);
            (rarest, least) = if *slot < least { (at, *slot) } else { (rarest, least) };
        }
        rest.fill(MAX_COUNT as u8);
        rarest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prefilter::extract::Requirement;
    use crate::units::units;

    fn requirements(sources: impl Iterator<Item = String>) -> Vec<Requirement> {
        sources.map(|source| Requirement::of_pattern(&units(&source), &[]).unwrap()).collect()
    }

    /// Each half of a long list is counted by itself.
    #[test]
    fn a_rule_counts_once_in_whichever_half_it_is() {
        let source = |rule: u32| format!("the number {} of texts.*the number", rule % 10);
        let rules = requirements((0..1000).map(source));
        let required: Vec<_> = rules.iter().map(Requirement::required).collect();
        let counts = NgramCounts::of(&required, |required| *required);
        for number in 0..10 {
            let literal = format!("the number {number} of texts");
            assert_eq!(counts.sharing(literal.as_bytes()), Some(100), "{literal}");
        }
        // more than there can be a count of
        assert_eq!(counts.sharing(b"the number "), Some(MAX_COUNT));
    }

    /// In a list as short as this one, the background is in every fourth slot.
    #[test]
    fn a_slot_of_the_background_does_not_make_a_literal_common() {
        let literal = |rule: u32| format!("{:08x}", rule.wrapping_mul(MULTIPLIER_32));
        let rules = requirements((0..1000).map(literal));
        let required: Vec<_> = rules.iter().map(Requirement::required).collect();
        let counts = NgramCounts::of(&required, |required| *required);
        let sharing = |literal: &str| counts.sharing(literal.as_bytes()).unwrap();
        assert!((0..1000).all(|rule| sharing(&literal(rule)) < 8));
        assert!(sharing("timeouterror: ") >= counts.background_weight);
    }

    #[test]
    fn a_part_of_the_background_is_found_wherever_it_is() {
        let text: Vec<u8> = FRAMES.bytes().chain(MESSAGES.bytes()).map(fold).collect();
        let background = Background::of(text.clone());
        for length in SHORT..LONG {
            let parts = text.windows(length);
            assert!(parts.clone().all(|part| background.has(part)));
            // most of these are not in it
            let changed = parts.map(|part| [&part[1..], &part[..1]].concat());
            for other in changed {
                let is_in_text = text.windows(length).any(|part| part == other);
                assert_eq!(background.has(&other), is_in_text, "{other:?}");
            }
        }
        // not in the first part of the text as a whole
        let across = &text[FRAMES.len() - 4..FRAMES.len() + 4];
        assert!(background.has(across) && !background.has_before(FRAMES.len(), across));
        assert!(background.has_before(FRAMES.len(), &text[FRAMES.len() - 8..FRAMES.len()]));
    }

    #[test]
    fn short_literals_are_judged_by_all_rules_that_have_their_4_grams() {
        let short = ["qwert", "zxcvb", "a longer literal with qwert", "no such part"];
        let rules = requirements((0..400).map(|rule| short[rule % 4].to_owned()));
        let required: Vec<_> = rules.iter().map(Requirement::required).collect();
        let counts = NgramCounts::of(&required, |required| *required);
        let least = |literal: &str| counts.four_grams.least(literal.as_bytes());
        assert_eq!((least("qwert"), least("zxcvb")), (Some(200), Some(100)));
    }
}
