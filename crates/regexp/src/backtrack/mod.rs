//! The exact engine, from a syntax tree to an outcome.
//!
//! `compiler` lays out a `program`, `start` finds out where its matches can start, and `required`
//! which strings they have. `vm` runs the program; `memo` and `trail` hold what it remembers.
//! `straight` knows the matches of the simplest programs without running them. It helps on every
//! pattern and every text, and is built in microseconds. It hurts where nothing says where a match
//! can start: then it attempts one at every position, and an automaton is faster.

mod beside;
pub(crate) mod compiler;
pub(crate) mod memo;
mod opening;
mod possessive;
pub(crate) mod program;
pub(crate) mod required;
pub(crate) mod start;
pub(crate) mod straight;
pub(crate) mod trail;
pub(crate) mod vm;
