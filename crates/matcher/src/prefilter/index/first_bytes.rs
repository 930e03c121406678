//! Where short literals can start: a look at their first bytes before the sieve.
//!
//! Short literals need a window at every byte of a text, or at every second one. To sift these
//! takes four times as long as to sift those of long literals, or twice. [`Masks`] tell for 64
//! places at once where one of eight sets of strings can start, in the time of ten windows; only
//! there is anything looked up.
//!
//! That pays if few places are left, which depends on how much the first bytes differ: of codes
//! such as `E1234` a thousand share a few letters and the digits; of words a hundred have nearly
//! all letters at each place. A text with more such places than usual is sifted there.

use std::ops::Range;

use crate::prefilter::shapes::add_places;
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::masks::{BUCKETS, DEPTH, Masks};
use crate::prefilter::sieve::{Kernel, Places};

/// The first bytes of a literal, folded; 0 after its end.
pub(super) type Head = [u8; DEPTH];

/// What a place that is left costs, in units of a byte that the masks look at in a block.
const PLACE: usize = 8;

/// What it costs to sift a window at every place of a block.
const SIFT: usize = 36;

/// With more places in a block at which a literal can start, it takes longer to look at each of
/// them than to sift all windows.
const DENSE: u32 = 6;

/// The first bytes of an index's literals.
#[derive(Debug)]
pub(super) struct FirstBytes {
    masks: Masks,
}

impl FirstBytes {
    /// `heads`: of all literals. `background`: what all texts have in common, folded. `stride`:
    /// from one window to the next without a look at first bytes. `None` if there are no
    /// literals, or the sieve alone is faster.
    pub(super) fn new(mut heads: Vec<Head>, background: &[u8], stride: usize) -> Option<Self> {
        if heads.is_empty() {
            return None;
        }
        // those of one bucket have similar first bytes
        heads.sort_unstable();
        heads.dedup();
        let mut masks = Masks::EMPTY;
        for (bucket, heads) in heads.chunks(heads.len().div_ceil(BUCKETS)).enumerate() {
            for head in heads {
                let bytes = head.iter().take_while(|&&byte| byte != 0);
                masks.add(bucket, &bytes.map(|&byte| either_case(byte)).collect::<Vec<_>>());
            }
        }
        let cost = masks.limit_depth(background, PLACE);
        (masks.depth > 0 && cost * stride < SIFT).then_some(Self { masks })
    }

    /// Adds to `places` those of `part` of a text at which a literal can start. Returns when all
    /// are added, when there may be no more room, or before a block where they are dense; `part`
    /// is what is left then.
    #[inline]
    pub(super) fn add_starts(
        &self,
        kernel: Kernel,
        text: &[u8],
        part: &mut Range<usize>,
        places: &mut Places,
    ) {
        add_places(kernel, &self.masks, text, part, DENSE, places);
    }
}

/// The first bytes of a literal.
pub(super) fn head(literal: &[u8]) -> Head {
    let mut head = [0; DEPTH];
    let length = literal.len().min(DEPTH);
    head[..length].copy_from_slice(&literal[..length]);
    head
}

/// The bytes that fold to this one.
fn either_case(folded: u8) -> ByteSet {
    let other = folded & !0x20;
    ByteSet::range(folded, folded).union(ByteSet::range(other, other))
}
