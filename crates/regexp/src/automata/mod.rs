//! The automata of `regex-automata`, for the patterns and texts on which they mean the same as
//! ECMAScript.

pub(crate) mod automaton;
pub(crate) mod hir;
pub(crate) mod multi_pattern;
pub(crate) mod stepping;
