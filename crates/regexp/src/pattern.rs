//! A pattern and its engines: which one may answer for which text.
//!
//! The exact engine can run every pattern on every text and is built in microseconds. Near a
//! literal it is also the fastest. An automaton takes a hundred times as long to build, and as much
//! more memory, but then runs at the same speed whatever the pattern and the text. So a pattern
//! starts with the exact engine. When its searches have cost more than an automaton would have,
//! building included, the pattern gets one: it never costs more than twice the better of the two
//! (the ski rental problem; Karlin, Manasse, Rudolph, Sleator, "Competitive Snoopy Caching", 1988).
//!
//! The automaton answers where it means the same as ECMAScript for this pattern on this text;
//! elsewhere the exact engine does. For a pattern that is not regular, the automaton runs an
//! over-approximation: what that refuses, the pattern refuses. Where the exact engine takes many
//! steps for each position because of counted loops, the lockstep engine finds the start of the
//! match, and the exact engine its end. Engines are built from the source when they are first
//! needed, once for all threads.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use once_cell::sync::OnceCell;
use regex_syntax::hir::Hir;

use crate::automata::automaton::Automaton;
use crate::automata::hir::{self, Alphabet, NonRegular, Profile};
use crate::backtrack::compiler::{self, Loops};
use crate::backtrack::program::Program;
use crate::backtrack::start;
use crate::backtrack::straight::Straight;
use crate::backtrack::vm::{self, End, Scratch};
use crate::interrupt::Interrupt;
use crate::limits::{COUNTED_STEPS_PER_UNIT, MAX_BACKREFERENCE_STEPS, MIN_COUNTED_STEPS};
use crate::lockstep::Lockstep;
use crate::outcome::{Answer, Outcome, Undecided};
use crate::stage::Stage;
use crate::start_range::StartRange;
use crate::syntax::analysis::{self, Facts};
use crate::syntax::ast::Ast;
use crate::syntax::error::PatternError;
use crate::syntax::flags::Flags;
use crate::syntax::{parser, referred};
use crate::text::SharedText;
use crate::text::haystack::Haystack;

/// Steps of the exact engine in the time that it takes to build an automaton and to warm it up. The
/// automaton takes about a step's time for each code unit.
const AUTOMATON_STEPS: u64 = 50_000;

/// Steps of the exact engine, for each code unit, in the time that the lockstep engine takes.
const LOCKSTEP_STEPS: u64 = 4;

/// Where the lockstep engine has given up, the exact engine may take this part of the steps: it
/// finds the first match soon, or not at all.
const LAST_TRY: u64 = 8;

/// Steps for each instruction and code unit that a pattern may take whatever its counts are.
const STEPS_PER_INSTRUCTION: u64 = 16;

/// An ECMAScript regular expression, as `new RegExp(source, flags)` makes it.
///
/// A pattern is immutable and can be shared by threads. It keeps its source, and builds its engines
/// when a search first needs them.
///
/// # Complexity
///
/// Parsing takes time and memory in proportion to the source. A search by a pattern without
/// back-references takes time in proportion to the text, whatever the pattern. The factor is the
/// size of the compiled pattern. Counted loops inside each other multiply it by their lowest
/// counts, up to [`COUNTED_STEPS_PER_UNIT`]; beyond that a search is [`Outcome::Undecided`].
///
/// Back-references make matching NP-hard. A search by a pattern that has one may take
/// [`MAX_BACKREFERENCE_STEPS`] steps, and is then [`Outcome::Undecided`]. So is a search that would
/// need more than [`MAX_MATCH_BYTES`](crate::limits::MAX_MATCH_BYTES) bytes.
#[derive(Debug)]
pub struct Pattern {
    source: SharedText,
    flags: Flags,
    profile: Profile,
    /// Steps of the exact engine beyond those that an automaton would have been worth.
    debt: AtomicU32,
    // boxed: most patterns of a long list are never run
    engines: OnceCell<Box<Engines>>,
}

// of the patterns of a list, each other one is a cache miss
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Pattern>() <= 56);

/// What a pattern has once it is run.
#[derive(Debug)]
struct Engines {
    /// For most texts all that is needed, if there is one.
    straight: Option<Straight>,
    /// That of the exact engine; `None`: the pattern is too large.
    program: Option<Program>,
    lockstep: OnceCell<Option<Box<Counted>>>,
    automata: OnceCell<Box<Automata>>,
}

/// An automaton for each alphabet; `None`: there can be none.
#[derive(Debug, Default)]
struct Automata {
    ascii: OnceCell<Option<Box<Automaton>>>,
    unicode: OnceCell<Option<Box<Automaton>>>,
}

/// The lockstep engine, and the exact engine's program that it can direct.
#[derive(Debug)]
struct Counted {
    lockstep: Lockstep,
    program: Program,
}

impl Pattern {
    /// Reads `new RegExp(source, flags)`. Both are UTF-16; lone surrogates are allowed.
    ///
    /// # Errors
    ///
    /// [`PatternError`] where V8 throws a `SyntaxError`, or where the pattern exceeds a limit of
    /// [`crate::limits`].
    pub fn new(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        Reader::default().read(&source.into(), flags).map(|(pattern, _)| pattern)
    }

    /// [`Pattern::new`] for Rust strings.
    ///
    /// ```
    /// use known_failures_regexp::Pattern;
    ///
    /// let pattern = Pattern::parse_str(r"timed out after (\d+)\s?ms", "i")?;
    /// assert_eq!(pattern.is_match("Timed out after 30000 ms"), Ok(true));
    /// # Ok::<(), known_failures_regexp::PatternError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Pattern::new`].
    pub fn parse_str(source: &str, flags: &str) -> Result<Self, PatternError> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        Self::new(&units(source), &units(flags))
    }

    fn with_profile(source: SharedText, flags: Flags, profile: Profile) -> Self {
        Self { source, flags, profile, debt: AtomicU32::new(0), engines: OnceCell::new() }
    }

    /// A copy without engines, which shares the source.
    #[must_use]
    pub fn unbuilt(&self) -> Self {
        Self::with_profile(self.source.clone(), self.flags, self.profile)
    }

    /// The source, in UTF-16.
    pub fn source(&self) -> Vec<u16> {
        self.source.units()
    }

    /// The flags.
    pub fn flags(&self) -> Flags {
        self.flags
    }

    /// Why the automata cannot run this pattern; `None` if they can.
    pub fn non_regular(&self) -> Option<NonRegular> {
        self.profile.non_regular
    }

    /// Whether the pattern surely matches every text, as `a*` and `^.*` do. `false` says nothing.
    /// Parses the source again, if the pattern can match the empty string.
    ///
    /// ```
    /// use known_failures_regexp::Pattern;
    ///
    /// let matches_all = |source| Pattern::parse_str(source, "").unwrap().matches_every_text();
    /// assert_eq!(["", "boom|", ".*", "$"].map(matches_all), [true; 4]);
    /// assert_eq!([" ", ".+", r"\B", "^$"].map(matches_all), [false; 4]);
    /// ```
    pub fn matches_every_text(&self) -> bool {
        self.profile.nullable
            && self.syntax_tree().is_ok_and(|ast| analysis::matches_every_text(&ast))
    }

    /// Whether every match starts where the text does: each way through starts with `^` without
    /// `m`, or the flag is `y`. `false` says nothing. Parses the source again.
    pub fn matches_at_start_only(&self) -> bool {
        self.syntax_tree().is_ok_and(|ast| start::is_anchored(&ast, &analysis::analyse(&ast)))
    }

    /// Whether any part of `text` matches, as `RegExp.prototype.test` says with `lastIndex` 0.
    ///
    /// This is the convenient form: it makes the haystack and the working memory anew each time.
    /// [`Pattern::find`] lets many searches share them.
    ///
    /// # Errors
    ///
    /// [`Undecided`] if the search hits a limit of [`crate::limits`].
    pub fn is_match(&self, text: &str) -> Result<bool, Undecided> {
        self.find_str(text).map(|found| found.is_some())
    }

    /// The leftmost match in `text`, as `RegExp.prototype.exec` finds it with `lastIndex` 0. The
    /// range is in UTF-16 code units, not in bytes.
    ///
    /// ```
    /// use known_failures_regexp::Pattern;
    ///
    /// let digits = Pattern::parse_str(r"\d+", "").unwrap();
    /// assert_eq!(digits.find_str("é 42"), Ok(Some(2..4)));
    /// assert_eq!(digits.find_str("none"), Ok(None));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Pattern::is_match`].
    pub fn find_str(&self, text: &str) -> Result<Option<Range<usize>>, Undecided> {
        let never = AtomicBool::new(false);
        match self.find(&Haystack::from_utf8(text), &mut Scratch::default(), &never) {
            Outcome::Match { start, end } => Ok(Some(start as usize..end as usize)),
            Outcome::NoMatch => Ok(None),
            Outcome::Undecided | Outcome::Cancelled | Outcome::Suspended => Err(Undecided),
        }
    }

    /// The leftmost match in `haystack`, as `exec` finds it with `lastIndex` 0. Setting `cancelled`
    /// ends a search by the exact engine within a few thousand steps.
    ///
    /// ```
    /// use std::sync::atomic::AtomicBool;
    /// use known_failures_regexp::{Haystack, Outcome, Pattern, Scratch};
    ///
    /// let patterns = [r"^\s+at ", r"(?<=code )\d+"].map(|p| Pattern::parse_str(p, "m").unwrap());
    /// let text = Haystack::from_utf8("exit code 137");
    /// let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
    /// let found = patterns.each_ref().map(|p| p.find(&text, &mut scratch, &never));
    /// assert_eq!(found, [Outcome::NoMatch, Outcome::Match { start: 10, end: 13 }]);
    /// ```
    pub fn find(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        cancelled: &AtomicBool,
    ) -> Outcome {
        let interrupt = Interrupt::without_deadline(cancelled);
        self.search(haystack, &[StartRange::ANYWHERE], scratch, &interrupt)
    }

    /// [`Pattern::find`] with a deadline, and with what is known about where a match can start:
    /// within one of the `starts`, which are ascending. However many they are, the text is gone
    /// through once.
    ///
    /// Both engines can suspend a search.
    pub fn search(
        &self,
        haystack: &Haystack,
        starts: &[StartRange],
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        // of a search that was cancelled
        (scratch.automaton, scratch.lockstep) = (None, None);
        if let Some(straight) = self.straight()
            && let Some(text) = haystack.ascii()
            && let Some(outcome) = straight.search(text, starts)
        {
            return outcome;
        }
        let debt = u64::from(self.debt.load(Ordering::Relaxed));
        if debt >= AUTOMATON_STEPS || self.alphabet(haystack).is_none() {
            return self.search_automaton_first(haystack, starts, scratch, interrupt);
        }
        let stage = Stage::BeforeAutomaton;
        scratch.stage = stage;
        let budget = AUTOMATON_STEPS - debt + haystack.length() as u64;
        let end = self.run_exact(stage, |program| {
            let budget = budget.min(self.budget());
            vm::search(program, haystack, starts, 0, budget, scratch, interrupt)
        });
        self.charge(end, haystack, starts, scratch, interrupt)
    }

    /// What a search of most texts reads first besides the pattern, if it has been run: to be
    /// prefetched.
    #[inline]
    pub fn read_first(&self) -> Option<*const u8> {
        self.engines.get().map(|engines| (&raw const engines.straight).cast())
    }

    /// Continues a suspended search. `haystack`, `starts` and `scratch` must be those of the
    /// search; `scratch` may have moved to another thread, but no other search may have used it.
    #[inline(never)]
    pub fn resume(
        &self,
        haystack: &Haystack,
        starts: &[StartRange],
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        match scratch.stage {
            Stage::Automaton => {
                return self.search_automaton_first(haystack, starts, scratch, interrupt);
            }
            Stage::Lockstep => {
                return self.search_lockstep(haystack, starts, 0, scratch, interrupt);
            }
            _ => {}
        }
        let end = self.run_exact(scratch.stage, |program| {
            vm::resume(program, haystack, starts, scratch, interrupt)
        });
        match scratch.stage {
            Stage::BeforeAutomaton => self.charge(end, haystack, starts, scratch, interrupt),
            Stage::BeforeLockstep if end == End::Undecided => {
                self.search_lockstep(haystack, starts, 0, scratch, interrupt)
            }
            _ => end.outcome(scratch),
        }
    }

    /// Charges the pattern for a search that an automaton could have done, and hands the search to
    /// an automaton if it was too expensive.
    fn charge(
        &self,
        end: End,
        haystack: &Haystack,
        starts: &[StartRange],
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        if matches!(end, End::Suspended | End::Cancelled) {
            return end.outcome(scratch);
        }
        let automaton_steps = haystack.length() as u64;
        // A sum that another thread overwrites is lost, which does no harm.
        let debt = u64::from(self.debt.load(Ordering::Relaxed)) + scratch.steps_used();
        let debt = debt.saturating_sub(automaton_steps).min(AUTOMATON_STEPS);
        self.debt.store(debt as u32, Ordering::Relaxed);
        if end != End::Undecided {
            return end.outcome(scratch);
        }
        self.debt.store(AUTOMATON_STEPS as u32, Ordering::Relaxed);
        self.search_automaton_first(haystack, starts, scratch, interrupt)
    }

    /// Searches by the automata where they can, and by the exact engine for what they leave open.
    fn search_automaton_first(
        &self,
        haystack: &Haystack,
        starts: &[StartRange],
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        scratch.stage = Stage::Automaton;
        let mut from = 0;
        if let Some(alphabet) = self.alphabet(haystack)
            && let Some(automaton) = self.automaton(alphabet)
        {
            if scratch.automaton.is_none() {
                scratch.automaton_from = match self.program() {
                    Some(program) => match vm::first_start(program, haystack, starts, scratch) {
                        Some(start) => start,
                        None => return Outcome::NoMatch,
                    },
                    None => starts.first().map_or(0, |range| range.first),
                };
            }
            let first = scratch.automaton_from;
            let suspended = &mut scratch.automaton;
            let hir = || self.translate(alphabet);
            let (start, end) = match automaton.search(haystack, first, suspended, interrupt, hir) {
                Ok(Some(span)) => span,
                Ok(None) => return Outcome::NoMatch,
                Err(interruption) => return interruption.into(),
            };
            if self.automata_find_spans() {
                return Outcome::Match { start, end };
            }
            // No match starts before the first one of the over-approximation.
            from = start;
        }
        self.search_without_automata(haystack, starts, from, scratch, interrupt)
    }

    /// Searches by the exact engine, and by the lockstep engine where that takes too long. No match
    /// starts before `from`.
    fn search_without_automata(
        &self,
        haystack: &Haystack,
        starts: &[StartRange],
        from: u32,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        let has_lockstep = self.profile.counted && !self.profile.back_references;
        let (stage, budget) = if has_lockstep {
            (Stage::BeforeLockstep, self.trial_budget(haystack))
        } else {
            (Stage::Last, self.budget())
        };
        scratch.stage = stage;
        let end = self.run_exact(stage, |program| {
            vm::search(program, haystack, starts, from, budget, scratch, interrupt)
        });
        if end == End::Undecided && stage == Stage::BeforeLockstep {
            return self.search_lockstep(haystack, starts, from, scratch, interrupt);
        }
        end.outcome(scratch)
    }

    /// Searches by the lockstep engine, and by the exact engine for the end of the match. No match
    /// starts before `from`.
    fn search_lockstep(
        &self,
        haystack: &Haystack,
        starts: &[StartRange],
        mut from: u32,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Outcome {
        let (mut stage, mut budget) = (Stage::Last, self.counted_budget(haystack));
        if let Some(Counted { lockstep, .. }) = self.counted() {
            scratch.stage = Stage::Lockstep;
            let mut progress = scratch.lockstep.take().unwrap_or_else(|| lockstep.start().into());
            let text = haystack.text();
            let not_before = StartRange { first: from, ..StartRange::ANYWHERE };
            let hull = StartRange::hull(starts).and(not_before);
            let found = lockstep.resume(&mut progress, text, hull, budget, interrupt);
            match found {
                Ok(Some(start)) => from = start,
                Ok(None) => return Outcome::NoMatch,
                Err(Outcome::Undecided) => budget /= LAST_TRY,
                Err(Outcome::Suspended) => {}
                Err(outcome) => return outcome,
            }
            if found != Err(Outcome::Undecided) {
                scratch.lockstep = Some(progress);
                stage = Stage::AfterLockstep;
            }
            if found == Err(Outcome::Suspended) {
                return Outcome::Suspended;
            }
        }
        scratch.stage = stage;
        let end = self.run_exact(stage, |program| {
            vm::search(program, haystack, starts, from, budget, scratch, interrupt)
        });
        end.outcome(scratch)
    }

    /// What the automata alone answer; `None` if they cannot. For tests that compare engines.
    pub fn find_automaton(&self, haystack: &Haystack) -> Option<Answer> {
        let automaton = self.automaton(self.alphabet(haystack)?)?;
        match automaton.find(haystack, 0) {
            None => Some(Answer::NoMatch),
            Some((start, end)) if self.automata_find_spans() => Some(Answer::Match { start, end }),
            Some((start, _)) if self.profile.non_regular.is_none() => {
                Some(Answer::MatchFrom { start })
            }
            Some(_) => None,
        }
    }

    /// [`Pattern::find`] by the lockstep engine, and by the exact engine for the end of a match;
    /// `None` if the lockstep engine cannot run the pattern. For tests that compare engines.
    pub fn find_lockstep(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        cancelled: &AtomicBool,
    ) -> Option<Outcome> {
        self.counted()?;
        scratch.lockstep = None;
        let interrupt = Interrupt::without_deadline(cancelled);
        Some(self.search_lockstep(haystack, &[StartRange::ANYWHERE], 0, scratch, &interrupt))
    }

    /// [`Pattern::find`] without the automata. For tests that compare engines.
    pub fn find_exact(
        &self,
        haystack: &Haystack,
        scratch: &mut Scratch,
        cancelled: &AtomicBool,
    ) -> Outcome {
        let interrupt = Interrupt::without_deadline(cancelled);
        scratch.lockstep = None;
        self.search_without_automata(haystack, &[StartRange::ANYWHERE], 0, scratch, &interrupt)
    }

    fn run_exact(&self, stage: Stage, run: impl FnOnce(&Program) -> End) -> End {
        // The size was only estimated when the pattern was read.
        let program = match stage {
            Stage::AfterLockstep => self.counted().map(|counted| &counted.program),
            _ => self.program(),
        };
        program.map_or(End::Undecided, run)
    }

    #[inline]
    fn engines(&self) -> &Engines {
        self.engines.get_or_init(|| {
            let compile = |ast| compiler::compile(&ast, Loops::Fast);
            let program = self.syntax_tree().and_then(compile).ok();
            let straight = program.as_ref().and_then(Straight::of);
            let (lockstep, automata) = (OnceCell::new(), OnceCell::new());
            Box::new(Engines { straight, program, lockstep, automata })
        })
    }

    #[inline]
    fn program(&self) -> Option<&Program> {
        self.engines().program.as_ref()
    }

    #[inline]
    fn straight(&self) -> Option<&Straight> {
        self.engines().straight.as_ref()
    }

    fn counted(&self) -> Option<&Counted> {
        let build = || {
            let ast = self.syntax_tree().ok()?;
            let lockstep = Lockstep::new(&ast)?;
            let program = compiler::compile(&ast, Loops::Counted).ok()?;
            Some(Box::new(Counted { lockstep, program }))
        };
        self.program()?;
        self.engines().lockstep.get_or_init(build).as_deref()
    }

    /// Steps that the exact engine may take where no automaton can stand in.
    fn budget(&self) -> u64 {
        if self.profile.back_references { MAX_BACKREFERENCE_STEPS } else { u64::MAX }
    }

    /// Steps that the exact engine may take before the lockstep engine stands in. A pattern that
    /// has needed it before is likely to need it again.
    fn trial_budget(&self, haystack: &Haystack) -> u64 {
        let steps = LOCKSTEP_STEPS * haystack.length() as u64;
        let is_hard = self.engines().lockstep.get().is_some();
        if is_hard { (steps / 2).max(AUTOMATON_STEPS / 2) } else { steps + AUTOMATON_STEPS }
    }

    /// Steps that the lockstep engine and then the exact engine may take for a pattern with counts.
    fn counted_budget(&self, haystack: &Haystack) -> u64 {
        let instructions = self.program().map_or(0, |program| program.code.len() as u64);
        let per_unit = COUNTED_STEPS_PER_UNIT.max(STEPS_PER_INSTRUCTION * instructions);
        MIN_COUNTED_STEPS + per_unit * haystack.length() as u64
    }

    /// Whether the automata find the span of a match, and not only that there is one.
    fn automata_find_spans(&self) -> bool {
        self.profile.non_regular.is_none() && !self.profile.empty_iterations
    }

    /// The automaton for texts of this alphabet, if there is one.
    fn automaton(&self, alphabet: Alphabet) -> Option<&Automaton> {
        let automata = self.engines().automata.get_or_init(Box::default);
        let built = match alphabet {
            Alphabet::Ascii => &automata.ascii,
            Alphabet::Unicode => &automata.unicode,
        };
        built.get_or_init(|| self.build(alphabet)).as_deref()
    }

    /// The pattern as an automaton for such texts needs it, if there can be one.
    pub(crate) fn translate(&self, alphabet: Alphabet) -> Option<Hir> {
        let widest = self.profile.widest().filter(|_| !self.has_no_automaton())?;
        self.outline().ok().map(|ast| hir::translate(&ast, alphabet, widest))
    }

    fn has_no_automaton(&self) -> bool {
        self.profile.widest().is_none()
            || self.profile.non_regular.is_some() && self.profile.matches_anything
    }

    /// The alphabet of the automaton that may answer for such a text; `None` if none may.
    pub(crate) fn alphabet(&self, haystack: &Haystack) -> Option<Alphabet> {
        let (profile, traits) = (self.profile, haystack.flags());
        if self.has_no_automaton() || profile.line_anchors && traits.other_line_ends {
            return None;
        }
        if traits.ascii {
            return Some(Alphabet::Ascii);
        }
        // By code units a pair is two characters, and by code points a lone surrogate is one. The
        // automata know neither.
        let foreign =
            if self.flags.code_points() { traits.lone_surrogates } else { traits.surrogates };
        let differs = foreign || profile.extended_words || profile.splits_characters;
        (!differs).then_some(Alphabet::Unicode)
    }

    fn build(&self, alphabet: Alphabet) -> Option<Box<Automaton>> {
        Automaton::new(&self.translate(alphabet)?).map(Box::new)
    }

    /// Reads the pattern again. Slow: the tree is not kept.
    ///
    /// # Errors
    ///
    /// None that [`Self::new`] has not had.
    #[inline(never)]
    pub fn syntax_tree(&self) -> Result<Ast, PatternError> {
        parser::parse(&self.source(), self.flags)
    }

    /// [`Self::syntax_tree`] for a search of what every match has: in place of back-references to
    /// one character it has the characters that they can match.
    ///
    /// # Errors
    ///
    /// As [`Self::syntax_tree`].
    #[inline(never)]
    pub fn outline(&self) -> Result<Ast, PatternError> {
        let mut ast = self.syntax_tree()?;
        if ast.has_back_references {
            referred::replace_back_references(&mut ast);
        }
        Ok(ast)
    }
}

/// Reads patterns one after the other in the same memory, and shows their outlines.
///
/// For a list of thousands of patterns. [`Pattern::new`] does the same for one.
#[derive(Default)]
pub struct Reader {
    parser: parser::Memory,
    units: Vec<u16>,
    facts: Vec<Facts>,
}

impl Reader {
    /// [`Pattern::new`], and its [outline](Pattern::outline), which is valid until the next call.
    ///
    /// # Errors
    ///
    /// As [`Pattern::new`].
    pub fn read(
        &mut self,
        source: &SharedText,
        flags: &[u16],
    ) -> Result<(Pattern, &Ast), PatternError> {
        let flags = Flags::parse(flags)?;
        self.units.clear();
        source.append_to(&mut self.units);
        let ast = self.parser.parse(&self.units, flags)?;
        let facts = &mut self.facts;
        analysis::analyse_into(facts, ast);
        compiler::check_size(facts, ast)?;
        let profile = hir::profile(ast, |id| facts[id as usize].nullable);
        if ast.has_back_references {
            referred::replace_back_references(ast);
        }
        Ok((Pattern::with_profile(source.clone(), flags, profile), ast))
    }
}
