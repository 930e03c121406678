//! Searching many code units at a time.

pub(crate) mod char_set;
pub(crate) mod needle;
pub(crate) mod scan;
pub(crate) mod unit;
