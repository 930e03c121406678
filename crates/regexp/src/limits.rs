//! Every limit of this crate: name, unit, and what happens at it.

/// Code units that a text may have. A longer text is cut there before it is matched.
///
/// V8's strings end at 2^29 - 24 units, so no text that JavaScript can hold is cut.
pub const MAX_TEXT_UNITS: usize = (1 << 29) - 24;

/// Instructions that a compiled pattern may have. A larger one is refused with
/// [`PatternErrorKind::Limit`](crate::PatternErrorKind::Limit).
pub const MAX_PROGRAM_INSTRUCTIONS: usize = 1_000_000;

/// Capture groups that a pattern may have, which is V8's own limit. A pattern with more is refused
/// with [`PatternErrorKind::Syntax`](crate::PatternErrorKind::Syntax).
pub const MAX_CAPTURE_GROUPS: u32 = 65_535;

/// Steps that one search by a pattern *with back-references* may take. Then it ends with
/// [`Outcome::Undecided`](crate::Outcome::Undecided).
pub const MAX_BACKREFERENCE_STEPS: u64 = 20_000_000;

/// Steps for each code unit of the text that one search by a pattern with *counted loops* may take,
/// once for the start of the match and once for its end, besides [`MIN_COUNTED_STEPS`]. Then it
/// ends with [`Outcome::Undecided`](crate::Outcome::Undecided). Where 16 steps for each instruction
/// of the compiled pattern are more, it may take those.
///
/// Loops inside each other come near, whose lowest counts multiply, and counts of some thousands of
/// what is longer than a code unit (`(?:\w\s){3000,}`), if a text has parts that are about as long.
pub const COUNTED_STEPS_PER_UNIT: u64 = 1_000;

/// Steps that one search by a pattern with *counted loops* may take on any text.
pub const MIN_COUNTED_STEPS: u64 = 20_000_000;

/// Bytes of memo table and backtrack stack that one search may hold. Then it ends with
/// [`Outcome::Undecided`](crate::Outcome::Undecided).
pub const MAX_MATCH_BYTES: usize = 256 << 20;
