//! The addon's allocator: the system's, but that large blocks have a mapping each while a list is
//! loaded.
//!
//! A load needs a few large tables for some milliseconds, and leaves as many that stay. glibc maps
//! a large block only as long as nobody in the process has freed a mapping that was larger; then
//! it takes the block from the thread's heap. There, what stays keeps the system from getting back
//! what was between: twice as much memory as the list takes, if Node has read a file before.
//!
//! Only while a list is loaded: to map a block takes longer than to take it from the heap, and then
//! the system clears it page by page.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering, fence};

/// Smaller blocks are the system's in any case.
const LARGE: usize = 32 << 10;

/// Where a mapping starts: at a multiple of it.
const PAGE: usize = 4096;

/// What `malloc` aligns to.
const ALIGNED: usize = 2 * size_of::<usize>();

/// In the place of a block that is not mapped yet.
const TAKEN: *mut u8 = ptr::without_provenance_mut(1);

/// A bit in the address of a block that nobody uses: a load keeps it for the next that is about as
/// large. To have the system clear pages takes longer than anything else about a block.
const IDLE: usize = 2;

/// Larger blocks are not kept.
const MOST_IDLE: usize = 4 << 20;

/// Loads that are under way.
static LOADS: AtomicUsize = AtomicUsize::new(0);

/// The blocks that are mapped. A list has some twenty, and the blocks after these are the system's.
static MAPPED: [Place; 128] =
    [const { Place { block: AtomicPtr::new(ptr::null_mut()), size: AtomicUsize::new(0) } }; _];

struct Place {
    block: AtomicPtr<u8>,
    size: AtomicUsize,
}

/// Large blocks are mapped as long as this lives.
#[derive(Debug)]
#[must_use = "large blocks are mapped until this is dropped"]
pub struct LargeApart(());

impl LargeApart {
    /// Begins with it.
    pub fn begin() -> Self {
        LOADS.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for LargeApart {
    fn drop(&mut self) {
        if LOADS.fetch_sub(1, Ordering::AcqRel) == 1 {
            // whoever makes a block idle from here on sees that no load is left
            fence(Ordering::SeqCst);
            give_back();
        }
    }
}

/// The system's allocator, but that large blocks are mapped while a [`LargeApart`] lives.
///
/// Its methods are inlined, and what they call is not: there are thousands of calls, which are to
/// be as short as those of the system's functions.
#[derive(Debug)]
pub struct Allocator;

// SAFETY: a block is the system's, or a mapping of its own, which is as long as it is needed and
// is in `MAPPED` from before it is handed out until it is given back
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_aligned(layout) { allocate(layout.size()) } else { aligned(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !is_aligned(layout) {
            let block = aligned(layout);
            if !block.is_null() {
                // SAFETY: it has as many bytes
                unsafe { block.write_bytes(0, layout.size()) };
            }
            return block;
        }
        zeroed(layout.size())
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`
        unsafe { release(block) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `realloc`
        unsafe { resize(block, layout, size) }
    }
}

/// Whether `malloc` aligns such a block. One that is smaller than its alignment it need not, and
/// jemalloc and others, which `LD_PRELOAD` puts in the place of the system's, do not.
#[inline]
fn is_aligned(layout: Layout) -> bool {
    layout.align() <= ALIGNED && layout.align() <= layout.size()
}

#[inline]
fn is_apart(size: usize) -> bool {
    size >= LARGE && LOADS.load(Ordering::Relaxed) > 0
}

#[inline(never)]
fn allocate(size: usize) -> *mut u8 {
    if is_apart(size)
        && let Some(block) = reuse(size).or_else(|| map(size))
    {
        return block;
    }
    // SAFETY: any size may be asked for
    of_system(|| unsafe { libc::malloc(size).cast() })
}

#[inline(never)]
fn zeroed(size: usize) -> *mut u8 {
    // a mapping is zero
    if is_apart(size)
        && let Some(block) = map(size)
    {
        return block;
    }
    // SAFETY: any size may be asked for
    of_system(|| unsafe { libc::calloc(size, 1).cast() })
}

#[inline(never)]
fn aligned(layout: Layout) -> *mut u8 {
    if layout.align() <= PAGE
        && is_apart(layout.size())
        && let Some(block) = reuse(layout.size()).or_else(|| map(layout.size()))
    {
        return block;
    }
    let align = layout.align().max(size_of::<usize>());
    of_system(|| {
        let mut block = ptr::null_mut();
        // SAFETY: a power of two that is a multiple of a pointer's size
        match unsafe { libc::posix_memalign(&raw mut block, align, layout.size()) } {
            0 => block.cast(),
            _ => ptr::null_mut(),
        }
    })
}

/// A block of the system's. Where there is no room for it, there may be without the idle blocks.
#[inline]
fn of_system(ask: impl Fn() -> *mut u8) -> *mut u8 {
    let block = ask();
    if block.is_null() {
        give_back();
        return ask();
    }
    block
}

/// # Safety
///
/// The block is one of this allocator's, and nobody uses it.
#[inline(never)]
unsafe fn release(block: *mut u8) {
    if let Some(place) = place_of(block) {
        let size = place.size.load(Ordering::Relaxed);
        if size <= MOST_IDLE && LOADS.load(Ordering::Acquire) > 0 {
            make_idle(place, block.map_addr(|address| address | IDLE));
            return;
        }
        // before the system can give the address to another thread
        place.block.store(ptr::null_mut(), Ordering::Release);
        // SAFETY: the whole mapping, which nobody uses, says the caller
        unsafe { libc::munmap(block.cast(), size) };
        return;
    }
    // SAFETY: all other blocks are the system's
    unsafe { libc::free(block.cast()) };
}

/// # Safety
///
/// As of [`GlobalAlloc::realloc`].
#[inline(never)]
unsafe fn resize(block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
    // SAFETY: the caller promises a size that a layout can have, and that is not 0
    let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
    let place = place_of(block);
    if let Some(place) = place {
        if size >= LARGE
            && let Some(moved) = remap(place, block, size)
        {
            return moved;
        }
    } else if is_aligned(wanted) && !is_apart(size) {
        // SAFETY: the block is the system's, and the same as long as that refuses
        return of_system(|| unsafe { libc::realloc(block.cast(), size).cast() });
    }
    // SAFETY: as above
    let moved = unsafe { Allocator.alloc(wanted) };
    if moved.is_null() {
        // there is no room for both, but there may be where the block is
        return match place {
            Some(place) => remap(place, block, size).unwrap_or(moved),
            // SAFETY: the block is the system's
            None if is_aligned(wanted) => unsafe { libc::realloc(block.cast(), size).cast() },
            None => moved,
        };
    }
    // SAFETY: two blocks, each of at least so many bytes, of which the old one is not used any more
    unsafe {
        ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
        release(block);
    }
    moved
}

/// Another size for the mapping of a block, which moves if it must. None: the system refuses, and
/// the block is what it was. It does so where a part of the mapping has large pages.
fn remap(place: &Place, block: *mut u8, size: usize) -> Option<*mut u8> {
    // another thread may get the address before it is known where the block is
    place.block.store(TAKEN, Ordering::Release);
    let old = place.size.load(Ordering::Relaxed);
    let size = size.next_multiple_of(PAGE);
    // SAFETY: the whole mapping, which is this block's alone
    let moved = unsafe { libc::mremap(block.cast(), old, size, libc::MREMAP_MAYMOVE) };
    let moved = (moved != libc::MAP_FAILED).then_some(moved.cast());
    place.size.store(if moved.is_some() { size } else { old }, Ordering::Relaxed);
    place.block.store(moved.unwrap_or(block), Ordering::Release);
    moved
}

/// Where a block is in [`MAPPED`]. None: it is the system's.
#[inline]
fn place_of(block: *mut u8) -> Option<&'static Place> {
    // few of the system's are at the start of a page
    if !block.addr().is_multiple_of(PAGE) {
        return None;
    }
    MAPPED.iter().find(|place| place.block.load(Ordering::Acquire) == block)
}

/// Takes an idle block out of its place, if it is one of which the size is right.
fn take(place: &Place, is_right: impl Fn(usize) -> bool) -> Option<(*mut u8, usize)> {
    let idle = place.block.load(Ordering::Acquire);
    if idle.addr() & IDLE == 0 || !is_right(place.size.load(Ordering::Relaxed)) {
        return None;
    }
    place.block.compare_exchange(idle, TAKEN, Ordering::AcqRel, Ordering::Relaxed).ok()?;
    let size = place.size.load(Ordering::Relaxed);
    if !is_right(size) {
        make_idle(place, idle);
        return None;
    }
    Some((idle.map_addr(|address| address & !IDLE), size))
}

/// Puts an idle block into its place.
fn make_idle(place: &Place, idle: *mut u8) {
    place.block.store(idle, Ordering::Release);
    // the last load may have ended just now, and not have seen it
    fence(Ordering::SeqCst);
    if LOADS.load(Ordering::Acquire) == 0 {
        give_back();
    }
}

/// An idle block, cut to this size. None: there is none that is not much larger.
#[cold]
fn reuse(size: usize) -> Option<*mut u8> {
    let pages = size.next_multiple_of(PAGE);
    let is_right = |idle: usize| (pages..=pages.saturating_mul(2)).contains(&idle);
    MAPPED.iter().find_map(|place| {
        let (block, idle) = take(place, is_right)?;
        // SAFETY: what is beyond the size is a part of the mapping that nobody uses
        let cut = unsafe { libc::munmap(block.add(pages).cast(), idle - pages) };
        // it is refused where pages are larger, and where nothing is beyond
        place.size.store(if cut == 0 { pages } else { idle }, Ordering::Relaxed);
        place.block.store(block, Ordering::Release);
        Some(block)
    })
}

/// Gives the idle blocks back.
#[cold]
fn give_back() {
    for place in &MAPPED {
        if let Some((block, size)) = take(place, |_| true) {
            // before the system can give the address to another thread
            place.block.store(ptr::null_mut(), Ordering::Release);
            // SAFETY: the whole mapping, which nobody uses
            unsafe { libc::munmap(block.cast(), size) };
        }
    }
}

/// None: the block has to be the system's.
#[cold]
fn map(size: usize) -> Option<*mut u8> {
    let size = size.next_multiple_of(PAGE);
    let is_free = |place: &&Place| {
        let (free, success, failure) = (ptr::null_mut(), Ordering::AcqRel, Ordering::Relaxed);
        place.block.compare_exchange(free, TAKEN, success, failure).is_ok()
    };
    let place = MAPPED.iter().find(is_free)?;
    let (access, kind) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: a new mapping touches no other memory
    let block = unsafe { libc::mmap(ptr::null_mut(), size, access, kind, -1, 0) };
    let block = (block != libc::MAP_FAILED).then_some(block.cast());
    place.size.store(size, Ordering::Relaxed);
    place.block.store(block.unwrap_or(ptr::null_mut()), Ordering::Release);
    block
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, PoisonError};
    use std::thread;

    use super::*;

    const SIZES: [usize; 7] = [1, LARGE - 1, LARGE, LARGE + 1, 1 << 20, 300, 5 << 20];

    /// One test at a time: they look at places, of which there is one table.
    static TURN: Mutex<()> = Mutex::new(());

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 64).expect("a size")
    }

    /// Through all sizes, from any of them to any other, a block keeps what is in it.
    fn resize_blocks(byte: u8) {
        for from in SIZES {
            for to in SIZES {
                // SAFETY: the block is used as long as it is there and as far as it goes
                unsafe {
                    let block = Allocator.alloc(layout(from));
                    assert!(!block.is_null() && block.addr().is_multiple_of(64));
                    block.write_bytes(byte, from);
                    let block = Allocator.realloc(block, layout(from), to);
                    let kept = std::slice::from_raw_parts(block, from.min(to));
                    assert!(kept.iter().all(|&one| one == byte), "{from} to {to}");
                    Allocator.dealloc(block, layout(to));
                }
            }
        }
    }

    #[test]
    fn blocks_keep_their_bytes_whoever_has_made_them() {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        resize_blocks(1);
        let apart = LargeApart::begin();
        thread::scope(|scope| {
            for byte in 2..6 {
                scope.spawn(move || resize_blocks(byte));
            }
        });
        // SAFETY: as above
        let of_load = unsafe { Allocator.alloc_zeroed(layout(LARGE)) };
        assert!(place_of(of_load).is_some());
        drop(apart);
        // SAFETY: as above
        unsafe {
            assert!((0..LARGE).all(|at| *of_load.add(at) == 0));
            Allocator.dealloc(of_load, layout(LARGE));
        }
        assert!(place_of(of_load).is_none());
    }

    #[test]
    fn a_block_grows_that_has_large_pages_in_a_part_of_it() {
        const SIZE: usize = 8 << 20;
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let _apart = LargeApart::begin();
        // SAFETY: as above; advice leaves the bytes alone
        unsafe {
            let block = Allocator.alloc(layout(SIZE));
            block.write_bytes(7, SIZE);
            libc::madvise(block.add(SIZE / 2).cast(), SIZE / 4, libc::MADV_HUGEPAGE);
            let block = Allocator.realloc(block, layout(SIZE), 2 * SIZE);
            assert!(!block.is_null() && (0..SIZE).all(|at| *block.add(at) == 7));
            Allocator.dealloc(block, layout(2 * SIZE));
        }
    }

    #[test]
    fn no_size_is_too_large_to_be_refused() {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let _apart = LargeApart::begin();
        let largest = Layout::from_size_align(isize::MAX as usize, 1).expect("a size");
        // SAFETY: as above
        unsafe {
            // an idle one, which is compared with it
            Allocator.dealloc(Allocator.alloc(layout(LARGE)), layout(LARGE));
            assert!(Allocator.alloc(largest).is_null());
            assert!(Allocator.alloc_zeroed(largest).is_null());
            let block = Allocator.alloc(layout(LARGE));
            block.write(7);
            assert!(Allocator.realloc(block, layout(LARGE), isize::MAX as usize - 63).is_null());
            assert_eq!(*block, 7);
            Allocator.dealloc(block, layout(LARGE));
        }
    }

    #[test]
    fn more_blocks_than_there_are_places_are_the_systems() {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let _apart = LargeApart::begin();
        // SAFETY: as above
        let blocks: Vec<_> =
            (0..2 * MAPPED.len()).map(|_| unsafe { Allocator.alloc(layout(LARGE)) }).collect();
        assert!(blocks.iter().all(|block| !block.is_null()));
        for block in blocks {
            // SAFETY: as above
            unsafe { Allocator.dealloc(block, layout(LARGE)) };
        }
    }
}
