//! Searching code units, many at a time: for one unit, for two, for a string, for a set.
//!
//! `unit` is a code unit of either width, `needle` what is looked for, `scan` the searches for
//! units and strings, `masked` the one for strings in any case, and `char_set` the searches for
//! sets. Nothing here knows of patterns.

pub(crate) mod char_set;
pub(crate) mod masked;
pub(crate) mod needle;
pub(crate) mod opening;
pub(crate) mod scan;
pub(crate) mod unit;
