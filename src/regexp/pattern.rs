//! A pattern and its engines: which one may answer for which text.
//!
//! The automaton answers where its meaning is ECMAScript's for this pattern on this text; where it is not, the exact
//! engine does. An irregular pattern is first held against its widened form, if that has one: what it refuses is
//! refused. Engines are built from the source when they are first needed, once for all threads.

use std::sync::atomic::AtomicBool;

use once_cell::sync::OnceCell;

use super::analysis;
use super::ast::Ast;
use super::compiler;
use super::error::PatternError;
use super::flags::Flags;
use super::haystack::Haystack;
use super::linear::Linear;
use super::lower::{self, Alphabet, Irregularity, Profile};
use super::parser;
use super::program::Program;
use super::turn::Turn;
use super::vm::{self, Scratch};

/// What a search ended with. Offsets are UTF-16 code units, as `RegExp.prototype.exec` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The leftmost match, as `exec` with `lastIndex` 0 finds it.
    Match {
        /// Where it begins.
        start: u32,
        /// Where it ends (exclusive).
        end: u32,
    },
    /// There is none.
    NoMatch,
    /// The step budget or the memory limit was reached before an answer.
    Undecided,
    /// The caller's stop flag was seen.
    Stopped,
    /// The turn is over, the search is not: [`Pattern::resume`] goes on with it.
    Paused,
}

/// An ECMAScript pattern.
#[derive(Debug)]
pub struct Pattern {
    source: Box<[u16]>,
    flags: Flags,
    profile: Profile,
    // boxed: most rules of a list are never a candidate
    exact: OnceCell<Box<Program>>,
    ascii: OnceCell<Option<Box<Linear>>>,
    unicode: OnceCell<Option<Box<Linear>>>,
}

impl Pattern {
    /// Reads `new RegExp(source, flags)`; both are UTF-16, lone surrogates allowed.
    ///
    /// # Errors
    ///
    /// [`PatternError`] where V8 throws a `SyntaxError`, or where the pattern is over a limit of [`crate::limits`].
    pub fn new(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        Self::with_syntax_tree(source, flags).map(|(pattern, _)| pattern)
    }

    /// [`Pattern::new`], and what it has parsed: the syntax tree is not kept, and others want to look at it.
    pub(crate) fn with_syntax_tree(
        source: &[u16],
        flags: &[u16],
    ) -> Result<(Self, Ast), PatternError> {
        let flags = Flags::parse(flags)?;
        let ast = parser::parse(source, flags)?;
        let (facts, _) = analysis::analyse(&ast);
        compiler::check_size(&facts, &ast)?;
        let profile = lower::profile(&ast, |id| facts[id as usize].nullable);
        let pattern = Self {
            source: source.into(),
            flags,
            profile,
            exact: OnceCell::new(),
            ascii: OnceCell::new(),
            unicode: OnceCell::new(),
        };
        Ok((pattern, ast))
    }

    /// Why the automata cannot run this pattern; `None` if they can.
    pub fn irregularity(&self) -> Option<Irregularity> {
        self.profile.irregularity
    }

    /// Searches `haystack` as `exec` does with `lastIndex` 0, to the end. `stop` is looked at every few thousand steps
    /// of the exact engine.
    pub fn find(&self, haystack: &Haystack, scratch: &mut Scratch, stop: &AtomicBool) -> Outcome {
        self.search(haystack, scratch, &Turn::endless(stop))
    }

    /// [`Pattern::find`], for a turn: [`Outcome::Paused`] if that ends first. Only the exact engine can pause.
    pub fn search(&self, haystack: &Haystack, scratch: &mut Scratch, turn: &Turn<'_>) -> Outcome {
        if let Some(linear) = self.linear(haystack) {
            let tells_spans = self.profile.irregularity.is_none() && !self.profile.empty_iterations;
            if tells_spans {
                return linear
                    .find(haystack)
                    .map_or(Outcome::NoMatch, |(start, end)| Outcome::Match { start, end });
            }
            if !linear.is_match(haystack) {
                return Outcome::NoMatch;
            }
        }
        self.run_exact(haystack, scratch, turn, vm::search)
    }

    /// Goes on with a search that has paused. `haystack` and `scratch` are those it paused with; `scratch` may have
    /// changed threads, but not have been used.
    pub fn resume(&self, haystack: &Haystack, scratch: &mut Scratch, turn: &Turn<'_>) -> Outcome {
        self.run_exact(haystack, scratch, turn, vm::resume)
    }

    /// Whether there is a match, as far as the automata can tell.
    pub fn decide(&self, haystack: &Haystack) -> Option<bool> {
        let matches = self.linear(haystack)?.is_match(haystack);
        let trusted = !matches || self.profile.irregularity.is_none();
        trusted.then_some(matches)
    }

    /// [`Pattern::find`] by the exact engine alone.
    pub fn find_exact(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Outcome {
        self.run_exact(haystack, scratch, &Turn::endless(stop), vm::search)
    }

    fn run_exact(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        turn: &Turn<'_>,
        run: impl FnOnce(&Program, &[u16], &mut Scratch, &Turn<'_>) -> Outcome,
    ) -> Outcome {
        match self.exact.get_or_try_init(|| compiler::compile(&self.parse()?).map(Box::new)) {
            Ok(program) => run(program, haystack.units(), scratch, turn),
            // Its size was checked when the pattern was read, but only roughly.
            Err(_) => Outcome::Undecided,
        }
    }

    /// The automaton that answers for such a text, if there is one.
    fn linear(&self, haystack: &Haystack) -> Option<&Linear> {
        let (profile, traits) = (self.profile, haystack.traits());
        let useless = match profile.irregularity {
            Some(Irregularity::Size) => true,
            Some(_) => profile.nullable,
            None => false,
        };
        if useless || profile.line_anchors && traits.other_line_ends {
            return None;
        }
        if traits.ascii {
            return self.ascii.get_or_init(|| self.build(Alphabet::Ascii)).as_deref();
        }
        // By code units a pair is two characters, by code points a lone surrogate is one: the automata know neither.
        let foreign =
            if self.flags.code_points() { traits.lone_surrogates } else { traits.surrogates };
        if foreign || profile.extended_words || profile.splits_characters {
            return None;
        }
        self.unicode.get_or_init(|| self.build(Alphabet::Unicode)).as_deref()
    }

    fn build(&self, alphabet: Alphabet) -> Option<Box<Linear>> {
        Linear::new(&self.parse().ok()?, alphabet).map(Box::new)
    }

    fn parse(&self) -> Result<Ast, PatternError> {
        parser::parse(&self.source, self.flags)
    }
}
