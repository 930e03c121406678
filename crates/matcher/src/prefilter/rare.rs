//! Rules whose literals suppose that a text has none of some rare characters (see
//! `extract/variants.rs`). A text that has one gets these rules as candidates, without a look at
//! their literals.

use std::ops::Range;

use regexp::StartRange;

use crate::ids::RuleSlot;
use crate::prefilter::candidates::Candidate;
use crate::prefilter::extract::variants::Variants;

/// The rules, and what is looked for on their behalf.
#[derive(Debug)]
pub(crate) struct RareVariants {
    rules: Vec<(RuleSlot, Variants)>,
    /// The variants of all rules.
    variants: Vec<char>,
    /// The first bytes of their UTF-8, three for each pass over a text.
    leads: Vec<[u8; 3]>,
    /// The first two. Text in Greek has one of the `leads` every few bytes, but hardly ever these.
    starts: Vec<[u8; 2]>,
}

impl RareVariants {
    /// `rules`: each with the variants that its literals suppose not to be there.
    pub(crate) fn new(rules: Vec<(RuleSlot, Variants)>) -> Self {
        let all = rules.iter().fold(Variants::default(), |all, (_, variants)| all.or(*variants));
        let variants: Vec<char> = all.characters().collect();
        let start = |c: &char| {
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
        Self { rules, variants, leads, starts }
    }

    /// Adds to `found` the variants that start in a chunk of the text.
    #[inline]
    pub(crate) fn scan(&self, text: &[u8], chunk: Range<usize>, found: &mut Variants) {
        if !self.leads.is_empty() {
            self.scan_for_some(text, chunk, found);
        }
    }

    fn scan_for_some(&self, text: &[u8], chunk: Range<usize>, found: &mut Variants) {
        if text[chunk.clone()].is_ascii() {
            return;
        }
        for &[one, two, three] in &self.leads {
            for at in memchr::memchr3_iter(one, two, three, &text[chunk.clone()]) {
                let rest = &text[chunk.start + at..];
                if !rest.first_chunk().is_some_and(|start| self.starts.contains(start)) {
                    continue;
                }
                let is_there = |c: &&char| rest.starts_with(c.encode_utf8(&mut [0; 4]).as_bytes());
                if let Some(&variant) = self.variants.iter().find(is_there) {
                    *found = found.or(Variants::of(variant.into()));
                }
            }
        }
    }

    /// Whether one of those that the rule supposes not to be there starts in a chunk of the text.
    pub(crate) fn contradict(&self, slot: RuleSlot, text: &[u8], chunk: Range<usize>) -> bool {
        let Some((_, supposed)) = self.rules.iter().find(|(rule, _)| *rule == slot) else {
            return false;
        };
        let mut found = Variants::default();
        self.scan(text, chunk, &mut found);
        !found.and(*supposed).is_empty()
    }

    /// Adds the rules that a text with these variants can match.
    pub(crate) fn candidates(&self, found: Variants, candidates: &mut Vec<Candidate>) {
        if found.is_empty() {
            return;
        }
        let concerned = self.rules.iter().filter(|(_, variants)| !variants.and(found).is_empty());
        let starts = StartRange::ANYWHERE;
        candidates.extend(concerned.map(|&(slot, _)| Candidate { slot, starts }));
    }
}

#[cfg(test)]
mod tests {
    use super::RareVariants;
    use crate::ids::RuleSlot;
    use crate::prefilter::extract::variants::Variants;

    #[test]
    fn a_variant_is_found_in_the_chunk_that_it_starts_in() {
        let of = |text: &str| {
            text.chars().fold(Variants::default(), |all, c| all.or(Variants::of(c.into())))
        };
        let (ks, cyrillic) = (of("\u{17F}\u{212A}"), of("\u{1C82}\u{1C84}"));
        let rare = RareVariants::new(vec![(RuleSlot(2), ks), (RuleSlot(5), cyrillic)]);
        let found_in = |text: &str, chunk| {
            let mut found = Variants::default();
            rare.scan(text.as_bytes(), chunk, &mut found);
            found
        };
        let text = "ab\u{212A}é\u{1C83}\u{1C84}\u{3D0}";
        assert_eq!(found_in(text, 0..2), Variants::default());
        assert_eq!(found_in(text, 2..3), of("\u{212A}"));
        assert_eq!(found_in(text, 3..text.len()), of("\u{1C84}"));
        assert_eq!(found_in(text, 0..text.len()), of("\u{212A}\u{1C84}"));
        assert!(rare.contradict(RuleSlot(2), text.as_bytes(), 0..4));
        assert!(!rare.contradict(RuleSlot(5), text.as_bytes(), 0..4));
        let candidates = |found| {
            let mut candidates = Vec::new();
            rare.candidates(found, &mut candidates);
            candidates.iter().map(|candidate| candidate.slot.0).collect::<Vec<_>>()
        };
        assert!(candidates(Variants::default()).is_empty());
        assert_eq!(candidates(of("\u{1C82}")), [5]);
        assert_eq!(candidates(of("\u{17F}\u{1C84}")), [2, 5]);
    }
}
