//! Short texts that lie one after the other, read together (see `prefilter/row.rs`): to read one
//! takes as long as its scan. Only plain texts are, as most are.

use crate::matcher::Matcher;
use crate::moment::Moment;
use crate::prefilter::{CHUNK_BYTES, Candidate, RowCandidates};
use crate::scratch::Scratch;
use crate::text::{RawText, StackFrames};

/// The most candidates of a row whose patterns are prefetched: the inner caches hold those of no
/// more.
const PREFETCHED: usize = 128;

/// Texts that were read together. Memory that rows reuse.
#[derive(Default)]
pub struct Row {
    candidates: RowCandidates,
    /// The number of the next text.
    next: usize,
}

impl Row {
    /// The most bytes of a row: it stays in the innermost cache.
    pub const MAX_BYTES: u32 = 4 << 10;

    /// Whether no text of it is left.
    pub fn is_over(&self) -> bool {
        self.next == self.candidates.len()
    }

    /// The candidates of the next text, which it passes.
    #[inline]
    pub(super) fn next(&mut self) -> &[Candidate] {
        self.next += 1;
        self.candidates.of_text(self.next - 1)
    }
}

const _: () = assert!(Row::MAX_BYTES as usize <= CHUNK_BYTES);

impl Matcher {
    /// Reads texts that lie one after the other in `texts`, at most [`Row::MAX_BYTES`]. `ends`:
    /// where each of them ends; `time`: see [`Self::call_time`]. Returns whether it has: if they
    /// are not all [plain](RawText::Plain), each is to be read by itself.
    pub fn read_row(
        &self,
        texts: &[u8],
        ends: &[u32],
        time: Option<Moment>,
        row: &mut Row,
        scratch: &mut Scratch,
    ) -> bool {
        let is_read_as_it_is = self.text_options().stack_frames == StackFrames::Keep;
        if !is_read_as_it_is || !self.has_rules(time) || !RawText::is_plain(texts) {
            return false;
        }
        row.next = 0;
        self.prefilter().scan_row(texts, ends, &mut scratch.prefilter, &mut row.candidates);
        let candidates = row.candidates.all();
        self.prefetch_searches(&candidates[..candidates.len().min(PREFETCHED)]);
        true
    }

    /// Passes the next text of a row if no rule matches it. Returns whether that is so; if not, a
    /// rule may match it.
    #[inline]
    pub fn pass_in_row(&self, text: &[u8], row: &mut Row) -> bool {
        let has_none = row.candidates.of_text(row.next).is_empty();
        let passes = has_none && !self.unfiltered.has_possible(text, true);
        row.next += usize::from(passes);
        passes
    }
}
