//! Prefetches: memory that is going to be needed comes into the caches while other work goes on.
//!
//! They are hints. Other processors than x86-64 get none.

use std::ptr;

/// Bytes of a cache line.
const CACHE_LINE: usize = 64;

/// Prefetches the first cache line of `items[at]`, if there is such an item.
#[inline]
pub fn prefetch<T>(items: &[T], at: usize) {
    if let Some(item) = items.get(at) {
        prefetch_ref(item);
    }
}

/// Prefetches the first cache line of `item`.
#[inline]
pub fn prefetch_ref<T>(item: &T) {
    prefetch_at(ptr::from_ref(item).cast());
}

/// Prefetches all cache lines of `item`.
#[inline]
pub fn prefetch_all<T>(item: &T) {
    for offset in (0..size_of::<T>()).step_by(CACHE_LINE) {
        prefetch_at(ptr::from_ref(item).cast::<u8>().wrapping_add(offset));
    }
}

/// Prefetches the cache line at an address, whatever that is.
#[inline]
pub fn prefetch_at(address: *const u8) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: every x86-64 has the instruction; it neither reads nor faults, whatever the
        // address
        unsafe { _mm_prefetch::<_MM_HINT_T0>(address.cast()) };
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}

/// Prefetches the room for the next `count` bytes of `buffer`, as far as it has that much, to write
/// there: cache lines that another core has read are taken from it before they are written.
#[inline]
pub fn prefetch_for_write(buffer: &mut Vec<u8>, count: usize) {
    let spare = buffer.spare_capacity_mut();
    let count = count.min(spare.len());
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    for line in spare[..count].iter().step_by(CACHE_LINE) {
        // SAFETY: a hint, which neither reads nor faults; it does nothing where it is not known
        unsafe {
            std::arch::asm!(
                "prefetchw [{}]",
                in(reg) std::ptr::from_ref(line),
                options(nostack, preserves_flags),
            );
        }
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = count;
}
