//! The literals that are looked for, folded, by their numbers, and what each is there for.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::mem::HugeSlice;
use crate::mem::prefetch;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::strings::MAX_BYTES;
use crate::prefilter::fold::{has_folded, has_folded_head};

/// A literal of the whole prefilter, by its number.
pub(crate) type LiteralId = u32;

/// A literal that rules share, by its number.
pub(crate) type GateId = u32;

/// What a literal is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// A rule is looked for by it.
    Rule(RuleLiteral),
    /// It is this gate.
    Gate(GateId),
}

/// A rule that is looked for by a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RuleLiteral {
    /// Its index in the list.
    pub(crate) rule: u32,
    /// How far from a match's begin the literal begins.
    pub(crate) reach: MaxOffset,
    /// The rule's gate, and how far from a match's begin that begins.
    pub(crate) gate: Option<(GateId, MaxOffset)>,
}

/// Bytes of a literal beside what it is there for, whole words. Nearly half of a usual list's literals have no more.
const HEAD: usize = 32;

/// Beyond all other uses: where there are none, nothing is read to find out.
const NO_OTHERS: u32 = u32::MAX;

/// All that is asked of most literals, in one cache line: of a long list, each look at another one is a wait for memory.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Literal {
    first_use: Use,
    /// Where its other uses begin; [`NO_OTHERS`] if there are none, as mostly.
    other_uses: u32,
    /// Where the bytes behind its head begin, if there are any.
    tail: u32,
    length: u8,
    head: [u8; HEAD],
}

const _: () = assert!(size_of::<Literal>() == 64);
const _: () = assert!(MAX_BYTES <= u8::MAX as usize);

impl Literal {
    #[inline]
    fn head(&self) -> &[u8] {
        &self.head[..usize::from(self.length).min(HEAD)]
    }
}

/// All literals.
#[derive(Debug)]
pub(crate) struct Literals {
    all: HugeSlice<Literal>,
    /// What does not fit into heads.
    tails: HugeSlice<u8>,
    /// The second and further uses of literals that have several, literal by literal.
    other_uses: HugeSlice<(LiteralId, Use)>,
}

impl Literals {
    /// `uses`: in any order, at least one of each literal.
    pub(crate) fn new(literals: &[&[u8]], mut uses: Vec<(LiteralId, Use)>) -> Self {
        uses.sort_unstable();
        uses.dedup();
        let mut all = Vec::with_capacity(literals.len());
        let mut tails = Vec::new();
        let mut other_uses = Vec::new();
        for of_literal in uses.chunk_by(|(literal, _), (other, _)| literal == other) {
            let (&(literal, first_use), others) =
                of_literal.split_first().expect("a chunk is not empty");
            debug_assert_eq!(literal as usize, all.len(), "each literal has a use");
            let bytes = literals[literal as usize];
            let (short, tail) = bytes.split_at(bytes.len().min(HEAD));
            let mut head = [0; HEAD];
            head[..short.len()].copy_from_slice(short);
            all.push(Literal {
                first_use,
                other_uses: if others.is_empty() { NO_OTHERS } else { other_uses.len() as u32 },
                tail: tails.len() as u32,
                length: bytes.len() as u8,
                head,
            });
            tails.extend_from_slice(tail);
            other_uses.extend_from_slice(others);
        }
        Self { all: all.into(), tails: tails.into(), other_uses: other_uses.into() }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// What a literal is there for.
    #[inline]
    pub(crate) fn uses(&self, literal: LiteralId) -> impl Iterator<Item = Use> {
        let Literal { first_use, other_uses, .. } = self.all[literal as usize];
        let others = self.other_uses.get(other_uses as usize..).unwrap_or_default().iter();
        let others = others.take_while(move |(other, _)| *other == literal);
        std::iter::once(first_use).chain(others.map(|&(_, other)| other))
    }

    /// The rules that are looked for by a literal.
    pub(crate) fn sought(&self, literal: LiteralId) -> impl Iterator<Item = RuleLiteral> {
        self.uses(literal).filter_map(|one| match one {
            Use::Rule(of_rule) => Some(of_rule),
            Use::Gate(_) => None,
        })
    }

    /// The literal will be asked for soon.
    #[inline]
    pub(crate) fn expect(&self, literal: LiteralId) {
        prefetch(&self.all, literal as usize);
    }

    /// The literal, which was expected, will be [looked at](Self::is_at) as a whole.
    #[inline]
    pub(crate) fn expect_all(&self, literal: LiteralId) {
        prefetch(&self.tails, self.all[literal as usize].tail as usize);
    }

    /// Whether `text` has the literal at `begin`.
    #[inline]
    pub(crate) fn is_at(&self, text: &[u8], begin: usize, literal: LiteralId) -> bool {
        let all = &self.all[literal as usize];
        if !has_folded_head(text, begin, &all.head, all.length.into()) {
            return false;
        }
        let tail = self.tail(literal);
        tail.is_empty() || has_folded(text, begin + HEAD, tail)
    }

    #[inline]
    fn tail(&self, literal: LiteralId) -> &[u8] {
        let &Literal { tail, length, .. } = &self.all[literal as usize];
        &self.tails[tail as usize..][..usize::from(length).saturating_sub(HEAD)]
    }

    /// Its bytes.
    pub(crate) fn get(&self, literal: LiteralId) -> Vec<u8> {
        [self.all[literal as usize].head(), self.tail(literal)].concat()
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        size_of_val(&*self.all) + self.tails.len() + size_of_val(&*self.other_uses)
    }
}

/// Literals that are to be looked for, each once.
pub(crate) struct Distinct<'r> {
    all: Vec<&'r [u8]>,
    ids: FxHashMap<&'r [u8], LiteralId>,
}

impl<'r> Distinct<'r> {
    pub(crate) fn with_room(count: usize) -> Self {
        let ids = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        Self { all: Vec::with_capacity(count), ids }
    }

    pub(crate) fn id(&mut self, literal: &'r [u8]) -> LiteralId {
        *self.ids.entry(literal).or_insert_with(|| {
            self.all.push(literal);
            (self.all.len() - 1) as LiteralId
        })
    }

    /// By their numbers.
    pub(crate) fn into_all(self) -> Vec<&'r [u8]> {
        self.all
    }
}
