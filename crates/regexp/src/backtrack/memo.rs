//! The states that a search has been in: one bit for each (row, position), in pages that are made
//! when they are first touched. For counted loops, the lowest count for each (row, position).
//!
//! A dense table would be rows × positions, most of it never touched. With pages, a search holds
//! memory in proportion to where it went. They are kept for the next search.

use rustc_hash::FxHashMap;

/// Positions in a page of bits.
const POSITIONS: u32 = 4096;
const WORDS: usize = POSITIONS as usize / 64;
/// A table of up to this many pages is indexed directly.
const DIRECT: u64 = 1 << 14;
/// Pages kept for the next search (1 MiB).
const KEPT: usize = 2048;
/// Entries of a hash table that are kept for the next search.
const KEPT_ENTRIES: usize = 1 << 14;

/// Positions in a page of lowest counts: few, for with counted loops inside each other hardly two
/// states share a row.
const COUNTS: usize = 16;

type Page = [u64; WORDS];

/// The memo table of one search.
#[derive(Default)]
pub(crate) struct Memo {
    pages_per_row: u64,
    /// Page number + 1 by row and block of positions; 0 where there is none yet.
    direct: Vec<u32>,
    hashed: FxHashMap<(u64, u32), u32>,
    /// Index into `lowest` by row and block of positions.
    lowest_at: FxHashMap<(u64, u32), u32>,
    lowest: Vec<[u32; COUNTS]>,
    pages: Vec<Page>,
    used: usize,
    /// Whether there is anything to forget: most patterns have no row.
    has_rows: bool,
}

impl Memo {
    /// Whether there are rows of states that it can note.
    #[inline]
    pub(crate) fn has_rows(&self) -> bool {
        self.has_rows
    }

    /// Forgets all states, and prepares `rows` of positions 0 to `length`.
    #[inline]
    pub(crate) fn reset(&mut self, rows: u64, length: u32) {
        if self.has_rows || rows > 0 {
            self.make_rows(rows, length);
        }
    }

    fn make_rows(&mut self, rows: u64, length: u32) {
        self.has_rows = rows > 0;
        self.pages_per_row = u64::from(length / POSITIONS) + 1;
        self.direct.clear();
        self.hashed.clear();
        self.lowest_at.clear();
        self.lowest.clear();
        if let Some(pages) = rows.checked_mul(self.pages_per_row).filter(|&pages| pages <= DIRECT) {
            self.direct.resize(pages as usize, 0);
        }
        self.used = 0;
    }

    /// Forgets all states, and frees what the search took beyond what most searches need.
    #[inline]
    pub(crate) fn trim(&mut self) {
        if self.has_rows {
            self.free_rows();
        }
    }

    fn free_rows(&mut self) {
        self.has_rows = false;
        self.hashed.clear();
        self.hashed.shrink_to(KEPT_ENTRIES);
        self.lowest_at.clear();
        self.lowest_at.shrink_to(KEPT_ENTRIES);
        self.lowest.clear();
        self.lowest.shrink_to(KEPT_ENTRIES / COUNTS);
        self.used = 0;
        if self.pages.capacity() > KEPT {
            self.pages.truncate(KEPT);
            self.pages.shrink_to(KEPT);
        }
    }

    /// Bytes in use.
    pub(crate) fn bytes(&self) -> usize {
        self.used * size_of::<Page>()
            + self.lowest.len() * size_of::<[u32; COUNTS]>()
            + (self.hashed.len() + self.lowest_at.len()) * 24
    }

    /// Notes a state. Returns whether it was noted before.
    #[inline]
    pub(crate) fn insert(&mut self, row: u64, position: u32) -> bool {
        let page = self.page(row, position);
        let (word, bit) = word_and_bit(position);
        let word = &mut self.pages[page][word];
        let seen = *word & bit != 0;
        *word |= bit;
        seen
    }

    /// Notes a count of a state. Returns whether it is lower than every count noted before.
    pub(crate) fn lower(&mut self, row: u64, position: u32, count: u32) -> bool {
        let block = position / COUNTS as u32;
        let page = *self.lowest_at.entry((row, block)).or_insert_with(|| {
            self.lowest.push([u32::MAX; COUNTS]);
            (self.lowest.len() - 1) as u32
        });
        let lowest = &mut self.lowest[page as usize][position as usize % COUNTS];
        let lower = count < *lowest;
        *lowest = count.min(*lowest);
        lower
    }

    /// Notes the states of a row from `first` to `last`. Stops at the first one that was noted
    /// before, and returns its position.
    pub(crate) fn insert_run(&mut self, row: u64, first: u32, last: u32) -> Option<u32> {
        let mut at = first;
        while at <= last {
            let page = self.page(row, at);
            let (word, bit) = word_and_bit(at);
            let end = last.min(at | 63);
            let these = bit.wrapping_neg() & u64::MAX >> (63 - end % 64);
            let word = &mut self.pages[page][word];
            let seen = *word & these;
            if seen != 0 {
                *word |= these & (seen & seen.wrapping_neg()).wrapping_sub(1);
                return Some((at & !63) + seen.trailing_zeros());
            }
            *word |= these;
            at = end + 1;
        }
        None
    }

    /// Whether a state has been noted.
    #[inline]
    pub(crate) fn contains(&mut self, row: u64, position: u32) -> bool {
        let page = self.page(row, position);
        let (word, bit) = word_and_bit(position);
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

/// Where in a page the bit of a position is.
#[inline]
fn word_and_bit(position: u32) -> (usize, u64) {
    ((position % POSITIONS / 64) as usize, 1 << (position % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After a search that came to its end, and after one that was given up.
    #[test]
    fn a_search_knows_nothing_of_the_last_one() {
        for is_trimmed in [true, false] {
            for between in [None, Some(0), Some(1)] {
                let mut memo = Memo::default();
                memo.reset(2, 10);
                assert!(!memo.insert(1, 3) && memo.insert(1, 3) && memo.lower(0, 4, 2));
                if is_trimmed {
                    memo.trim();
                }
                if let Some(rows) = between {
                    memo.reset(rows, 10);
                    assert_eq!(memo.bytes(), 0);
                }
                memo.reset(2, 10);
                assert!(!memo.insert(1, 3) && memo.lower(0, 4, 5));
            }
        }
    }

    #[test]
    fn a_run_is_noted_as_its_states_would_be_one_by_one() {
        let length = 3 * POSITIONS;
        for (first, last) in [(0, 0), (0, 63), (1, 64), (60, 200), (4000, 4200), (63, 9000), (5, 4)]
        {
            for seen in [0, 1, 62, 63, 64, 65, 127, 128, 4095, 4096, 4097, 8191, 9000, 9001] {
                let (mut one_by_one, mut at_once) = (Memo::default(), Memo::default());
                for memo in [&mut one_by_one, &mut at_once] {
                    memo.reset(2, length);
                    memo.insert(1, seen);
                }
                let stopped = (first..=last).find(|&position| one_by_one.insert(1, position));
                assert_eq!(at_once.insert_run(1, first, last), stopped, "{first} {last} {seen}");
                for position in 0..length {
                    let noted = one_by_one.contains(1, position);
                    assert_eq!(at_once.contains(1, position), noted, "{first} {last} {seen}");
                    assert!(!at_once.contains(0, position));
                }
            }
        }
    }
}
