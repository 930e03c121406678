//! Texts as the engines read them: code units for the exact engine, UTF-8 for the automata. A
//! [`Transcoder`] makes one of the other.
//!
//! Long texts take a while to read. [`TextEncoder`] and [`TextScanner`] work in chunks, so that
//! their caller can suspend between two of them.

mod blocks;
mod encoder;
mod flags;
pub(crate) mod haystack;
mod offsets;
mod portable;
mod scanner;
mod shared;
mod stats;
pub mod transcoder;
pub mod utf16;

pub use self::encoder::TextEncoder;
pub use self::scanner::TextScanner;
pub use self::shared::{SharedText, TextBlock};
pub use self::transcoder::Transcoder;
pub use self::utf16::combine;

/// UTF-8 bytes, or UTF-16 code units, that are worked on between two checks for an interrupt. They
/// fit the innermost cache, so several looks at a chunk cost memory traffic once.
pub const CHUNK: usize = 1 << 14;
