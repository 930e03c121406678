//! The exact engine: a backtracking machine over UTF-16 code units that remembers where it failed.
//!
//! It implements matching as ECMA-262 specifies it, and is linear in the text for every pattern
//! without back-references: a state (memo point, position, what its scope says) that failed once
//! fails again, whatever led to it, so it is never run twice. Inside lookarounds a state that
//! succeeded is remembered too, or `(?=[\s\S]*x)` at every position would be quadratic.
//!
//! The invariant behind it: without captures to look at, the state alone decides whether it leads
//! to a match. The empty-iteration rule depends on where an iteration started, but only through
//! "has it consumed anything yet?", one bit for each enclosing loop. Within an iteration the
//! position moves one way, so an inner loop that has consumed something implies that the outer ones
//! have. The bits reduce to one number: how many of the innermost loops have consumed nothing.
//!
//! All state is in [`Scratch`] and none on the thread's stack. So no text and no pattern is too
//! deep, and a suspended search can be resumed by any thread.
//!
//! `mod.rs` has the machine's loop and its simple instructions, `states` the memo points and
//! lookarounds, `runs` the loops over single units, `required` the strings without which no attempt
//! is made, `back_references` the rest.

mod back_references;
mod required;
mod runs;
mod states;

use self::required::Known;
use self::runs::KnownRun;
use crate::automata::stepping::SpanSearch;
use crate::backtrack::memo::Memo;
use crate::backtrack::program::{Inst, Pc, Program};
use crate::backtrack::start::Start;
use crate::backtrack::trail::{PositionRun, Trail};
use crate::interrupt::Interrupt;
use crate::limits::MAX_MATCH_BYTES;
use crate::lockstep::Progress;
use crate::outcome::Outcome;
use crate::stage::Stage;
use crate::start_range::StartRange;
use crate::text::haystack::{Haystack, Text};
use crate::text::utf16;
use crate::units::opening::{Likely, Opening};
use crate::units::scan;
use crate::units::unit::Unit;

/// Instructions between two polls of the interrupt, the step budget and the memory limit.
const POLL_INTERVAL: i64 = 4096;
/// Code units that a search for a start looks through between two polls.
const SEEK_UNITS: usize = 1 << 18;
/// Code units that the machine looks through in the time of one instruction.
const UNITS_PER_STEP: u32 = 8;
const LINE_ENDS: [u16; 4] = [0x0A, 0x0D, 0x2028, 0x2029];
/// Stack entries that are kept from one search to the next (96 KiB).
const KEPT_ENTRIES: usize = 4096;
const UNSET: u32 = u32::MAX;

/// Working memory for searches: make one for each thread and use it again and again.
///
/// A new one allocates nothing. When a search ends, it frees what it took beyond some 2 MB.
#[derive(Default)]
pub struct Scratch {
    stack: Vec<Entry>,
    looks: Vec<LookFrame>,
    registers: Vec<u32>,
    captures: Vec<u32>,
    long_runs: Vec<KnownRun>,
    trail: Trail,
    memo: Memo,
    state: MachineState,
    known: Known,
    /// How far a pattern's search has come.
    pub(crate) stage: Stage,
    /// An automaton's search that is suspended.
    pub(crate) automaton: Option<Box<SpanSearch>>,
    /// Where that search began.
    pub(crate) automaton_from: u32,
    /// A search of the lockstep engine that is suspended, or that knows where lookarounds match.
    pub(crate) lockstep: Option<Box<Progress>>,
}

impl Scratch {
    /// Bytes that the search in it holds, approximately. Callers use it to limit suspended
    /// searches.
    pub fn bytes(&self) -> usize {
        let Self { stack, looks, trail, memo, automaton, lockstep, .. } = self;
        automaton.as_ref().map_or(0, |search| search.bytes())
            + lockstep.as_ref().map_or(0, |search| search.bytes())
            + stack.len() * size_of::<Entry>()
            + looks.len() * size_of::<LookFrame>()
            + trail.bytes()
            + memo.bytes()
    }

    /// Steps that the last search has used, approximately.
    pub(crate) fn steps_used(&self) -> u64 {
        self.state.steps_used
    }

    /// Frees what a search took beyond what most searches need.
    fn trim(&mut self) {
        self.stack.clear();
        self.stack.shrink_to(KEPT_ENTRIES);
        self.looks.clear();
        self.looks.shrink_to(KEPT_ENTRIES);
        self.trail.trim(KEPT_ENTRIES);
        self.memo.trim();
        self.lockstep = None;
    }
}

/// The machine's own variables, while a search is suspended.
#[derive(Clone, Copy, Default)]
struct MachineState {
    pc: Pc,
    position: u32,
    /// Where the attempt started, or where to look for the next start.
    start: u32,
    /// The last offset at which an attempt may start, before the range that is next.
    last: u32,
    /// The start range that is next, by its index.
    next_range: u32,
    /// Whether an attempt is under way.
    attempting: bool,
    /// Instructions run, and code units compared by back-references, up to the last poll.
    steps_used: u64,
    budget: u64,
}

/// What to do when the machine fails, topmost first.
enum Entry {
    /// Continue elsewhere: a run of such entries, each one position and `trail_step` further.
    Choice {
        pc: Pc,
        run: PositionRun,
        trail: u32,
        trail_step: u32,
    },
    Register {
        register: u32,
        value: u32,
    },
    Capture {
        slot: u32,
        value: u32,
    },
    /// The body of the innermost lookaround has failed.
    LookFailed,
}

/// A lookaround whose body runs.
struct LookFrame {
    position: u32,
    end: Pc,
    negative: bool,
    stack: usize,
    trail: u32,
}

/// Searches `haystack` for the leftmost match that starts within `starts`, at `from` or later.
///
/// Over `budget` steps it ends with [`End::Undecided`]. After [`End::Suspended`],
/// [`resume`] continues with the same arguments.
#[inline]
pub(crate) fn search(
    program: &Program,
    haystack: &Haystack,
    starts: &[StartRange],
    from: u32,
    budget: u64,
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> End {
    let state = MachineState { start: from, budget, ..MachineState::default() };
    run_from_start(program, haystack, starts, state, scratch, interrupt)
}

/// Continues a suspended search.
#[inline]
pub(crate) fn resume(
    program: &Program,
    haystack: &Haystack,
    starts: &[StartRange],
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> End {
    run_on(program, haystack, starts, scratch, interrupt)
}

/// The first offset at which a match can start, as far as that is seen from what the pattern
/// requires. `None`: nowhere.
pub(crate) fn first_start(
    program: &Program,
    haystack: &Haystack,
    starts: &[StartRange],
    scratch: &mut Scratch,
) -> Option<u32> {
    let state = MachineState::default();
    match haystack.text() {
        Text::Ascii(text) => Machine::new(program, text, starts, scratch, state).first_start(),
        Text::Units(text) => Machine::new(program, text, starts, scratch, state).first_start(),
    }
}

fn run_from_start(
    program: &Program,
    haystack: &Haystack,
    starts: &[StartRange],
    state: MachineState,
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> End {
    match haystack.text() {
        Text::Ascii(text) => Machine::new(program, text, starts, scratch, state).start(interrupt),
        Text::Units(text) => Machine::new(program, text, starts, scratch, state).start(interrupt),
    }
}

fn run_on(
    program: &Program,
    haystack: &Haystack,
    starts: &[StartRange],
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> End {
    let state = scratch.state;
    match haystack.text() {
        Text::Ascii(text) => Machine::new(program, text, starts, scratch, state).run(interrupt),
        Text::Units(text) => Machine::new(program, text, starts, scratch, state).run(interrupt),
    }
}

/// How a search ends. In a register, unlike an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With the match from the machine's start to its position.
    Matched,
    NoMatch,
    Undecided,
    Cancelled,
    Suspended,
}

impl End {
    /// `scratch`: that of the search.
    #[inline]
    pub(crate) fn outcome(self, scratch: &Scratch) -> Outcome {
        let MachineState { start, position, .. } = scratch.state;
        match self {
            Self::Matched => Outcome::Match { start, end: position },
            Self::NoMatch => Outcome::NoMatch,
            Self::Undecided => Outcome::Undecided,
            Self::Cancelled => Outcome::Cancelled,
            Self::Suspended => Outcome::Suspended,
        }
    }
}

struct Machine<'a, U> {
    program: &'a Program,
    text: &'a [U],
    starts: &'a [StartRange],
    scratch: &'a mut Scratch,
    pc: Pc,
    position: u32,
    start: u32,
    last: u32,
    next_range: u32,
    attempting: bool,
    steps_used: u64,
    budget: u64,
    /// Steps left before the next poll. It may end below 0.
    fuel: i64,
    /// Where a match can start next, as far as that is tested.
    likely: Likely,
}

impl<'a, U: Unit> Machine<'a, U> {
    fn new(
        program: &'a Program,
        text: &'a [U],
        starts: &'a [StartRange],
        scratch: &'a mut Scratch,
        state: MachineState,
    ) -> Self {
        let MachineState { pc, position, start, last, next_range, .. } = state;
        let MachineState { attempting, steps_used, budget, .. } = state;
        Self {
            program,
            text,
            starts,
            scratch,
            pc,
            position,
            start,
            last,
            next_range,
            attempting,
            steps_used,
            budget,
            fuel: POLL_INTERVAL,
            likely: Likely::default(),
        }
    }

    /// Enters the first range that can have a match.
    fn first_start(&mut self) -> Option<u32> {
        self.scratch.known = Known::new(self.program);
        self.enter_next_range().then_some(self.start)
    }

    fn start(&mut self, interrupt: &Interrupt<'_>) -> End {
        if self.first_start().is_none() {
            self.scratch.state.steps_used = self.steps();
            return End::NoMatch;
        }
        let Scratch { stack, looks, registers, captures, long_runs, trail, memo, .. } =
            self.scratch;
        stack.clear();
        looks.clear();
        trail.clear();
        registers.clear();
        registers.resize(self.program.registers as usize, 0);
        captures.clear();
        captures.resize(self.program.captures as usize, UNSET);
        long_runs.clear();
        long_runs.resize(self.program.long_runs as usize, KnownRun::default());
        // of a search that was cancelled
        memo.trim();
        self.run(interrupt)
    }

    fn run(&mut self, interrupt: &Interrupt<'_>) -> End {
        let end = loop {
            let ended = if self.attempting { self.attempt() } else { self.seek(interrupt) };
            if let Some(end) = ended {
                break end;
            }
            if self.fuel <= 0
                && let Some(end) = self.poll(interrupt)
            {
                break end;
            }
        };
        let Self { pc, position, start, last, next_range, attempting, budget, .. } = *self;
        let steps_used = self.steps();
        // field by field: copied as a whole, it would be read before it is written
        let state = &mut self.scratch.state;
        (state.pc, state.position, state.start, state.last) = (pc, position, start, last);
        (state.next_range, state.attempting) = (next_range, attempting);
        (state.steps_used, state.budget) = (steps_used, budget);
        if end != End::Suspended {
            self.scratch.trim();
        }
        end
    }

    fn steps(&self) -> u64 {
        self.steps_used + (POLL_INTERVAL - self.fuel).cast_unsigned()
    }

    /// Checks cancellation, limits and deadline. Returns how the search ends, if one of them ends
    /// or suspends it.
    #[cold]
    fn poll(&mut self, interrupt: &Interrupt<'_>) -> Option<End> {
        self.steps_used = self.steps();
        self.fuel = POLL_INTERVAL;
        if interrupt.is_cancelled() {
            Some(End::Cancelled)
        } else if self.scratch.bytes() > MAX_MATCH_BYTES || self.steps_used > self.budget {
            Some(End::Undecided)
        } else {
            interrupt.deadline_passed().then_some(End::Suspended)
        }
    }

    /// Looks for the next offset at which a match can start, and starts an attempt there.
    fn seek(&mut self, interrupt: &Interrupt<'_>) -> Option<End> {
        if self.start > self.last && !self.enter_next_range() {
            return Some(End::NoMatch);
        }
        let from = self.start as usize;
        let Some(rest) = self.text.get(from..) else { return Some(End::NoMatch) };
        let most = SEEK_UNITS.min((self.last - self.start) as usize + 1);
        let near = &rest[..rest.len().min(most)];
        let skipped = match &self.program.start {
            Start::Anywhere => Some(0),
            Start::Text => (from == 0).then_some(0),
            Start::Line(opening) => {
                // a line may start at the end of the text, too
                let places = near.len() + usize::from(near.len() == rest.len());
                self.find_line(places, opening.as_deref())
            }
            Start::Prefix(prefix) => {
                let Some(prefix) = U::prefix(prefix) else { return Some(End::NoMatch) };
                let end = rest.len().min(near.len() + prefix.len() - 1);
                scan::find_sequence(&rest[..end], prefix)
            }
            Start::Opening(opening) => {
                opening.find_next(self.text, from, near.len(), &mut self.likely)
            }
        };
        self.charge_units(skipped.unwrap_or(near.len()) as u32);
        if let Some(skipped) = skipped {
            self.start += skipped as u32;
            if self.program.code_points && self.splits_pair(self.start) {
                self.start += 1;
                return None;
            }
            if self.start > self.scratch.known.asked_until {
                match self.likely_start() {
                    Some(likely) if likely == self.start => {}
                    Some(likely) => {
                        self.program.required.note(false);
                        self.start = likely;
                        return None;
                    }
                    None => return (!self.enter_next_range()).then_some(End::NoMatch),
                }
            }
            let found = self.program.found_by_start;
            (self.pc, self.position, self.attempting) = (found, self.start + found, true);
            if self.program.captures > 0 {
                self.scratch.captures.fill(UNSET);
            }
            None
        } else if self.starts_at_0() {
            Some(End::NoMatch)
        } else if near.len() < SEEK_UNITS {
            (!self.enter_next_range()).then_some(End::NoMatch)
        } else {
            self.start += near.len() as u32;
            self.poll(interrupt)
        }
    }

    /// Goes to the next offset at which an attempt may start, given that none may within this
    /// range. Passes over ranges for which a required string or room for a match is missing.
    /// Returns whether there is one.
    fn enter_next_range(&mut self) -> bool {
        let program = self.program;
        let Some(room) = (self.text.len() as u32).checked_sub(program.required.least) else {
            return false;
        };
        // a caller may allow a start within a pair, but no attempt starts there
        let room = room + u32::from(program.code_points);
        while let Some(&StartRange { first, last }) = self.starts.get(self.next_range as usize) {
            self.next_range += 1;
            let (start, last) = (self.start.max(first), last.min(room));
            if start <= last {
                (self.start, self.last) = (start, last);
                if program.code_points && self.splits_pair(self.start) {
                    self.start -= 1;
                }
                if let Some(likely) = self.first_likely_start() {
                    self.start = likely;
                    if likely <= last {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// The first of as many offsets from `start` as `places` says where a line starts that opens
    /// so.
    fn find_line(&self, places: usize, opening: Option<&Opening>) -> Option<usize> {
        let from = self.start as usize;
        let mut skipped = 0;
        while skipped < places {
            if let Some(before) = (from + skipped).checked_sub(1) {
                skipped += scan::find(&self.text[before..][..places - skipped], LINE_ENDS);
            }
            let opens = |opening: &Opening| opening.fits(&self.text[from + skipped..]);
            if skipped < places && opening.is_none_or(opens) {
                return Some(skipped);
            }
            skipped += 1;
        }
        None
    }

    fn starts_at_0(&self) -> bool {
        matches!(self.program.start, Start::Text)
    }

    /// Where the search continues after a failed attempt at `start`.
    fn after(&mut self, start: u32) -> u32 {
        let mut next = start + 1;
        if let Some(set) = self.program.first_loop {
            // a match from one of these would be one from `start`, with more of the loop
            let rest = self.text.get(start as usize..).unwrap_or_default();
            let most = SEEK_UNITS.min((self.last - start) as usize + 1);
            let taken = self.program.sets[set as usize].run(&rest[..rest.len().min(most)]) as u32;
            self.charge_units(taken);
            next = next.max(start + taken);
        }
        next + u32::from(self.program.code_points && self.splits_pair(next))
    }

    /// Whether the position lies between the halves of a surrogate pair.
    fn splits_pair(&self, at: u32) -> bool {
        utf16::splits_pair(|at| self.unit(at), at)
    }

    /// Continues the attempt until the next poll at most. Returns how the search ends, if it does.
    fn attempt(&mut self) -> Option<End> {
        while self.fuel > 0 {
            self.fuel -= 1;
            match self.step() {
                Step::Next => self.pc += 1,
                Step::Moved => {}
                Step::Matched => {
                    return Some(End::Matched);
                }
                Step::Failed => {
                    if self.backtrack() {
                        continue;
                    }
                    if self.starts_at_0() {
                        return Some(End::NoMatch);
                    }
                    self.attempting = false;
                    self.start = self.after(self.start);
                    return None;
                }
            }
        }
        None
    }

    #[inline]
    fn step(&mut self) -> Step {
        let program = self.program;
        match program.code[self.pc as usize] {
            Inst::Unit(_) | Inst::Set(_) => self.consume_units(),
            Inst::UnitBack(unit) => self.consume_behind(|found| found == unit),
            Inst::SetBack(set) => {
                let set = &program.sets[set as usize];
                self.consume_behind(|unit| set.contains(u32::from(unit)))
            }
            Inst::Point(set) => match self.point_ahead(self.position) {
                Some((c, next)) if program.sets[set as usize].contains(c) => self.move_to(next),
                _ => Step::Failed,
            },
            Inst::PointBack(set) => match self.point_behind(self.position) {
                Some((c, next)) if program.sets[set as usize].contains(c) => self.move_to(next),
                _ => Step::Failed,
            },
            Inst::Assert(assertion) => {
                let holds = assertion.holds(|| self.unit_behind(), || self.unit_ahead());
                Step::next_if(holds)
            }
            Inst::Jump(to) => self.jump(to),
            Inst::Split { first, second } => {
                self.push_choice(second);
                self.jump(first)
            }
            Inst::Memo(point) => self.visit(program.memo_points[point as usize]),
            Inst::Run { set, point } => self.run_of(&program.sets[set as usize], point),
            Inst::BoundedRun(run) => self.bounded_run(program.bounded_runs[run as usize]),
            Inst::RunLazy { set, point } => self.lazy_run_of(&program.sets[set as usize], point),
            Inst::Enter(register) => {
                self.set_register(register, self.position);
                Step::Next
            }
            Inst::Step(register) => {
                Step::next_if(self.scratch.registers[register as usize] != self.position)
            }
            Inst::Count(counter) => {
                self.set_register(program.counters[counter as usize].register, 0);
                Step::Next
            }
            Inst::Iterate { counter, exit } => self.iterate(counter, exit),
            Inst::ProgressPastMin { start, counter } => {
                let counter = &program.counters[counter as usize];
                let count = self.scratch.registers[counter.register as usize];
                let stands_still = self.scratch.registers[start as usize] == self.position;
                Step::next_if(!stands_still || count < counter.bounds(self.iteration_limit()).0)
            }
            Inst::Increment(counter) => {
                let counter = &program.counters[counter as usize];
                let count = self.scratch.registers[counter.register as usize] + 1;
                self.set_register(counter.register, count.min(counter.cap(self.iteration_limit())));
                Step::Next
            }
            Inst::Look { look, negative, end } => {
                if let Some(matches) = self.look_known(look) {
                    self.pc = end;
                    return if matches == negative { Step::Failed } else { Step::Moved };
                }
                self.scratch.looks.push(LookFrame {
                    position: self.position,
                    end,
                    negative,
                    stack: self.scratch.stack.len(),
                    trail: self.scratch.trail.len(),
                });
                self.scratch.stack.push(Entry::LookFailed);
                Step::Next
            }
            Inst::LookMatched => self.look_matched(),
            Inst::Capture(slot) => {
                self.set_capture(slot, self.position);
                Step::Next
            }
            Inst::Forget { first, end } => {
                for slot in 2 * first..2 * end {
                    if self.scratch.captures[slot as usize] != UNSET {
                        self.set_capture(slot, UNSET);
                    }
                }
                Step::Next
            }
            Inst::BackReference(reference) => self.back_reference(reference, false),
            Inst::BackReferenceBack(reference) => self.back_reference(reference, true),
            Inst::Match => Step::Matched,
        }
    }

    #[inline]
    fn jump(&mut self, to: Pc) -> Step {
        self.pc = to;
        Step::Moved
    }

    #[inline]
    fn move_to(&mut self, position: u32) -> Step {
        self.position = position;
        Step::Next
    }

    #[inline]
    fn consume_behind(&mut self, fits: impl FnOnce(u16) -> bool) -> Step {
        match self.unit_behind() {
            Some(unit) if fits(unit) => self.move_to(self.position - 1),
            _ => Step::Failed,
        }
    }

    /// Consumes a string of units at once, some of which may be any of a set, as under `i`. Strings
    /// are most of what patterns consist of.
    #[inline]
    fn consume_units(&mut self) -> Step {
        let program = self.program;
        let code = &program.code[self.pc as usize..];
        let text = self.text.get(self.position as usize..).unwrap_or_default();
        let mut count = 0;
        let matches = loop {
            let found = text.get(count);
            let fits = match code.get(count) {
                Some(&Inst::Unit(unit)) => found.is_some_and(|found| found.wide() == unit),
                Some(&Inst::Set(set)) => {
                    found.is_some_and(|&found| program.sets[set as usize].contains_unit(found))
                }
                _ => break true,
            };
            if !fits {
                break false;
            }
            count += 1;
        };
        // one step each, as if they were run one by one; the first is charged already
        self.fuel -= i64::from(count as u32) - i64::from(matches);
        if !matches {
            return Step::Failed;
        }
        self.position += count as u32;
        self.jump(self.pc + count as u32)
    }

    #[inline]
    fn unit(&self, at: u32) -> Option<u16> {
        self.text.get(at as usize).map(|unit| unit.wide())
    }

    #[inline]
    fn unit_ahead(&self) -> Option<u16> {
        self.unit(self.position)
    }

    #[inline]
    fn unit_behind(&self) -> Option<u16> {
        self.unit(self.position.wrapping_sub(1))
    }

    /// The code point at a position, and the position after it.
    fn point_ahead(&self, at: u32) -> Option<(u32, u32)> {
        utf16::point(|at| self.unit(at), at).map(|(c, units)| (c, at + units))
    }

    /// The code point before a position, and the position before it.
    fn point_behind(&self, at: u32) -> Option<(u32, u32)> {
        utf16::point_before(|at| self.unit(at), at).map(|(c, units)| (c, at - units))
    }

    fn push_choice(&mut self, pc: Pc) {
        let trail = self.scratch.trail.len();
        if let Some(Entry::Choice { pc: last_pc, run, trail: first_trail, trail_step }) =
            self.scratch.stack.last_mut()
            && *last_pc == pc
        {
            let step = if run.len() == 1 { trail.wrapping_sub(*first_trail) } else { *trail_step };
            if trail == first_trail.wrapping_add(step.wrapping_mul(run.len()))
                && run.extend(self.position)
            {
                *trail_step = step;
                return;
            }
        }
        let run = PositionRun::new(self.position);
        self.scratch.stack.push(Entry::Choice { pc, run, trail, trail_step: 0 });
    }

    /// Continues with the latest choice. Returns whether there was one.
    fn backtrack(&mut self) -> bool {
        let Scratch { stack, looks, registers, captures, trail, .. } = self.scratch;
        while let Some(entry) = stack.last_mut() {
            match entry {
                Entry::Choice { pc, run, trail: first_trail, trail_step } => {
                    // without fuel, the machine stops at this choice and looks at the clock
                    if run.len() > 1 && self.fuel > 0 {
                        let before = run.len();
                        let is_left = runs::skip_idle(run, self.program, *pc, self.text);
                        let skipped = before - if is_left { run.len() } else { 0 };
                        self.fuel -= i64::from(skipped / UNITS_PER_STEP);
                        if !is_left {
                            stack.pop();
                            continue;
                        }
                    }
                    self.pc = *pc;
                    self.position = run.last();
                    trail.truncate(*first_trail + *trail_step * (run.len() - 1), |_, _| {});
                    if run.len() > 1 {
                        run.shorten(1);
                    } else {
                        stack.pop();
                    }
                    return true;
                }
                Entry::Register { register, value } => registers[*register as usize] = *value,
                Entry::Capture { slot, value } => captures[*slot as usize] = *value,
                Entry::LookFailed => {
                    if let Some(look) = looks.pop() {
                        trail.truncate(look.trail, |_, _| {});
                        if look.negative {
                            stack.pop();
                            (self.pc, self.position) = (look.end, look.position);
                            return true;
                        }
                    }
                }
            }
            stack.pop();
        }
        false
    }

    fn set_register(&mut self, register: u32, value: u32) {
        let old = std::mem::replace(&mut self.scratch.registers[register as usize], value);
        self.scratch.stack.push(Entry::Register { register, value: old });
    }

    fn set_capture(&mut self, slot: u32, value: u32) {
        let old = std::mem::replace(&mut self.scratch.captures[slot as usize], value);
        self.scratch.stack.push(Entry::Capture { slot, value: old });
    }

    /// More iterations than this consume nothing more.
    fn iteration_limit(&self) -> u32 {
        self.text.len() as u32 + 2
    }

    fn iterate(&mut self, counter: u32, exit: Pc) -> Step {
        let counter = self.program.counters[counter as usize];
        if !self.leads_on(counter) {
            return Step::Failed;
        }
        let (min, max) = counter.bounds(self.iteration_limit());
        let count = self.scratch.registers[counter.register as usize];
        if count < min {
            Step::Next
        } else if max.is_some_and(|max| count >= max) {
            self.jump(exit)
        } else if counter.greedy {
            self.push_choice(exit);
            Step::Next
        } else {
            self.push_choice(self.pc + 1);
            self.jump(exit)
        }
    }

    /// Charges for units that were looked through many at a time.
    fn charge_units(&mut self, units: u32) {
        self.fuel -= i64::from(units / UNITS_PER_STEP);
    }
}

/// What one instruction led to.
enum Step {
    /// Continue with the next instruction.
    Next,
    /// Continue at `pc`, which the instruction has set.
    Moved,
    Matched,
    Failed,
}

impl Step {
    #[inline]
    fn next_if(condition: bool) -> Self {
        if condition { Self::Next } else { Self::Failed }
    }
}
