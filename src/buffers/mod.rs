//! Memory for the texts of calls.

pub(crate) mod spare;
pub(crate) mod texts;
