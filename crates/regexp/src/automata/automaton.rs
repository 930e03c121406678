//! The second engine: the automata of the `regex` project, run on UTF-8.
//!
//! It is `regex-automata`, the engine room of the `regex` crate, and not `regex` itself: that one takes patterns as text
//! only, and `Hir`'s printer writes `(?:a{3})?` as `a{3}?`, which is another pattern. It also lets go of what a verdict
//! has no use for: capture groups, and the automata that find them.

use regex_automata::Input;
use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_syntax::hir::Hir;

use crate::text::haystack::Haystack;

/// Bytes that a compiled automaton may take. A pattern that outgrows it is left to the exact engine.
const MAX_AUTOMATON_BYTES: usize = 1 << 20;
/// Bytes of the transition cache of a lazily built automaton, per thread that searches at the same time.
const MAX_CACHE_BYTES: usize = 1 << 20;

/// A pattern's automata for one alphabet.
#[derive(Clone, Debug)]
pub(crate) struct Automaton {
    regex: Regex,
}

impl Automaton {
    /// `None`: it outgrows the limit.
    pub(crate) fn new(hir: &Hir) -> Option<Self> {
        let config = Config::new()
            .utf8_empty(false)
            .which_captures(WhichCaptures::Implicit)
            .nfa_size_limit(Some(MAX_AUTOMATON_BYTES))
            .hybrid_cache_capacity(MAX_CACHE_BYTES);
        let regex = Regex::builder().configure(config).build_from_hir(hir).ok()?;
        Some(Self { regex })
    }

    /// The span in UTF-16 units of the first match, if none begins before `first`.
    pub(crate) fn find(&self, haystack: &Haystack, first: u32) -> Option<(u32, u32)> {
        // elsewhere it would have to be counted which byte that is, and no match is there
        let first = if haystack.traits().ascii { first as usize } else { 0 };
        let bytes = haystack.bytes();
        let rest = first.min(bytes.len())..bytes.len();
        let found = self.regex.search(&Input::new(bytes).range(rest))?;
        Some((haystack.utf16_offset(found.start()), haystack.utf16_offset(found.end())))
    }
}
