//! The first code units of every match, or of all that can follow a loop, from the program: all
//! ways through it at once, a few units far. Of a match, what is not right before it, too: word
//! boundaries and lookbehinds tell.

use once_cell::sync::OnceCell;

use crate::backtrack::program::{
    BoundedRun, Exit, Inst, LAZY_EXIT, Pc, Program, Reference, ahead_of,
};
use crate::syntax::ast::Assertion;
use crate::units::char_set::CharSet;
use crate::units::needle::Ahead;
use crate::units::opening::{Echoes, NotAfter, Opening, UnitSet};

/// States of the program that are followed for one unit. Where there are more, nothing more is
/// said.
const MOST_STATES: usize = 64;

/// Loops of a program of which it is known what follows them, at most: they are looked for where
/// the machine backtracks.
const MOST_EXITS: usize = 8;

/// Units after a loop that are looked at. A search tests three of an opening.
const EXIT_UNITS: usize = 4;

/// What the instructions of a program refer to.
#[derive(Clone, Copy)]
pub(super) struct Tables<'p> {
    pub(super) code: &'p [Inst],
    pub(super) sets: &'p [CharSet],
    pub(super) bounded_runs: &'p [BoundedRun],
    pub(super) references: &'p [Reference],
}

/// A place in the program, and the iterations done where that is a bounded run, or the units where
/// it is a reference.
type State = (Pc, u32);

/// The loops over units of which [`exit`] may know more than [`ahead_of`] sees.
pub(super) fn exits(code: &[Inst]) -> Box<[Exit]> {
    let exit = |(inst, pc): (&Inst, Pc)| match inst {
        Inst::Run { .. } | Inst::BoundedRun(_) => Some(pc + 1),
        Inst::RunLazy { .. } => Some(pc + LAZY_EXIT),
        _ => None,
    };
    let is_seen = |&exit: &Pc| matches!(ahead_of(code, exit), Some(Ahead::Pair(_)));
    let exits = code.iter().zip(0..).filter_map(exit).take(MOST_EXITS);
    exits.filter(|exit| !is_seen(exit)).map(|pc| Exit { pc, opening: OnceCell::new() }).collect()
}

/// What the text must continue with where the loop that goes on at `pc` ends. `None` if no more is
/// known than [`ahead_of`] sees.
#[inline]
pub(super) fn exit(program: &Program, pc: Pc) -> Option<&Opening> {
    let exit = program.exits.iter().find(|exit| exit.pc == pc)?;
    exit.opening.get_or_init(|| exit_opening(program, pc)).as_deref()
}

#[cold]
fn exit_opening(program: &Program, pc: Pc) -> Option<Box<Opening>> {
    let Program { code, sets, bounded_runs, references, .. } = program;
    let tables = Tables { code, sets, bounded_runs, references };
    let opening = opening(tables, pc, EXIT_UNITS, |_| None)?;
    let seen = ahead_of(code, pc).map_or(0, Ahead::len);
    (opening.len() > seen).then(|| opening.into())
}

/// The first units of every match, and what is not before it. `None` if nothing is known.
pub(super) fn of_match(tables: Tables<'_>) -> Option<Opening> {
    let opening = opening(tables, 0, Opening::MOST, |first| not_before(tables, first))?;
    // where the text ends is no place that is looked at
    (!opening.can_be_empty()).then_some(opening)
}

/// What no match has before it. `first`: its first unit.
fn not_before(tables: Tables<'_>, first: UnitSet) -> Option<NotAfter> {
    let Tables { code, sets, .. } = tables;
    let mut all: Option<NotAfter> = None;
    let mut pc = 0;
    loop {
        let mut next = pc + 1;
        let one = match code[pc..] {
            [Inst::Assert(Assertion::WordBoundary { extended: false }), ..] => {
                not_beside(first, true)
            }
            [Inst::Assert(Assertion::NotWordBoundary { extended: false }), ..] => {
                not_beside(first, false)
            }
            [Inst::Memo(_) | Inst::Capture(_) | Inst::Assert(_), ..] => None,
            [Inst::Look { negative, end, .. }, ref body @ ..] => {
                next = end as usize;
                if negative { not_behind(body, sets) } else { behind(tables, pc as Pc + 1) }
            }
            _ => return all,
        };
        if let Some(one) = one {
            all = Some(all.map_or(one, |all| all.and(one)));
        }
        pc = next;
    }
}

/// What is not between the start of the text and one of these units, if the two differ in being of
/// a word, or if they do not.
fn not_beside(first: UnitSet, differ: bool) -> Option<NotAfter> {
    let is_word = first.is_within(UnitSet::WORD);
    if !is_word && !first.is_within(UnitSet::WORD.complement()) {
        return None;
    }
    // the start of the text is as good as a unit of no word
    Some(if is_word == differ {
        NotAfter::new(UnitSet::WORD, false)
    } else {
        NotAfter::new(UnitSet::WORD.complement(), true)
    })
}

/// What a negative lookbehind with this body says of the unit before it.
fn not_behind(body: &[Inst], sets: &[CharSet]) -> Option<NotAfter> {
    let body = match body {
        [Inst::Memo(_), body @ ..] | body => body,
    };
    let mut units = UnitSet::default();
    match body[0] {
        Inst::UnitBack(unit) => units.add_unit(unit),
        Inst::SetBack(set) => units.add_set(&sets[set as usize]),
        _ => return None,
    }
    let is_all = matches!(body[1], Inst::LookMatched);
    (is_all && units.ascii() != UnitSet::default()).then(|| NotAfter::new(units.ascii(), false))
}

/// What a lookbehind whose body is at `pc` says of the unit before it: all that its ways lead over
/// first.
fn behind(Tables { code, sets, .. }: Tables<'_>, pc: Pc) -> Option<NotAfter> {
    let (mut units, mut may_be_start) = (UnitSet::default(), false);
    let mut ways = vec![pc];
    let mut done = 0;
    while let Some(&pc) = ways.get(done) {
        done += 1;
        let mut goes_on = |at: Pc| {
            if !ways.contains(&at) {
                ways.push(at);
            }
        };
        match code[pc as usize] {
            Inst::UnitBack(unit) => units.add_unit(unit),
            Inst::SetBack(set) => units.add_set(&sets[set as usize]),
            Inst::PointBack(set) if !sets[set as usize].has_pairs() => {
                units.add_set(&sets[set as usize]);
            }
            Inst::Assert(Assertion::Start) => may_be_start = true,
            Inst::Assert(Assertion::LineStart) => {
                may_be_start = true;
                units.add_units(UnitSet::LINE_ENDS);
            }
            Inst::Jump(to) => goes_on(to),
            Inst::Look { end, .. } => goes_on(end),
            Inst::Split { first, second } => {
                goes_on(first);
                goes_on(second);
            }
            Inst::Iterate { exit, .. } => {
                goes_on(pc + 1);
                goes_on(exit);
            }
            inst if inst.is_passed() => goes_on(pc + 1),
            // it may look at nothing, or at anything
            _ => return None,
        }
        if ways.len() > MOST_STATES {
            return None;
        }
    }
    Some(NotAfter::new(units.complement(), !may_be_start))
}

/// The first units of every way from `pc` to a match, at most so many. `None` if nothing is known.
/// `not_after`: what is not before one that opens with such a unit.
#[inline(never)]
fn opening(
    tables: Tables<'_>,
    pc: Pc,
    most: usize,
    not_after: impl FnOnce(UnitSet) -> Option<NotAfter>,
) -> Option<Opening> {
    let mut sets = Vec::with_capacity(most);
    // by place: the first one that is known to have the same unit
    let mut firsts = Vec::with_capacity(most);
    let mut unit = Unit { states: vec![(pc, 0)], ..Unit::default() };
    let mut echoes = Echoes::default();
    let mut least = None;
    while sets.len() < most && unit.follow(tables, &sets) {
        let place = sets.len();
        if unit.may_be_end && least.is_none() {
            least = Some(place);
        }
        let same = unit.same_as.filter(|_| unit.ways == 1);
        firsts.push(same.map_or(place, |same| firsts[same]));
        if let Some(same) = same {
            if echoes.places == 0 {
                echoes.distance = (place - same) as u8;
            }
            let before = place.checked_sub(echoes.distance.into());
            let is_echo = before.is_some_and(|before| firsts[before] == firsts[place]);
            echoes.places |= u16::from(is_echo) << place;
        }
        sets.push(unit.set);
        if unit.may_be_pair || unit.next.is_empty() {
            break;
        }
        unit = unit.after(tables, place);
    }
    let not_after = sets.first().and_then(|first| not_after(*first));
    Opening::new(&sets, least.unwrap_or(sets.len()), echoes, not_after)
}

/// Where the program ends, if nothing but its end follows.
fn last(code: &[Inst], mut pc: Pc) -> Option<Pc> {
    for _ in 0..MOST_STATES {
        match code[pc as usize] {
            Inst::Match => return Some(pc),
            Inst::Jump(to) => pc = to,
            Inst::Memo(_) | Inst::Capture(_) => pc += 1,
            _ => break,
        }
    }
    None
}

/// A group with a fixed number of units, which is surely matched.
#[derive(Clone, Copy)]
struct Group {
    number: u32,
    /// Its first place, and how many it has so far.
    start: usize,
    len: usize,
}

/// All ways through a program to one unit, and over it.
#[derive(Default)]
struct Unit {
    states: Vec<State>,
    /// The last group that is closed.
    group: Option<Group>,
    /// The group that is open, and where its next unit is.
    open: Option<(Group, State)>,
    /// The units that they lead over.
    set: UnitSet,
    /// How many ways lead over one.
    ways: u32,
    /// Where the last of them does.
    over: State,
    /// The place of the same unit, if it is a reference to `group`.
    same_as: Option<usize>,
    /// Whether one of them leads over two.
    may_be_pair: bool,
    /// Whether the text may be over instead.
    may_be_end: bool,
    /// The states after it.
    next: Vec<State>,
}

impl Unit {
    /// Returns whether all ways lead over a unit that is known. What is only sometimes allowed is
    /// taken as allowed: assertions and lookarounds hold, and loops may end at any time.
    /// `sets`: of the units before.
    fn follow(&mut self, tables: Tables<'_>, sets: &[UnitSet]) -> bool {
        let mut done = 0;
        while let Some(&(pc, count)) = self.states.get(done) {
            done += 1;
            let after = pc + 1;
            match tables.code[pc as usize] {
                Inst::Unit(unit) => {
                    self.set.add_unit(unit);
                    self.next((pc, 0), (after, 0));
                }
                Inst::Set(set) => self.over(&tables.sets[set as usize], (pc, 0), (after, 0)),
                Inst::Point(set) => {
                    let set = &tables.sets[set as usize];
                    self.may_be_pair |= set.has_pairs();
                    self.over(set, (pc, 0), (after, 0));
                }
                Inst::Run { set, .. } => {
                    self.over(&tables.sets[set as usize], (pc, 0), (pc, 0));
                    self.here((after, 0));
                }
                Inst::BoundedRun(run) => {
                    let BoundedRun { set, min, max, .. } = tables.bounded_runs[run as usize];
                    if count < max {
                        self.over(&tables.sets[set as usize], (pc, count), (pc, count + 1));
                    }
                    if count >= min {
                        self.here((after, 0));
                    }
                }
                Inst::RunLazy { .. } => {
                    self.here((after, 0));
                    self.here((pc + LAZY_EXIT, 0));
                }
                Inst::Jump(to) => self.here((to, 0)),
                Inst::Look { end, .. } => self.here((end, 0)),
                Inst::Split { first, second } => {
                    self.here((first, 0));
                    self.here((second, 0));
                }
                Inst::Iterate { exit, .. } => {
                    self.here((after, 0));
                    self.here((exit, 0));
                }
                Inst::Assert(end @ (Assertion::End | Assertion::LineEnd))
                    if let Some(last) = last(tables.code, after) =>
                {
                    self.may_be_end = true;
                    if end == Assertion::LineEnd {
                        self.set.add_units(UnitSet::LINE_ENDS);
                        // a match, after which nothing is known
                        self.next((pc, 0), (last, 0));
                    }
                }
                Inst::Forget { first, end }
                    if self.group.is_some_and(|group| (first..end).contains(&group.number)) =>
                {
                    return false;
                }
                inst if inst.is_passed() => self.here((after, 0)),
                Inst::BackReference(reference) => match self.group {
                    Some(Group { number, start, len })
                        if tables.references[reference as usize].is_to(number) =>
                    {
                        let same = start + count as usize;
                        self.set.add_units(sets[same]);
                        self.same_as = Some(same);
                        let is_last = same + 1 == start + len;
                        let next = if is_last { (after, 0) } else { (pc, count + 1) };
                        self.next((pc, count), next);
                    }
                    _ => return false,
                },
                // a match may be over, or go on with anything
                _ => return false,
            }
            if self.states.len().max(self.next.len()) > MOST_STATES {
                return false;
            }
        }
        true
    }

    /// What follows this unit, which is at `place`.
    fn after(self, tables: Tables<'_>, place: usize) -> Self {
        let (group, open) =
            if self.ways == 1 { self.groups_after(tables, place) } else { (None, None) };
        Self { states: self.next, group, open, ..Self::default() }
    }

    /// The last group that is closed after this unit, and the one that is open.
    fn groups_after(
        &self,
        tables: Tables<'_>,
        place: usize,
    ) -> (Option<Group>, Option<(Group, State)>) {
        let (pc, count) = self.over;
        let times = match tables.code[pc as usize] {
            Inst::Unit(_) | Inst::Set(_) | Inst::Point(_) => 1,
            Inst::BoundedRun(run) => {
                let BoundedRun { min, max, .. } = tables.bounded_runs[run as usize];
                if min == max { min } else { 0 }
            }
            _ => 0,
        };
        if times == 0 {
            return (self.group, None);
        }
        let before = if count == 0 { pc.checked_sub(1) } else { None };
        let group = match before.map(|before| tables.code[before as usize]) {
            Some(Inst::Capture(open)) if open % 2 == 0 => {
                Some(Group { number: open / 2, start: place, len: 0 })
            }
            _ => self.open.filter(|(_, next)| *next == self.over).map(|(group, _)| group),
        };
        let Some(Group { number, start, len }) = group else { return (self.group, None) };
        let group = Group { number, start, len: len + 1 };
        let is_last = count + 1 == times;
        if is_last && tables.code[pc as usize + 1] == Inst::Capture(2 * number + 1) {
            (Some(group), None)
        } else {
            (self.group, Some((group, if is_last { (pc + 1, 0) } else { (pc, count + 1) })))
        }
    }

    fn over(&mut self, set: &CharSet, over: State, next: State) {
        self.set.add_set(set);
        self.next(over, next);
    }

    fn here(&mut self, state: State) {
        if !self.states.contains(&state) {
            self.states.push(state);
        }
    }

    fn next(&mut self, over: State, state: State) {
        (self.over, self.ways) = (over, self.ways + 1);
        if !self.next.contains(&state) {
            self.next.push(state);
        }
    }
}
