//! Memory for the tables of long lists, in pages of megabytes where those are to be had.
//!
//! A look-up in a large table waits for the table's memory, and before that for where that memory is: a core remembers some thousand
//! pages, which are 4 KB each unless somebody asks Linux for others. With 10 MB of rules that is a tenth of what an error costs.

/// Bytes of a large page, and of a table from which on it is worth asking.
#[cfg(target_os = "linux")]
const LARGE: usize = 2 << 20;

/// An empty vector with room for so many items, which nobody has written to yet.
pub(crate) fn with_capacity<T>(count: usize) -> Vec<T> {
    let items = Vec::<T>::with_capacity(count);
    #[cfg(target_os = "linux")]
    if count.saturating_mul(size_of::<T>()) >= LARGE {
        const PAGE: usize = 4 << 10;
        let begin = items.as_ptr().addr();
        let end = begin + count * size_of::<T>();
        // from where the page begins: the large page that begins with it is the table's, too
        let begin = begin - begin % PAGE;
        // SAFETY: it is advice: what is in these pages stays, be it of `items` or of what lies before it in the first, and where it is
        // of no use, all is as before
        unsafe { libc::madvise(begin as *mut libc::c_void, end - begin, libc::MADV_HUGEPAGE) };
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_whatever_the_size() {
        for count in [0, 1, 1000, 1 << 18, (1 << 18) + 1, 1 << 20, 5_000_001] {
            let mut items = with_capacity(count);
            assert!(items.is_empty() && items.capacity() >= count);
            let place = items.as_ptr();
            items.resize(count, 7_u64);
            assert_eq!(items.iter().sum::<u64>(), 7 * count as u64);
            assert_eq!(items.as_ptr(), place, "it is not moved");
        }
    }
}
