//! ECMAScript regular expressions: flags and source in, spans out.
//!
//! The way of a pattern: `flags`, `parser` → `ast` → `analysis`, `compiler` → `program`. The way of a search: `vm`, with
//! `memo` and `trail`.

mod analysis;
pub(crate) mod ast;
mod compiler;
mod error;
pub(crate) mod flags;
mod memo;
mod parser;
mod program;
mod trail;
pub(crate) mod utf16;
mod vm;

use std::sync::atomic::AtomicBool;

pub use self::error::{PatternError, PatternErrorKind};
use self::flags::Flags;
use self::program::Program;
pub use self::vm::Scratch;
use crate::limits::MAX_TEXT_UNITS;

/// What a search ended with. Offsets are UTF-16 code units, as `RegExp.prototype.exec` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The leftmost match, as `exec` with `lastIndex` 0 finds it.
    Match {
        /// Where it begins.
        start: u32,
        /// Where it ends (exclusive).
        end: u32,
    },
    /// There is none.
    NoMatch,
    /// The step budget or the memory limit was reached before an answer.
    Undecided,
    /// The caller's stop flag was seen.
    Stopped,
}

/// A compiled ECMAScript pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    program: Program,
}

impl Pattern {
    /// Compiles `new RegExp(source, flags)`; both are UTF-16, lone surrogates allowed.
    ///
    /// # Errors
    ///
    /// [`PatternError`] where V8 throws a `SyntaxError`, or where the pattern is over a limit of [`crate::limits`].
    pub fn new(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        let flags = Flags::parse(flags)?;
        let ast = parser::parse(source, flags)?;
        Ok(Self { program: compiler::compile(&ast)? })
    }

    /// Searches `text` as `exec` does with `lastIndex` 0. `stop` is looked at every few thousand steps.
    ///
    /// A text of more than [`MAX_TEXT_UNITS`] code units is searched up to there.
    pub fn find(&self, text: &[u16], scratch: &mut Scratch, stop: &AtomicBool) -> Outcome {
        let text = &text[..text.len().min(MAX_TEXT_UNITS)];
        vm::search(&self.program, text, scratch, stop)
    }
}
