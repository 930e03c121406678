//! The blocks in which texts are converted, and what is known of one.

/// Code units, or bytes of UTF-8, of a block.
pub(super) const BLOCK: usize = 256;

/// What a conversion may write behind its result, in units of that.
const SLACK: usize = 64;

/// The most code units that are encoded at once: a block does not end within a surrogate pair.
pub const MAX_UNITS: usize = BLOCK + 1;

/// Room for the UTF-8 of [`MAX_UNITS`].
pub type Utf8Block = [u8; 3 * MAX_UNITS + SLACK];

/// The most bytes of UTF-8 that are decoded at once.
pub const MAX_BYTES: usize = BLOCK;

/// Room for the UTF-16 of [`MAX_BYTES`].
pub type Utf16Block = [u16; MAX_BYTES + SLACK];

/// How many bytes a block of code units became, and what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    /// Bytes of UTF-8.
    pub length: usize,
    /// Surrogates, in pairs or alone.
    pub surrogates: bool,
    /// Surrogates without their other half.
    pub lone_surrogates: bool,
    /// U+2028 or U+2029.
    pub separators: bool,
}
