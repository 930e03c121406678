//! One pass over a text that tells which of thousands of rules can match it at all.
//!
//! **Law: no false negative.** A rule whose pattern matches the text is among the candidates, or among the rules that
//! the prefilter says it does not know ([`Prefilter::unfiltered`]). A candidate may well not match.
//!
//! What it does: [`Requirement`] says of each pattern which literals a text must contain for a match (`extract`). Of
//! what is required the rarest is chosen, judged by the whole list (`rarity`, `choice`). The chosen literals of all
//! rules make up an `index`, whose `sieve` lets pass only those places of the text where a literal can be; there the
//! literal is compared as a whole. Upper and lower case are one throughout (`fold`), so one pass serves all rules.
//!
//! When it helps: most rules name something that few errors have, an element, a class, a code. Then a text of 2 KB
//! costs less than a microsecond with thousands of rules (and about two with tens of thousands, whose tables outgrow the
//! inner caches), and hardly a rule is left to run.
//!
//! When it hurts: a rule whose rarest literal is in nearly every text (`Error: `) is nearly always a candidate. Literals
//! of less than seven bytes need more windows: one of five or six in the list and a pass takes twice as long, one of four
//! and it takes three to four times as long, one of three and that much is added again. [`Prefilter::short`] names their
//! rules. What has no literal of three bytes, and what has a short one that is in nearly every text, is not looked for
//! at all.

mod choice;
mod extract;
mod fold;
mod index;
mod rarity;
mod requirement;
mod sieve;
mod strings;

use std::borrow::Borrow;

use rustc_hash::{FxBuildHasher, FxHashMap};

pub(crate) use self::extract::Extractor;
use self::index::{Index, LiteralId};
use self::rarity::Rarity;
pub use self::requirement::Requirement;
pub(crate) use self::requirement::{Required, Requirements};
pub use self::sieve::Kernel;

/// Bytes of a literal that can be looked for at every fourth byte of the text: wherever it begins, it has a whole window
/// of four bytes there.
const LONG: usize = 7;

/// Bytes of a literal that has a window of four bytes.
const MEDIUM: usize = 4;

/// Bytes of the shortest literals that are looked for. Shorter ones are in too many texts: to run their rules costs less
/// than to look for them in all others.
const SHORT: usize = 3;

/// The literals of a rule list, ready to be looked for. Immutable; threads share it.
#[derive(Debug)]
pub struct Prefilter {
    kernel: Kernel,
    /// The literals' bytes one after the other, and where each ends.
    bytes: Box<[u8]>,
    ends: Box<[u32]>,
    /// Literals of [`LONG`] bytes and more, of [`MEDIUM`] and more, of [`SHORT`].
    indexes: Vec<Index>,
    /// The rules of literal `l`: `rules_of[rules_begin[l]..rules_begin[l + 1]]`, as places in `rules`.
    rules_begin: Box<[u32]>,
    rules_of: Box<[u32]>,
    /// The rules that have literals, ascending.
    rules: Box<[u32]>,
    short: Vec<u32>,
    unfiltered: Vec<u32>,
}

/// Memory that scans reuse. One per thread; it may serve several prefilters in turn.
#[derive(Debug, Default)]
pub struct PrefilterScratch {
    /// A bit for each place in `Prefilter::rules` that is in `found`; all zero between scans.
    seen: Vec<u64>,
    found: Vec<u32>,
}

impl Prefilter {
    /// Chooses what to look for. `requirements`: rules by their index in the list, in any order, each at most once.
    pub fn build<R: Borrow<Requirement>>(requirements: impl IntoIterator<Item = (u32, R)>) -> Self {
        let mut list: Vec<_> = requirements.into_iter().collect();
        list.sort_unstable_by_key(|&(rule, _)| rule);
        Self::of(list.iter().map(|(rule, requirement)| (*rule, requirement.borrow().required())))
    }

    /// [`Self::build`], of rules in list order.
    pub(crate) fn of<'r>(all: impl Iterator<Item = (u32, Required<'r>)> + Clone) -> Self {
        let known = |(_, required): &(u32, Required<'_>)| !required.is_none();
        let mut unfiltered: Vec<u32> =
            all.clone().filter(|rule| !known(rule)).map(|(rule, _)| rule).collect();
        let list = all.filter(known);

        let rules: Box<[u32]> = list.clone().map(|(rule, _)| rule).collect();
        let rarity = Rarity::of(list.clone().map(|(_, required)| required));
        let mut literals: Vec<&[u8]> = Vec::with_capacity(rules.len());
        let mut known: FxHashMap<&[u8], LiteralId> =
            FxHashMap::with_capacity_and_hasher(rules.len(), FxBuildHasher);
        let mut uses: Vec<(LiteralId, u32)> = Vec::with_capacity(rules.len());
        let mut short = Vec::new();
        for (place, (rule, requirement)) in list.enumerate() {
            let mut shortest = usize::MAX;
            let chosen = choice::choose(requirement, &rarity);
            if chosen.is_empty() {
                unfiltered.push(rule);
            }
            for literal in chosen {
                let literal = requirement.literal(literal);
                let id = *known.entry(literal).or_insert_with(|| {
                    literals.push(literal);
                    (literals.len() - 1) as LiteralId
                });
                uses.push((id, place as u32));
                shortest = shortest.min(literal.len());
            }
            if shortest < LONG {
                short.push(rule);
            }
        }
        unfiltered.sort_unstable();
        uses.sort_unstable();
        uses.dedup();
        let mut rules_begin = vec![0_u32; literals.len() + 1];
        for &(literal, _) in &uses {
            rules_begin[literal as usize + 1] += 1;
        }
        for at in 1..rules_begin.len() {
            rules_begin[at] += rules_begin[at - 1];
        }

        Self {
            kernel: Kernel::detect(),
            bytes: literals.concat().into(),
            ends: literals
                .iter()
                .scan(0, |end, literal| {
                    *end += literal.len() as u32;
                    Some(*end)
                })
                .collect(),
            indexes: index_by_length(&literals, &rarity),
            rules_begin: rules_begin.into(),
            rules_of: uses.iter().map(|&(_, place)| place).collect(),
            rules,
            short,
            unfiltered,
        }
    }

    /// Has scans run on `kernel` and not on the fastest one: for tests and measurements.
    ///
    /// # Panics
    ///
    /// If this machine cannot run it.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        assert!(kernel == Kernel::Portable || kernel == Kernel::detect(), "{kernel:?} is missing");
        self.kernel = kernel;
        self
    }

    /// The rules with literals that can match `haystack`, ascending. `haystack`: UTF-8, lone surrogates in three bytes
    /// as if they were characters.
    ///
    /// Allocates only until `scratch` has grown.
    pub fn scan<'s>(&self, haystack: &[u8], scratch: &'s mut PrefilterScratch) -> &'s [u32] {
        let words = self.rules.len().div_ceil(64);
        if scratch.seen.len() < words {
            scratch.seen.resize(words, 0);
        }
        scratch.found.clear();
        let PrefilterScratch { seen, found } = scratch;
        let mut note = |literal: LiteralId| {
            let literal = literal as usize;
            let rules = self.rules_begin[literal] as usize..self.rules_begin[literal + 1] as usize;
            for &place in &self.rules_of[rules] {
                let (word, bit) = (place as usize / 64, 1 << (place % 64));
                if seen[word] & bit == 0 {
                    seen[word] |= bit;
                    found.push(place);
                }
            }
        };
        for index in &self.indexes {
            index.scan(haystack, self.kernel, |literal| self.literal(literal), &mut note);
        }
        for &place in &*found {
            seen[place as usize / 64] = 0;
        }
        found.sort_unstable();
        for place in &mut *found {
            *place = self.rules[*place as usize];
        }
        found
    }

    /// The rules that the prefilter can say nothing about: each may match any text. Ascending.
    pub fn unfiltered(&self) -> &[u32] {
        &self.unfiltered
    }

    /// The rules that are looked for by a literal of less than seven bytes, for want of a better one: each of them
    /// makes every scan slower. Ascending.
    pub fn short(&self) -> &[u32] {
        &self.short
    }

    /// The literals that `rule` is looked for by, folded: a text that it matches has one of them. None if there is no
    /// such rule, or it is unfiltered.
    pub fn literals_of(&self, rule: u32) -> Vec<&[u8]> {
        let Ok(place) = self.rules.binary_search(&rule) else { return Vec::new() };
        let of = |literal: usize| {
            &self.rules_of
                [self.rules_begin[literal] as usize..self.rules_begin[literal + 1] as usize]
        };
        (0..self.ends.len())
            .filter(|&literal| of(literal).contains(&(place as u32)))
            .map(|literal| self.literal(literal as LiteralId))
            .collect()
    }

    /// Bytes of memory that it takes.
    pub fn memory(&self) -> usize {
        self.indexes.iter().map(Index::memory).sum::<usize>()
            + size_of_val(&*self.bytes)
            + size_of_val(&*self.ends)
            + size_of_val(&*self.rules_begin)
            + size_of_val(&*self.rules_of)
            + size_of_val(&*self.rules)
    }

    #[inline]
    fn literal(&self, literal: LiteralId) -> &[u8] {
        let literal = literal as usize;
        let begin = if literal == 0 { 0 } else { self.ends[literal - 1] };
        &self.bytes[begin as usize..self.ends[literal] as usize]
    }
}

/// An index for each class of lengths that occurs. Of the shorter ones, the shortest literal decides how closely the
/// text has to be looked at.
fn index_by_length(literals: &[&[u8]], rarity: &Rarity) -> Vec<Index> {
    let of_lengths = |shortest: usize, longer: usize| {
        let numbered = literals.iter().copied().zip(0..).map(|(literal, id)| (id, literal));
        numbered.filter(move |(_, literal)| (shortest..longer).contains(&literal.len()))
    };
    let has_shortest = of_lengths(MEDIUM, MEDIUM + 1).next().is_some();
    let long = Index::new(of_lengths(LONG, usize::MAX), 4, 4, rarity);
    let medium = Index::new(of_lengths(MEDIUM, LONG), if has_shortest { 1 } else { 2 }, 4, rarity);
    let short = Index::new(of_lengths(SHORT, MEDIUM), 1, SHORT, rarity);
    [long, medium, short].into_iter().flatten().collect()
}
