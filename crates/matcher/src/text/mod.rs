//! Texts as they are handed over.

mod ansi;
mod raw;
mod stack_frames;

pub use self::ansi::strip_ansi;
pub(crate) use self::ansi::{Stripper, has_introducer};
pub use self::raw::RawText;
pub use self::stack_frames::strip_stack_frames;
