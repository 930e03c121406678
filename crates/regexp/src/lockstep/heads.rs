//! From which counts the way to a match is open, at the heads of counted loops.
//!
//! The exact engine asks, when it looks for the end of a match whose start is known. A loop in
//! which no match can be completed is then left at once, and not run to its highest count at every
//! position.

use crate::syntax::ast::NodeId;

/// Memory that the heads may take, in words. Without them the exact engine tries every way.
const MAX_WORDS: usize = 1 << 24;

/// What the pass of a pattern has noted, position by position.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    /// The notes of all positions: a loop, the number of loops around it and itself, and their
    /// counts, outermost first.
    words: Vec<u32>,
    /// Where the notes of each position end, from the end of the text.
    ends: Vec<usize>,
    is_full: bool,
}

/// How far the exact engine has come in a counted loop.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) done: u32,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
}

impl Heads {
    /// Notes iterations from here to the end of a match: the begun ones of the loops around, and
    /// all of the loop itself.
    pub(crate) fn note(&mut self, node: NodeId, counts: &[u32]) {
        if self.words.len() > MAX_WORDS {
            self.is_full = true;
            self.words = Vec::new();
        }
        if !self.is_full {
            self.words.extend([node, counts.len() as u32]);
            self.words.extend(counts);
        }
    }

    /// Ends the notes of a position.
    pub(crate) fn end_position(&mut self) {
        self.ends.push(self.words.len());
    }

    pub(crate) fn bytes(&self) -> usize {
        self.words.len() * size_of::<u32>() + self.ends.len() * size_of::<usize>()
    }

    /// Whether a match can be completed at the head of a loop, `after` units before the end of the
    /// text. `around`: the counts of the loop and of those around it, innermost first.
    pub(crate) fn lead_on(&self, node: NodeId, after: u32, around: &[Count]) -> bool {
        let after = after as usize;
        let Some(&end) = self.ends.get(after).filter(|_| !self.is_full) else { return true };
        let start = after.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut notes = &self.words[start..end];
        while let [noted, levels, rest @ ..] = notes {
            let (counts, rest) = rest.split_at(*levels as usize);
            if *noted == node {
                let fits = |(count, rest): (&Count, &u32)| {
                    let all = count.done.saturating_add(*rest);
                    all >= count.min && count.max.is_none_or(|max| all <= max)
                };
                if counts.len() != around.len() || around.iter().zip(counts.iter().rev()).all(fits)
                {
                    return true;
                }
            }
            notes = rest;
        }
        false
    }
}
