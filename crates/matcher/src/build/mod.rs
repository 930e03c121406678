//! From a list of rules to what a matcher is made of.

mod compilation;

pub(crate) use self::compilation::{Compilation, Compiled, PatternId};
