//! The terms of a sequence, one after the other: the strings of neighbours become longer ones.

use std::mem;

use crate::prefilter::extract::facts::{Extent, NodeFacts};
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, Requirements};
use crate::prefilter::extract::separators::Separators;
use crate::prefilter::extract::strings::{StringSet, after};
use crate::prefilter::lengths::MAX_LITERAL;
use crate::prefilter::neighbours::Excluded;

/// Bytes from which on a common part of several strings is worth looking for by itself.
const MIN_COMMON: usize = 8;

/// A sequence's terms so far.
pub(super) struct Sequence {
    /// What the sequence starts with; known once these strings have ended. While it is `None`,
    /// `tail` is all that the sequence matches.
    head: Option<StringSet>,
    /// What the sequence so far ends with.
    tail: StringSet,
    /// Offset of `tail` from the start of the sequence.
    tail_at: MaxOffset,
    /// What all strings of `tail` end with: the terms after the last one that can be several
    /// strings.
    common: StringSet,
    common_at: MaxOffset,
    /// Its length, without the characters in `literal`.
    width: MaxOffset,
    /// Folded characters that come next and are not part of the other fields yet.
    literal: [u8; MAX_LITERAL],
    literal_length: usize,
    clauses: Vec<ClauseId>,
}

impl Sequence {
    pub(super) fn new(requirements: &mut Requirements) -> Self {
        Self {
            head: None,
            tail: StringSet::empty_string(),
            tail_at: MaxOffset::ZERO,
            common: StringSet::empty_string(),
            common_at: MaxOffset::ZERO,
            width: MaxOffset::ZERO,
            literal: [0; MAX_LITERAL],
            literal_length: 0,
            clauses: mem::take(&mut requirements.spare_clauses),
        }
    }

    /// Room for the next terms, those that are one folded ASCII character each. Tell how many were
    /// put there by [`Self::took`].
    pub(super) fn room(&mut self, requirements: &mut Requirements) -> &mut [u8] {
        if self.literal_length == MAX_LITERAL {
            self.end_literal(requirements);
        }
        &mut self.literal[self.literal_length..]
    }

    /// Adds the first characters of the [`Self::room`].
    pub(super) fn took(&mut self, characters: usize) {
        self.literal_length += characters;
    }

    /// Adds a term that is one folded character.
    pub(super) fn character(&mut self, encoded: &[u8], requirements: &mut Requirements) {
        if self.literal_length + encoded.len() > MAX_LITERAL {
            self.end_literal(requirements);
        }
        let end = self.literal_length + encoded.len();
        self.literal[self.literal_length..end].copy_from_slice(encoded);
        self.literal_length = end;
    }

    /// Adds a term that is a surrogate: one code unit that has no encoding.
    pub(super) fn surrogate(&mut self, requirements: &mut Requirements) {
        let width = MaxOffset::after(1, 1, Separators::NONE);
        self.anything(width, Excluded::default(), requirements);
    }

    /// Adds a term of which nothing is known but its width, and what it surely does not begin and
    /// end with.
    pub(super) fn anything(
        &mut self,
        width: MaxOffset,
        excluded: Excluded,
        requirements: &mut Requirements,
    ) {
        self.end_literal(requirements);
        self.width = self.width.plus(width);
        self.tail.neighbours.after = excluded;
        self.end(StringSet::after_character(excluded), self.width, requirements);
    }

    /// Adds any other term.
    pub(super) fn term(&mut self, term: NodeFacts, requirements: &mut Requirements) {
        if let Some(clause) = term.clause {
            requirements.shift(clause, self.width);
            self.clauses.push(clause);
        }
        match term.extent {
            Extent::Exact(strings) => self.exact(strings, requirements),
            Extent::Open(head, tail, tail_at) => self.open(head, tail, tail_at, requirements),
        }
        self.width = self.width.plus(term.width);
    }

    /// Makes the characters before the next term part of what is known. If they are too many for
    /// the strings so far, what fits ends there.
    pub(super) fn end_literal(&mut self, requirements: &mut Requirements) {
        if self.literal_length == 0 {
            return;
        }
        let literal = self.literal;
        let literal = &literal[..mem::take(&mut self.literal_length)];
        if self.append(literal, requirements) {
            self.width = self.width.plus(after(literal));
            return;
        }
        // the first byte of a folded character looks like none of its other bytes
        for encoded in literal.chunk_by(|_, next| next & 0xC0 == 0x80) {
            if !self.append(encoded, requirements) {
                self.end(StringSet::empty_string(), self.width, requirements);
                // one character fits after the empty string
                let _ = self.append(encoded, requirements);
            }
            self.width = self.width.plus(after(encoded));
        }
    }

    /// Appends a literal. Returns whether it fits; if not, nothing changes.
    fn append(&mut self, literal: &[u8], requirements: &mut Requirements) -> bool {
        self.tail.make_room(&mut requirements.spare);
        let fits = self.tail.append_string(literal);
        if fits && !self.tail.is_single() {
            self.start_common();
            self.common.make_room(&mut requirements.spare);
            if !self.common.append_string(literal) {
                self.emit_common(requirements);
            }
        }
        fits
    }

    /// Sets where the common part starts, if it starts with the next term.
    fn start_common(&mut self) {
        if self.common.has_empty() {
            self.common_at = self.width;
        }
    }

    fn exact(&mut self, strings: StringSet, requirements: &mut Requirements) {
        if !strings.is_single() {
            self.before_several(requirements);
        } else if !self.tail.is_single() {
            self.start_common();
            if !self.common.append(&strings, &mut requirements.spare) {
                self.emit_common(requirements);
            }
        }
        if self.tail.append(&strings, &mut requirements.spare) {
            requirements.spare.recycle(strings);
        } else {
            self.end(strings, self.width, requirements);
        }
    }

    fn open(
        &mut self,
        head: StringSet,
        tail: StringSet,
        tail_at: MaxOffset,
        requirements: &mut Requirements,
    ) {
        if !head.is_single() {
            self.before_several(requirements);
        }
        if self.tail.append(&head, &mut requirements.spare) {
            requirements.spare.recycle(head);
        } else {
            self.end(head, self.width, requirements);
        }
        self.end(tail, self.width.plus(tail_at), requirements);
    }

    /// Prepares for a term that multiplies the tail's strings. What comes before and after it may
    /// be rare enough by itself.
    fn before_several(&mut self, requirements: &mut Requirements) {
        if self.tail.is_single() {
            if is_worth_it(&self.tail) {
                self.clauses.extend(requirements.add_literals(&self.tail, self.tail_at));
            }
            requirements.spare.recycle(mem::replace(&mut self.common, StringSet::empty_string()));
        } else {
            self.emit_common(requirements);
        }
    }

    /// Ends the strings so far. Others start, at `tail_at` from the start of the sequence.
    fn end(&mut self, tail: StringSet, tail_at: MaxOffset, requirements: &mut Requirements) {
        self.emit_common(requirements);
        let ended = mem::replace(&mut self.tail, tail);
        let ended_at = mem::replace(&mut self.tail_at, tail_at);
        if self.head.is_none() {
            self.head = Some(ended);
        } else {
            self.clauses.extend(requirements.add_literals(&ended, ended_at));
            requirements.spare.recycle(ended);
        }
    }

    fn emit_common(&mut self, requirements: &mut Requirements) {
        let common = mem::replace(&mut self.common, StringSet::empty_string());
        if is_worth_it(&common) {
            self.clauses.extend(requirements.add_literals(&common, self.common_at));
        }
        requirements.spare.recycle(common);
    }

    /// What is known of the sequence as a whole.
    pub(super) fn finish(mut self, requirements: &mut Requirements) -> NodeFacts {
        self.end_literal(requirements);
        self.emit_common(requirements);
        let clause = requirements.add_all(&self.clauses);
        self.clauses.clear();
        requirements.spare_clauses = self.clauses;
        let extent = match self.head {
            None => Extent::Exact(self.tail),
            Some(head) => Extent::Open(head, self.tail, self.tail_at),
        };
        NodeFacts { extent, width: self.width, clause }
    }
}

/// Whether a common part is worth looking for by itself.
fn is_worth_it(common: &StringSet) -> bool {
    common.iter().all(|string| string.len() >= MIN_COMMON)
}
