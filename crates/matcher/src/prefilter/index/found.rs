//! The literals that a scan has found in a text.

use crate::mem::prefetch;
use crate::prefilter::select::uses::LiteralId;

/// A literal in a text: where it starts the first and the last time, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) literal: LiteralId,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The literals in a text, in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct FoundLiterals {
    all: Vec<Found>,
    /// For each literal its place in `all`, counted from 1. 0: not found.
    places: Vec<u32>,
}

impl FoundLiterals {
    /// Starts on another text, for a prefilter with this many literals.
    pub(crate) fn clear(&mut self, literals: usize) {
        for found in self.all.drain(..) {
            self.places[found.literal as usize] = 0;
        }
        if self.places.len() < literals {
            self.places.resize(literals, 0);
        }
    }

    /// Prefetches what [`Self::add`] of the literal reads.
    #[inline]
    pub(crate) fn prefetch(&self, literal: LiteralId) {
        prefetch(&self.places, literal as usize);
    }

    /// Adds an occurrence of a literal.
    pub(crate) fn add(&mut self, literal: LiteralId, start: usize) {
        let start = start as u32;
        let place = &mut self.places[literal as usize];
        if *place == 0 {
            self.all.push(Found { literal, first: start, last: start });
            *place = self.all.len() as u32;
        } else {
            let found = &mut self.all[*place as usize - 1];
            (found.first, found.last) = (found.first.min(start), found.last.max(start));
        }
    }

    pub(crate) fn all(&self) -> &[Found] {
        &self.all
    }
}
