//! One pattern as an automaton, run on UTF-8.
//!
//! It uses `regex-automata`, the engines of the `regex` crate, and not `regex` itself: that one
//! takes patterns as text only, and `Hir`'s printer writes `(?:a{3})?` as `a{3}?`, which is another
//! pattern. It also saves what a search for a span does not need: capture groups, and the automata
//! for them.

use regex_automata::Input;
use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_syntax::hir::Hir;

use crate::text::haystack::Haystack;

/// Bytes that a compiled automaton may take. A pattern that needs more is left to the exact engine.
const MAX_AUTOMATON_BYTES: usize = 1 << 20;
/// Bytes of the transition cache of a lazily built automaton, for each thread that searches.
const MAX_CACHE_BYTES: usize = 1 << 20;

/// A pattern's automata for one alphabet.
#[derive(Clone, Debug)]
pub(crate) struct Automaton {
    regex: Regex,
}

impl Automaton {
    /// `None` if it exceeds the limit.
    pub(crate) fn new(hir: &Hir) -> Option<Self> {
        let config = Config::new()
            .utf8_empty(false)
            .which_captures(WhichCaptures::Implicit)
            .nfa_size_limit(Some(MAX_AUTOMATON_BYTES))
            .hybrid_cache_capacity(MAX_CACHE_BYTES);
        let regex = Regex::builder().configure(config).build_from_hir(hir).ok()?;
        Some(Self { regex })
    }

    /// The span of the leftmost match in UTF-16 units. No match may start before `first`.
    pub(crate) fn find(&self, haystack: &Haystack, first: u32) -> Option<(u32, u32)> {
        // in other texts, finding that byte costs more than it saves: no match starts before it
        let first = if haystack.traits().ascii { first as usize } else { 0 };
        let bytes = haystack.bytes();
        let rest = first.min(bytes.len())..bytes.len();
        let found = self.regex.search(&Input::new(bytes).range(rest))?;
        Some((haystack.utf16_offset(found.start()), haystack.utf16_offset(found.end())))
    }
}
