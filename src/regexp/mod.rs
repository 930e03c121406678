//! ECMAScript regular expressions: flags and source in, spans out.
//!
//! `parser` → `ast` → `compiler` → `program` → `vm` (with `memo`). `Pattern` is the whole of it.

/// Why a pattern is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub kind: PatternErrorKind,
    /// A sentence for the rule's author, without the offset.
    pub message: String,
    /// UTF-16 offset in the pattern (in the flags, for [`PatternErrorKind::Flags`]).
    pub offset: u32,
}

/// The kinds of [`PatternError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternErrorKind {
    /// V8's `new RegExp` would refuse the source.
    Syntax,
    /// V8's `new RegExp` would refuse the flags.
    Flags,
    /// The pattern is legal, but larger than [`crate::limits`] allow.
    Limit,
}

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
    Stopped,
}
