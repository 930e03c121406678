//! Rules become a matcher, and a matcher gives a failed test its verdict. Knows nothing of Node.

mod build;
mod classify;
pub mod limits;
mod matcher;
pub mod mem;
mod parallel;
pub mod prefilter;
pub mod rules;
pub mod store;
pub mod text;

pub use self::classify::{Classification, Step, TextBuffers};
pub use self::matcher::{
    ActiveRule, Ansi, Cancelled, Engines, Hit, Matcher, Reason, Report, Scratch, Verdict,
};
pub use regexp::Interrupt;
pub use regexp::unicode::UNICODE_VERSION;

/// Texts for the tests, here and in `tests/`.
#[cfg(test)]
#[path = "../tests/units/mod.rs"]
mod units;
