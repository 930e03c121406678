//! Memory for the texts of calls.

pub(crate) mod arena;
pub(crate) mod pool;
