//! Reading the caller's values, when the call is made.

pub(crate) mod options;
pub(crate) mod rule_list;
pub(crate) mod signal;
