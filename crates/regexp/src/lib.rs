//! ECMAScript regular expressions: flags and source in, spans out.
#![forbid(unsafe_code)]

mod automata;
mod backtrack;
mod interrupt;
pub mod limits;
mod outcome;
mod pattern;
mod reader;
mod start_range;
pub mod syntax;
pub mod text;
pub mod unicode;
mod units;

pub use self::automata::hir::NonRegular;
pub use self::automata::multi_pattern::MultiPattern;
pub use self::backtrack::vm::Scratch;
pub use self::interrupt::Interrupt;
pub use self::outcome::{Answer, Outcome};
pub use self::pattern::Pattern;
pub use self::reader::Reader;
pub use self::start_range::StartRange;
pub use self::syntax::error::{PatternError, PatternErrorKind};
pub use self::text::haystack::Haystack;
