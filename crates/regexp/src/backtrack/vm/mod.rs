//! The exact engine: a backtracking machine over UTF-16 code units that remembers where it failed.
//!
//! It implements ECMA-262's matching to the letter and is linear in the text for every pattern without
//! back-references: a state (memo point, position, what its scope says) that failed once fails again, whatever came
//! before it, so it is never run twice. Inside lookarounds a state that succeeded is remembered too, or `(?=[\s\S]*x)`
//! at every position would be quadratic.
//!
//! The invariant behind it: with no captures to look at, whether a state leads to a match depends on the state alone.
//! The empty-iteration rule depends on where an iteration began, but only through "has it consumed anything yet?", one
//! bit per enclosing loop. Inside an iteration the position moves one way, so an inner loop that has consumed something
//! implies that the outer ones have: the bits shrink to one number, how many of the innermost loops stand still.
//!
//! All state lies in [`Scratch`], none on the thread's stack: no text or pattern is too deep, and a search that has had
//! its [`Interrupt`] can be put aside and gone on with later, by any thread.

mod runs;

use crate::automata::stepping::SpanSearch;
use crate::backtrack::memo::Memo;
use crate::backtrack::program::{Inst, MemoPoint, Pc, Program, Scope, ScopeKind};
use crate::backtrack::trail::{Run, Trail};
use crate::interrupt::Interrupt;
use crate::limits::MAX_MATCH_BYTES;
use crate::outcome::Outcome;
use crate::start_range::StartRange;
use crate::syntax::ast::Assertion;
use crate::text::haystack::{Haystack, Text};
use crate::text::utf16::{combine, is_lead, is_trail};
use crate::unicode::{self, CaseMode};
use crate::units::needle::Start;
use crate::units::scan;
use crate::units::unit::Unit;

/// How many instructions run between two looks at the clock-like things: the turn, the budget, the memory.
const STRETCH: i64 = 4096;
/// How many code units are looked through for a place to begin between two such looks.
const SEEK_UNITS: usize = 1 << 18;
/// Code units that are looked through in the time of one instruction.
const UNITS_PER_STEP: u32 = 8;
const LINE_ENDS: [u16; 4] = [0x0A, 0x0D, 0x2028, 0x2029];
/// Entries of stack that are kept from one search to the next (96 KiB).
const KEPT_ENTRIES: usize = 4096;
const UNSET: u32 = u32::MAX;

/// Memory for searches, to be used again and again. What a huge search took is given back when it ends.
#[derive(Default)]
pub struct Scratch {
    stack: Vec<Entry>,
    looks: Vec<LookFrame>,
    registers: Vec<u32>,
    captures: Vec<u32>,
    trail: Trail,
    memo: Memo,
    place: Place,
    /// An automaton's search that is suspended.
    pub(crate) automaton: Option<Box<SpanSearch>>,
}

impl Scratch {
    /// Bytes that the search in it has taken, near enough to decide whether another one may be put aside, too.
    pub fn bytes(&self) -> usize {
        let Self { stack, looks, trail, memo, automaton, .. } = self;
        automaton.as_ref().map_or(0, |search| search.bytes())
            + stack.len() * size_of::<Entry>()
            + looks.len() * size_of::<LookFrame>()
            + trail.bytes()
            + memo.bytes()
    }

    /// What the search that ended or paused last has spent: instructions, near enough.
    pub(crate) fn spent(&self) -> u64 {
        self.place.spent
    }

    /// What it may spend.
    pub(crate) fn budget(&self) -> u64 {
        self.place.budget
    }

    /// Gives back what a search took beyond the ordinary.
    fn trim(&mut self) {
        self.stack.clear();
        self.stack.shrink_to(KEPT_ENTRIES);
        self.looks.clear();
        self.looks.shrink_to(KEPT_ENTRIES);
        self.trail.trim(KEPT_ENTRIES);
        self.memo.trim();
    }
}

/// Where the machine stands.
#[derive(Clone, Copy, Default)]
struct Place {
    pc: Pc,
    position: u32,
    /// Where the attempt began, or the next one is looked for.
    start: u32,
    /// Where the last one may begin.
    last: u32,
    /// Whether an attempt is under way.
    attempting: bool,
    /// Instructions run, and code units that back-references compared, up to the last look.
    spent: u64,
    /// How much may be spent.
    budget: u64,
}

/// What to do when the machine fails, topmost first.
enum Entry {
    /// Go on elsewhere; a run of such entries that differ by one position and `trail_step`.
    Choice {
        pc: Pc,
        run: Run,
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

/// Searches `haystack` for the leftmost match, which begins where `starts` says. Over `budget` instructions it is
/// [`Outcome::Undecided`]. After [`Outcome::Suspended`], [`resume`] goes on, with the same arguments.
pub(crate) fn search(
    program: &Program,
    haystack: &Haystack,
    starts: StartRange,
    budget: u64,
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> Outcome {
    let StartRange { first, last } = starts;
    scratch.place = Place { start: first, last, budget, ..Place::default() };
    match haystack.text() {
        Text::Ascii(text) => Machine::new(program, text, scratch).begin(interrupt),
        Text::Units(text) => Machine::new(program, text, scratch).begin(interrupt),
    }
}

/// Goes on with a search that has paused.
pub(crate) fn resume(
    program: &Program,
    haystack: &Haystack,
    scratch: &mut Scratch,
    interrupt: &Interrupt<'_>,
) -> Outcome {
    match haystack.text() {
        Text::Ascii(text) => Machine::new(program, text, scratch).run(interrupt),
        Text::Units(text) => Machine::new(program, text, scratch).run(interrupt),
    }
}

struct Machine<'a, U> {
    program: &'a Program,
    text: &'a [U],
    scratch: &'a mut Scratch,
    pc: Pc,
    position: u32,
    start: u32,
    last: u32,
    attempting: bool,
    spent: u64,
    budget: u64,
    /// What is left of the stretch: instructions, and code units for back-references to compare. May end below 0.
    fuel: i64,
}

impl<'a, U: Unit> Machine<'a, U> {
    /// The machine as it stands in `scratch`.
    fn new(program: &'a Program, text: &'a [U], scratch: &'a mut Scratch) -> Self {
        let Place { pc, position, start, last, attempting, spent, budget } = scratch.place;
        let fuel = STRETCH;
        Self { program, text, scratch, pc, position, start, last, attempting, spent, budget, fuel }
    }

    /// Begins a search.
    fn begin(mut self, interrupt: &Interrupt<'_>) -> Outcome {
        // no attempt begins within a pair, whoever says that one may begin there
        if self.program.code_points && self.splits_pair(self.start) {
            self.start -= 1;
        }
        let Scratch { stack, looks, registers, captures, trail, memo, place: _, automaton: _ } =
            self.scratch;
        stack.clear();
        looks.clear();
        trail.clear();
        registers.clear();
        registers.resize(self.program.registers as usize, 0);
        captures.clear();
        captures.resize(self.program.captures as usize, UNSET);
        memo.reset(self.program.rows, self.text.len() as u32);
        self.run(interrupt)
    }

    fn run(mut self, interrupt: &Interrupt<'_>) -> Outcome {
        let outcome = loop {
            let ended = if self.attempting { self.attempt() } else { self.seek(interrupt) };
            if let Some(outcome) = ended {
                break outcome;
            }
            if self.fuel <= 0
                && let Some(outcome) = self.look_up(interrupt)
            {
                break outcome;
            }
        };
        let Self { pc, position, start, last, attempting, budget, .. } = self;
        let spent = self.spent + (STRETCH - self.fuel).cast_unsigned();
        self.scratch.place = Place { pc, position, start, last, attempting, spent, budget };
        if outcome != Outcome::Suspended {
            self.scratch.trim();
        }
        outcome
    }

    /// Looks at the clock-like things. An outcome, if one of them ends the search or its turn.
    #[cold]
    fn look_up(&mut self, interrupt: &Interrupt<'_>) -> Option<Outcome> {
        self.spent += (STRETCH - self.fuel).cast_unsigned();
        self.fuel = STRETCH;
        if interrupt.is_cancelled() {
            Some(Outcome::Cancelled)
        } else if self.scratch.bytes() > MAX_MATCH_BYTES || self.spent > self.budget {
            Some(Outcome::Undecided)
        } else {
            interrupt.deadline_passed().then_some(Outcome::Suspended)
        }
    }

    /// Looks for the next place where a match can begin, and begins there.
    fn seek(&mut self, interrupt: &Interrupt<'_>) -> Option<Outcome> {
        let begin = self.start as usize;
        let rest = self.text.get(begin..).filter(|_| self.start <= self.last);
        let Some(rest) = rest else { return Some(Outcome::NoMatch) };
        let most = SEEK_UNITS.min((self.last - self.start) as usize + 1);
        let near = &rest[..rest.len().min(most)];
        let skipped = match &self.program.start {
            Start::Anywhere => Some(0),
            Start::Text => (begin == 0).then_some(0),
            Start::Line if begin == 0 => Some(0),
            Start::Line => {
                let before =
                    &self.text[begin - 1..][..near.len() + usize::from(near.len() == rest.len())];
                Some(scan::find(before, LINE_ENDS)).filter(|&at| at < before.len())
            }
            Start::Prefix(prefix) => {
                let Some(prefix) = U::prefix(prefix) else { return Some(Outcome::NoMatch) };
                let end = rest.len().min(near.len() + prefix.len() - 1);
                scan::find_sequence(&rest[..end], prefix)
            }
            // It never finds the second half of a pair: if that can begin a match, so can the first.
            Start::Unit(set) => Some(set.find(near)).filter(|&at| at < near.len()),
        };
        self.spend_on(skipped.unwrap_or(near.len()) as u32);
        if let Some(skipped) = skipped {
            self.start += skipped as u32;
            (self.pc, self.position, self.attempting) = (0, self.start, true);
            if self.program.captures > 0 {
                self.scratch.captures.fill(UNSET);
            }
            None
        } else if self.starts_at_0() || near.len() < SEEK_UNITS {
            Some(Outcome::NoMatch)
        } else {
            self.start += near.len() as u32;
            self.look_up(interrupt)
        }
    }

    fn starts_at_0(&self) -> bool {
        matches!(self.program.start, Start::Text)
    }

    /// Where the search goes on after a failed attempt at `start`.
    fn after(&self, start: u32) -> u32 {
        let next = start + 1;
        next + u32::from(self.program.code_points && self.splits_pair(next))
    }

    /// Whether the position lies between the halves of a surrogate pair.
    fn splits_pair(&self, at: u32) -> bool {
        let at = at as usize;
        at > 0
            && at < self.text.len()
            && is_lead(self.text[at - 1].wide())
            && is_trail(self.text[at].wide())
    }

    /// Goes on with the attempt for a stretch at most. An outcome, if that ends the search.
    fn attempt(&mut self) -> Option<Outcome> {
        while self.fuel > 0 {
            self.fuel -= 1;
            match self.step() {
                Step::Next => self.pc += 1,
                Step::Moved => {}
                Step::Matched => {
                    return Some(Outcome::Match { start: self.start, end: self.position });
                }
                Step::Failed => {
                    if self.backtrack() {
                        continue;
                    }
                    if self.starts_at_0() {
                        return Some(Outcome::NoMatch);
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
            Inst::Unit(_) => self.consume_units(),
            Inst::Set(set) => {
                let set = &program.sets[set as usize];
                self.consume_if(self.unit_ahead(), |unit| set.contains(u32::from(unit)), 1)
            }
            Inst::UnitBack(unit) => self.consume_if(self.unit_behind(), |found| found == unit, -1),
            Inst::SetBack(set) => {
                let set = &program.sets[set as usize];
                self.consume_if(self.unit_behind(), |unit| set.contains(u32::from(unit)), -1)
            }
            Inst::Point(set) => match self.point_ahead(self.position) {
                Some((c, next)) if program.sets[set as usize].contains(c) => self.move_to(next),
                _ => Step::Failed,
            },
            Inst::PointBack(set) => match self.point_behind(self.position) {
                Some((c, next)) if program.sets[set as usize].contains(c) => self.move_to(next),
                _ => Step::Failed,
            },
            Inst::Assert(assertion) => Step::next_if(self.holds(assertion)),
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
            Inst::Look { negative, end } => {
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
    fn consume_if(&mut self, unit: Option<u16>, fits: impl FnOnce(u16) -> bool, step: i32) -> Step {
        match unit {
            Some(unit) if fits(unit) => self.move_to(self.position.wrapping_add_signed(step)),
            _ => Step::Failed,
        }
    }

    /// Consumes the units that the program has here one after the other: most of most patterns is such a string.
    #[inline]
    fn consume_units(&mut self) -> Step {
        let code = &self.program.code[self.pc as usize..];
        let text = self.text.get(self.position as usize..).unwrap_or_default();
        let mut count = 0;
        let matches = loop {
            let Some(&Inst::Unit(unit)) = code.get(count) else { break true };
            if text.get(count).is_none_or(|found| found.wide() != unit) {
                break false;
            }
            count += 1;
        };
        // an instruction each, of which the first is paid for: the budget is what it would be one by one
        self.fuel -= i64::from(count as u32) - i64::from(matches);
        if !matches {
            return Step::Failed;
        }
        self.position += count as u32;
        self.jump(self.pc + count as u32)
    }

    #[inline]
    fn unit_ahead(&self) -> Option<u16> {
        self.text.get(self.position as usize).map(|unit| unit.wide())
    }

    #[inline]
    fn unit_behind(&self) -> Option<u16> {
        self.text.get((self.position as usize).wrapping_sub(1)).map(|unit| unit.wide())
    }

    /// The code point at a position, and the position after it.
    fn point_ahead(&self, at: u32) -> Option<(u32, u32)> {
        let lead = self.text.get(at as usize)?.wide();
        match self.text.get(at as usize + 1).and_then(|trail| combine(lead, trail.wide())) {
            Some(c) => Some((c, at + 2)),
            None => Some((u32::from(lead), at + 1)),
        }
    }

    /// The code point before a position, and the position before it.
    fn point_behind(&self, at: u32) -> Option<(u32, u32)> {
        let at = at as usize;
        let trail = self.text.get(at.wrapping_sub(1))?.wide();
        match self.text.get(at.wrapping_sub(2)).and_then(|lead| combine(lead.wide(), trail)) {
            Some(c) => Some((c, at as u32 - 2)),
            None => Some((u32::from(trail), at as u32 - 1)),
        }
    }

    fn holds(&self, assertion: Assertion) -> bool {
        match assertion {
            Assertion::Start => self.position == 0,
            Assertion::End => self.position as usize == self.text.len(),
            Assertion::LineStart => self.unit_behind().is_none_or(is_line_terminator),
            Assertion::LineEnd => self.unit_ahead().is_none_or(is_line_terminator),
            Assertion::WordBoundary { extended } => self.at_word_boundary(extended),
            Assertion::NotWordBoundary { extended } => !self.at_word_boundary(extended),
        }
    }

    fn at_word_boundary(&self, extended: bool) -> bool {
        let is_word = |unit: Option<u16>| {
            unit.is_some_and(|unit| match u8::try_from(unit) {
                Ok(byte) => byte.is_ascii_alphanumeric() || byte == b'_',
                Err(_) => extended && (unit == 0x017F || unit == 0x212A),
            })
        };
        is_word(self.unit_behind()) != is_word(self.unit_ahead())
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
        let run = Run::new(self.position);
        self.scratch.stack.push(Entry::Choice { pc, run, trail, trail_step: 0 });
    }

    /// Takes up the choice that was left last. Says whether there was one.
    fn backtrack(&mut self) -> bool {
        let Scratch { stack, looks, registers, captures, trail, .. } = self.scratch;
        while let Some(entry) = stack.last_mut() {
            match entry {
                Entry::Choice { pc, run, trail: first_trail, trail_step } => {
                    if run.len() > 1
                        && let Some(ahead) = self.program.ahead_of(*pc)
                        && !run.skip_to(ahead, self.text)
                    {
                        stack.pop();
                        continue;
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

    fn visit(&mut self, point: MemoPoint) -> Step {
        let row = point.row + self.state_of(point.scope) * (1 + u64::from(point.in_look));
        if let Some(count) = self.lowest_count(point.scope) {
            return Step::next_if(self.scratch.memo.lower(row, self.position, count));
        }
        if !self.scratch.memo.insert(row, self.position) {
            if point.in_look {
                self.scratch.trail.push(row, self.position);
            }
            Step::Next
        } else if point.in_look && self.scratch.memo.contains(row + 1, self.position) {
            self.look_matched()
        } else {
            Step::Failed
        }
    }

    /// Accounts for units that were looked through many at a time.
    fn spend_on(&mut self, units: u32) {
        self.fuel -= i64::from(units / UNITS_PER_STEP);
    }

    /// The count of which the lowest is remembered, if there is one.
    fn lowest_count(&self, scope: Option<u32>) -> Option<u32> {
        let counter = self.program.scopes[scope? as usize].lowest?;
        let register = self.program.counters[counter as usize].register;
        Some(self.scratch.registers[register as usize])
    }

    /// What the scope says, as one number.
    fn state_of(&self, scope: Option<u32>) -> u64 {
        let Some(innermost) = scope else { return 0 };
        let scopes = &self.program.scopes;
        let Scope { loops, counts, lowest, .. } = scopes[innermost as usize];
        let still = loops - self.moved_loops(innermost);
        if counts == 1 {
            return still.into();
        }
        let mut state = 0;
        let mut link = scope;
        while let Some(scope) = link.map(|scope| &scopes[scope as usize]) {
            if let ScopeKind::Counted { counter: id } = scope.kind {
                let counter = &self.program.counters[id as usize];
                let count = self.scratch.registers[counter.register as usize];
                let (digit, digits) = counter.digit(count, lowest == Some(id));
                state = state * digits + digit;
            }
            link = scope.parent;
        }
        state * (u64::from(loops) + 1) + u64::from(still)
    }

    /// How many of the loops around have consumed something: the outermost ones. Links that are no loops have no say,
    /// and count as the loop inside of them; jumps skip what stands still.
    fn moved_loops(&self, innermost: u32) -> u32 {
        let scopes = &self.program.scopes;
        let stands_still = |scope: &Scope| match scope.kind {
            ScopeKind::Loop { start } => self.scratch.registers[start as usize] == self.position,
            ScopeKind::Counted { .. } => true,
        };
        let mut link = Some(innermost);
        while let Some(scope) = link.map(|scope| &scopes[scope as usize]) {
            if !stands_still(scope) {
                return scope.loops;
            }
            let jump = scope.jump.map(|jump| &scopes[jump as usize]);
            let skips = jump.is_some_and(|jump| {
                matches!(jump.kind, ScopeKind::Loop { .. }) && stands_still(jump)
            });
            link = if skips { scope.jump } else { scope.parent };
        }
        0
    }

    /// The body of the innermost lookaround has matched: the way it took is good for ever, its choices are gone.
    fn look_matched(&mut self) -> Step {
        let Scratch { stack, looks, captures, trail, memo, .. } = self.scratch;
        let Some(look) = looks.pop() else { return Step::Failed };
        trail.truncate(look.trail, |row, run| {
            for position in run.positions() {
                memo.insert(row + 1, position);
            }
        });
        if look.negative {
            while stack.len() > look.stack {
                if let Some(Entry::Capture { slot, value }) = stack.pop() {
                    captures[slot as usize] = value;
                }
            }
            return Step::Failed;
        }
        // What the body captured stays, and must be taken back when the machine backtracks past the lookaround.
        let mut kept = look.stack;
        if !captures.is_empty() {
            for at in look.stack..stack.len() {
                if matches!(stack[at], Entry::Capture { .. }) {
                    stack.swap(kept, at);
                    kept += 1;
                }
            }
        }
        stack.truncate(kept);
        (self.pc, self.position) = (look.end, look.position);
        Step::Moved
    }

    fn back_reference(&mut self, reference: u32, behind: bool) -> Step {
        let program = self.program;
        let reference = &program.references[reference as usize];
        let captures = &self.scratch.captures;
        let text = reference.groups.iter().find_map(|&group| {
            let (from, to) = (captures[2 * group as usize], captures[2 * group as usize + 1]);
            (from != UNSET && to != UNSET).then_some((from, to))
        });
        let Some((from, to)) = text else { return Step::Next };
        let mode = reference.ignore_case.then_some(program.ignore_case_mode);
        let end =
            if behind { self.same_behind(from, to, mode) } else { self.same_ahead(from, to, mode) };
        self.fuel -= i64::from(to - from);
        match end {
            Some(position) => self.move_to(position),
            None => Step::Failed,
        }
    }

    /// Whether the text from the position on begins as `from..to`; where it then ends.
    fn same_ahead(&self, mut from: u32, to: u32, mode: Option<CaseMode>) -> Option<u32> {
        let mut at = self.position;
        while from < to {
            let (expected, after_expected) = self.character_ahead(from)?;
            let (found, after_found) = self.character_ahead(at)?;
            if !same(expected, found, mode) {
                return None;
            }
            (from, at) = (after_expected, after_found);
        }
        Some(at)
    }

    fn same_behind(&self, from: u32, mut to: u32, mode: Option<CaseMode>) -> Option<u32> {
        let mut at = self.position;
        while from < to {
            let (expected, before_expected) = self.character_behind(to)?;
            let (found, before_found) = self.character_behind(at)?;
            if !same(expected, found, mode) {
                return None;
            }
            (to, at) = (before_expected, before_found);
        }
        Some(at)
    }

    fn character_ahead(&self, at: u32) -> Option<(u32, u32)> {
        if self.program.code_points {
            return self.point_ahead(at);
        }
        self.text.get(at as usize).map(|unit| (u32::from(unit.wide()), at + 1))
    }

    fn character_behind(&self, at: u32) -> Option<(u32, u32)> {
        if self.program.code_points {
            return self.point_behind(at);
        }
        self.text.get((at as usize).wrapping_sub(1)).map(|unit| (u32::from(unit.wide()), at - 1))
    }
}

/// What one instruction led to.
enum Step {
    /// Go on with the next instruction.
    Next,
    /// Go on where the instruction said.
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

fn same(a: u32, b: u32, mode: Option<CaseMode>) -> bool {
    a == b
        || mode.is_some_and(|mode| unicode::canonicalize(a, mode) == unicode::canonicalize(b, mode))
}

fn is_line_terminator(unit: u16) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}
