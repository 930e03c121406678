//! The literals that are looked for, folded, by their numbers.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::huge;
use crate::prefetch::prefetch;

/// A literal of the whole prefilter, by its number.
pub(super) type LiteralId = u32;

/// All literals, one behind the other.
#[derive(Debug)]
pub(super) struct Literals {
    bytes: Box<[u8]>,
    /// Where each ends.
    ends: Box<[u32]>,
}

impl Literals {
    pub(super) fn new(literals: &[&[u8]]) -> Self {
        let mut end = 0;
        let ends = literals.iter().map(|literal| {
            end += literal.len() as u32;
            end
        });
        let ends: Box<[u32]> = ends.collect();
        let mut bytes = huge::with_capacity(end as usize);
        for literal in literals {
            bytes.extend_from_slice(literal);
        }
        Self { ends, bytes: bytes.into() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub(super) fn get(&self, literal: LiteralId) -> &[u8] {
        &self.bytes[self.begin(literal)..self.ends[literal as usize] as usize]
    }

    #[inline]
    fn begin(&self, literal: LiteralId) -> usize {
        if literal == 0 { 0 } else { self.ends[literal as usize - 1] as usize }
    }

    /// The literal will be asked for soon; before, [`Self::expect_bytes`] is.
    #[inline]
    pub(super) fn expect(&self, literal: LiteralId) {
        prefetch(&self.ends, literal as usize);
    }

    /// The literal's bytes will be asked for soon.
    #[inline]
    pub(super) fn expect_bytes(&self, literal: LiteralId) {
        prefetch(&self.bytes, self.begin(literal));
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.bytes) + size_of_val(&*self.ends)
    }
}

/// Literals that are to be looked for, each once.
pub(super) struct Distinct<'r> {
    all: Vec<&'r [u8]>,
    ids: FxHashMap<&'r [u8], LiteralId>,
}

impl<'r> Distinct<'r> {
    pub(super) fn with_room(count: usize) -> Self {
        let ids = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { all: Vec::with_capacity(count), ids }
    }

    pub(super) fn id(&mut self, literal: &'r [u8]) -> LiteralId {
        *self.ids.entry(literal).or_insert_with(|| {
            self.all.push(literal);
            (self.all.len() - 1) as LiteralId
        })
    }

    /// By their numbers.
    pub(super) fn into_all(self) -> Vec<&'r [u8]> {
        self.all
    }
}
