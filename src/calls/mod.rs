//! Calls in flight, and their promises.
//!
//! `submit` makes a call: a slot in the `environment`, a promise by the `script`, jobs for the
//! queue. Their completions come into the `inbox`, and `delivery` settles the call by them. `abort`
//! settles it earlier, and `recovery` after a panic.

mod abort;
pub(crate) mod batch;
mod bundle;
pub(crate) mod completion;
mod copying;
mod delivery;
pub(crate) mod environment;
mod explained;
pub(crate) mod explainer;
mod explanation;
pub(crate) mod in_flight;
mod inbox;
pub(crate) mod packed;
pub(crate) mod promises;
pub(crate) mod recovery;
pub(crate) mod script;
pub(crate) mod settle;
mod signals;
pub(crate) mod submit;

pub(crate) use self::delivery::ensure;
