//! The states that a search has been in: one bit per (row, position), in pages that are made when first touched.
//!
//! A dense table would be rows × positions, most of it never touched. Pages keep what a search holds in proportion to
//! where it went, and are kept for the next search.

use rustc_hash::FxHashMap;

/// Positions per page.
const POSITIONS: u32 = 4096;
const WORDS: usize = POSITIONS as usize / 64;
/// Tables of up to so many pages are indexed directly.
const DIRECT: u64 = 1 << 14;
/// Pages kept for the next search (1 MiB).
const KEPT: usize = 2048;
/// Entries of the hash table that are kept.
const KEPT_ENTRIES: usize = 1 << 14;

type Page = [u64; WORDS];

/// The memo table of one search.
#[derive(Default)]
pub(super) struct Memo {
    pages_per_row: u64,
    /// Page number + 1 by row and block of positions; 0 where there is none yet.
    direct: Vec<u32>,
    hashed: FxHashMap<(u64, u32), u32>,
    pages: Vec<Page>,
    used: usize,
}

impl Memo {
    /// Forgets all and makes room for `rows` of positions 0 to `length`.
    pub(super) fn reset(&mut self, rows: u64, length: u32) {
        self.pages_per_row = u64::from(length / POSITIONS) + 1;
        self.direct.clear();
        self.hashed.clear();
        if let Some(pages) = rows.checked_mul(self.pages_per_row).filter(|&pages| pages <= DIRECT) {
            self.direct.resize(pages as usize, 0);
        }
        self.used = 0;
    }

    /// Gives back what the search took beyond the ordinary.
    pub(super) fn trim(&mut self) {
        self.hashed.clear();
        self.hashed.shrink_to(KEPT_ENTRIES);
        self.used = 0;
        if self.pages.capacity() > KEPT {
            self.pages.truncate(KEPT);
            self.pages.shrink_to(KEPT);
        }
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.used * size_of::<Page>() + self.hashed.len() * 24
    }

    /// Notes a state. Says whether it had been noted before.
    #[inline]
    pub(super) fn insert(&mut self, row: u64, position: u32) -> bool {
        let page = self.page(row, position);
        let (word, bit) = place(position);
        let word = &mut self.pages[page][word];
        let seen = *word & bit != 0;
        *word |= bit;
        seen
    }

    /// Whether a state has been noted.
    #[inline]
    pub(super) fn contains(&mut self, row: u64, position: u32) -> bool {
        let page = self.page(row, position);
        let (word, bit) = place(position);
        self.pages[page][word] & bit != 0
    }

    #[inline]
    fn page(&mut self, row: u64, position: u32) -> usize {
        let block = position / POSITIONS;
        let slot = if self.direct.is_empty() {
            self.hashed.entry((row, block)).or_default()
        } else {
            &mut self.direct[(row * self.pages_per_row + u64::from(block)) as usize]
        };
        if *slot == 0 {
            if self.used == self.pages.len() {
                self.pages.push([0; WORDS]);
            } else {
                self.pages[self.used] = [0; WORDS];
            }
            self.used += 1;
            *slot = self.used as u32;
        }
        *slot as usize - 1
    }
}

#[inline]
fn place(position: u32) -> (usize, u64) {
    ((position % POSITIONS / 64) as usize, 1 << (position % 64))
}
