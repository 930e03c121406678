//! Memory for tables and texts that are larger than the caches. All unsafe code of this crate but
//! the SIMD of prefilter and transcoder is here; `scripts/miri.sh` runs its tests under Miri.

#[cfg(all(target_os = "linux", not(miri)))]
mod allocator;
// Miri has no anonymous maps
#[cfg(all(target_os = "linux", not(miri)))]
mod huge_pages;
mod huge_slice;
mod prefetch;
mod raw_slice;

#[cfg(all(target_os = "linux", not(miri)))]
pub use self::allocator::{Allocator, LargeApart};
pub(crate) use self::huge_slice::HugeSlice;
pub use self::prefetch::{prefetch, prefetch_all, prefetch_at, prefetch_for_write, prefetch_ref};
pub(crate) use self::raw_slice::RawSlice;

/// Bytes from which on a text is long: for that many, and no fewer, glibc always has a mapping of
/// its own.
const LONG: usize = 32 << 20;

/// Makes room for `usual` bytes, which may become `most` of them. A long text gets room for `most`
/// at once: to move hundreds of megabytes takes too long, and what is not written takes no memory.
pub(crate) fn reserve(buffer: &mut Vec<u8>, usual: usize, most: usize) {
    if usual >= LONG {
        // where there is no such room, it moves
        let _ = buffer.try_reserve_exact(most);
    }
    buffer.reserve(usual);
    advise_huge_pages(buffer);
}

/// Zeros for a table of which every part is read before it is written.
///
/// `vec![0; length]` has them from the system, which gives the one page of zeros that all share
/// where it is read first, and another page where that is then written: two traps into the kernel
/// for each 4 KB instead of one.
pub(crate) fn written_zeros<T: Clone + Default>(length: usize) -> Vec<T> {
    // else the compiler would ask the allocator for zeros
    let mut zeros = std::hint::black_box(Vec::with_capacity(length));
    zeros.resize(length, T::default());
    zeros
}

/// Prepares a buffer for a long text: call it when there is room for the text, and before that is
/// written.
///
/// On Linux the text then goes into pages of 2 MB. To write 200 MB means 100 traps into the kernel
/// instead of 50,000, and to free them takes a millisecond instead of 20, which a process that
/// exits would wait for. Elsewhere, and for buffers of less than 32 MB, it does nothing.
pub fn advise_huge_pages<T>(buffer: &mut Vec<T>) {
    #[cfg(all(target_os = "linux", not(miri)))]
    huge_pages::advise(buffer);
    #[cfg(not(all(target_os = "linux", not(miri))))]
    let _ = buffer;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_leaves_a_buffer_as_it_is() {
        for capacity in [0, 100, if cfg!(miri) { 1000 } else { 40 << 20 }] {
            let mut buffer = vec![7_u8; capacity.min(3)];
            buffer.reserve(capacity);
            advise_huge_pages(&mut buffer);
            buffer.resize(capacity, 9);
            assert!(buffer.iter().take(3).all(|&byte| byte == 7));
            assert!(buffer.iter().skip(3).all(|&byte| byte == 9));
        }
    }
}
