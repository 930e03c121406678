//! Rules become a matcher, and a matcher gives a failed test its verdict. Knows nothing of Node.
//!
//! The verdict is that of this loop, for every list and every text:
//!
//! ```js
//! rules.find(r => isInForce(r) && (!r.test || new RegExp(r.test).test(testName))
//!   && new RegExp(r.error, r.flags).test(errorText)
//!   && (r.also ?? []).every(also => new RegExp(also).test(errorText))
//!   && !(r.unless ?? []).some(unless => new RegExp(unless).test(errorText)))
//! ```
//!
//! The way through the modules: `rules` (a list is read) → `build` (its patterns are compiled and
//! indexed) → `matcher` (what is in force) → `classify` (a text is asked about) → `verdict`.

#![deny(missing_docs)]

mod build;
mod classify;
mod counters;
mod ids;
pub mod limits;
mod matcher;
pub mod mem;
mod moment;
mod parallel;
pub mod prefilter;
mod report;
pub mod rules;
mod scratch;
pub mod store;
#[cfg(test)]
mod testing;
pub mod text;
mod transcoder;
mod union;
mod verdict;

pub use self::build::{BuildOptions, Leftovers};
pub use self::classify::{
    Classification, Explanation, Missing, Patience, Row, RuleExplanation, Step, TextBuffers,
    WantedRule,
};
pub use self::counters::RuleCount;
pub use self::ids::{RuleIndex, RuleSlot, Ticket};
pub use self::matcher::{ActiveRule, LoadRecord, Matcher};
pub use self::moment::Moment;
pub use self::report::{Engines, Report, Warning, WarningCode};
pub use self::scratch::Scratch;
pub use self::text::{Ansi, StackFrames, TextOptions};
pub use self::verdict::{Cancelled, Hit, Reason, Verdict};
pub use regexp::Interrupt;
pub use regexp::text::{SharedText, TextBlock};
pub use regexp::unicode::UNICODE_VERSION;

/// Texts for the tests, here and in `tests/`.
#[cfg(test)]
#[path = "../tests/units/mod.rs"]
mod units;

/// Randomness for the tests, here and in `tests/`.
#[cfg(test)]
#[path = "../tests/random/mod.rs"]
mod random;
