//! Loops over single units: what the machine would do unit by unit, many units at a time.

use super::{Entry, Machine, SEEK_UNITS, Step};
use crate::backtrack::opening;
use crate::backtrack::program::{BoundedRun, Inst, LAZY_EXIT, Pc, Program, UNREMEMBERED};
use crate::backtrack::trail::PositionRun;
use crate::units::char_set::CharSet;
use crate::units::unit::Unit;

/// Code units that a run takes before it asks the memo whether the rest is known. After that it
/// takes as many again as it has come.
const NEAR_UNITS: u32 = 64;

/// Positions of a run that are left one by one as soon.
const FEW_POSITIONS: u32 = 4;

/// Removes positions from the end of a run, up to one from which the way on from `pc` does not fail
/// at once, as far as that is known. Returns whether there is one.
#[inline]
pub(super) fn skip_idle<U: Unit>(
    run: &mut PositionRun,
    program: &Program,
    pc: Pc,
    text: &[U],
) -> bool {
    let exit = if run.len() > FEW_POSITIONS { opening::exit(program, pc) } else { None };
    match exit {
        Some(opening) => run.skip_to_opening(opening, text),
        None => program.ahead_of(pc).is_none_or(|ahead| run.skip_to(ahead, text)),
    }
}

/// What a search knows of a long run's units in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KnownRun {
    /// From here to before `end`, all units are of the set.
    first: u32,
    end: u32,
    /// Whether the unit at `end` is not.
    stops: bool,
}

/// The memo row of a run's states, one state for each position.
#[derive(Clone, Copy)]
struct RunRow {
    row: u64,
    in_look: bool,
}

impl<U: Unit> Machine<'_, U> {
    /// Takes as many units of the set as there are, with the choice to stop before each of them.
    pub(crate) fn run_of(&mut self, set: &CharSet, point: u32) -> Step {
        let first = self.position;
        let row = match self.enter_run(point) {
            Ok(row) => row,
            Err(failed) => return failed,
        };
        let trail = self.scratch.trail.len();
        let (mut at, limit, continues) = self.run_limit();
        let mut seen = None;
        while at < limit && seen.is_none() {
            let near = limit.min(at + NEAR_UNITS.max(at - first));
            let end = at + set.run(&self.text[at as usize..near as usize]) as u32;
            // the loop passes its head after each unit, but not where it is left for the next step
            let last = if continues && end == limit { end - 1 } else { end };
            seen = self.note_run(row, at + 1, last);
            at = seen.unwrap_or(end);
            if end < near {
                break;
            }
        }
        self.charge_units(at - first);
        if at > first && !self.program.is_possessive(self.pc) {
            let run = PositionRun::between(first, at - 1);
            let trail_step = u32::from(row.is_some_and(|row| row.in_look));
            self.scratch.stack.push(Entry::Choice { pc: self.pc + 1, run, trail, trail_step });
        }
        self.position = at;
        match seen {
            Some(_) => self.revisit(row),
            None if continues && at == limit => Step::Moved,
            None => Step::Next,
        }
    }

    /// Takes units of the set up to where the exit can match, with the choice to take more.
    pub(crate) fn lazy_run_of(&mut self, set: &CharSet, point: u32) -> Step {
        let first = self.position;
        let row = match self.enter_run(point) {
            Ok(row) => row,
            Err(failed) => return failed,
        };
        let (mut at, limit, continues) = self.run_limit();
        let exit = self.pc + LAZY_EXIT;
        let program = self.program;
        let (opening, ahead) = (opening::exit(program, exit), program.ahead_of(exit));
        let run_before_exit = |from: u32, to: u32| match (ahead, *program.consumer_at(exit)) {
            _ if opening.is_some_and(|opening| opening.fits(&self.text[from as usize..])) => {
                Some(0)
            }
            _ if let Some(opening) = opening => {
                let run = set.run(&self.text[from as usize..to as usize]);
                Some(opening.find(self.text, from as usize, run).unwrap_or(run))
            }
            (Some(ahead), _) => {
                let end = self.text.len().min(to as usize + ahead.len() - 1);
                let run = set.run_before(&self.text[from as usize..end], ahead);
                Some(run.min((to - from) as usize))
            }
            (None, Inst::Set(stop)) => {
                let stop = &program.sets[stop as usize];
                let units = &self.text[from as usize..to as usize];
                let ends = |&unit: &U| stop.contains_unit(unit) || !set.contains_unit(unit);
                Some(units.iter().position(ends).unwrap_or(units.len()))
            }
            _ => None,
        };
        while at < limit {
            let near = limit.min(at + NEAR_UNITS.max(at - first));
            let Some(run) = run_before_exit(at, near) else { break };
            let end = at + run as u32;
            let last = if continues && end == limit { end - 1 } else { end };
            if let Some(seen) = self.note_run(row, at + 1, last) {
                self.charge_units(end - first);
                self.position = seen;
                return self.revisit(row);
            }
            at = end;
            if end < near {
                break;
            }
        }
        self.charge_units(at - first);
        self.position = at;
        if continues && at == limit {
            return Step::Moved;
        }
        self.push_choice(self.pc + 1);
        self.jump(exit)
    }

    /// Takes units of the set up to a bound, with the choice to end at every position where it may.
    pub(crate) fn bounded_run(&mut self, run: BoundedRun) -> Step {
        let set = &self.program.sets[run.set as usize];
        let most = self.text.len().min(self.position as usize + run.max as usize) as u32;
        let end = match run.known {
            None => self.scan_run(set, self.position, most),
            Some(known) => match self.long_run(set, known, most) {
                Some(end) => end,
                None => return Step::Moved,
            },
        };
        let count = end - self.position;
        if count < run.min {
            return Step::Failed;
        }
        let (nearest, farthest) = (self.position + run.min, self.position + count);
        self.position = if run.greedy { farthest } else { nearest };
        if nearest < farthest && !self.program.is_possessive(self.pc) {
            let others = if run.greedy {
                PositionRun::between(nearest, farthest - 1)
            } else {
                PositionRun::between(farthest, nearest + 1)
            };
            self.push_run(others);
        }
        Step::Next
    }

    /// Where the units of the set end that start at `from`, at `most` at the latest.
    fn scan_run(&mut self, set: &CharSet, from: u32, most: u32) -> u32 {
        let end = from + set.run(&self.text[from as usize..most as usize]) as u32;
        self.charge_units(end - from);
        end
    }

    /// The same from this position, for a run that remembers how far it goes: of what it knows,
    /// nothing is looked at again. `None`: it has gone a long way, and is to be asked again.
    fn long_run(&mut self, set: &CharSet, known: u32, most: u32) -> Option<u32> {
        let at = self.position;
        let limit = |from: u32| most.min(from.saturating_add(SEEK_UNITS as u32));
        let mut run = self.scratch.long_runs[known as usize];
        if at < run.first {
            let limit = run.first.min(limit(at));
            let end = self.scan_run(set, at, limit);
            run = if end == run.first {
                KnownRun { first: at, ..run }
            } else {
                KnownRun { first: at, end, stops: end < limit }
            };
        } else if at > run.end {
            run = KnownRun { first: at, end: at, stops: false };
        }
        if !run.stops && run.end < most {
            let limit = limit(run.end);
            run.end = self.scan_run(set, run.end, limit);
            run.stops = run.end < limit;
        }
        self.scratch.long_runs[known as usize] = run;
        (run.stops || run.end >= most).then(|| run.end.min(most))
    }

    /// Leaves the choice to continue with the next instruction, at each of these positions.
    fn push_run(&mut self, run: PositionRun) {
        let trail = self.scratch.trail.len();
        self.scratch.stack.push(Entry::Choice { pc: self.pc + 1, run, trail, trail_step: 0 });
    }

    /// Comes to the head of a run, and fails if it has been here. Returns the row of the positions
    /// after this one, if they are remembered: there every loop around has consumed something.
    fn enter_run(&mut self, point: u32) -> Result<Option<RunRow>, Step> {
        if point == UNREMEMBERED || !self.remembers() {
            return Ok(None);
        }
        let point = self.program.memo_points[point as usize];
        match self.visit(point) {
            Step::Next => {}
            otherwise => return Err(otherwise),
        }
        self.position += 1;
        let row = point.row + self.state_of(point.scope) * (1 + u64::from(point.in_look));
        self.position -= 1;
        Ok(Some(RunRow { row, in_look: point.in_look }))
    }

    /// Notes the positions from `first` to `last` as [`Self::visit`] would one by one. Stops at the
    /// first that was noted before, and returns it.
    fn note_run(&mut self, row: Option<RunRow>, first: u32, last: u32) -> Option<u32> {
        let RunRow { row, in_look } = row?;
        let seen = self.scratch.memo.insert_run(row, first, last);
        let end = seen.unwrap_or(last + 1);
        if in_look && first < end {
            self.scratch.trail.push_run(row, PositionRun::between(first, end - 1));
        }
        seen
    }

    /// Comes to the head of a run where it has been before.
    fn revisit(&mut self, row: Option<RunRow>) -> Step {
        match row {
            Some(RunRow { row, in_look: true })
                if self.scratch.memo.contains(row + 1, self.position) =>
            {
                self.look_matched()
            }
            _ => Step::Failed,
        }
    }

    /// The units that a run takes in one step, from and to, and whether the text continues there.
    fn run_limit(&self) -> (u32, u32, bool) {
        let limit = self.text.len().min(self.position as usize + SEEK_UNITS);
        (self.position, limit as u32, limit < self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownRun, SEEK_UNITS};
    use std::sync::atomic::AtomicBool;

    use crate::backtrack::compiler::{self, Loops};
    use crate::backtrack::program::Inst;
    use crate::backtrack::vm::{self, End, Machine, MachineState, Scratch, UNITS_PER_STEP};
    use crate::interrupt::Interrupt;
    use crate::start_range::StartRange;
    use crate::syntax::flags::Flags;
    use crate::syntax::parser;
    use crate::text::haystack::Haystack;

    /// Steps of a search in a line of `length` characters.
    fn steps(source: &str, length: usize) -> u64 {
        let source: Vec<u16> = source.encode_utf16().collect();
        let ast = parser::parse(&source, Flags::default()).unwrap();
        let program = compiler::compile(&ast, Loops::Fast).unwrap();
        let text = format!("at{}\n", " .".repeat(length / 2));
        let text = Haystack::from_utf8(&text);
        let (never, mut scratch) = (AtomicBool::new(false), Scratch::default());
        let interrupt = Interrupt::without_deadline(&never);
        let starts = [StartRange::ANYWHERE];
        let found = vm::search(&program, &text, &starts, 0, u64::MAX, &mut scratch, &interrupt);
        assert_eq!(found, End::NoMatch);
        scratch.steps_used()
    }

    #[test]
    fn a_loop_ends_only_where_what_follows_it_can_be() {
        for end in ["one", "(?:one|two)", "[oO]ne", "\\b(?:one|[Tt]wo|3)", "\\s(?:one|two)"] {
            for run in [".*", ".*?", ".{0,400}", ".{9,400}?"] {
                let source = format!("at{run}{end}");
                let (short, long) = (steps(&source, 100), steps(&source, 300));
                assert!(long < short + 90, "/{source}/: {short} steps, {long} steps");
            }
        }
    }

    /// In a text of megabytes that is passed over, the clock has to be looked at.
    #[test]
    fn what_is_passed_over_takes_steps() {
        for source in ["(?=at)[^]*[a-dx][b-ey]z?\\b[qx]", "(?=at)[^]*?[qx][b-ey]"] {
            let (short, long) = (steps(source, 100_000), steps(source, 1_100_000));
            let passed = 1_000_000 / u64::from(UNITS_PER_STEP);
            assert!(long - short > passed, "/{source}/: {short} steps, {long} steps");
        }
    }

    #[test]
    fn a_failed_attempt_stands_for_those_within_its_first_loop() {
        for source in ["[ .]+\\b[xyz]", "[ .]*\\b[xyz]", "[ .]+?[xyz]", "[ .]*?[xyz]"] {
            let (short, long) = (steps(source, 100), steps(source, 300));
            assert!(long < short + 90, "/{source}/: {short} steps, {long} steps");
        }
    }

    /// What a long run knows of the text makes no difference to where it ends, wherever the machine
    /// comes from.
    #[test]
    fn a_long_run_ends_where_it_would_if_it_knew_nothing() {
        let far = SEEK_UNITS + 1000;
        let text = [1, 70, 5, 300, 0, 64, far, 90].map(|length| "a".repeat(length) + "-").concat();
        let text = text.as_bytes();
        let length = text.len() as u32;
        let source: Vec<u16> = "a{65,}".encode_utf16().collect();
        let ast = parser::parse(&source, Flags::default()).unwrap();
        let program = compiler::compile(&ast, Loops::Fast).unwrap();
        let Inst::BoundedRun(0) = program.code[0] else { panic!("it is another program") };
        let set = &program.sets[program.bounded_runs[0].set as usize];
        let forward = (0..600).chain((600..length).step_by(9_973));
        let backward = forward.clone().collect::<Vec<_>>().into_iter().rev();
        let mixed =
            (0..2_000).map(|n: u32| n.wrapping_mul(2_654_435_761) % [600, length][n as usize % 2]);
        for most in [1, 65, 100, 1_000, length] {
            let mut scratch =
                Scratch { long_runs: vec![KnownRun::default()], ..Scratch::default() };
            for at in forward.clone().chain(backward.clone()).chain(mixed.clone()) {
                let limit = length.min(at + most);
                let state = MachineState { position: at, ..MachineState::default() };
                let mut machine = Machine::new(&program, text, &[], &mut scratch, state);
                let found = (0..3).find_map(|_| machine.long_run(set, 0, limit));
                let expected = at + set.run(&text[at as usize..limit as usize]) as u32;
                assert_eq!(found, Some(expected), "at {at}, up to {limit}");
            }
        }
    }
}
