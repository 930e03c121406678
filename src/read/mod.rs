//! Reading the caller's values, when the call is made.

pub(crate) mod error_text;
mod known_keys;
mod near_miss;
pub(crate) mod options;
pub(crate) mod rule_list;
pub(crate) mod signal;
pub(crate) mod test_name;
