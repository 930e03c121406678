//! Texts as they are handed over.

mod ansi;
mod raw;

pub use self::ansi::strip_ansi;
pub(crate) use self::ansi::{Stripper, has_introducer};
pub use self::raw::RawText;
