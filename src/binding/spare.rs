//! Memory of copies that are no longer needed, for the next texts.
//!
//! A text is copied on the JavaScript thread and let go of on the pool. What a thread frees of another's memory it frees by the other
//! one's lock: that was a quarter of what a call cost the JavaScript thread, and most of its waiting. So what a verdict leaves behind
//! comes back with it.

use std::cell::RefCell;

/// Bytes that are kept, of a box that waits and of a thread each: the copies of some 250 ordinary errors.
const MAX_BYTES: usize = 1 << 20;
/// Bytes that are kept of one failed test. Long logs are few.
const MAX_BYTES_EACH: usize = 32 << 10;

/// The memory of one failed test's copies.
#[derive(Default)]
pub(super) struct Spare {
    pub(super) test: Vec<u16>,
    pub(super) error: Vec<u16>,
}

/// What is kept for the next ones.
#[derive(Default)]
pub(super) struct Spares {
    /// The one that was used last is likeliest to be in a cache.
    stack: Vec<Spare>,
    bytes: usize,
}

thread_local! {
    /// Of a JavaScript thread.
    static SPARES: RefCell<Spares> = RefCell::default();
}

/// Memory for the copies of a failed test. Empty if none is left over.
pub(super) fn take() -> Spare {
    with(Spares::take)
}

/// What this thread, a JavaScript thread, has left over. Not looked at if the thread is ending.
pub(super) fn with<T: Default>(look: impl FnOnce(&mut Spares) -> T) -> T {
    SPARES.try_with(|spares| look(&mut spares.borrow_mut())).unwrap_or_default()
}

impl Spare {
    fn bytes(&self) -> usize {
        size_of::<u16>() * (self.test.capacity() + self.error.capacity())
    }
}

impl Spares {
    /// Keeps it, if there is room.
    pub(super) fn put(&mut self, spare: Spare) {
        let bytes = spare.bytes();
        if (1..=MAX_BYTES_EACH).contains(&bytes) && self.bytes + bytes <= MAX_BYTES {
            self.bytes += bytes;
            self.stack.push(spare);
        }
    }

    /// Takes from `other` what there is room for.
    pub(super) fn take_from(&mut self, other: &mut Self) {
        while let Some(spare) = other.stack.last()
            && self.bytes + spare.bytes() <= MAX_BYTES
        {
            self.put(other.take());
        }
    }

    fn take(&mut self) -> Spare {
        let spare = self.stack.pop().unwrap_or_default();
        self.bytes -= spare.bytes();
        spare
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spare(bytes: usize) -> Spare {
        Spare { test: Vec::new(), error: Vec::with_capacity(bytes / 2) }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut spares = Spares::default();
        spares.put(spare(0));
        spares.put(spare(MAX_BYTES_EACH + 2));
        assert_eq!((spares.stack.len(), spares.bytes), (0, 0));
        for _ in 0..1000 {
            spares.put(spare(MAX_BYTES_EACH));
        }
        assert_eq!((spares.stack.len(), spares.bytes), (MAX_BYTES / MAX_BYTES_EACH, MAX_BYTES));
    }

    #[test]
    fn it_is_taken_until_it_is_full_and_then_left() {
        let (mut from, mut to) = (Spares::default(), Spares::default());
        for _ in 0..20 {
            from.put(spare(MAX_BYTES_EACH));
            to.put(spare(MAX_BYTES_EACH));
        }
        to.take_from(&mut from);
        assert_eq!((from.stack.len(), to.stack.len()), (8, 32));
        assert_eq!(from.bytes + to.bytes, 40 * MAX_BYTES_EACH);
        while !to.stack.is_empty() {
            assert_eq!(to.take().bytes(), MAX_BYTES_EACH);
        }
        assert_eq!(to.bytes, 0);
        assert_eq!(to.take().bytes(), 0);
    }
}
