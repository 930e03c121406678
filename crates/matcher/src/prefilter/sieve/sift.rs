//! What a kernel does: looks up the windows of a block of text.

use crate::prefilter::lengths::{GRAMS, STEP};
use crate::prefilter::sieve::table::Sieve;

/// Windows in a block, a multiple of [`GROUP`].
pub(crate) const BLOCK: usize = 64;

/// Windows in a group, the least that a kernel looks up.
pub(crate) const GROUP: usize = 8;

/// Text bytes that the windows of a block read. The last window ends in the group after the block.
pub(crate) const BLOCK_BYTES: usize = (BLOCK + GROUP) * STEP;

const _: () = assert!(GRAMS <= GROUP, "a window ends in the next group at the latest");
const _: () = assert!(BLOCK == u64::BITS as usize, "`Passed` has a bit for each window");

/// The windows of a block that pass, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Windows that a literal may cover as a whole.
    pub(crate) whole: u64,
    /// Windows in which a literal may end.
    pub(crate) partial: u64,
}

/// The lookup for one instruction set. A value is the proof that the machine has it.
pub(crate) trait Sift: Copy {
    /// Looks up the windows at every fourth byte of `block`: the first `groups` groups of them.
    fn sift(self, sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed;
}

/// Code that needs a [`Sift`]. [`Kernel::run`](super::Kernel::run) compiles it once for each, so
/// that all of it, and not the lookup alone, uses the instruction set.
pub(crate) trait SiftTask {
    /// Mark it `#[inline(always)]`: otherwise it is compiled for the least instruction set.
    fn run(self, sift: impl Sift);
}
