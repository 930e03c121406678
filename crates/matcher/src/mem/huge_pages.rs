//! Pages of 2 MB instead of 4 KB, from Linux.

use std::ptr::NonNull;

use memmap2::{Advice, MmapMut};

use super::LONG;

/// Bytes of a large page.
const LARGE: usize = 2 << 20;

/// A table of fewer bytes is not worth pages of its own.
pub(super) const WORTHWHILE: usize = LARGE / 4;

/// Memory from the system, which gets it back when this is dropped.
#[derive(Debug)]
pub(super) struct Pages(#[expect(dead_code, reason = "it is kept to be dropped")] MmapMut);

impl Pages {
    /// Large pages for that number of items, and where the first of them goes. `None` if they are
    /// not worth it or not to be had.
    pub(super) fn of<T>(items: usize) -> Option<(Self, NonNull<T>)> {
        const { assert!(align_of::<T>() <= LARGE, "a page's start is aligned for it") };
        let bytes = items.checked_mul(size_of::<T>())?;
        if bytes < WORTHWHILE {
            return None;
        }
        // One page more than needed, because the map need not start where a large page can. Of what
        // is not written to, there is none.
        let bytes = bytes.checked_next_multiple_of(LARGE)?.checked_add(LARGE)?;
        let mut map = MmapMut::map_anon(bytes).ok()?;
        // where this is refused, the pages are small ones
        let _ = map.advise(Advice::HugePage);
        let start = map.as_ptr().align_offset(LARGE);
        let first = map.get_mut(start..)?.as_mut_ptr();
        Some((Self(map), NonNull::new(first.cast())?))
    }
}

/// Asks for large pages where `buffer` has free capacity for a long text. It has a mapping of its
/// own then, so the advice does not reach other memory.
pub(super) fn advise<T>(buffer: &mut Vec<T>) {
    let spare = buffer.spare_capacity_mut();
    let bytes = size_of_val(spare);
    let start = spare.as_mut_ptr().cast::<u8>();
    let before = start.align_offset(LARGE);
    if bytes < LONG || before >= bytes {
        return;
    }
    let whole = (bytes - before) / LARGE * LARGE;
    // SAFETY: these bytes are in the buffer's allocation, and page-aligned. The advice leaves their
    // content alone; where it is refused, the pages are small ones.
    unsafe { libc::madvise(start.add(before).cast(), whole, libc::MADV_HUGEPAGE) };
}
