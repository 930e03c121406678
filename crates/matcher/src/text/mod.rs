//! Texts as they are handed over.

mod ansi;
mod raw;

pub use self::ansi::strip_ansi;
pub use self::raw::RawText;
