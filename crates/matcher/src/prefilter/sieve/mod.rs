//! The sieve: a table that tells, for sixteen bytes of a text, whether a literal may have them.
//!
//! A window is sixteen folded bytes, four 4-grams. The sieve looks at a window at every fourth
//! byte and answers "no" or "maybe". A window of a literal always passes.
//!
//! The table is a blocked Bloom filter (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient
//! Bloom Filters", 2007): a window selects a word and a bit in each of the word's four bytes, and
//! passes if all four bits are set. The hash of the first 4-gram selects a row of words and the
//! bits in two bytes, the second 4-gram the word in the row, the third and the fourth a bit each.
//!
//! A literal can end inside a window. Where it ends too early to select, everything that could be
//! selected is set: a bit becomes a byte, a word becomes its row.
//!
//! Literals of three to six bytes have a sieve of their own, which is short: the first 4-gram
//! selects the word and all bits. If a literal has three bytes, these alone select the word and two
//! of the bits.
//!
//! One window in a hundred passes, half of them for good reason. To look such a window up costs as
//! much as to sift 50 bytes.
//!
//! A lookup has no branch, and no lookup waits for another. The table fits into L2; with 4,000
//! rules it is twice as large as L1. Half as large, it would let so much pass that the scan takes
//! a third longer.
//!
//! **Kernels.** The same lookup exists once per instruction set, a file each. The portable one is
//! the reference; the tests run all that the machine can run. To add one, write its file with a
//! type that proves the CPU's features (as `Avx2` does), and add it to [`Kernel`].

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod kernel;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod portable;
mod sift;
mod table;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "x86_64")]
pub use self::avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub use self::avx512::Avx512;
pub use self::kernel::Kernel;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
pub use self::neon::Neon;
pub(crate) use self::sift::{PLACES, Places};
pub(crate) use self::table::Sieve;
