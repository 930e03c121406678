//! The fast engine: the `regex` crate's automata, run on UTF-8.

use regex::bytes::{Regex, RegexBuilder};

use super::ast::Ast;
use super::haystack::Haystack;
use super::lower::{Alphabet, lower};

/// Bytes that a compiled automaton may take. A pattern that outgrows it is left to the exact engine.
const MAX_AUTOMATON_BYTES: usize = 1 << 20;
/// Bytes of the transition cache of a lazily built automaton, per thread that searches at the same time.
const MAX_CACHE_BYTES: usize = 1 << 20;

/// One build of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    regex: Regex,
}

impl Linear {
    /// `None`: it outgrows the limit.
    pub(super) fn new(ast: &Ast, alphabet: Alphabet) -> Option<Self> {
        let source = lower(ast, alphabet).to_string();
        // `y` is `^` for a search that begins at 0.
        let source = if ast.flags.sticky { format!(r"\A(?:{source})") } else { source };
        let regex = RegexBuilder::new(&source)
            .size_limit(MAX_AUTOMATON_BYTES)
            .dfa_size_limit(MAX_CACHE_BYTES)
            .build()
            .ok()?;
        Some(Self { regex })
    }

    pub(super) fn is_match(&self, haystack: &Haystack) -> bool {
        self.regex.is_match(haystack.bytes())
    }

    /// The span in UTF-16 units.
    pub(super) fn find(&self, haystack: &Haystack) -> Option<(u32, u32)> {
        let found = self.regex.find(haystack.bytes())?;
        Some((haystack.utf16_offset(found.start()), haystack.utf16_offset(found.end())))
    }
}
