//! Memory that is going to be needed, asked for in time.

/// Has what is at `at` brought into the caches, if there is anything and the machine can be asked to.
#[inline]
pub(crate) fn prefetch<T>(items: &[T], at: usize) {
    if let Some(item) = items.get(at) {
        prefetch_ref(item);
    }
}

/// Has the beginning of an item brought into the caches, if the machine can be asked to.
#[inline]
pub(crate) fn prefetch_ref<T>(item: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: every x86-64 has the instruction, and it reads nothing
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = item;
}
