//! Reading the caller's values, when the call is made.

mod known_keys;
mod near_miss;
pub(crate) mod options;
pub(crate) mod rule_list;
pub(crate) mod signal;
