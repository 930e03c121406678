//! A slice that owns its elements but not the allocation they live in.

use std::fmt::{self, Debug};
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};
use std::slice;

/// A slice that owns its elements but not the allocation they live in.
///
/// Invariant: `start` is aligned for `T`, `len` initialised elements are there, and nobody else
/// reads or writes them as long as this lives. Its owner keeps the allocation until it is dropped.
pub(crate) struct RawSlice<T> {
    start: NonNull<T>,
    len: usize,
}

impl<T> RawSlice<T> {
    /// Moves `items` to `start`.
    ///
    /// # Safety
    ///
    /// `start` is aligned for `T` and valid for reads and writes of `items.len()` elements, in an
    /// allocation other than that of `items`. It stays valid, and nobody else uses it, until the
    /// slice is dropped.
    #[cfg_attr(any(miri, not(target_os = "linux")), expect(dead_code, reason = "for large pages"))]
    pub(crate) unsafe fn put(start: NonNull<T>, mut items: Vec<T>) -> Self {
        let len = items.len();
        // SAFETY: the caller promises room for `len` elements elsewhere; the vector, now of length
        // 0, does not drop what was moved out of it
        unsafe {
            ptr::copy_nonoverlapping(items.as_ptr(), start.as_ptr(), len);
            items.set_len(0);
        }
        Self { start, len }
    }

    /// Takes all items from `items` and leaves them in its allocation.
    ///
    /// # Safety
    ///
    /// Until the slice is dropped, the vector is not dropped and no method of it is called. It may
    /// be moved: its allocation stays where it is.
    pub(crate) unsafe fn take(items: &mut Vec<T>) -> Self {
        let len = items.len();
        let start = NonNull::new(items.as_mut_ptr()).expect("a vector has no null");
        // SAFETY: 0 is no more than the capacity
        unsafe { items.set_len(0) };
        Self { start, len }
    }
}

impl<T> Deref for RawSlice<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: the invariant
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl<T> DerefMut for RawSlice<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: the invariant, and this borrow is exclusive
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl<T> Drop for RawSlice<T> {
    fn drop(&mut self) {
        // SAFETY: the invariant; nobody looks at the elements after this
        unsafe { ptr::drop_in_place(&raw mut **self) };
    }
}

// SAFETY: it owns its elements, as a vector does
unsafe impl<T: Send> Send for RawSlice<T> {}
// SAFETY: it owns its elements, as a vector does
unsafe impl<T: Sync> Sync for RawSlice<T> {}

impl<T: Debug> Debug for RawSlice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
