//! The limits of a pattern and of a match.

/// Code units that a text may have. A longer one is cut there before it is matched. V8's longest
/// string has 2^29 - 24 units, so no JavaScript string is cut.
pub const MAX_TEXT_UNITS: usize = (1 << 29) - 24;

/// Instructions that a compiled pattern may have. A larger pattern is refused with
/// [`PatternErrorKind::Limit`](crate::PatternErrorKind::Limit).
pub const MAX_PROGRAM_INSTRUCTIONS: usize = 1_000_000;

/// Capture groups that a pattern may have: V8's own limit. A pattern with more is refused with
/// [`PatternErrorKind::Syntax`](crate::PatternErrorKind::Syntax), as in V8.
pub const MAX_CAPTURE_GROUPS: u32 = 65_535;

/// Steps that a pattern with back-references may take on one text. Past them the match is undecided.
/// A pattern without back-references has no such limit: its time is linear in the text.
pub const MAX_BACKREFERENCE_STEPS: u64 = 20_000_000;

/// Bytes of memo table and backtrack stack that one match may hold. Past them the match is
/// undecided.
pub const MAX_MATCH_BYTES: usize = 256 << 20;
