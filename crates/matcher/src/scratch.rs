//! Memory that classifications reuse.

use std::mem;

use crate::prefilter::{Candidate, PrefilterScratch};

/// Bytes of a UTF-8 text, and code units of a UTF-16 one, whose buffer is kept for the next text.
const MAX_KEPT: usize = 3 << 20;

/// Memory that classifications reuse. One per thread.
#[derive(Default)]
pub struct Scratch {
    pub(crate) search: regexp::Scratch,
    pub(crate) prefilter: PrefilterScratch,
    /// For the next text in UTF-8.
    utf8: Vec<u8>,
    /// For the next text in UTF-16.
    utf16: Vec<u16>,
    /// For the next text's candidates.
    candidates: Vec<Candidate>,
    /// For the text of the next hit.
    match_text: Vec<u16>,
}

impl Scratch {
    /// Approximate size in bytes of the search in it: decides whether another one may be suspended.
    pub fn bytes(&self) -> usize {
        self.search.bytes()
    }

    pub(crate) fn take_utf8(&mut self) -> Vec<u8> {
        mem::take(&mut self.utf8)
    }

    pub(crate) fn keep_utf8(&mut self, buffer: Vec<u8>) {
        if (self.utf8.capacity()..=MAX_KEPT).contains(&buffer.capacity()) {
            self.utf8 = buffer;
        }
    }

    pub(crate) fn take_utf16(&mut self) -> Vec<u16> {
        mem::take(&mut self.utf16)
    }

    pub(crate) fn keep_utf16(&mut self, buffer: Vec<u16>) {
        if buffer.capacity() <= MAX_KEPT {
            self.utf16 = buffer;
        }
    }

    pub(crate) fn take_match_text(&mut self) -> Vec<u16> {
        mem::take(&mut self.match_text)
    }

    /// Takes the memory of a [hit's text](crate::Hit::text) back. Its content means nothing.
    pub fn keep_match_text(&mut self, buffer: Vec<u16>) {
        self.match_text = buffer;
    }

    pub(crate) fn take_candidates(&mut self) -> Vec<Candidate> {
        mem::take(&mut self.candidates)
    }

    pub(crate) fn keep_candidates(&mut self, candidates: Vec<Candidate>) {
        self.candidates = candidates;
    }
}
