//! A pattern and its engines: which one may answer for which text.
//!
//! The exact engine can run every pattern on every text, and is built in microseconds; near a literal it is also the
//! fastest. An automaton takes a hundred times as long to build and as much more memory, and then runs at the same speed
//! whatever the pattern and the text. So a pattern begins with the exact engine, and where its searches have cost more
//! than an automaton would have, its building included, it gets one: at no time has it cost more than twice the better
//! of the two (the ski rental problem; Karlin, Manasse, Rudolph, Sleator, "Competitive Snoopy Caching", 1988).
//!
//! The automaton answers where its meaning is ECMAScript's for this pattern on this text; where it is not, the exact
//! engine does. Of an irregular pattern the automaton is of its widened form: what that refuses is refused. Engines are
//! built from the source when they are first needed, once for all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use once_cell::sync::OnceCell;
use regex_syntax::hir::Hir;

use crate::automata::automaton::Automaton;
use crate::automata::hir::{self, Alphabet, NonRegular, Profile};
use crate::backtrack::compiler;
use crate::backtrack::program::Program;
use crate::backtrack::vm::{self, Scratch};
use crate::interrupt::Interrupt;
use crate::limits::MAX_BACKREFERENCE_STEPS;
use crate::outcome::{Answer, Outcome};
use crate::reader::Reader;
use crate::start_range::StartRange;
use crate::syntax::ast::Ast;
use crate::syntax::error::PatternError;
use crate::syntax::flags::Flags;
use crate::syntax::parser;
use crate::text::haystack::Haystack;

/// Steps of the exact engine in the time that it takes to build an automaton and to warm it up. A text unit is worth a
/// step: so long takes the automaton with it.
const AUTOMATON_STEPS: u64 = 50_000;

/// An ECMAScript pattern.
#[derive(Debug)]
pub struct Pattern {
    source: Arc<[u16]>,
    flags: Flags,
    profile: Profile,
    /// Steps of the exact engine beyond those that the automata would have been worth.
    debt: AtomicU64,
    // boxed: most rules of a list are never a candidate
    exact: OnceCell<Box<Program>>,
    ascii: OnceCell<Option<Box<Automaton>>>,
    unicode: OnceCell<Option<Box<Automaton>>>,
}

impl Pattern {
    /// Reads `new RegExp(source, flags)`; both are UTF-16, lone surrogates allowed.
    ///
    /// # Errors
    ///
    /// [`PatternError`] where V8 throws a `SyntaxError`, or where the pattern is over a limit of [`crate::limits`].
    pub fn new(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        Reader::default().read(&source.into(), flags).map(|(pattern, _)| pattern)
    }

    /// What the reader makes of a source that is a pattern.
    pub(crate) fn with_profile(source: Arc<[u16]>, flags: Flags, profile: Profile) -> Self {
        Self {
            source,
            flags,
            profile,
            debt: AtomicU64::new(0),
            exact: OnceCell::new(),
            ascii: OnceCell::new(),
            unicode: OnceCell::new(),
        }
    }

    /// The same pattern without engines.
    #[must_use]
    pub fn unbuilt(&self) -> Self {
        Self::with_profile(Arc::clone(&self.source), self.flags, self.profile)
    }

    /// Why the automata cannot run this pattern; `None` if they can.
    pub fn non_regular(&self) -> Option<NonRegular> {
        self.profile.non_regular
    }

    /// Searches `haystack` as `exec` does with `lastIndex` 0, to the end. `stop` is looked at every few thousand steps
    /// of the exact engine.
    pub fn find(&self, haystack: &Haystack, scratch: &mut Scratch, stop: &AtomicBool) -> Outcome {
        self.search(haystack, StartRange::ANYWHERE, scratch, &Interrupt::without_deadline(stop))
    }

    /// [`Pattern::find`], for a turn: [`Outcome::Suspended`] if that ends first. Only the exact engine can pause. `starts`: where
    /// a match can begin, if that is known.
    pub fn search(
        &self,
        haystack: &Haystack,
        starts: StartRange,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        let debt = self.debt.load(Ordering::Relaxed);
        if debt >= AUTOMATON_STEPS || self.alphabet(haystack).is_none() {
            return self.search_automaton_first(haystack, starts, scratch, interrupt);
        }
        let budget = AUTOMATON_STEPS - debt + haystack.length() as u64;
        let outcome = self.run_exact(|program| {
            vm::search(program, haystack, starts, budget.min(self.budget()), scratch, interrupt)
        });
        self.settle(outcome, haystack, starts, scratch, interrupt)
    }

    /// Goes on with a search that has paused. `haystack`, `starts` and `scratch` are those it paused with; `scratch` may have
    /// changed threads, but not have been used.
    pub fn resume(
        &self,
        haystack: &Haystack,
        starts: StartRange,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        let outcome = self.run_exact(|program| vm::resume(program, haystack, scratch, interrupt));
        if scratch.budget() == self.budget() {
            return outcome;
        }
        self.settle(outcome, haystack, starts, scratch, interrupt)
    }

    /// After a search by the exact engine for which the automata could have stood in: accounts for it, and has them do
    /// it if it was too much.
    fn settle(
        &self,
        outcome: Outcome,
        haystack: &Haystack,
        starts: StartRange,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        if matches!(outcome, Outcome::Suspended | Outcome::Cancelled) {
            return outcome;
        }
        let paid = haystack.length() as u64;
        // A sum that another thread overwrites is lost, which does no harm.
        let debt = self.debt.load(Ordering::Relaxed) + scratch.spent();
        self.debt.store(debt.saturating_sub(paid), Ordering::Relaxed);
        if outcome != Outcome::Undecided {
            return outcome;
        }
        self.debt.store(AUTOMATON_STEPS, Ordering::Relaxed);
        self.search_automaton_first(haystack, starts, scratch, interrupt)
    }

    /// By the automata where they can, and where they leave something open, by the exact engine.
    fn search_automaton_first(
        &self,
        haystack: &Haystack,
        mut starts: StartRange,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        if let Some(linear) = self.linear(haystack) {
            let found = linear.find(haystack, starts.first);
            let Some((start, end)) = found else { return Outcome::NoMatch };
            if self.tells_spans() {
                return Outcome::Match { start, end };
            }
            // Where this pattern, perhaps widened, begins for the first time: it itself does not before.
            starts.first = starts.first.max(start);
        }
        let budget = self.budget();
        self.run_exact(|program| vm::search(program, haystack, starts, budget, scratch, interrupt))
    }

    /// The answer of the automata alone, if they have one.
    pub fn find_automaton(&self, haystack: &Haystack) -> Option<Answer> {
        let linear = self.linear(haystack)?;
        match linear.find(haystack, 0) {
            None => Some(Answer::NoMatch),
            Some((start, end)) if self.tells_spans() => Some(Answer::Match { start, end }),
            Some((start, _)) if self.profile.non_regular.is_none() => {
                Some(Answer::MatchFrom { start })
            }
            Some(_) => None,
        }
    }

    /// [`Pattern::find`] by the exact engine alone.
    pub fn find_exact(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Outcome {
        let interrupt = Interrupt::without_deadline(stop);
        let (starts, budget) = (StartRange::ANYWHERE, self.budget());
        self.run_exact(|program| vm::search(program, haystack, starts, budget, scratch, &interrupt))
    }

    fn run_exact(&self, run: impl FnOnce(&Program) -> Outcome) -> Outcome {
        match self.exact.get_or_try_init(|| compiler::compile(&self.parse()?).map(Box::new)) {
            Ok(program) => run(program),
            // Its size was checked when the pattern was read, but only roughly.
            Err(_) => Outcome::Undecided,
        }
    }

    /// What a search by the exact engine may spend where no automaton can stand in.
    fn budget(&self) -> u64 {
        if self.profile.back_references { MAX_BACKREFERENCE_STEPS } else { u64::MAX }
    }

    /// Whether what the automata find is what is to be found, and not only that there is something.
    fn tells_spans(&self) -> bool {
        self.profile.non_regular.is_none() && !self.profile.empty_iterations
    }

    /// The automaton that answers for such a text, if there is one.
    fn linear(&self, haystack: &Haystack) -> Option<&Automaton> {
        let alphabet = self.alphabet(haystack)?;
        let built = match alphabet {
            Alphabet::Ascii => &self.ascii,
            Alphabet::Unicode => &self.unicode,
        };
        built.get_or_init(|| self.build(alphabet)).as_deref()
    }

    /// The pattern as an automaton for such texts would have it, if there is one.
    pub(crate) fn translate(&self, alphabet: Alphabet) -> Option<Hir> {
        if self.has_no_automaton() {
            return None;
        }
        self.parse().ok().map(|ast| hir::translate(&ast, alphabet))
    }

    fn has_no_automaton(&self) -> bool {
        match self.profile.non_regular {
            Some(NonRegular::Size) => true,
            Some(_) => self.profile.nullable,
            None => false,
        }
    }

    /// For which texts the automaton is that could answer for such a text.
    pub(crate) fn alphabet(&self, haystack: &Haystack) -> Option<Alphabet> {
        let (profile, traits) = (self.profile, haystack.traits());
        if self.has_no_automaton() || profile.line_anchors && traits.other_line_ends {
            return None;
        }
        if traits.ascii {
            return Some(Alphabet::Ascii);
        }
        // By code units a pair is two characters, by code points a lone surrogate is one: the automata know neither.
        let foreign =
            if self.flags.code_points() { traits.lone_surrogates } else { traits.surrogates };
        let differs = foreign || profile.extended_words || profile.splits_characters;
        (!differs).then_some(Alphabet::Unicode)
    }

    fn build(&self, alphabet: Alphabet) -> Option<Box<Automaton>> {
        Automaton::new(&self.translate(alphabet)?).map(Box::new)
    }

    fn parse(&self) -> Result<Ast, PatternError> {
        parser::parse(&self.source, self.flags)
    }
}
