//! Many patterns as one automaton, which finds in one pass over a text those that match.
//!
//! It hurts where texts lead to ever new states, as some dozen patterns with `.{0,20}` do: each
//! state takes microseconds to build. So what states cost is weighed against what the patterns
//! would have cost one by one. Where it is too much in the long run, it gives up for good.

use std::sync::atomic::{AtomicUsize, Ordering};
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
/// Code units that a pattern by itself is searched for in, in the time that a byte of states takes
/// to build.
const UNITS_PER_BUILT_BYTE: usize = 16;
/// Debt from which on it is not used any more. All patterns need some states at first.
const MAX_DEBT: usize = TEXTS_IN_DEBT * MAX_DEBT_OF_TEXT;
/// What a text, or a part of a long one, adds to the debt at most: it may be unlike all others.
const MAX_DEBT_OF_TEXT: usize = 128 << 10;
/// The least number of texts that make it give up.
pub(crate) const TEXTS_IN_DEBT: usize = 16;

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
    /// Bytes of states that were built, less those in whose time the patterns would have been
    /// searched for one by one.
    debt: AtomicUsize,
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
        let (patterns, debt) = (patterns.len(), AtomicUsize::new(0));
        Some(Self { dfa, anchored, patterns, first_cache, other_caches, debt })
    }

    /// The patterns that match; `None` if it gave up. Then so many as `asked` are searched for one
    /// by one.
    pub(crate) fn matching(
        &self,
        bytes: &[u8],
        asked: usize,
        suspended: &mut Option<Box<WhichSearch>>,
        interrupt: &Interrupt<'_>,
    ) -> Result<Option<PatternSet>, Interruption> {
        if self.has_given_up() {
            return Ok(None);
        }
        let told = if bytes.len() < LONG_TEXT {
            self.which(bytes, asked)
        } else {
            self.which_interruptible(bytes, asked, suspended, interrupt)?
        };
        if told.is_err() {
            // it spares nothing
            self.charge(MAX_DEBT_OF_TEXT, 0);
        }
        Ok(told.ok())
    }

    /// Adds to the debt what building states has cost, in bytes, less what it has spared, in code
    /// units.
    fn charge(&self, built: usize, units: usize) {
        // a sum that another thread overwrites is lost, which does no harm
        let debt = self.debt.load(Ordering::Relaxed) + built.min(MAX_DEBT_OF_TEXT);
        self.debt.store(debt.saturating_sub(units / UNITS_PER_BUILT_BYTE), Ordering::Relaxed);
    }

    pub(crate) fn has_given_up(&self) -> bool {
        self.debt.load(Ordering::Relaxed) >= MAX_DEBT
    }

    fn which(&self, bytes: &[u8], asked: usize) -> Result<PatternSet, GaveUp> {
        let which_in = |cache: &mut Cache| {
            let before = built(cache);
            let told = self.which_in(bytes, cache);
            if told.is_ok() {
                self.charge(built(cache).saturating_sub(before), asked * bytes.len());
            }
            told
        };
        if let Ok(mut first) = self.first_cache.try_lock() {
            return which_in(first.get_or_insert_with(|| self.take_other_cache()));
        }
        let mut cache = self.take_cache();
        let told = which_in(&mut cache);
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
        asked: usize,
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
        let progress = |(cache, at): (&Cache, usize)| (built(cache), at);
        let (before, from) = progress(current.progress());
        let told = current.resume(&self.dfa, bytes, interrupt);
        if !matches!(told, Ok(Err(_))) {
            let (after, to) = progress(current.progress());
            self.charge(after.saturating_sub(before), asked * (to - from));
        }
        match told {
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
}

/// Bytes of all the states that were ever built in a cache, about.
fn built(cache: &Cache) -> usize {
    cache.clear_count() * MAX_CACHE_BYTES + cache.memory_usage()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use regex_automata::PatternID;

    use super::*;

    #[test]
    fn it_gives_up_where_states_cost_more_than_they_spare_in_the_long_run() {
        let union = Union::new(&[Hir::literal(*b"no")], Anchored::No).expect("it is small");
        let spared = MAX_DEBT_OF_TEXT * UNITS_PER_BUILT_BYTE;
        // of two texts one is unlike all others
        for _ in 0..10 * TEXTS_IN_DEBT {
            union.charge(usize::MAX, 0);
            union.charge(0, spared);
            assert!(!union.has_given_up());
        }
        for _ in 1..TEXTS_IN_DEBT {
            union.charge(usize::MAX, spared / TEXTS_IN_DEBT);
        }
        assert!(!union.has_given_up());
        union.charge(usize::MAX, 0);
        union.charge(usize::MAX, 0);
        assert!(union.has_given_up());
        let never = AtomicBool::new(false);
        let told = union.matching(b"no", 1, &mut None, &Interrupt::without_deadline(&never));
        assert!(told.expect("nothing interrupts it").is_none());
    }

    #[test]
    fn a_search_that_comes_second_has_a_cache_of_its_own() {
        let union = Union::new(&[Hir::literal(*b"no"), Hir::literal(*b"yes")], Anchored::No);
        let union = union.expect("it is small");
        let never = AtomicBool::new(false);
        let matching = |text: &[u8]| {
            let interrupt = Interrupt::without_deadline(&never);
            let told =
                union.matching(text, 2, &mut None, &interrupt).expect("nothing interrupts it");
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
