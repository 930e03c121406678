//! The sieve: two tables that tell, for sixteen bytes of a text, whether a literal may have them.
//!
//! A window is sixteen folded bytes, four 4-grams. The sieve looks at a window at every fourth
//! byte and answers "no" or "maybe". A window of a literal always passes.
//!
//! **Whole windows.** A literal of sixteen bytes or more covers a whole window. The window's hash
//! selects a word of the first table. The hashes of its last two 4-grams select a bit in each of
//! the word's four bytes, and the window passes if all four bits are set. That is a blocked Bloom
//! filter (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). All
//! four 4-grams take part in the selection of the word: literals of a list share their first bytes,
//! and so do texts, so a word that few bytes select would be full just where it is looked up.
//!
//! **Partial windows.** A literal can end inside a window. These windows are in the second table.
//! The first 4-gram selects a row of words and two bits, the second 4-gram the word in the row, the
//! third the other two bits. Where the literal ends too early to select, everything that could be
//! selected is set.
//!
//! A lookup has no branch, and no lookup waits for another.
//!
//! **Kernels.** The same lookup exists once per instruction set, a file each. The portable one is
//! the reference; the tests run all that the machine can run. To add one, write its file with a
//! type that proves the CPU's features (as `Avx2` does) and implements `Sift`, and add it to
//! [`Kernel`], where the only `match` over kernels is.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod kernel;
mod portable;
mod sift;
mod table;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "x86_64")]
pub use self::avx2::Avx2;
pub use self::kernel::Kernel;
pub(crate) use self::sift::{BLOCK, BLOCK_BYTES, GROUP, Passed, Sift, SiftTask};
pub(crate) use self::table::Sieve;
