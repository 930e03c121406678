//! The literals that are looked for, folded, with what each is for.

use crate::ids::RuleSlot;
use crate::mem::{HugeSlice, prefetch};
use crate::prefilter::fold::{has_folded, has_folded_head};
use crate::prefilter::lengths::MAX_LITERAL;
use crate::prefilter::neighbours::Neighbours;
use crate::prefilter::select::uses::{LiteralId, RuleLiteral, Use};

/// Bytes of a literal that are stored beside its use, whole words. Nearly half of a usual list's
/// literals have no more.
const HEAD: usize = 32;

/// Index past the end of `other_uses`: the literal has one use.
const NO_OTHERS: u32 = u32::MAX;

/// All that is read of most literals, in one cache line: with a long list each line is a cache
/// miss.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Literal {
    first_use: Use,
    /// Where its other uses start in [`Literals::other_uses`], or [`NO_OTHERS`], the usual case.
    other_uses: u32,
    /// Where the bytes after the head start in [`Literals::tails`].
    tail: u32,
    length: u8,
    neighbours: Neighbours,
    /// How many uses it has; [`u8::MAX`]: that or more.
    uses: u8,
    head: [u8; HEAD],
}

const _: () = assert!(size_of::<Literal>() == 64);
const _: () = assert!(MAX_LITERAL <= u8::MAX as usize);

impl Literal {
    #[inline]
    fn head(&self) -> &[u8] {
        &self.head[..usize::from(self.length).min(HEAD)]
    }
}

/// The literals of a prefilter, by their numbers.
#[derive(Debug)]
pub(crate) struct Literals {
    all: HugeSlice<Literal>,
    /// The bytes after the heads, literal by literal.
    tails: HugeSlice<u8>,
    /// All uses but the first ones, literal by literal.
    other_uses: HugeSlice<(LiteralId, Use)>,
}

impl Literals {
    /// `neighbours`: of each literal. `uses`: in any order, at least one of each literal.
    pub(crate) fn new(
        literals: &[&[u8]],
        neighbours: &[Neighbours],
        uses: Vec<(LiteralId, Use)>,
    ) -> Self {
        let mut first_uses = vec![None; literals.len()];
        let mut other_uses = Vec::new();
        for (literal, one) in uses {
            let first = first_uses[literal as usize].get_or_insert(one);
            if *first != one {
                other_uses.push((literal, one));
            }
        }
        // most literals have one use
        other_uses.sort_unstable_by_key(|&(literal, one)| match one {
            Use::Rule(of_rule) => (literal, of_rule.slot),
            Use::Gate => (literal, RuleSlot(0)),
        });
        other_uses.dedup();
        let mut all = Vec::with_capacity(literals.len());
        let mut tails = Vec::new();
        let mut others = other_uses.iter().zip(0..).peekable();
        for ((bytes, first_use), id) in literals.iter().zip(first_uses).zip(0..) {
            let (start, tail) = bytes.split_at(bytes.len().min(HEAD));
            let mut head = [0; HEAD];
            head[..start.len()].copy_from_slice(start);
            let mut first_other = NO_OTHERS;
            let mut uses = 1_u8;
            while let Some((_, at)) = others.next_if(|((literal, _), _)| *literal == id) {
                first_other = first_other.min(at);
                uses = uses.saturating_add(1);
            }
            all.push(Literal {
                first_use: first_use.expect("each literal has a use"),
                other_uses: first_other,
                tail: tails.len() as u32,
                length: bytes.len() as u8,
                neighbours: neighbours[id as usize],
                uses,
                head,
            });
            tails.extend_from_slice(tail);
        }
        Self { all: all.into(), tails: tails.into(), other_uses: other_uses.into() }
    }

    /// The number of literals.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// What a literal is for.
    #[inline]
    pub(crate) fn uses(&self, literal: LiteralId) -> impl Iterator<Item = Use> {
        let Literal { first_use, other_uses, .. } = self.all[literal as usize];
        let others = self.other_uses.get(other_uses as usize..).unwrap_or_default().iter();
        let others = others.take_while(move |(other, _)| *other == literal);
        std::iter::once(first_use).chain(others.map(|&(_, other)| other))
    }

    /// How many uses a literal has, at least.
    #[inline]
    pub(crate) fn least_uses(&self, literal: LiteralId) -> usize {
        self.all[literal as usize].uses.into()
    }

    /// The rules that are looked for by a literal.
    pub(crate) fn rules(&self, literal: LiteralId) -> impl Iterator<Item = RuleLiteral> {
        self.uses(literal).filter_map(|one| match one {
            Use::Rule(of_rule) => Some(of_rule),
            Use::Gate => None,
        })
    }

    /// Prefetches a literal's line.
    #[inline]
    pub(crate) fn prefetch(&self, literal: LiteralId) {
        prefetch(&self.all, literal as usize);
    }

    /// Prefetches a literal's tail. Its line should be [in the cache](Self::prefetch).
    #[inline]
    pub(crate) fn prefetch_tail(&self, literal: LiteralId) {
        prefetch(&self.tails, self.all[literal as usize].tail as usize);
    }

    /// Whether `text` has the literal at `at`, and next to it what it is there for.
    #[inline]
    pub(crate) fn is_at(&self, text: &[u8], at: usize, literal: LiteralId) -> bool {
        let line = &self.all[literal as usize];
        let length = usize::from(line.length);
        if !has_folded_head(text, at, &line.head, length)
            || !line.neighbours.allow(text, at, at + length)
        {
            return false;
        }
        let tail = self.tail(literal);
        tail.is_empty() || has_folded(text, at + HEAD, tail)
    }

    #[inline]
    fn tail(&self, literal: LiteralId) -> &[u8] {
        let &Literal { tail, length, .. } = &self.all[literal as usize];
        &self.tails[tail as usize..][..usize::from(length).saturating_sub(HEAD)]
    }

    /// How many bytes a literal has.
    #[inline]
    pub(crate) fn length(&self, literal: LiteralId) -> u32 {
        self.all[literal as usize].length.into()
    }

    /// A literal's bytes.
    pub(crate) fn get(&self, literal: LiteralId) -> Vec<u8> {
        [self.all[literal as usize].head(), self.tail(literal)].concat()
    }
}
