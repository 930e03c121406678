//! Every limit in one table: name, unit, and what happens at it. README repeats it for users.

pub use regexp::limits::*;

/// Code units of the matched text that a verdict carries.
pub const MAX_MATCH_TEXT_UNITS: usize = 200;
