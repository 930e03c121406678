//! Memory that this crate manages itself.

mod raw_slice;

pub(crate) use self::raw_slice::RawSlice;
