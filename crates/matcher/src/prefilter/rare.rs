//! Rules whose literals suppose that a text has none of some rare characters (see
//! `extract/variants.rs`). Where a text has one, these rules are looked for in a copy that has the
//! letters in place of such variants: a rule that matches the text has its literals there. Of
//! where its matches start nothing is known then.

use std::ops::Range;

use regexp::StartRange;

use crate::ids::RuleSlot;
use crate::prefilter::candidates::Candidate;
use crate::prefilter::extract::variants::Variants;
use crate::prefilter::gates::GateSets;
use crate::prefilter::index::found::FoundLiterals;
use crate::prefilter::index::literals::Literals;
use crate::prefilter::lengths::MAX_LITERAL;
use crate::prefilter::select::uses::LiteralId;

/// The most bytes of a variant. The letter in its place has no more than the variant.
const MAX_VARIANT: usize = 3;

/// How far the literals around a variant reach.
const REACH: usize = MAX_VARIANT * MAX_LITERAL;

/// The rules, and what is looked for on their behalf.
#[derive(Debug)]
pub(crate) struct RareVariants {
    /// By slot. Empty if there are none.
    supposed: Vec<Variants>,
    /// The variants of all rules, and the letters.
    variants: Vec<(char, char)>,
    /// The first bytes of their UTF-8, three for each pass over a text.
    leads: Vec<[u8; 3]>,
    /// The first two. Text in Greek has one of the `leads` every few bytes, but hardly ever these.
    starts: Vec<[u8; 2]>,
}

/// What a text has of them. Memory that texts reuse.
#[derive(Debug, Default)]
pub(crate) struct FoundVariants {
    all: Variants,
    /// The literals near them, in a copy of the text with the letters in their place.
    respelled: FoundLiterals,
    copy: Vec<u8>,
}

impl FoundVariants {
    /// Starts on another text.
    pub(crate) fn clear(&mut self) {
        self.all = Variants::default();
    }
}

impl RareVariants {
    /// `rules`: each with the variants that its literals suppose not to be there.
    pub(crate) fn new(rules: Vec<(RuleSlot, Variants)>) -> Self {
        let end = rules.iter().map(|(slot, _)| slot.offset() + 1).max();
        let mut supposed = vec![Variants::default(); end.unwrap_or(0)];
        for (slot, variants) in rules {
            supposed[slot.offset()] = variants;
        }
        let all = supposed.iter().fold(Variants::default(), |all, one| all.or(*one));
        let variants: Vec<(char, char)> = all.pairs().collect();
        let start = |&(c, _): &(char, char)| {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes);
            [bytes[0], bytes[1]]
        };
        // code points and their encodings have the same order
        let mut starts: Vec<[u8; 2]> = variants.iter().map(start).collect();
        starts.dedup();
        let mut leads: Vec<u8> = starts.iter().map(|start| start[0]).collect();
        leads.dedup();
        let three = |some: &[u8]| [0, 1, 2].map(|at| *some.get(at).unwrap_or(&some[0]));
        let leads = leads.chunks(3).map(three).collect();
        Self { supposed, variants, leads, starts }
    }

    /// Finds the variants that start in a chunk of the text. If there are any, returns that part of
    /// the text with the letters in their place, and where the literals in it are to be noted.
    /// `literals`: how many the prefilter has.
    #[inline]
    pub(crate) fn scan<'f>(
        &self,
        text: &[u8],
        chunk: Range<usize>,
        literals: usize,
        found: &'f mut FoundVariants,
    ) -> Option<(&'f [u8], &'f mut FoundLiterals)> {
        if self.leads.is_empty() || text[chunk.clone()].is_ascii() {
            return None;
        }
        let here = self.variants_in(text, chunk.clone());
        if here.is_empty() {
            return None;
        }
        let FoundVariants { all, respelled, copy } = found;
        if all.is_empty() {
            respelled.clear(literals);
        }
        *all = all.or(here);
        let around = chunk.start.saturating_sub(REACH)..text.len().min(chunk.end + REACH);
        copy.clear();
        self.respell(&text[around], copy);
        Some((copy, respelled))
    }

    /// The variants that start in a chunk of the text.
    fn variants_in(&self, text: &[u8], chunk: Range<usize>) -> Variants {
        let mut found = Variants::default();
        for &[one, two, three] in &self.leads {
            for at in memchr::memchr3_iter(one, two, three, &text[chunk.clone()]) {
                if let Some((variant, _)) = self.variant_at(&text[chunk.start + at..]) {
                    found = found.or(Variants::of(variant.into()));
                }
            }
        }
        found
    }

    /// The variant that a text starts with, and its letter.
    fn variant_at(&self, text: &[u8]) -> Option<(char, char)> {
        text.first_chunk().filter(|start| self.starts.contains(start))?;
        let is_there = |c: char| text.starts_with(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.variants.iter().copied().find(|&(variant, _)| is_there(variant))
    }

    /// Appends the text to `copy`, with the letters in place of variants.
    fn respell(&self, text: &[u8], copy: &mut Vec<u8>) {
        let mut rest = text;
        while let Some(&first) = rest.first() {
            let variant = if first.is_ascii() { None } else { self.variant_at(rest) };
            let taken = match variant {
                Some((variant, letter)) => {
                    copy.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                    variant.len_utf8()
                }
                None => {
                    copy.push(first);
                    1
                }
            };
            rest = &rest[taken..];
        }
    }

    /// Whether a variant that the rule supposes not to be there starts in a chunk of the text.
    pub(crate) fn contradict(&self, slot: RuleSlot, text: &[u8], chunk: Range<usize>) -> bool {
        self.supposes(slot, self.variants_in(text, chunk))
    }

    /// Whether the rule supposes not to be there what the text has.
    pub(crate) fn concern(&self, slot: RuleSlot, variants: &FoundVariants) -> bool {
        self.supposes(slot, variants.all)
    }

    /// Whether the rule supposes one of these not to be there.
    fn supposes(&self, slot: RuleSlot, variants: Variants) -> bool {
        self.supposed.get(slot.offset()).is_some_and(|supposed| !supposed.and(variants).is_empty())
    }

    /// Adds the rules that suppose not to be there what the text has, and that can match it.
    /// `found`: the literals that the text has as it is.
    pub(crate) fn candidates(
        &self,
        literals: &Literals,
        gates: &GateSets,
        found: &FoundLiterals,
        variants: &FoundVariants,
        candidates: &mut Vec<Candidate>,
    ) {
        let FoundVariants { all, respelled, .. } = variants;
        if all.is_empty() {
            return;
        }
        let anywhere = |slot| Candidate { slot, starts: StartRange::ANYWHERE };
        for (slot, supposed) in (0..).map(RuleSlot).zip(&self.supposed) {
            if supposed.has_kept() && self.supposes(slot, *all) {
                candidates.push(anywhere(slot));
            }
        }
        let is_there = |&literal: &LiteralId| {
            found.index_of(literal).or_else(|| respelled.index_of(literal)).is_some()
        };
        for one in found.all().iter().chain(respelled.all()) {
            for rule in literals.rules(one.literal).filter(|one| self.supposes(one.slot, *all)) {
                if rule.gate.is_none_or(|(gate, _)| gates.literals(&gate).iter().any(is_there)) {
                    candidates.push(anywhere(rule.slot));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RareVariants;
    use crate::ids::RuleSlot;
    use crate::prefilter::extract::variants::Variants;

    fn of(text: &str) -> Variants {
        text.chars().fold(Variants::default(), |all, c| all.or(Variants::of(c.into())))
    }

    fn rare() -> RareVariants {
        let (ks, cyrillic) = (of("\u{17F}\u{212A}"), of("\u{1C82}\u{1C84}"));
        RareVariants::new(vec![(RuleSlot(5), cyrillic), (RuleSlot(2), ks)])
    }

    #[test]
    fn a_variant_is_found_in_the_chunk_that_it_starts_in() {
        let rare = rare();
        let text = "ab\u{212A}é\u{1C83}\u{1C84}\u{3D0}".as_bytes();
        let found_in = |chunk| rare.variants_in(text, chunk);
        assert_eq!(found_in(0..2), Variants::default());
        assert_eq!(found_in(2..3), of("\u{212A}"));
        assert_eq!(found_in(3..text.len()), of("\u{1C84}"));
        assert_eq!(found_in(0..text.len()), of("\u{212A}\u{1C84}"));
        assert!(rare.contradict(RuleSlot(2), text, 0..4));
        assert!(!rare.contradict(RuleSlot(5), text, 0..4));
        assert!(!rare.contradict(RuleSlot(0), text, 0..4));
    }

    #[test]
    fn letters_take_the_place_of_variants() {
        let mut copy = Vec::new();
        rare().respell("\u{212A}a\u{17F}é\u{1C84}\u{3D0}s\u{1C82}".as_bytes(), &mut copy);
        assert_eq!(copy, "kasé\u{442}\u{3D0}s\u{43E}".as_bytes());
        // parts of one at the ends
        copy.clear();
        rare().respell(b"\x84\xAA a\xE2\x84", &mut copy);
        assert_eq!(copy, b"\x84\xAA a\xE2\x84");
    }
}
