//! Automata stepped by hand, for long texts.
//!
//! `regex-automata` searches a text in one call, and on hundreds of megabytes that call takes a
//! second that nothing can cut short. Here the lazily built DFA's state is kept between two chunks
//! of the text, so a search can be suspended, resumed by another thread, or cancelled.
//!
//! When it hurts: the crate's own loop skips to literals, steps without bounds checks, and gives up
//! on a DFA that has too many states. Texts of usual length are left to it, see [`LONG_TEXT`].

use regex_automata::hybrid::CacheError;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Anchored, Input, MatchKind, PatternSet};
use regex_syntax::hir::Hir;

use crate::interrupt::{Interrupt, Interruption};
use crate::text::CHUNK;

/// Bytes of a text that is searched without a look at the [`Interrupt`]: a fraction of a
/// millisecond.
pub(crate) const LONG_TEXT: usize = 1 << 18;

/// Where a search stands.
#[derive(Debug)]
struct Cursor {
    cache: Cache,
    state: LazyStateID,
    /// Bytes read.
    at: usize,
}

impl Cursor {
    /// Steps forward to `end`, or past the first byte that leads to a match or to a dead end.
    fn forward(&mut self, dfa: &DFA, text: &[u8], end: usize) -> Result<(), CacheError> {
        let Self { cache, state, at } = self;
        while *at < end {
            if !state.is_tagged() {
                for &byte in &text[*at..end] {
                    let next = dfa.next_state_untagged(cache, *state, byte);
                    if next.is_tagged() {
                        break;
                    }
                    *state = next;
                    *at += 1;
                }
                if *at == end {
                    break;
                }
            }
            *state = dfa.next_state(cache, *state, text[*at])?;
            *at += 1;
            if state.is_tagged() {
                break;
            }
        }
        Ok(())
    }

    /// Steps backward from `at` to `end`, as [`Self::forward`].
    fn backward(&mut self, dfa: &DFA, text: &[u8], end: usize) -> Result<(), CacheError> {
        let Self { cache, state, at } = self;
        while *at > end {
            *at -= 1;
            *state = dfa.next_state(cache, *state, text[*at])?;
            if state.is_tagged() {
                break;
            }
        }
        Ok(())
    }
}

/// A search for all patterns of a DFA that match, with [`MatchKind::All`].
#[derive(Debug)]
pub(crate) struct WhichSearch {
    cursor: Cursor,
    matching: PatternSet,
    /// The match state that was noted last, and how often the cache had been cleared by then.
    noted: Option<(usize, LazyStateID)>,
}

/// What a DFA could not tell: it has more states than its cache can hold at a reasonable speed.
#[derive(Debug)]
pub(crate) struct GaveUp;

impl WhichSearch {
    /// `anchored`: whether matches start where the text does.
    pub(crate) fn new(
        dfa: &DFA,
        mut cache: Cache,
        text: &[u8],
        anchored: Anchored,
    ) -> Result<Self, GaveUp> {
        let start = dfa.start_state_forward(&mut cache, &Input::new(text).anchored(anchored));
        let cursor = Cursor { state: start.map_err(|_| GaveUp)?, cache, at: 0 };
        Ok(Self { cursor, matching: PatternSet::new(dfa.pattern_len()), noted: None })
    }

    /// Searches to the end of the text, unless interrupted.
    pub(crate) fn resume(
        &mut self,
        dfa: &DFA,
        text: &[u8],
        interrupt: &Interrupt<'_>,
    ) -> Result<Result<(), GaveUp>, Interruption> {
        while self.cursor.at < text.len() {
            let end = text.len().min(self.cursor.at + CHUNK);
            match self.search_chunk(dfa, text, end) {
                Ok(true) => {}
                Ok(false) => return Ok(Ok(())),
                Err(_) => return Ok(Err(GaveUp)),
            }
            interrupt.check()?;
        }
        let Cursor { cache, state, .. } = &mut self.cursor;
        match dfa.next_eoi_state(cache, *state) {
            Ok(last) => *state = last,
            Err(_) => return Ok(Err(GaveUp)),
        }
        self.note(dfa);
        Ok(Ok(()))
    }

    /// Whether there is more to find.
    fn search_chunk(&mut self, dfa: &DFA, text: &[u8], end: usize) -> Result<bool, CacheError> {
        self.cursor.cache.search_start(self.cursor.at);
        while self.cursor.at < end {
            self.cursor.forward(dfa, text, end)?;
            self.cursor.cache.search_update(self.cursor.at);
            self.note(dfa);
            if self.cursor.state.is_dead() || self.matching.is_full() {
                self.cursor.cache.search_finish(self.cursor.at);
                return Ok(false);
            }
        }
        self.cursor.cache.search_finish(end);
        Ok(true)
    }

    /// Notes the patterns that match where the search stands.
    fn note(&mut self, dfa: &DFA) {
        let Cursor { cache, state, .. } = &self.cursor;
        if !state.is_match() {
            return;
        }
        let here = Some((cache.clear_count(), *state));
        if self.noted == here {
            return;
        }
        self.noted = here;
        for at in 0..dfa.match_len(cache, *state) {
            self.matching.insert(dfa.match_pattern(cache, *state, at));
        }
    }

    /// The cache, and how many bytes have been read.
    pub(crate) fn progress(&self) -> (&Cache, usize) {
        (&self.cursor.cache, self.cursor.at)
    }

    /// The patterns that match, and the cache.
    pub(crate) fn finish(self) -> (PatternSet, Cache) {
        (self.matching, self.cursor.cache)
    }
}

/// A pattern's DFAs: one finds where the leftmost match ends, the other where it starts.
#[derive(Debug)]
pub(crate) struct SpanDfas {
    forward: DFA,
    reverse: DFA,
}

/// A search for the leftmost match.
#[derive(Debug)]
pub(crate) struct SpanSearch {
    cursor: Cursor,
    /// In the direction of the search, the end of the longest match so far.
    last: Option<usize>,
    /// Where the match ends, once that is known and the search goes back to its start.
    end: Option<usize>,
}

impl SpanDfas {
    /// `None`: they outgrow the limit.
    pub(crate) fn new(hir: &Hir, max_nfa_bytes: usize, max_cache_bytes: usize) -> Option<Self> {
        let build = |reverse: bool, kind: MatchKind| {
            let config = thompson::Config::new()
                .utf8(false)
                .reverse(reverse)
                .nfa_size_limit(Some(max_nfa_bytes))
                .which_captures(WhichCaptures::None);
            let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir).ok()?;
            // it never gives up: slow and interruptible is better than an engine that is neither
            let config = Config::new()
                .match_kind(kind)
                .cache_capacity(max_cache_bytes)
                .skip_cache_capacity_check(true);
            DFA::builder().configure(config).build_from_nfa(nfa).ok()
        };
        Some(Self {
            forward: build(false, MatchKind::LeftmostFirst)?,
            reverse: build(true, MatchKind::All)?,
        })
    }

    /// Starts a search for a match that starts at `first` or later.
    pub(crate) fn search(&self, text: &[u8], first: usize) -> Option<SpanSearch> {
        let mut cache = self.forward.create_cache();
        let input = Input::new(text).range(first..);
        let state = self.forward.start_state_forward(&mut cache, &input).ok()?;
        Some(SpanSearch { cursor: Cursor { cache, state, at: first }, last: None, end: None })
    }

    /// Searches until it is known whether and where there is a match, unless interrupted.
    pub(crate) fn resume(
        &self,
        search: &mut SpanSearch,
        text: &[u8],
        first: usize,
        interrupt: &Interrupt<'_>,
    ) -> Result<Result<Option<(usize, usize)>, GaveUp>, Interruption> {
        if search.end.is_none() {
            while !search.cursor.state.is_dead() && search.cursor.at < text.len() {
                let end = text.len().min(search.cursor.at + CHUNK);
                if search.forward_chunk(&self.forward, text, end).is_err() {
                    return Ok(Err(GaveUp));
                }
                interrupt.check()?;
            }
            let Ok(end) = search.end_forward(&self.forward, text) else { return Ok(Err(GaveUp)) };
            let Some(end) = end else { return Ok(Ok(None)) };
            let Some(back) = self.search_back(text, first, end) else { return Ok(Err(GaveUp)) };
            *search = back;
        }
        while !search.cursor.state.is_dead() && search.cursor.at > first {
            let start = first.max(search.cursor.at.saturating_sub(CHUNK));
            if search.backward_chunk(&self.reverse, text, start).is_err() {
                return Ok(Err(GaveUp));
            }
            interrupt.check()?;
        }
        let Ok(start) = search.end_backward(&self.reverse, text, first) else {
            return Ok(Err(GaveUp));
        };
        Ok(Ok(start.zip(search.end)))
    }

    fn search_back(&self, text: &[u8], first: usize, end: usize) -> Option<SpanSearch> {
        let mut cache = self.reverse.create_cache();
        let input = Input::new(text).range(first..end).anchored(Anchored::Yes);
        let state = self.reverse.start_state_reverse(&mut cache, &input).ok()?;
        Some(SpanSearch { cursor: Cursor { cache, state, at: end }, last: None, end: Some(end) })
    }
}

impl SpanSearch {
    /// Approximate size in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.cursor.cache.memory_usage()
    }

    // a match state is entered one byte after the match

    fn forward_chunk(&mut self, dfa: &DFA, text: &[u8], end: usize) -> Result<(), CacheError> {
        while self.cursor.at < end && !self.cursor.state.is_dead() {
            self.cursor.forward(dfa, text, end)?;
            if self.cursor.state.is_match() {
                self.last = Some(self.cursor.at - 1);
            }
        }
        Ok(())
    }

    fn end_forward(&mut self, dfa: &DFA, text: &[u8]) -> Result<Option<usize>, CacheError> {
        let Cursor { cache, state, .. } = &mut self.cursor;
        if !state.is_dead() && dfa.next_eoi_state(cache, *state)?.is_match() {
            self.last = Some(text.len());
        }
        Ok(self.last)
    }

    fn backward_chunk(&mut self, dfa: &DFA, text: &[u8], start: usize) -> Result<(), CacheError> {
        while self.cursor.at > start && !self.cursor.state.is_dead() {
            self.cursor.backward(dfa, text, start)?;
            if self.cursor.state.is_match() {
                self.last = Some(self.cursor.at + 1);
            }
        }
        Ok(())
    }

    fn end_backward(
        &mut self,
        dfa: &DFA,
        text: &[u8],
        first: usize,
    ) -> Result<Option<usize>, CacheError> {
        let Cursor { cache, state, .. } = &mut self.cursor;
        if !state.is_dead() {
            // the byte before the search's range is context, as is the text's start
            let last = match first.checked_sub(1) {
                Some(before) => dfa.next_state(cache, *state, text[before])?,
                None => dfa.next_eoi_state(cache, *state)?,
            };
            if last.is_match() {
                self.last = Some(first);
            }
        }
        Ok(self.last)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::time::Instant;

    use regex_automata::meta::Regex;
    use regex_syntax::ParserBuilder;

    use super::*;

    const PATTERNS: [&str; 12] = [
        r"x",
        r"a+b",
        r"(?m)^b.*$",
        r"(?s)^a.*b$",
        r"(?-u:\b)ab(?-u:\b)",
        r"z{3}",
        r"(?:a|ab)(?:c|bcd)*",
        r"$",
        r"[^\n]*q",
        r"(?s).*c",
        r"b*?c",
        r"é+",
    ];

    fn texts() -> Vec<Vec<u8>> {
        let mut random = 7_u32;
        let mut texts = vec![Vec::new(), b"ab".to_vec()];
        for length in [5, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
            let letters = (0..length).map(|_| {
                random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                b"ab c\n"[(random >> 16) as usize % 5]
            });
            texts.push(letters.collect());
            let mut long = vec![b'a'; length];
            texts.push(long.clone());
            long.extend_from_slice("bé".as_bytes());
            texts.push(long);
        }
        texts
    }

    fn hir(pattern: &str) -> Hir {
        ParserBuilder::new().utf8(false).build().parse(pattern).unwrap()
    }

    /// Calls `step` with an interrupt that has passed already until it gets through.
    fn stepwise<T>(mut step: impl FnMut(&Interrupt<'_>) -> Result<T, Interruption>) -> T {
        let never = AtomicBool::new(false);
        loop {
            if let Ok(done) = step(&Interrupt::until(Instant::now(), &never)) {
                return done;
            }
        }
    }

    #[test]
    fn spans_are_those_of_the_crates_own_search() {
        for pattern in PATTERNS {
            let hir = hir(pattern);
            let dfas = SpanDfas::new(&hir, 1 << 20, 1 << 20).unwrap();
            let config = Regex::config().utf8_empty(false);
            let regex = Regex::builder().configure(config).build_from_hir(&hir).unwrap();
            for text in texts() {
                for first in [0, 1, 7, CHUNK, text.len()] {
                    if first > text.len() {
                        continue;
                    }
                    let expected = regex.search(&Input::new(&text).range(first..));
                    let mut search = dfas.search(&text, first).unwrap();
                    let found =
                        stepwise(|interrupt| dfas.resume(&mut search, &text, first, interrupt));
                    let expected = expected.map(|found| (found.start(), found.end()));
                    assert_eq!(found.unwrap(), expected, "{pattern} {} {first}", text.len());
                }
            }
        }
    }

    #[test]
    fn patterns_that_match_are_those_of_the_crates_own_search() {
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().utf8(false).which_captures(WhichCaptures::None))
            .build_many_from_hir(&PATTERNS.map(hir))
            .unwrap();
        let config = Config::new().match_kind(MatchKind::All);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).unwrap();
        for text in texts() {
            let mut expected = PatternSet::new(dfa.pattern_len());
            let (mut cache, input) = (dfa.create_cache(), Input::new(&text));
            dfa.try_which_overlapping_matches(&mut cache, &input, &mut expected).unwrap();
            let mut search =
                WhichSearch::new(&dfa, dfa.create_cache(), &text, Anchored::No).unwrap();
            stepwise(|interrupt| search.resume(&dfa, &text, interrupt)).unwrap();
            assert_eq!(search.finish().0, expected, "{}", text.len());
        }
    }

    #[test]
    fn a_search_can_be_cancelled() {
        let dfas = SpanDfas::new(&hir("x"), 1 << 20, 1 << 20).unwrap();
        let text = vec![b'a'; 3 * CHUNK];
        let stop = AtomicBool::new(true);
        let mut search = dfas.search(&text, 0).unwrap();
        let stopped = dfas.resume(&mut search, &text, 0, &Interrupt::without_deadline(&stop));
        assert!(matches!(stopped, Err(Interruption::Cancelled)));
        assert_eq!(search.cursor.at, CHUNK);
    }
}
