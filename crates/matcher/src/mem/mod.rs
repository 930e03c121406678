//! Memory for tables that are larger than the caches. All unsafe code of this crate but the
//! prefilter's SIMD is here; `scripts/miri.sh` runs its tests under Miri.

mod huge_slice;
mod prefetch;
mod raw_slice;

pub(crate) use self::huge_slice::HugeSlice;
pub use self::prefetch::{prefetch, prefetch_all, prefetch_ref};
pub(crate) use self::raw_slice::RawSlice;
