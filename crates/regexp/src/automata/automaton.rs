//! One pattern as an automaton, run on UTF-8.
//!
//! It uses `regex-automata`, the engines of the `regex` crate, and not `regex` itself: that one
//! takes patterns as text only, and `Hir`'s printer writes `(?:a{3})?` as `a{3}?`, which is another
//! pattern. It also saves what a search for a span does not need: capture groups, and the automata
//! for them.

use std::sync::OnceLock;

use regex_automata::Input;
use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_syntax::hir::Hir;

use crate::automata::stepping::{LONG_TEXT, SpanDfas, SpanSearch};
use crate::interrupt::{Interrupt, Interruption};
use crate::text::haystack::Haystack;

/// Bytes that a compiled automaton may take. A pattern that needs more is left to the exact engine.
const MAX_AUTOMATON_BYTES: usize = 1 << 20;
/// Bytes of the transition cache of a lazily built automaton, for each thread that searches.
const MAX_CACHE_BYTES: usize = 1 << 20;

/// A pattern's automata for one alphabet.
#[derive(Debug)]
pub(crate) struct Automaton {
    regex: Regex,
    /// For long texts.
    dfas: OnceLock<Option<Box<SpanDfas>>>,
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
        Some(Self { regex, dfas: OnceLock::new() })
    }

    /// The span of the leftmost match in UTF-16 units. No match may start before `first`.
    pub(crate) fn find(&self, haystack: &Haystack, first: u32) -> Option<(u32, u32)> {
        let (bytes, first) = (haystack.bytes(), first_byte(haystack, first));
        let found = self.regex.search(&Input::new(bytes).range(first..))?;
        Some((haystack.utf16_offset(found.start()), haystack.utf16_offset(found.end())))
    }

    /// [`Self::find`]; a search of a long text can be interrupted. `suspended` holds it until it is
    /// resumed with the same arguments. `hir`: what this was built from.
    pub(crate) fn search(
        &self,
        haystack: &Haystack,
        first: u32,
        suspended: &mut Option<Box<SpanSearch>>,
        interrupt: &Interrupt<'_>,
        hir: impl FnOnce() -> Option<Hir>,
    ) -> Result<Option<(u32, u32)>, Interruption> {
        let bytes = haystack.bytes();
        if bytes.len() < LONG_TEXT {
            return Ok(self.find(haystack, first));
        }
        let build = || SpanDfas::new(&hir()?, MAX_AUTOMATON_BYTES, MAX_CACHE_BYTES).map(Box::new);
        let from = first_byte(haystack, first);
        let Some(dfas) = self.dfas.get_or_init(build) else {
            return Ok(self.find(haystack, first));
        };
        let search = suspended.take().or_else(|| dfas.search(bytes, from).map(Box::new));
        let Some(mut search) = search else { return Ok(self.find(haystack, first)) };
        match dfas.resume(&mut search, bytes, from, interrupt) {
            Ok(Ok(found)) => Ok(found
                .map(|(start, end)| (haystack.utf16_offset(start), haystack.utf16_offset(end)))),
            Ok(Err(_)) => Ok(self.find(haystack, first)),
            Err(interruption) => {
                *suspended = Some(search);
                Err(interruption)
            }
        }
    }
}

/// Where a search starts that need not find matches before `first`. In other texts than ASCII, to
/// find that byte would cost more than to search from the text's start; no match is before it.
fn first_byte(haystack: &Haystack, first: u32) -> usize {
    if haystack.flags().ascii { haystack.bytes().len().min(first as usize) } else { 0 }
}
