//! Memory of texts that nobody needs any more, for the next ones.
//!
//! A text is copied on the JavaScript thread, and a worker is done with it. A thread that frees the
//! memory of another takes that one's lock in the allocator: it was a quarter of what a call cost
//! the JavaScript thread, and most of its waiting. So the memory comes back with the verdict.

use std::cell::RefCell;

/// The capacity of a pool, in bytes: two logs of megabytes, one that is copied while the other is
/// classified.
const MAX_BYTES: usize = 12 << 20;
/// The largest buffer that a pool keeps, in bytes.
const MAX_BYTES_EACH: usize = MAX_BYTES / 2;
/// What [`BufferPool::trim`] always keeps, in bytes: the copies of some 400 ordinary errors.
const MAX_IDLE_BYTES: usize = 1 << 20;

/// How many blocks are tried for one that is large enough.
const BLOCKS_TRIED: usize = 8;

/// The memory that a verdict leaves behind. A buffer is empty if there was none of its kind.
#[derive(Default)]
pub(crate) struct Buffers {
    /// A block of short ASCII texts.
    pub(crate) block: Vec<u8>,
    /// A long ASCII text.
    pub(crate) long: Vec<u8>,
    /// A name and an error in UTF-16.
    pub(crate) units: [Vec<u16>; 2],
}

impl Buffers {
    pub(crate) fn is_empty(&self) -> bool {
        let Self { block, long, units: [test, error] } = self;
        block.capacity() + long.capacity() + test.capacity() + error.capacity() == 0
    }
}

/// Buffers for the next texts. The last one that comes in of a kind is the first that goes out: it
/// is the likeliest to be in a cache.
#[derive(Default)]
pub(crate) struct BufferPool {
    blocks: Vec<Vec<u8>>,
    long: Vec<Vec<u8>>,
    units: Vec<Vec<u16>>,
    /// The capacity of them all.
    bytes: usize,
    /// The minimum of `bytes` since the last [`Self::trim`].
    min_bytes: usize,
}

thread_local! {
    /// The pool of a JavaScript thread.
    static POOL: RefCell<BufferPool> = RefCell::default();
}

/// Uses the pool of this JavaScript thread. Does not call `look` if the thread is ending.
pub(crate) fn with<T: Default>(look: impl FnOnce(&mut BufferPool) -> T) -> T {
    POOL.try_with(|pool| look(&mut pool.borrow_mut())).unwrap_or_default()
}

fn size_of_units(units: &Vec<u16>) -> usize {
    size_of::<u16>() * units.capacity()
}

impl BufferPool {
    /// Keeps what there is room for.
    pub(crate) fn put(&mut self, buffers: Buffers) {
        let Buffers { block, long, units } = buffers;
        self.put_block(block);
        self.put_long(long);
        for units in units {
            self.put_units(units);
        }
    }

    fn put_block(&mut self, mut block: Vec<u8>) {
        if self.has_room(block.capacity()) {
            self.bytes += block.capacity();
            block.clear();
            self.blocks.push(block);
        }
    }

    /// Keeps the memory of a long ASCII text if there is room.
    pub(crate) fn put_long(&mut self, mut long: Vec<u8>) {
        if self.has_room(long.capacity()) {
            self.bytes += long.capacity();
            long.clear();
            self.long.push(long);
        }
    }

    fn put_units(&mut self, units: Vec<u16>) {
        if self.has_room(size_of_units(&units)) {
            self.bytes += size_of_units(&units);
            self.units.push(units);
        }
    }

    fn has_room(&self, bytes: usize) -> bool {
        (1..=MAX_BYTES_EACH).contains(&bytes) && self.bytes + bytes <= MAX_BYTES
    }

    /// Moves from `other` what there is room for.
    pub(crate) fn take_from(&mut self, other: &mut Self) {
        while let Some(block) = other.blocks.pop_if(|block| self.has_room(block.capacity())) {
            other.bytes -= block.capacity();
            self.put_block(block);
        }
        while let Some(long) = other.long.pop_if(|long| self.has_room(long.capacity())) {
            other.bytes -= long.capacity();
            self.put_long(long);
        }
        while let Some(units) = other.units.pop_if(|units| self.has_room(size_of_units(units))) {
            other.bytes -= size_of_units(&units);
            self.put_units(units);
        }
    }

    /// Frees what none of the calls since the last trim needed. Called when a thread has no call in
    /// flight any more.
    pub(crate) fn trim(&mut self) {
        let enough = (self.bytes - self.min_bytes).max(MAX_IDLE_BYTES);
        while self.bytes > enough {
            if self.long.is_empty() && self.units.is_empty() {
                self.block(0);
            }
            self.long();
            self.units();
        }
        self.min_bytes = self.bytes;
    }

    fn took(&mut self, bytes: usize) {
        self.bytes -= bytes;
        self.min_bytes = self.min_bytes.min(self.bytes);
    }

    /// Memory for short texts, of `wanted` bytes if any of the last few blocks has that many: one
    /// that must grow is copied. An empty vector if there is none, as for the other kinds.
    pub(crate) fn block(&mut self, wanted: usize) -> Vec<u8> {
        let from = self.blocks.len().saturating_sub(BLOCKS_TRIED);
        let fits = self.blocks[from..].iter().rposition(|block| block.capacity() >= wanted);
        let at = fits.map_or(self.blocks.len(), |at| from + at + 1);
        let block = at.checked_sub(1).map_or_else(Vec::new, |at| self.blocks.swap_remove(at));
        self.took(block.capacity());
        block
    }

    /// Memory for a long ASCII text.
    pub(crate) fn long(&mut self) -> Vec<u8> {
        let bytes = self.long.pop().unwrap_or_default();
        self.took(bytes.capacity());
        bytes
    }

    /// Memory for a text in UTF-16.
    pub(crate) fn units(&mut self) -> Vec<u16> {
        let units = self.units.pop().unwrap_or_default();
        self.took(size_of_units(&units));
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: usize = 16 << 10;
    const LONG: usize = 128 << 10;

    fn buffers(bytes: usize) -> Buffers {
        Buffers {
            block: Vec::with_capacity(bytes),
            long: Vec::with_capacity(bytes),
            units: [Vec::new(), Vec::with_capacity(bytes / 2)],
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut pool = BufferPool::default();
        pool.put(buffers(0));
        pool.put(buffers(MAX_BYTES_EACH + 2));
        assert_eq!(pool.bytes, 0);
        for bytes in [SHORT, LONG] {
            for _ in 0..2 * MAX_BYTES / bytes {
                pool.put(buffers(bytes));
            }
            assert_eq!(pool.bytes, MAX_BYTES);
            pool.trim();
            assert!(pool.bytes >= MAX_BYTES - MAX_IDLE_BYTES, "nearly all of it is new");
            pool.trim();
            assert_eq!(pool.bytes, MAX_IDLE_BYTES);
        }
    }

    #[test]
    fn what_the_last_calls_needed_is_kept() {
        let mut pool = BufferPool::default();
        for _ in 0..MAX_BYTES / LONG {
            pool.put(Buffers { long: Vec::with_capacity(LONG), ..Buffers::default() });
        }
        pool.trim();
        for _ in 0..3 {
            let used: Vec<_> = (0..20).map(|_| pool.long()).collect();
            for long in used {
                pool.put_long(long);
            }
            pool.trim();
            assert_eq!(pool.bytes, 20 * LONG);
        }
        pool.trim();
        assert_eq!(pool.bytes, MAX_IDLE_BYTES);
    }

    #[test]
    fn a_full_pool_takes_no_more() {
        let (mut from, mut to) = (BufferPool::default(), BufferPool::default());
        for bytes in [SHORT, LONG] {
            for _ in 0..MAX_BYTES / bytes / 4 {
                from.put(buffers(bytes));
                to.put(buffers(bytes / 2));
            }
        }
        let all = from.bytes + to.bytes;
        assert!(all > MAX_BYTES);
        to.take_from(&mut from);
        assert_eq!((to.bytes, from.bytes), (MAX_BYTES, all - MAX_BYTES));
        while to.bytes > 0 {
            let before = to.bytes;
            let taken = to.block(0).capacity() + to.long().capacity();
            let taken = taken + size_of_units(&to.units());
            assert_eq!(to.bytes + taken, before, "what is taken is no longer counted");
        }
        assert_eq!(to.blocks.len() + to.long.len() + to.units.len(), 0);
        assert_eq!(to.block(0).capacity(), 0);
    }

    #[test]
    fn a_block_that_is_large_enough_goes_before_the_last() {
        let mut pool = BufferPool::default();
        for bytes in [100, 300, 200] {
            pool.put(Buffers { block: Vec::with_capacity(bytes), ..Buffers::default() });
        }
        let mut capacity = |wanted| pool.block(wanted).capacity();
        assert_eq!([250, 250, 0, 0].map(&mut capacity), [300, 200, 100, 0]);
    }
}
