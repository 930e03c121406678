//! Reading the caller's values.

pub(crate) mod error_text;
pub(crate) mod options;
pub(crate) mod rule_list;
pub(crate) mod test_name;
