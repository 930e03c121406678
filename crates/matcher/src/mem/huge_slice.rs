//! Tables of long lists, in large pages where the system has them.
//!
//! A look-up in a large table waits for the table's memory, and before that for the address of that
//! memory: a core remembers the addresses of some thousand pages, of 4 KB each unless Linux is
//! asked for larger ones. With 10 MB of rules that is a tenth of what an error costs.
//!
//! Linux gives large pages only where nothing has been written yet. What an allocator hands out has
//! mostly been in use before, so large tables get memory from the system itself, and are copied
//! there once they are complete.
//!
//! When it hurts: a table takes whole pages, so up to a quarter of its last one goes unused.

use std::ops::{Deref, DerefMut};

use crate::mem::RawSlice;
#[cfg(all(target_os = "linux", not(miri)))]
use crate::mem::huge_pages::Pages;

/// A boxed slice, in large pages if it is large.
#[derive(Debug)]
pub(crate) struct HugeSlice<T> {
    // before the memory: fields are dropped in this order
    items: RawSlice<T>,
    #[allow(dead_code, reason = "it is kept to be dropped; one test reads it")]
    memory: Memory<T>,
}

/// Where a table's items are.
#[derive(Debug)]
#[expect(dead_code, reason = "they are kept to be dropped")]
enum Memory<T> {
    /// In that of the vector that had them.
    Vector(Vec<T>),
    #[cfg(all(target_os = "linux", not(miri)))]
    Pages(Pages),
}

impl<T> From<Vec<T>> for HugeSlice<T> {
    fn from(mut items: Vec<T>) -> Self {
        #[cfg(all(target_os = "linux", not(miri)))]
        if let Some((pages, start)) = Pages::of::<T>(items.len()) {
            // SAFETY: the pages hold as many items, aligned, are this table's alone, and outlive
            // the slice, which is dropped first
            let items = unsafe { RawSlice::put(start, items) };
            return Self { items, memory: Memory::Pages(pages) };
        }
        // SAFETY: the vector is not touched again, and it outlives the slice, which is dropped
        // first
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    #[cfg(all(target_os = "linux", not(miri)))]
    use crate::mem::huge_pages::WORTHWHILE;

    #[test]
    fn a_table_has_what_its_vector_had_whatever_the_size() {
        const COUNTS: [usize; 8] =
            [0, 1, 1000, (1 << 16) - 1, 1 << 16, 1 << 18, (1 << 18) + 1, 5_000_001];
        // Miri takes a second for every ten thousand
        for count in &COUNTS[..if cfg!(miri) { 3 } else { COUNTS.len() }] {
            let count = *count;
            let mut items = Vec::with_capacity(count + 7);
            items.extend(0..count as u64);
            let mut table = HugeSlice::from(items);
            assert_eq!(table.len(), count);
            assert!((0..).zip(&*table).all(|(number, &item)| item == number));
            if let Some(last) = table.last_mut() {
                *last = 7;
                assert_eq!(table[count - 1], 7);
            }
            #[cfg(all(target_os = "linux", not(miri)))]
            assert_eq!(matches!(table.memory, Memory::Pages(_)), count * 8 >= WORTHWHILE);
        }
    }

    #[test]
    fn its_items_are_dropped_once() {
        for count in [3, if cfg!(miri) { 2000 } else { 200_000 }] {
            let item = Arc::new(());
            let table = HugeSlice::from(vec![Arc::clone(&item); count]);
            assert_eq!(Arc::strong_count(&item), count + 1);
            drop(table);
            assert_eq!(Arc::strong_count(&item), 1);
        }
    }
}
