//! A value together with its slices in one piece of memory.
//!
//! What is looked at together lies side by side then. With a vector for each slice, the programs of a long list are all over the
//! heap, in the holes that loading has left: a few small pieces each, every one of them in a page of its own.

use std::alloc::{self, Layout};
use std::fmt::{self, Debug};
use std::ops::Deref;
use std::ptr::NonNull;

use crate::mem::RawSlice;

/// A boxed value whose [parts](Part) are in the same piece of memory, behind it.
pub(crate) struct WithSlices<T> {
    memory: NonNull<Header<T>>,
}

/// What the memory begins with.
struct Header<T> {
    /// Of all of it.
    layout: Layout,
    value: T,
}

/// How much memory parts take, one behind the other.
#[derive(Clone, Copy)]
pub(crate) struct SliceLayout(Layout);

/// Memory for parts.
pub(crate) struct SliceWriter {
    begin: NonNull<u8>,
    room: SliceLayout,
    /// What of it is taken.
    taken: SliceLayout,
}

impl SliceLayout {
    /// For no parts.
    pub(crate) const NONE: Self = Self(Layout::new::<()>());

    /// And for these items behind the others.
    pub(crate) fn and<I>(self, items: &[I]) -> Self {
        self.with(items).0
    }

    /// The same, and where the items begin.
    fn with<I>(self, items: &[I]) -> (Self, usize) {
        let (layout, begin) =
            self.0.extend(Layout::for_value(items)).expect("what is in memory fits into memory");
        (Self(layout), begin)
    }
}

impl SliceWriter {
    /// Moves items here, behind those that were put here before.
    ///
    /// # Safety
    ///
    /// The part becomes one of the value that the space is made for.
    ///
    /// # Panics
    ///
    /// If there is not so much room.
    pub(crate) unsafe fn put<I>(&mut self, items: Vec<I>) -> RawSlice<I> {
        let (taken, begin) = self.taken.with(&items);
        let fits = taken.0.size() <= self.room.0.size() && taken.0.align() <= self.room.0.align();
        assert!(fits, "parts are put where there is room for them");
        self.taken = taken;
        // SAFETY: it is within the room, and aligned: `begin` is with regard to the space, and that is for the room
        let begin = unsafe { self.begin.add(begin) }.cast::<I>();
        // SAFETY: there is room for so many, which nobody else takes, and the caller does not let go of the value before its part
        unsafe { RawSlice::put(begin, items) }
    }
}

impl<T> WithSlices<T> {
    /// The value that `make` makes, with parts that take the `room` behind it.
    pub(crate) fn new(room: SliceLayout, make: impl FnOnce(&mut SliceWriter) -> T) -> Self {
        let (layout, parts) =
            Layout::new::<Header<T>>().extend(room.0).expect("what is in memory fits into memory");
        // SAFETY: a header has a layout, so it is not of size 0
        let memory = unsafe { alloc::alloc(layout) };
        let Some(memory) = NonNull::new(memory) else { alloc::handle_alloc_error(layout) };
        // SAFETY: the parts begin within the memory
        let begin = unsafe { memory.add(parts) };
        let value = make(&mut SliceWriter { begin, room, taken: SliceLayout::NONE });
        let memory = memory.cast::<Header<T>>();
        // SAFETY: that is what the memory begins with, and it is aligned for it
        unsafe { memory.write(Header { layout, value }) };
        Self { memory }
    }
}

impl<T> Deref for WithSlices<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: it has been written, and is there as long as this is
        unsafe { &self.memory.as_ref().value }
    }
}

impl<T> Drop for WithSlices<T> {
    fn drop(&mut self) {
        // SAFETY: nobody looks at it or its parts after this, and it was allocated with this layout
        unsafe {
            let Header { layout, value } = self.memory.read();
            drop(value);
            alloc::dealloc(self.memory.as_ptr().cast(), layout);
        }
    }
}

// SAFETY: it owns a value, as a box does
unsafe impl<T: Send> Send for WithSlices<T> {}
// SAFETY: as above
unsafe impl<T: Sync> Sync for WithSlices<T> {}

impl<T: Debug> Debug for WithSlices<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    struct Sample {
        bytes: RawSlice<u8>,
        wide: RawSlice<u128>,
        none: RawSlice<u64>,
        shared: RawSlice<Arc<()>>,
        name: &'static str,
    }

    fn sample(bytes: Vec<u8>, wide: Vec<u128>, shared: Vec<Arc<()>>) -> WithSlices<Sample> {
        let room = SliceLayout::NONE.and(&bytes).and(&wide).and::<u64>(&[]).and(&shared);
        WithSlices::new(room, |space| {
            // SAFETY: they become parts of the value
            unsafe {
                Sample {
                    bytes: space.put(bytes),
                    wide: space.put(wide),
                    none: space.put(vec![]),
                    shared: space.put(shared),
                    name: "sample",
                }
            }
        })
    }

    #[test]
    fn its_parts_are_what_was_put_there_and_are_dropped_once() {
        let item = Arc::new(());
        for count in 0..20 {
            let bytes: Vec<u8> = (0..count).collect();
            let wide: Vec<u128> = (0..u128::from(count)).map(|number| number << 100).collect();
            let packed = sample(bytes.clone(), wide.clone(), vec![Arc::clone(&item); count.into()]);
            assert_eq!(*packed.bytes, bytes);
            assert_eq!(*packed.wide, wide);
            assert!(packed.wide.as_ptr().is_aligned() && packed.none.is_empty());
            assert_eq!((packed.shared.len(), packed.name), (count.into(), "sample"));
            assert_eq!(Arc::strong_count(&item), 1 + usize::from(count));
            drop(packed);
            assert_eq!(Arc::strong_count(&item), 1);
        }
    }

    #[test]
    #[should_panic(expected = "room")]
    fn what_there_is_no_room_for_is_not_put_anywhere() {
        WithSlices::new(SliceLayout::NONE.and(&[0_u8; 7]), |space| {
            // SAFETY: it would become the value
            unsafe { space.put(vec![0_u8; 8]) }
        });
    }
}
