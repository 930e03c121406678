//! Every limit in one table: name, unit, and what happens at it. README repeats it for users.

/// Code units a text (an error, a test name) may have. A longer one is cut there before matching.
/// V8 strings end at 2^29 - 24 units, so none that JavaScript can hold is cut.
pub const MAX_TEXT_UNITS: usize = (1 << 29) - 24;

/// Instructions a compiled pattern may have. Over it the rule is refused with `ERR_PATTERN_LIMIT`.
pub const MAX_PROGRAM_INSTRUCTIONS: usize = 1_000_000;

/// Capture groups a pattern may have, V8's own limit. Over it the pattern is refused.
pub const MAX_CAPTURE_GROUPS: u32 = 65_535;

/// Steps that one pattern *with back-references* may take on one text before its rule is `undecided`.
pub const MAX_BACKREFERENCE_STEPS: u64 = 20_000_000;

/// Bytes of memo table and backtrack stack that one match may hold. Over it the rule is `undecided`.
pub const MAX_MATCH_BYTES: usize = 256 << 20;
