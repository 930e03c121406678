//! Numbers for literals, the same for the same bytes.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::prefilter::select::uses::LiteralId;

/// Literals to look for, each once.
pub(crate) struct Distinct<'r> {
    all: Vec<&'r [u8]>,
    ids: FxHashMap<&'r [u8], LiteralId>,
}

impl<'r> Distinct<'r> {
    pub(crate) fn with_capacity(count: usize) -> Self {
        let ids = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { all: Vec::with_capacity(count), ids }
    }

    /// The number of a literal; a new one if it is new.
    pub(crate) fn id(&mut self, literal: &'r [u8]) -> LiteralId {
        *self.ids.entry(literal).or_insert_with(|| {
            self.all.push(literal);
            (self.all.len() - 1) as LiteralId
        })
    }

    /// How many have a number.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of a literal, if it has one.
    pub(crate) fn known(&self, literal: &[u8]) -> Option<LiteralId> {
        self.ids.get(literal).copied()
    }

    /// The literals by their numbers.
    pub(crate) fn into_all(self) -> Vec<&'r [u8]> {
        self.all
    }
}
