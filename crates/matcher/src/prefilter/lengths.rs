//! Lengths that all parts of the prefilter agree on, in bytes unless they say otherwise.

/// From one window of the text to the next. Also the size of a 4-gram, the unit of a window.
pub(crate) const STEP: usize = 4;

/// 4-grams in a window.
pub(crate) const GRAMS: usize = 4;

/// The shortest literal that the scan finds with one window in every four bytes: wherever it
/// starts, one of those windows starts with four bytes of it.
pub(crate) const LONG: usize = 2 * STEP - 1;

/// The shortest literal that has a 4-gram.
pub(crate) const MEDIUM: usize = STEP;

/// The shortest literal that is looked for. Shorter ones are in too many texts: running their rules
/// costs less than looking for them in every text.
pub(crate) const SHORT: usize = 3;

/// Text that is scanned at a time: it stays in the L1 cache while every index looks at it.
pub(crate) const CHUNK_BYTES: usize = 16 << 10;

/// The most bytes of a literal. Longer ones would not be rarer in practice.
pub(crate) const MAX_LITERAL: usize = 128;
