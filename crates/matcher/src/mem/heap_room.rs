//! Room on the heap for many small allocations, taken from the system in a few large parts.
//!
//! On Linux with glibc, each thread but the first has a heap that grows by a page at a time: a call
//! of the system for every 4 KB. A load, which runs on a thread of its own, makes ten thousand
//! small allocations, and spent a millisecond in three hundred such calls.

/// Bytes of a part: glibc takes them from the thread's heap. For 128 KB or more it asks the system.
const PART: usize = 100 << 10;

/// The most parts: of the largest lists, the system calls are the least.
const MOST_PARTS: usize = 160;

/// Keeps room on the heap of the thread that made it from returning to the system. Memory that is
/// not written to does not exist, so too much room costs nothing. Does nothing with another
/// allocator.
#[derive(Debug)]
#[must_use = "the room is there until this is dropped"]
pub struct HeapRoom {
    /// The last allocation: the room before it is no end of the heap, which would be cut off.
    _end: Option<Box<u64>>,
}

impl HeapRoom {
    /// Room for about so many bytes, 16 MB at most.
    pub fn of(bytes: usize) -> Self {
        if cfg!(not(all(target_os = "linux", target_env = "gnu", not(miri)))) {
            return Self { _end: None };
        }
        let count = (bytes / PART).min(MOST_PARTS);
        let parts: Vec<Vec<u8>> = (0..count).map(|_| Vec::with_capacity(PART)).collect();
        let end = Box::new(0);
        // else the compiler would leave out what is not used
        drop(std::hint::black_box(parts));
        Self { _end: Some(std::hint::black_box(end)) }
    }
}
