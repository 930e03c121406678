//! Many patterns as one automaton, which finds in one pass over a text those that match.
//!
//! It hurts where a text leads to ever new states. Then it gives up on the text, and after some
//! such texts for good.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, MatchKind, PatternSet};
use regex_syntax::hir::Hir;

use crate::automata::lanes;
use crate::automata::stepping::{GaveUp, LONG_TEXT, WhichSearch};
use crate::interrupt::{Interrupt, Interruption};

/// Bytes that the automaton's program may take. Patterns that need more are run one by one.
const MAX_PROGRAM_BYTES: usize = 16 << 20;
/// Bytes of states that are remembered, for each thread that searches.
const MAX_CACHE_BYTES: usize = 2 << 20;
/// How often the cache may be cleared during a text, where fewer than [`LEAST_BYTES_PER_STATE`]
/// bytes of text came by for each state: then the automaton is slower than its patterns one by one.
const MAX_CACHE_CLEARS: usize = 4;
const LEAST_BYTES_PER_STATE: usize = 8;
/// Texts on which it may give up before it is not used any more.
pub(crate) const MAX_GIVEN_UP: u32 = 16;

/// Many patterns as one DFA. A pattern's ID is its index.
#[derive(Debug)]
pub(crate) struct Union {
    dfa: DFA,
    /// Whether matches start where the text does.
    anchored: Anchored,
    patterns: usize,
    /// The cache of the thread that comes first, which is usually the only one: it is used where
    /// it is.
    first_cache: Mutex<Option<Cache>>,
    /// Other caches that no search is using.
    other_caches: Mutex<Vec<Cache>>,
    /// Texts on which it gave up.
    given_up: AtomicU32,
}

impl Union {
    /// `None` if it exceeds the limit.
    pub(crate) fn new(patterns: &[Hir], anchored: Anchored) -> Option<Self> {
        let config = thompson::Config::new()
            .utf8(false)
            .nfa_size_limit(Some(MAX_PROGRAM_BYTES))
            .which_captures(thompson::WhichCaptures::None);
        let nfa = thompson::Compiler::new().configure(config).build_many_from_hir(patterns).ok()?;
        let config = Config::new()
            .match_kind(MatchKind::All)
            .cache_capacity(MAX_CACHE_BYTES)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(MAX_CACHE_CLEARS))
            .minimum_bytes_per_state(Some(LEAST_BYTES_PER_STATE));
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
        let (first_cache, other_caches) = (Mutex::default(), Mutex::default());
        let (patterns, given_up) = (patterns.len(), AtomicU32::new(0));
        Some(Self { dfa, anchored, patterns, first_cache, other_caches, given_up })
    }

    /// The patterns that match; `None` if it gave up.
    pub(crate) fn matching(
        &self,
        bytes: &[u8],
        suspended: &mut Option<Box<WhichSearch>>,
        interrupt: &Interrupt<'_>,
    ) -> Result<Option<PatternSet>, Interruption> {
        if self.given_up.load(Ordering::Relaxed) >= MAX_GIVEN_UP {
            return Ok(None);
        }
        let told = if bytes.len() < LONG_TEXT {
            self.which(bytes)
        } else {
            self.which_interruptible(bytes, suspended, interrupt)?
        };
        if told.is_err() {
            self.given_up.fetch_add(1, Ordering::Relaxed);
        }
        Ok(told.ok())
    }

    fn which(&self, bytes: &[u8]) -> Result<PatternSet, GaveUp> {
        if let Ok(mut first) = self.first_cache.try_lock() {
            let cache = first.get_or_insert_with(|| self.take_other_cache());
            return self.which_in(bytes, cache);
        }
        let mut cache = self.take_cache();
        let told = self.which_in(bytes, &mut cache);
        self.keep_cache(cache);
        told
    }

    fn which_in(&self, bytes: &[u8], cache: &mut Cache) -> Result<PatternSet, GaveUp> {
        let input = Input::new(bytes).anchored(self.anchored);
        if self.anchored == Anchored::No
            && let Some(matching) = lanes::matching(&self.dfa, cache, bytes)
        {
            return Ok(matching);
        }
        // most texts match none, and it is faster to find whether any matches than which
        match self.dfa.try_search_fwd(cache, &input.clone().earliest(true)) {
            Ok(None) => return Ok(PatternSet::new(0)),
            Ok(Some(_)) => {}
            Err(_) => return Err(GaveUp),
        }
        let mut matching = PatternSet::new(self.patterns);
        match self.dfa.try_which_overlapping_matches(cache, &input, &mut matching) {
            Ok(()) => Ok(matching),
            Err(_) => Err(GaveUp),
        }
    }

    fn which_interruptible(
        &self,
        bytes: &[u8],
        suspended: &mut Option<Box<WhichSearch>>,
        interrupt: &Interrupt<'_>,
    ) -> Result<Result<PatternSet, GaveUp>, Interruption> {
        let mut current = match suspended.take() {
            Some(suspended) => suspended,
            None => match WhichSearch::new(&self.dfa, self.take_cache(), bytes, self.anchored) {
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
                *suspended = Some(current);
                Err(interruption)
            }
        }
    }

    fn take_cache(&self) -> Cache {
        let first = self.first_cache.try_lock().ok().and_then(|mut first| first.take());
        first.unwrap_or_else(|| self.take_other_cache())
    }

    fn take_other_cache(&self) -> Cache {
        self.other_caches().pop().unwrap_or_else(|| self.dfa.create_cache())
    }

    fn keep_cache(&self, cache: Cache) {
        match self.first_cache.try_lock() {
            Ok(mut first) if first.is_none() => *first = Some(cache),
            _ => self.other_caches().push(cache),
        }
    }

    fn other_caches(&self) -> MutexGuard<'_, Vec<Cache>> {
        self.other_caches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(crate) fn given_up(&self) -> u32 {
        self.given_up.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use regex_automata::PatternID;

    use super::*;

    #[test]
    fn a_search_that_comes_second_has_a_cache_of_its_own() {
        let union = Union::new(&[Hir::literal(*b"no"), Hir::literal(*b"yes")], Anchored::No);
        let union = union.expect("it is small");
        let never = AtomicBool::new(false);
        let matching = |text: &[u8]| {
            let interrupt = Interrupt::without_deadline(&never);
            let told = union.matching(text, &mut None, &interrupt).expect("nothing interrupts it");
            let told = told.expect("it does not give up");
            [0, 1].map(|number| told.contains(PatternID::must(number)))
        };
        let all = || {
            assert_eq!(matching(b"oh yes"), [false, true]);
            assert_eq!(matching(b"oh"), [false, false]);
        };
        all();
        let first = union.first_cache.lock().expect("no search has panicked");
        all();
        assert_eq!(union.other_caches().len(), 1);
        drop(first);
        // one that was taken comes back to its place
        let taken = union.take_cache();
        assert!(union.first_cache.lock().expect("no search has panicked").is_none());
        union.keep_cache(taken);
        all();
        assert_eq!(union.other_caches().len(), 1);
    }
}
