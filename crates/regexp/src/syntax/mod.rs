//! From source and flags to a syntax tree.
//!
//! `flags` reads the flags and `parser` the source; every message is in `error`. `ast` is the
//! result, a flat table of nodes. `analysis` finds out what is needed about every pattern that is
//! loaded, `dialect` knows the constructs of other dialects, and `referred` what back-references
//! can match.
//!
//! The tree is public for tools that look for something in patterns, such as the literals that
//! every match has. It may change with any version.

pub(crate) mod analysis;
pub mod ast;
pub(crate) mod dialect;
pub(crate) mod error;
pub(crate) mod flags;
pub(crate) mod parser;
pub(crate) mod referred;

pub use self::flags::Flags;
pub use self::parser::parse;
