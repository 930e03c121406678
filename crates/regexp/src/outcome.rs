//! What a search ends with.

use crate::interrupt::Interruption;

/// What a search ended with. Offsets are UTF-16 code units, as `RegExp.prototype.exec` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The leftmost match, as `exec` with `lastIndex` 0 finds it.
    Match {
        /// Where it begins.
        start: u32,
        /// Where it ends (exclusive).
        end: u32,
    },
    /// There is none.
    NoMatch,
    /// The step budget or the memory limit was reached before an answer.
    Undecided,
    /// The caller's stop flag was seen.
    Cancelled,
    /// The turn is over, the search is not: [`Pattern::resume`](crate::Pattern::resume) goes on with it.
    Suspended,
}

impl From<Interruption> for Outcome {
    fn from(interruption: Interruption) -> Self {
        match interruption {
            Interruption::Cancelled => Self::Cancelled,
            Interruption::Suspended => Self::Suspended,
        }
    }
}

/// What the automata alone say of a search. Offsets are UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The leftmost match.
    Match {
        /// Where it begins.
        start: u32,
        /// Where it ends (exclusive).
        end: u32,
    },
    /// The leftmost match begins here; where it ends, the exact engine has to say.
    MatchFrom {
        /// Where it begins.
        start: u32,
    },
    /// There is none.
    NoMatch,
}
