//! The scan of a row: short texts that lie one after the other, as one.
//!
//! A scan costs something however short the text is: its loops begin and end, and each step waits
//! for the caches once. The texts of a row share that. What is asked about a text that has
//! literals is asked about each by itself, as ever, by the text's own bytes.

use std::mem;

use super::candidates::Candidate;
use super::index::Found;
use super::{CHUNK_BYTES, Prefilter, PrefilterScratch};

/// The candidates of the texts of a row. Memory that rows reuse.
#[derive(Debug, Default)]
pub(crate) struct RowCandidates {
    all: Vec<Candidate>,
    /// Where those of each text end.
    ends: Vec<u32>,
}

impl RowCandidates {
    /// Of all texts, one behind the other.
    pub(crate) fn all(&self) -> &[Candidate] {
        &self.all
    }

    /// The number of texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The candidates of a text, as [`Prefilter::scan`] gives them.
    #[inline]
    pub(crate) fn of_text(&self, number: usize) -> &[Candidate] {
        let start = number.checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.all[start as usize..self.ends[number] as usize]
    }

    pub(crate) fn clear(&mut self) {
        self.all.clear();
        self.ends.clear();
    }
}

impl Prefilter {
    /// The rules that can match each text of a row, in place of what `candidates` has: texts in
    /// ASCII, at most [`CHUNK_BYTES`] all together. `ends`: where each of them ends.
    pub(crate) fn scan_row(
        &self,
        row: &[u8],
        ends: &[u32],
        scratch: &mut PrefilterScratch,
        candidates: &mut RowCandidates,
    ) {
        debug_assert!(row.is_ascii() && row.len() <= CHUNK_BYTES);
        let Self { kernel, literals, shapes, .. } = self;
        scratch.row.clear(ends);
        let PrefilterScratch { buffers, row: found, .. } = scratch;
        self.scan_for_literals(row, 0..row.len(), buffers, Found::Row(found));
        candidates.clear();
        let mut of_text = mem::take(&mut scratch.candidates);
        let mut start = 0;
        for (number, &end) in ends.iter().enumerate() {
            let text = &row[mem::replace(&mut start, end as usize)..end as usize];
            let mut in_text = scratch.row.of_text(number).peekable();
            if in_text.peek().is_some() || !shapes.is_empty() {
                scratch.found.clear(literals.len());
                in_text.for_each(|(literal, start)| scratch.found.add(literal, start));
                shapes.begin(text.len(), &mut scratch.runs);
                shapes.scan(*kernel, text, 0..text.len(), &mut scratch.runs);
                // ASCII has none, and none that could be united
                scratch.variants.clear();
                scratch.united.clear();
                self.candidates(text, 1, scratch, &mut of_text);
                candidates.all.extend_from_slice(&of_text);
            }
            candidates.ends.push(candidates.all.len() as u32);
        }
        scratch.candidates = of_text;
    }
}
