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
    /// Its offset from the start of a match.
    pub(crate) max_offset: MaxOffset,
}

/// Runs of which a text must contain one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequiredRuns {
    pub(crate) runs: Vec<RequiredRun>,
    /// Whether many texts may have one.
    pub(crate) are_common: bool,
}

/// What is known of a rule without a literal.
pub(crate) enum Shape {
    /// A text that it matches has one of these runs.
    Runs(RequiredRuns),
    /// The edges of a text tell of most that it cannot match them. The runs come second.
    AtEdge(Option<RequiredRuns>),
    /// Nothing.
    Unknown,
}

/// Which of the run's bytes is wrong at `at` of `text`, the last one that is; the first one if the
/// text ends before the run. `None`: the text has the run there.
pub(super) fn mismatch(run: &[ByteSet], text: &[u8], at: usize) -> Option<usize> {
    let Some(found) = text.get(at..).and_then(|rest| rest.get(..run.len())) else {
        return Some(0);
    };
    (0..run.len()).rev().find(|&byte| !run[byte].contains(found[byte]))
}

/// The run that has every text that one of two runs of the same length has.
pub(super) fn union(one: &[ByteSet], other: &[ByteSet]) -> Run {
    one.iter().zip(other).map(|(one, &other)| one.union(other)).collect()
}
