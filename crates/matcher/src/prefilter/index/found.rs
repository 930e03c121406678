//! The literals that a scan has found in a text.

use crate::mem::prefetch;
use crate::prefilter::places::{OtherPlaces, Places};
use crate::prefilter::select::uses::LiteralId;

/// A literal in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) literal: LiteralId,
    /// Where it starts.
    pub(crate) places: Places,
}

/// The literals in a text, in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct FoundLiterals {
    all: Vec<Found>,
    /// For each literal its index in `all`, counted from 1. 0: not found.
    indexes: Vec<u32>,
    others: OtherPlaces,
}

impl FoundLiterals {
    /// Starts on another text, for a prefilter with this many literals.
    pub(crate) fn clear(&mut self, literals: usize) {
        for found in self.all.drain(..) {
            self.indexes[found.literal as usize] = 0;
        }
        if self.indexes.len() < literals {
            self.indexes.resize(literals, 0);
        }
        self.others.clear();
    }

    /// Prefetches what [`Self::add`] of the literal reads.
    #[inline]
    pub(crate) fn prefetch(&self, literal: LiteralId) {
        prefetch(&self.indexes, literal as usize);
    }

    /// Adds an occurrence of a literal.
    #[inline]
    pub(crate) fn add(&mut self, literal: LiteralId, start: usize) {
        let start = start as u32;
        let index = &mut self.indexes[literal as usize];
        if *index == 0 {
            self.all.push(Found { literal, places: Places::at(start) });
            *index = self.all.len() as u32;
        } else {
            self.all[*index as usize - 1].places.add(start, &mut self.others);
        }
    }

    /// The index of a literal in [`Self::all`], if it is in the text.
    #[inline]
    pub(crate) fn index_of(&self, literal: LiteralId) -> Option<usize> {
        Some(self.indexes[literal as usize].checked_sub(1)? as usize)
    }

    pub(crate) fn all(&self) -> &[Found] {
        &self.all
    }

    /// Where the literals are besides.
    pub(crate) fn other_places(&self) -> &OtherPlaces {
        &self.others
    }
}
