//! The public functions.

#[cfg(feature = "bare-task")]
mod bare_task;
mod classify;
mod load;
