//! The literals of a row: short texts that lie one after the other and are scanned as one.
//!
//! A literal is found by windows that start in it, wherever they are, so a text's literals are
//! found in a row as they are in the text alone. One that reaches over the end of a text is of no
//! text, and is dropped.

use std::iter;

use crate::prefilter::select::uses::LiteralId;

/// Bytes of a row, of which the first tells at which text a look for the others begins.
const PART: usize = 64;

/// Literals whose memory is kept for the next row.
const KEPT: usize = 1 << 14;

/// A literal in a text.
#[derive(Debug)]
struct InText {
    literal: LiteralId,
    /// Where it starts in the text.
    start: u32,
    /// The index of another one of the same text in [`RowLiterals::all`], counted from 1. 0: there
    /// is none.
    other: u32,
}

/// A text of a row.
#[derive(Debug)]
struct Text {
    start: u32,
    end: u32,
    /// The index of one of its literals in [`RowLiterals::all`], counted from 1. 0: it has none.
    literal: u32,
}

/// The literals in the texts of a row. Memory that scans reuse.
#[derive(Debug, Default)]
pub(crate) struct RowLiterals {
    all: Vec<InText>,
    texts: Vec<Text>,
    /// For each part of the row the number of the text that its first byte is of.
    parts: Vec<u32>,
}

impl RowLiterals {
    /// Starts on another row. `ends`: where its texts end, ascending.
    pub(crate) fn clear(&mut self, ends: &[u32]) {
        self.all.clear();
        self.all.shrink_to(KEPT);
        self.texts.clear();
        self.parts.clear();
        let mut start = 0;
        for (&end, number) in ends.iter().zip(0..) {
            self.texts.push(Text { start, end, literal: 0 });
            self.parts.resize((end as usize).div_ceil(PART), number);
            start = end;
        }
    }

    /// Adds an occurrence of a literal of this length in the row, if it is in a text.
    #[inline]
    pub(crate) fn add(&mut self, literal: LiteralId, start: usize, length: u32) {
        let number = self.parts[start / PART] as usize;
        let start = start as u32;
        let mut texts = self.texts[number..].iter_mut();
        if let Some(text) = texts.find(|text| start < text.end)
            && start + length <= text.end
        {
            self.all.push(InText { literal, start: start - text.start, other: text.literal });
            text.literal = self.all.len() as u32;
        }
    }

    /// The literals of a text, each with where it starts there, in any order.
    #[inline]
    pub(crate) fn of_text(&self, number: usize) -> impl Iterator<Item = (LiteralId, usize)> {
        let mut next = self.texts[number].literal;
        iter::from_fn(move || {
            let InText { literal, start, other } = self.all.get(next.checked_sub(1)? as usize)?;
            next = *other;
            Some((*literal, *start as usize))
        })
    }
}
