//! A slice that owns its items, and not the memory that they are in: for whoever has memory of its own for them.

use std::fmt::{self, Debug};
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};
use std::slice;

/// See above.
pub(crate) struct RawSlice<T> {
    begin: NonNull<T>,
    len: usize,
}

impl<T> RawSlice<T> {
    /// Moves `items` to `begin`.
    ///
    /// # Safety
    ///
    /// There is memory for them, aligned, of which nobody makes other use as long as the part is there.
    pub(crate) unsafe fn put(begin: NonNull<T>, mut items: Vec<T>) -> Self {
        let len = items.len();
        // SAFETY: the caller has seen to it; the vector does not have them any more
        unsafe {
            ptr::copy_nonoverlapping(items.as_ptr(), begin.as_ptr(), len);
            items.set_len(0);
        }
        Self { begin, len }
    }

    /// Takes all items from `items`, and leaves them in its memory.
    ///
    /// # Safety
    ///
    /// The vector stays as it is as long as the part is there.
    pub(crate) unsafe fn take(items: &mut Vec<T>) -> Self {
        let len = items.len();
        // SAFETY: none is fewer
        unsafe { items.set_len(0) };
        Self { begin: NonNull::new(items.as_mut_ptr()).expect("a vector has no null"), len }
    }
}

impl<T> Deref for RawSlice<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: so many items are there, as long as the part is
        unsafe { slice::from_raw_parts(self.begin.as_ptr(), self.len) }
    }
}

impl<T> DerefMut for RawSlice<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and nobody else can look at them
        unsafe { slice::from_raw_parts_mut(self.begin.as_ptr(), self.len) }
    }
}

impl<T> Drop for RawSlice<T> {
    fn drop(&mut self) {
        // SAFETY: the items are there, and nobody looks at them after this
        unsafe { ptr::drop_in_place(&raw mut **self) };
    }
}

// SAFETY: it owns its items, as a vector does
unsafe impl<T: Send> Send for RawSlice<T> {}
// SAFETY: as above
unsafe impl<T: Sync> Sync for RawSlice<T> {}

impl<T: Debug> Debug for RawSlice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
