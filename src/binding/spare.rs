//! Memory of copies that are no longer needed, for the next texts.
//!
//! A text is copied on the JavaScript thread and let go of on the pool. What a thread frees of another's memory it frees by the other
//! one's lock: that was a quarter of what a call cost the JavaScript thread, and most of its waiting. So what a verdict leaves behind
//! comes back with it.

use std::cell::RefCell;

use super::texts::PIECE;

/// Bytes that are kept, of a box that waits and of a thread each: the copies of some 400 ordinary errors.
const MAX_BYTES: usize = 8 << 20;
/// Bytes that are kept of one text, or piece of texts.
const MAX_BYTES_EACH: usize = 6 << 20;

/// The memory that a failed test's verdict leaves behind. Empty where there was none.
#[derive(Default)]
pub(super) struct Spare {
    pub(super) bytes: [Vec<u8>; 2],
    pub(super) units: [Vec<u16>; 2],
}

/// What is kept for the next ones. Of each kind, what was used last is likeliest to be in a cache.
#[derive(Default)]
pub(super) struct Spares {
    pieces: Vec<Vec<u8>>,
    /// Larger than a piece.
    long: Vec<Vec<u8>>,
    units: Vec<Vec<u16>>,
    bytes: usize,
}

thread_local! {
    /// Of a JavaScript thread.
    static SPARES: RefCell<Spares> = RefCell::default();
}

/// What this thread, a JavaScript thread, has left over. Not looked at if the thread is ending.
pub(super) fn with<T: Default>(look: impl FnOnce(&mut Spares) -> T) -> T {
    SPARES.try_with(|spares| look(&mut spares.borrow_mut())).unwrap_or_default()
}

fn size_of_units(units: &Vec<u16>) -> usize {
    size_of::<u16>() * units.capacity()
}

impl Spares {
    /// Keeps what there is room for.
    pub(super) fn put(&mut self, spare: Spare) {
        let Spare { bytes, units } = spare;
        for bytes in bytes {
            self.put_bytes(bytes);
        }
        for units in units {
            self.put_units(units);
        }
    }

    /// Keeps memory of plain texts, if there is room.
    pub(super) fn put_bytes(&mut self, mut bytes: Vec<u8>) {
        if self.has_room(bytes.capacity()) {
            bytes.clear();
            self.bytes += bytes.capacity();
            let stack = if bytes.capacity() > PIECE { &mut self.long } else { &mut self.pieces };
            stack.push(bytes);
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
    pub(super) fn take_from(&mut self, other: &mut Self) {
        for stack in [&mut other.pieces, &mut other.long] {
            while let Some(bytes) = stack.pop_if(|bytes| self.has_room(bytes.capacity())) {
                other.bytes -= bytes.capacity();
                self.put_bytes(bytes);
            }
        }
        while let Some(units) = other.units.pop_if(|units| self.has_room(size_of_units(units))) {
            other.bytes -= size_of_units(&units);
            self.put_units(units);
        }
    }

    /// Memory for short plain texts. Of this as of the others: empty if none is left over.
    pub(super) fn piece(&mut self) -> Vec<u8> {
        let bytes = self.pieces.pop().unwrap_or_default();
        self.bytes -= bytes.capacity();
        bytes
    }

    /// Memory for a long plain text.
    pub(super) fn long(&mut self) -> Vec<u8> {
        let bytes = self.long.pop().unwrap_or_default();
        self.bytes -= bytes.capacity();
        bytes
    }

    /// Memory for a text of code units.
    pub(super) fn units(&mut self) -> Vec<u16> {
        let units = self.units.pop().unwrap_or_default();
        self.bytes -= size_of_units(&units);
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spare(bytes: usize) -> Spare {
        let bytes_of = |bytes| Vec::with_capacity(bytes);
        Spare {
            bytes: [bytes_of(bytes), Vec::new()],
            units: [Vec::new(), Vec::with_capacity(bytes / 2)],
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut spares = Spares::default();
        spares.put(spare(0));
        spares.put(spare(MAX_BYTES_EACH + 2));
        assert_eq!(spares.bytes, 0);
        for _ in 0..1000 {
            spares.put(spare(MAX_BYTES_EACH));
        }
        assert_eq!(spares.bytes, MAX_BYTES);
        assert_eq!(spares.long.len() + spares.units.len(), MAX_BYTES / MAX_BYTES_EACH);
    }

    #[test]
    fn it_is_taken_until_it_is_full_and_then_left() {
        let (mut from, mut to) = (Spares::default(), Spares::default());
        for _ in 0..40 {
            from.put(spare(PIECE / 4));
        }
        for _ in 0..20 {
            to.put(spare(PIECE / 4));
        }
        let all = from.bytes + to.bytes;
        to.take_from(&mut from);
        assert_eq!((to.bytes, from.bytes), (MAX_BYTES, all - MAX_BYTES));
        while to.bytes > 0 {
            let taken = to.piece().capacity().max(to.long().capacity()).max(to.units().capacity());
            assert!(taken > 0);
        }
        assert_eq!(to.pieces.len() + to.long.len() + to.units.len(), 0);
        assert_eq!(to.piece().capacity(), 0);
    }
}
