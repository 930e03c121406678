//! Sequences of byte sets, and when a text has one.

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::shapes::byte_set::ByteSet;

/// The most bytes of a run. Longer ones are not rarer in practice.
pub(crate) const MAX_RUN: usize = 32;

/// Adjacent bytes of a text, a set for each. A text has a run where each byte is in its set.
pub(crate) type Run = Vec<ByteSet>;

/// A run that a text must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequiredRun {
    pub(crate) run: Run,
    /// Upper bound on its offset from the start of a match.
    pub(crate) max_offset: MaxOffset,
}

/// Whether `text` has the run at `at`.
pub(super) fn is_at(run: &[ByteSet], text: &[u8], at: usize) -> bool {
    let found = text.get(at..).and_then(|rest| rest.get(..run.len()));
    found.is_some_and(|found| run.iter().zip(found).all(|(set, &byte)| set.contains(byte)))
}

/// The run that has every text that one of two runs of the same length has.
pub(super) fn union(one: &[ByteSet], other: &[ByteSet]) -> Run {
    one.iter().zip(other).map(|(one, &other)| one.union(other)).collect()
}
