//! Sets of bytes.

use regexp::syntax::ast::{Ast, Node};

/// A set of bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    /// The bytes of characters that are not ASCII.
    pub(super) const NOT_ASCII: Self = Self([0, 0, u64::MAX, u64::MAX]);

    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    #[inline]
    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub(super) fn is_ascii(self) -> bool {
        self.0[2] | self.0[3] == 0
    }

    /// In ascending order.
    pub(super) fn bytes(self) -> impl Iterator<Item = u8> {
        (0..4).flat_map(move |word| {
            let mut rest = self.0[word];
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some((64 * word as u32 + bit) as u8)
            })
        })
    }

    /// The bytes that a character of these ranges, of code points or of code units, can start
    /// with, and end with, wherever it is in a text: itself if it is ASCII, else any byte that is
    /// not. The latter holds for the halves of a surrogate pair, too.
    pub(super) fn of_ranges(ranges: &[(u32, u32)]) -> Self {
        let mut set = Self::default();
        for &(low, high) in ranges {
            for c in low..=high.min(0x7F) {
                set.insert(c as u8);
            }
            if high > 0x7F {
                set = set.union(Self::NOT_ASCII);
            }
        }
        set
    }

    /// [`Self::of_ranges`] of a node that is one character.
    pub(super) fn of_character(node: &Node, ast: &Ast) -> Option<Self> {
        match *node {
            Node::Literal(c) => Some(Self::of_ranges(&[(c, c)])),
            Node::Set(set) => Some(Self::of_ranges(ast.sets[set as usize].ranges())),
            _ => None,
        }
    }
}
