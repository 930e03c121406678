//! Texts as they are handed over.

mod ansi;
mod options;
mod plain;
mod raw;
mod stack_frames;
mod unit;

pub use self::ansi::strip_ansi;
pub(crate) use self::ansi::{Stripper, has_introducer};
pub use self::options::{Ansi, StackFrames, TextOptions};
pub use self::raw::RawText;
pub(crate) use self::stack_frames::FrameStripper;
pub use self::stack_frames::strip_stack_frames;
pub(crate) use self::unit::StripText;
