//! Literals that may be in the text: what the hash table answers, before the literals themselves
//! are compared.

use crate::prefilter::select::uses::LiteralId;

/// A literal that may be in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hit {
    pub(crate) literal: LiteralId,
    /// Where it would start; past the text's end if it would start before the text.
    pub(crate) start: usize,
}

/// The hits of a batch.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// The number of hits. Elements of `all` after these are left over.
    count: usize,
}

impl Hits {
    pub(crate) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds a hit if `condition` holds. Without a branch, which would be mispredicted: writes the
    /// hit in any case, and the next one overwrites it. Needs [room](Self::reserve).
    #[inline]
    pub(crate) fn push_if(&mut self, hit: Hit, condition: bool) {
        self.all[self.count] = hit;
        self.count += usize::from(condition);
    }

    /// Makes room for `more` hits.
    #[inline]
    pub(crate) fn reserve(&mut self, more: usize) {
        if self.all.len() - self.count < more {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        self.all.resize(2 * self.all.len() + more, Hit::default());
    }

    pub(crate) fn all(&self) -> &[Hit] {
        &self.all[..self.count]
    }
}
