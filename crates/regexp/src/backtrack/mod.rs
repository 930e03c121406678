//! The exact engine: a memoising backtracking machine over code units that can run every pattern.

pub(crate) mod compiler;
pub(crate) mod memo;
pub(crate) mod program;
pub(crate) mod trail;
pub(crate) mod vm;
