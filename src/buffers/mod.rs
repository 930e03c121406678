//! Memory for the texts of calls: copied on a JavaScript thread, read by workers, used again.

pub(crate) mod arena;
pub(crate) mod pool;
pub(crate) mod window;
