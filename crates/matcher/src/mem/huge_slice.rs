//! Memory for the tables of long lists, in pages of megabytes where those are to be had.
//!
//! A look-up in a large table waits for the table's memory, and before that for where that memory is: a core remembers some thousand
//! pages, which are 4 KB each unless somebody asks Linux for others. With 10 MB of rules that is a tenth of what an error costs.
//!
//! Linux gives large pages only where nothing has been written yet. What an allocator hands out has mostly been in use before, so
//! large tables get memory from the system itself, and are copied there once they are complete.

use std::ops::{Deref, DerefMut};
#[cfg(target_os = "linux")]
use std::ptr::{self, NonNull};

use crate::mem::RawSlice;

/// Bytes of a large page.
#[cfg(target_os = "linux")]
const LARGE: usize = 2 << 20;

/// Bytes of a table from which on it gets pages of its own. Of the last of them three quarters may go unused.
#[cfg(target_os = "linux")]
const WORTHWHILE: usize = LARGE / 4;

/// A boxed slice, in large pages if it is large.
#[derive(Debug)]
pub(crate) struct HugeSlice<T> {
    // before the memory, for fields are dropped in this order
    items: RawSlice<T>,
    #[cfg_attr(not(test), expect(dead_code, reason = "it is kept to be dropped"))]
    memory: Memory<T>,
}

/// Where a table's items are.
#[derive(Debug)]
#[expect(dead_code, reason = "they are kept to be dropped")]
enum Memory<T> {
    /// In that of the vector that had them.
    Vector(Vec<T>),
    #[cfg(target_os = "linux")]
    Pages(Pages),
}

impl<T> From<Vec<T>> for HugeSlice<T> {
    fn from(mut items: Vec<T>) -> Self {
        #[cfg(target_os = "linux")]
        if let Some((pages, begin)) = Pages::of(size_of_val(&*items)) {
            // SAFETY: the pages are as large as the items, and aligned for any
            let items = unsafe { RawSlice::put(begin.cast(), items) };
            return Self { items, memory: Memory::Pages(pages) };
        }
        // SAFETY: the vector is not touched again
        Self { items: unsafe { RawSlice::take(&mut items) }, memory: Memory::Vector(items) }
    }
}

impl<T> Deref for HugeSlice<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for HugeSlice<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

/// Memory from the system, which gets it back when this is dropped.
#[cfg(target_os = "linux")]
#[derive(Debug)]
struct Pages {
    begin: *mut libc::c_void,
    bytes: usize,
}

// SAFETY: they are nobody else's
#[cfg(target_os = "linux")]
unsafe impl Send for Pages {}
// SAFETY: nothing can be done with them but to give them back
#[cfg(target_os = "linux")]
unsafe impl Sync for Pages {}

#[cfg(target_os = "linux")]
impl Pages {
    /// So many bytes in large pages, and where they begin. `None` if they are not worth it or not to be had.
    fn of(bytes: usize) -> Option<(Self, NonNull<u8>)> {
        if bytes < WORTHWHILE {
            return None;
        }
        // one page more than are needed: nobody says that the first one begins where a large page can. Of what is not written to,
        // there is none.
        let bytes = bytes.checked_next_multiple_of(LARGE)?.checked_add(LARGE)?;
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        // SAFETY: it is new memory that is asked for, wherever it is
        let begin = unsafe { libc::mmap(ptr::null_mut(), bytes, access, kind, -1, 0) };
        if begin == libc::MAP_FAILED {
            return None;
        }
        let pages = Self { begin, bytes };
        // SAFETY: it is advice about these pages; where it is of no use, all is as before
        unsafe { libc::madvise(begin, bytes, libc::MADV_HUGEPAGE) };
        let before = begin.addr().next_multiple_of(LARGE) - begin.addr();
        // SAFETY: that is less than a large page, and there is one more than needed
        let first = unsafe { begin.cast::<u8>().add(before) };
        Some((pages, NonNull::new(first)?))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: they were mapped as such, and the table that was in them is gone
        unsafe { libc::munmap(self.begin, self.bytes) };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_table_has_what_its_vector_had_whatever_the_size() {
        for count in [0, 1, 1000, (1 << 16) - 1, 1 << 16, 1 << 18, (1 << 18) + 1, 5_000_001] {
            let mut items = Vec::with_capacity(count + 7);
            items.extend(0..count as u64);
            let mut table = HugeSlice::from(items);
            assert_eq!(table.len(), count);
            assert!((0..).zip(&*table).all(|(number, &item)| item == number));
            if let Some(last) = table.last_mut() {
                *last = 7;
                assert_eq!(table[count - 1], 7);
            }
            #[cfg(target_os = "linux")]
            assert_eq!(matches!(table.memory, Memory::Pages(_)), count * 8 >= WORTHWHILE);
        }
    }

    #[test]
    fn its_items_are_dropped_once() {
        for count in [3, 200_000] {
            let item = Arc::new(());
            let table = HugeSlice::from(vec![Arc::clone(&item); count]);
            assert_eq!(Arc::strong_count(&item), count + 1);
            drop(table);
            assert_eq!(Arc::strong_count(&item), 1);
        }
    }
}
