//! The code units of a text that is stripped.

/// A code unit: a `u8` of a text that is ASCII, or a `u16` of any text.
pub(crate) trait Unit: Copy + Into<u16> {}

impl Unit for u8 {}
impl Unit for u16 {}
