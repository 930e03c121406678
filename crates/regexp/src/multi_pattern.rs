//! Many patterns as one automaton, which finds in one pass over a text the patterns that can match
//! it.
//!
//! It is for patterns without a literal to look for: each of them would be run on every text. It
//! hurts where a text leads to ever new states. Then it gives up on the text, and after some such
//! texts for good.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson;
use regex_automata::{Input, MatchKind, PatternID, PatternSet};
use regex_syntax::hir::Hir;

use crate::automata::hir::Alphabet;
use crate::automata::stepping::{GaveUp, LONG_TEXT, WhichSearch};
use crate::interrupt::{Interrupt, Interruption};
use crate::pattern::Pattern;
use crate::text::haystack::Haystack;

/// Bytes that the automaton's program may take. Patterns that need more are run one by one.
const MAX_PROGRAM_BYTES: usize = 16 << 20;
/// Bytes of states that are remembered, for each thread that searches.
const MAX_CACHE_BYTES: usize = 2 << 20;
/// How often the cache may be cleared during a text, where fewer than [`LEAST_BYTES_PER_STATE`]
/// bytes of text came by for each state: then the automaton is slower than its patterns one by one.
const MAX_CACHE_CLEARS: usize = 4;
const LEAST_BYTES_PER_STATE: usize = 8;
/// Texts on which it may give up before it is not used any more.
const MAX_GIVEN_UP: u32 = 16;

/// Patterns that are searched together: which of them can match a text?
///
/// It over-approximates, so each candidate has to be confirmed with [`Pattern::search`].
///
/// ```
/// use known_failures_regexp::{Haystack, MultiPattern, Pattern};
///
/// let patterns = [r"\d{3}", "^[a-z]+$", r"[A-Z]{2}\d"];
/// let multi = MultiPattern::new(patterns.map(|p| Pattern::parse_str(p, "").unwrap()).into());
/// let mut candidates = Vec::new();
/// multi.candidates(&Haystack::from_utf8("AB123"), |index| candidates.push(index));
/// assert_eq!(candidates, [0, 2]);
/// ```
#[derive(Debug, Default)]
pub struct MultiPattern {
    patterns: Vec<Pattern>,
    ascii: OnceLock<Option<Combined>>,
    unicode: OnceLock<Option<Combined>>,
}

impl MultiPattern {
    /// Builds nothing until the first text comes. The patterns' own engines are never built.
    pub fn new(patterns: Vec<Pattern>) -> Self {
        Self { patterns, ..Self::default() }
    }

    /// Calls `found` with the index of every pattern that can match `haystack`, in order. It leaves
    /// out the patterns of which the automaton can tell that they do not match.
    pub fn candidates(&self, haystack: &Haystack, found: impl FnMut(usize)) {
        let never = AtomicBool::new(false);
        let mut search = MultiPatternSearch::default();
        let done = self.search(haystack, &mut search, &Interrupt::without_deadline(&never), found);
        debug_assert!(done.is_ok(), "nothing interrupts it");
    }

    /// [`Self::candidates`] with a deadline.
    ///
    /// # Errors
    ///
    /// [`Interruption`] if it was interrupted. Then `found` was not called, and the same call with
    /// the same `search` continues.
    pub fn search(
        &self,
        haystack: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        mut found: impl FnMut(usize),
    ) -> Result<(), Interruption> {
        // on one text, all patterns that have an alphabet have the same one
        let alphabet = self.patterns.iter().find_map(|pattern| pattern.alphabet(haystack));
        let matching = match alphabet.and_then(|alphabet| self.automaton(alphabet)) {
            Some(automaton) => automaton.matching(haystack, search, interrupt)?,
            None => None,
        };
        for (index, pattern) in self.patterns.iter().enumerate() {
            let cannot_match = matching.as_ref().is_some_and(|matching| {
                pattern.alphabet(haystack).is_some()
                    && PatternID::new(index).is_ok_and(|pattern| !matching.contains(pattern))
            });
            if !cannot_match {
                found(index);
            }
        }
        Ok(())
    }

    fn automaton(&self, alphabet: Alphabet) -> Option<&Combined> {
        let built = match alphabet {
            Alphabet::Ascii => &self.ascii,
            Alphabet::Unicode => &self.unicode,
        };
        built.get_or_init(|| Combined::new(&self.patterns, alphabet)).as_ref()
    }
}

/// A search for many patterns at once that may be suspended.
#[derive(Debug, Default)]
pub struct MultiPatternSearch(Option<Box<WhichSearch>>);

/// The automaton for one alphabet. A pattern's ID is its index.
#[derive(Debug)]
struct Combined {
    dfa: DFA,
    patterns: usize,
    /// Caches that no search is using.
    caches: Mutex<Vec<Cache>>,
    /// Texts on which it gave up.
    given_up: AtomicU32,
}

impl Combined {
    /// `None` if it exceeds the limit.
    fn new(patterns: &[Pattern], alphabet: Alphabet) -> Option<Self> {
        // a pattern without an automaton only keeps its ID
        let translated = |pattern: &Pattern| pattern.translate(alphabet).unwrap_or_else(Hir::fail);
        let translated: Vec<Hir> = patterns.iter().map(translated).collect();
        let config = thompson::Config::new()
            .utf8(false)
            .nfa_size_limit(Some(MAX_PROGRAM_BYTES))
            .which_captures(thompson::WhichCaptures::None);
        let nfa =
            thompson::Compiler::new().configure(config).build_many_from_hir(&translated).ok()?;
        let config = Config::new()
            .match_kind(MatchKind::All)
            .cache_capacity(MAX_CACHE_BYTES)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(MAX_CACHE_CLEARS))
            .minimum_bytes_per_state(Some(LEAST_BYTES_PER_STATE));
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
        let (patterns, caches, given_up) = (patterns.len(), Mutex::default(), AtomicU32::new(0));
        Some(Self { dfa, patterns, caches, given_up })
    }

    /// The patterns that match; `None` if it gave up.
    fn matching(
        &self,
        haystack: &Haystack,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
    ) -> Result<Option<PatternSet>, Interruption> {
        if self.given_up.load(Ordering::Relaxed) >= MAX_GIVEN_UP {
            return Ok(None);
        }
        let bytes = haystack.bytes();
        let told = if bytes.len() < LONG_TEXT {
            self.which(bytes)
        } else {
            self.which_interruptible(bytes, search, interrupt)?
        };
        if told.is_err() {
            self.given_up.fetch_add(1, Ordering::Relaxed);
        }
        Ok(told.ok())
    }

    fn which(&self, bytes: &[u8]) -> Result<PatternSet, GaveUp> {
        let mut cache = self.take_cache();
        let input = Input::new(bytes);
        let mut matching = PatternSet::new(self.patterns);
        // most texts match none, and it is faster to find whether any matches than which
        let told = match self.dfa.try_search_fwd(&mut cache, &input.clone().earliest(true)) {
            Ok(None) => true,
            Ok(Some(_)) => {
                self.dfa.try_which_overlapping_matches(&mut cache, &input, &mut matching).is_ok()
            }
            Err(_) => false,
        };
        self.keep_cache(cache);
        if told { Ok(matching) } else { Err(GaveUp) }
    }

    fn which_interruptible(
        &self,
        bytes: &[u8],
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
    ) -> Result<Result<PatternSet, GaveUp>, Interruption> {
        let mut current = match search.0.take() {
            Some(suspended) => suspended,
            None => match WhichSearch::new(&self.dfa, self.take_cache(), bytes) {
                Ok(new) => Box::new(new),
                Err(gave_up) => return Ok(Err(gave_up)),
            },
        };
        match current.resume(&self.dfa, bytes, interrupt) {
            Ok(told) => {
                let (matching, cache) = current.finish();
                self.keep_cache(cache);
                Ok(told.map(|()| matching))
            }
            Err(interruption) => {
                search.0 = Some(current);
                Err(interruption)
            }
        }
    }

    fn take_cache(&self) -> Cache {
        let cache = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        cache.unwrap_or_else(|| self.dfa.create_cache())
    }

    fn keep_cache(&self, cache: Cache) {
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).push(cache);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn union(patterns: &[(&str, &str)]) -> MultiPattern {
        let read = |(source, flags): &(&str, &str)| Pattern::parse_str(source, flags).unwrap();
        MultiPattern::new(patterns.iter().map(read).collect())
    }

    fn candidates(union: &MultiPattern, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        union.candidates(&Haystack::new(text.encode_utf16().collect()), |index| found.push(index));
        found
    }

    #[test]
    fn candidates_are_the_patterns_that_can_match() {
        let union = union(&[
            (r"\d{3}", ""),
            (r"^[a-z]+$", "m"),
            (r"\b[A-Z]{2}\d", ""),
            (r"[\s\S]*é", ""),
            (r"(?=x)\d", ""),
            (r"(?!x)", ""),
            (r"", ""),
        ]);
        // every lookaround holds, and what can be empty is always a candidate
        assert_eq!(candidates(&union, "123 x"), [0, 4, 5, 6]);
        assert_eq!(candidates(&union, "12\nabc\n"), [1, 4, 5, 6]);
        assert_eq!(candidates(&union, "XX1"), [2, 4, 5, 6]);
        assert_eq!(candidates(&union, ""), [5, 6]);
        assert_eq!(candidates(&union, "é"), [3, 5, 6]);
        // where automata differ from ECMAScript on a text, their patterns are candidates
        assert_eq!(candidates(&union, "?\r"), [1, 5, 6]);
        assert_eq!(candidates(&union, "😀"), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn patterns_that_are_too_large_together_are_all_candidates() {
        let huge = vec![("a{900}b", ""); 1000];
        assert_eq!(candidates(&union(&huge), "1").len(), huge.len());
    }

    #[test]
    fn an_automaton_that_is_too_slow_is_given_up() {
        // a state for each combination of the last 24 characters
        let union = union(&[(r"[ab]{300}a[ab]{24}c", ""), (r"[ab]{300}b[ab]{25}d", "")]);
        let mut random = 1_u32;
        let mut letter = || {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            if random >> 16 & 1 == 0 { 'a' } else { 'b' }
        };
        for _ in 0..=MAX_GIVEN_UP {
            let text: String = (0..60_000).map(|_| letter()).collect();
            let found = candidates(&union, &text);
            assert!(found == [0, 1] || found.is_empty(), "{found:?}");
        }
        let given_up = |built: &OnceLock<Option<Combined>>| {
            let automaton = built.get().and_then(Option::as_ref).unwrap();
            automaton.given_up.load(Ordering::Relaxed)
        };
        assert_eq!(given_up(&union.ascii), MAX_GIVEN_UP);
        assert_eq!(candidates(&union, "a"), [0, 1]);
    }

    #[test]
    fn no_patterns_have_no_candidates() {
        assert!(candidates(&union(&[]), "abc").is_empty());
    }
}
