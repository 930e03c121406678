//! Memory of copies that are no longer needed, for the next texts.
//!
//! A text is copied on the JavaScript thread and let go of on the pool. What a thread frees of another's memory it frees by the other
//! one's lock: that was a quarter of what a call cost the JavaScript thread, and most of its waiting. So what a verdict leaves behind
//! comes back with it.

use std::cell::RefCell;

/// Bytes that are kept of a box that waits and of a thread each: two logs of megabytes, of which one is judged while the other is
/// copied.
const MAX_BYTES: usize = 12 << 20;
/// Bytes that are kept of one text, or piece of texts.
const MAX_BYTES_EACH: usize = MAX_BYTES / 2;
/// Bytes that are kept in any case: the copies of some 400 ordinary errors.
const MAX_IDLE_BYTES: usize = 1 << 20;

/// The memory that a failed test's verdict leaves behind. Empty where there was none.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(crate) piece: Vec<u8>,
    pub(crate) long: Vec<u8>,
    pub(crate) units: [Vec<u16>; 2],
}

impl Buffers {
    pub(crate) fn is_empty(&self) -> bool {
        let Self { piece, long, units: [test, error] } = self;
        piece.capacity() + long.capacity() + test.capacity() + error.capacity() == 0
    }
}

/// What is kept for the next ones. Of each kind, what was used last is likeliest to be in a cache.
#[derive(Default)]
pub(crate) struct BufferPool {
    pieces: Vec<Vec<u8>>,
    long: Vec<Vec<u8>>,
    units: Vec<Vec<u16>>,
    bytes: usize,
    /// The least that `bytes` has been since [`Self::trim`].
    least: usize,
}

thread_local! {
    /// Of a JavaScript thread.
    static SPARES: RefCell<BufferPool> = RefCell::default();
}

/// What this thread, a JavaScript thread, has left over. Not looked at if the thread is ending.
pub(crate) fn with<T: Default>(look: impl FnOnce(&mut BufferPool) -> T) -> T {
    SPARES.try_with(|spares| look(&mut spares.borrow_mut())).unwrap_or_default()
}

fn size_of_units(units: &Vec<u16>) -> usize {
    size_of::<u16>() * units.capacity()
}

impl BufferPool {
    /// Keeps what there is room for.
    pub(crate) fn put(&mut self, spare: Buffers) {
        let Buffers { piece, long, units } = spare;
        self.put_piece(piece);
        self.put_long(long);
        for units in units {
            self.put_units(units);
        }
    }

    fn put_piece(&mut self, mut piece: Vec<u8>) {
        if self.has_room(piece.capacity()) {
            self.bytes += piece.capacity();
            piece.clear();
            self.pieces.push(piece);
        }
    }

    /// Keeps memory of a long text in ASCII, if there is room.
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

    /// Takes from `other` what there is room for.
    pub(crate) fn take_from(&mut self, other: &mut Self) {
        while let Some(piece) = other.pieces.pop_if(|piece| self.has_room(piece.capacity())) {
            other.bytes -= piece.capacity();
            self.put_piece(piece);
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

    /// To be called when a thread has no calls in flight any more: lets go of what none of the last ones needed.
    pub(crate) fn trim(&mut self) {
        let enough = (self.bytes - self.least).max(MAX_IDLE_BYTES);
        while self.bytes > enough {
            if self.long.is_empty() && self.units.is_empty() {
                self.piece();
            }
            self.long();
            self.units();
        }
        self.least = self.bytes;
    }

    fn took(&mut self, bytes: usize) {
        self.bytes -= bytes;
        self.least = self.least.min(self.bytes);
    }

    /// Memory for short texts in ASCII. Of this as of the others: empty if none is left over.
    pub(crate) fn piece(&mut self) -> Vec<u8> {
        let bytes = self.pieces.pop().unwrap_or_default();
        self.took(bytes.capacity());
        bytes
    }

    /// Memory for a long text in ASCII.
    pub(crate) fn long(&mut self) -> Vec<u8> {
        let bytes = self.long.pop().unwrap_or_default();
        self.took(bytes.capacity());
        bytes
    }

    /// Memory for a text of code units.
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

    fn spare(bytes: usize) -> Buffers {
        Buffers {
            piece: Vec::with_capacity(bytes),
            long: Vec::with_capacity(bytes),
            units: [Vec::new(), Vec::with_capacity(bytes / 2)],
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut spares = BufferPool::default();
        spares.put(spare(0));
        spares.put(spare(MAX_BYTES_EACH + 2));
        assert_eq!(spares.bytes, 0);
        for bytes in [SHORT, LONG] {
            for _ in 0..2 * MAX_BYTES / bytes {
                spares.put(spare(bytes));
            }
            assert_eq!(spares.bytes, MAX_BYTES);
            spares.trim();
            assert!(spares.bytes >= MAX_BYTES - MAX_IDLE_BYTES, "nearly all of it is new");
            spares.trim();
            assert_eq!(spares.bytes, MAX_IDLE_BYTES);
        }
    }

    #[test]
    fn what_the_last_calls_needed_is_kept() {
        let mut spares = BufferPool::default();
        for _ in 0..MAX_BYTES / LONG {
            spares.put(Buffers { long: Vec::with_capacity(LONG), ..Buffers::default() });
        }
        spares.trim();
        for _ in 0..3 {
            let used: Vec<_> = (0..20).map(|_| spares.long()).collect();
            for long in used {
                spares.put_long(long);
            }
            spares.trim();
            assert_eq!(spares.bytes, 20 * LONG);
        }
        spares.trim();
        assert_eq!(spares.bytes, MAX_IDLE_BYTES);
    }

    #[test]
    fn it_is_taken_until_it_is_full_and_then_left() {
        let (mut from, mut to) = (BufferPool::default(), BufferPool::default());
        for bytes in [SHORT, LONG] {
            for _ in 0..MAX_BYTES / bytes / 4 {
                from.put(spare(bytes));
                to.put(spare(bytes / 2));
            }
        }
        let all = from.bytes + to.bytes;
        assert!(all > MAX_BYTES);
        to.take_from(&mut from);
        assert_eq!((to.bytes, from.bytes), (MAX_BYTES, all - MAX_BYTES));
        while to.bytes > 0 {
            let before = to.bytes;
            let taken = to.piece().capacity() + to.long().capacity();
            let taken = taken + size_of_units(&to.units());
            assert_eq!(to.bytes + taken, before, "what is taken is no longer counted");
        }
        assert_eq!(to.pieces.len() + to.long.len() + to.units.len(), 0);
        assert_eq!(to.piece().capacity(), 0);
    }
}
