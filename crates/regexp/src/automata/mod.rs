//! The second engine: the automata of `regex-automata`, for the patterns and texts on which they
//! mean the same as ECMAScript.
//!
//! `hir` translates a syntax tree and says what the automata cannot do; `automaton` runs one, and
//! `stepping` runs one over a long text in steps that can be interrupted; `union` is many as one,
//! which `lanes` runs at several places of a text at a time. They help where nothing says where a
//! match can start: their speed depends on neither pattern nor text. They hurt on patterns that are
//! used once: to build one takes as long as 50,000 steps of the exact engine, and up to a megabyte.

pub(crate) mod automaton;
pub(crate) mod hir;
mod lanes;
pub(crate) mod stepping;
pub(crate) mod union;
