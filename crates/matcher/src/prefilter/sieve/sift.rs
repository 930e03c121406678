//! What a kernel does: writes down where in a text the windows are that pass.

use std::ops::Range;

use crate::prefilter::lengths::{GRAMS, STEP};

/// Windows in a block.
pub(super) const BLOCK: usize = 64;

/// Windows in a group, the least that a kernel looks up.
pub(super) const GROUP: usize = 8;

/// Text bytes from one block of windows to the next.
pub(super) const BLOCK_STRIDE: usize = BLOCK * STEP;

/// Text bytes that the windows of a block read. The last window ends in the group after the block.
pub(super) const BLOCK_BYTES: usize = (BLOCK + GROUP) * STEP;

const _: () = assert!(GRAMS <= GROUP, "a window ends in the next group at the latest");
const _: () = assert!(BLOCK == u64::BITS as usize, "a mask has a bit for each window");

/// Windows that make a batch. The block that completes it may add more.
const BATCH: usize = 192;

/// The most windows in a batch.
pub(crate) const PLACES: usize = BATCH + BLOCK;

/// Windows of a block that are written down without asking how many passed.
const USUAL: usize = 8;

/// Where in the text the windows of a batch are.
#[derive(Debug)]
pub(crate) struct Places {
    pub(super) all: Box<[u32; PLACES]>,
    /// The number of places. Elements of `all` after these are left over.
    pub(super) count: usize,
}

impl Default for Places {
    fn default() -> Self {
        Self { all: Box::new([0; PLACES]), count: 0 }
    }
}

impl Places {
    pub(crate) fn clear(&mut self) {
        self.count = 0;
    }

    /// Whether there is room for those of a block.
    pub(crate) fn has_room(&self) -> bool {
        self.count <= PLACES - BLOCK
    }

    pub(crate) fn all(&self) -> &[u32] {
        &self.all[..self.count]
    }

    /// Adds those windows of a block whose bit is set. `start`: the place of the block. `STRIDE`:
    /// from one of its windows to the next. `USUAL`: so many are written down without asking how
    /// many passed.
    #[inline]
    pub(crate) fn add_block<const STRIDE: usize, const USUAL: usize>(
        &mut self,
        mut passed: u64,
        start: usize,
    ) {
        let end = self.count + passed.count_ones() as usize;
        let mut write = |at: usize| {
            self.all[at] = (start + passed.trailing_zeros() as usize * STRIDE) as u32;
            passed &= passed.wrapping_sub(1);
        };
        // How many passed cannot be predicted, except that they are few: the first writes are done
        // in any case, and those that are too many are overwritten.
        for at in self.count..self.count + USUAL {
            write(at);
        }
        for at in self.count + USUAL..end {
            write(at);
        }
        self.count = end;
    }
}

/// Sifts block by block. `windows`: see [`Kernel::sift`](super::Kernel::sift). `sift`: which
/// windows of a block pass, of those in the first groups; the number of groups is its argument.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled for the instruction set of its caller")]
pub(super) fn sift_blocks(
    text: &[u8],
    windows: &mut Range<usize>,
    places: &mut Places,
    sift: impl Fn(&[u8; BLOCK_BYTES], usize) -> u64,
) {
    while windows.start < windows.end && places.has_room() {
        let rest = &text[windows.start..];
        let count = (windows.end - windows.start).div_ceil(STEP).min(BLOCK);
        let groups = count.div_ceil(GROUP);
        let passed = match rest.first_chunk() {
            Some(block) => sift(block, groups),
            None => {
                let mut block = [0; BLOCK_BYTES];
                block[..rest.len()].copy_from_slice(rest);
                sift(&block, groups)
            }
        };
        places.add_block::<STEP, USUAL>(passed & u64::MAX >> (BLOCK - count), windows.start);
        windows.start += BLOCK_STRIDE;
    }
}
