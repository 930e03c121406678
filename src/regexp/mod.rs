//! ECMAScript regular expressions: flags and source in, spans out.
//!
//! The way of a pattern: `flags`, `parser` → `ast` → `analysis`, and then to two engines: `compiler` → `program` for
//! the exact one, `lower` for the automata. The way of a search: `haystack`, `union` (of the patterns that nothing else tells
//! of) and `pattern` → `vm` (with `memo` and `trail`) or `linear`. `set` and `scan` look through many units at a time.

mod analysis;
pub(crate) mod ast;
mod begins;
mod compiler;
mod error;
pub(crate) mod flags;
mod haystack;
mod linear;
mod lower;
mod memo;
mod packed;
pub(crate) mod parser;
mod pattern;
mod program;
mod reader;
pub(crate) mod scan;
mod set;
mod trail;
mod turn;
mod union;
mod unit;
pub(crate) mod utf16;
mod vm;

pub use self::begins::Begins;
pub use self::error::{PatternError, PatternErrorKind};
pub use self::haystack::Haystack;
pub use self::lower::Irregularity;
pub use self::pattern::{Answer, Outcome, Pattern};
pub(crate) use self::reader::Reader;
pub use self::turn::Turn;
pub use self::union::Union;
pub use self::vm::Scratch;
