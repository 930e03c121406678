//! Pages of 2 MB instead of 4 KB, from Linux.

use std::ptr::NonNull;

use memmap2::{Advice, MmapMut};

use super::LONG;

/// Bytes of a large page.
const LARGE: usize = 2 << 20;

/// Fewer bytes are not worth a large page: what goes unused of it is memory that is not needed, and
/// a core knows the addresses of as many small pages.
pub(super) const WORTHWHILE: usize = LARGE / 4 * 3;

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
        let room = bytes.checked_next_multiple_of(LARGE)?.checked_add(LARGE)?;
        let mut map = MmapMut::map_anon(room).ok()?;
        let start = map.as_ptr().align_offset(LARGE);
        let whole = bytes / LARGE * LARGE;
        let large = start + if bytes - whole < WORTHWHILE { whole } else { whole + LARGE };
        // where this is refused, the pages are small ones
        let _ = map.advise_range(Advice::HugePage, start, large - start);
        let _ = map.advise_range(Advice::NoHugePage, large, room - large);
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
