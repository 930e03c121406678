//! Source and flags become a syntax tree.

pub(crate) mod analysis;
pub mod ast;
pub(crate) mod error;
pub(crate) mod flags;
pub mod parser;

pub use self::flags::Flags;
