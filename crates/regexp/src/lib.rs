#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod automata;
mod backtrack;
mod interrupt;
pub mod limits;
mod lockstep;
mod multi_pattern;
mod outcome;
mod pattern;
mod stage;
mod start_range;
pub mod syntax;
pub mod text;
pub mod unicode;
mod units;

pub use self::automata::hir::NonRegular;
pub use self::backtrack::vm::Scratch;
pub use self::interrupt::{Interrupt, Interruption};
pub use self::multi_pattern::{MultiPattern, MultiPatternSearch};
pub use self::outcome::{Answer, Outcome, Undecided};
pub use self::pattern::{Pattern, Reader};
pub use self::start_range::StartRange;
pub use self::syntax::dialect::PatternWarning;
pub use self::syntax::error::{PatternError, PatternErrorKind};
pub use self::syntax::flags::Flags;
pub use self::text::haystack::Haystack;
