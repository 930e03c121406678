//! Calls in flight, and their promises.

pub(crate) mod batch;
pub(crate) mod environment;
pub(crate) mod promises;
pub(crate) mod retire;
pub(crate) mod signals;
