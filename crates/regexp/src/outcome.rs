//! What a search ends with.

use std::fmt;

use crate::interrupt::Interruption;

/// What a search ends with. Offsets are UTF-16 code units, as `RegExp.prototype.exec` counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The leftmost match, the same that `exec` finds with `lastIndex` 0.
    Match {
        /// Offset of its first code unit.
        start: u32,
        /// Offset after its last code unit.
        end: u32,
    },
    /// No part of the text matches.
    NoMatch,
    /// The step budget or the memory limit ended the search before it had an answer.
    Undecided,
    /// The caller's flag ended the search.
    Cancelled,
    /// The deadline has passed. [`Pattern::resume`](crate::Pattern::resume) continues the search.
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

/// What the automata alone say about a text. Offsets are UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The leftmost match.
    Match {
        /// Offset of its first code unit.
        start: u32,
        /// Offset after its last code unit.
        end: u32,
    },
    /// The leftmost match starts here. Only the exact engine can say where it ends.
    MatchFrom {
        /// Offset of its first code unit.
        start: u32,
    },
    /// No part of the text matches.
    NoMatch,
}

/// A search hit a limit of [`crate::limits`] before it had an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided;

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the search hit its step or memory limit before it had an answer")
    }
}

impl std::error::Error for Undecided {}
