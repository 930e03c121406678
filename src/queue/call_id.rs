//! The name of a call.

/// A call in flight, by the number of its slot among the calls of its environment. A slot is free
/// again, for another call, when the last job of its call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CallId(u32);

impl CallId {
    pub(crate) fn of_slot(slot: usize) -> Self {
        Self(slot as u32)
    }

    pub(crate) fn slot(self) -> usize {
        self.0 as usize
    }

    /// For JavaScript.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}
