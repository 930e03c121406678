//! One pass of an automaton over a text.

use crate::lockstep::heads::Heads;
use crate::lockstep::nfa::{Inst, Join, MAX_NESTED, Nfa, Pc};
use crate::text::haystack::Text;
use crate::units::char_set::CharSet;

/// Iterations begun of the counted loops around, outermost first; 0 where there is none.
type Counts = [u32; MAX_NESTED];

/// A place in the automaton.
#[derive(Clone, Copy, Debug)]
struct State {
    pc: Pc,
    counts: Counts,
}

/// The states that were in a slot at a position.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// The position, as the number of positions before it in the pass, plus 1.
    turn: u32,
    /// The first entry, plus 1.
    first: u32,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    counts: Counts,
    /// The next entry of the slot, plus 1; 0 at the end.
    next: u32,
}

/// A pass, and where it stands.
#[derive(Debug)]
pub(crate) struct Pass {
    turn: u32,
    marks: Vec<Mark>,
    entries: Vec<Entry>,
    /// States at this position and the next two, by position modulo 3: a character has up to two
    /// units.
    arrivals: [Vec<State>; 3],
    open: Vec<State>,
    /// What is noted at heads of loops, if anything.
    pub(crate) heads: Option<Heads>,
    pub(crate) steps: u64,
}

/// What a pass reads.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) sets: &'a [CharSet],
    /// A bit for each position where the body of a lookaround matches.
    pub(crate) looks: &'a [Vec<u64>],
}

impl Pass {
    pub(crate) fn new(nfa: &Nfa) -> Self {
        Self {
            turn: 0,
            marks: vec![Mark::default(); nfa.slots],
            entries: Vec::new(),
            arrivals: Default::default(),
            open: Vec::new(),
            heads: None,
            steps: 0,
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let arrivals: usize = self.arrivals.iter().map(Vec::capacity).sum();
        self.heads.as_ref().map_or(0, Heads::bytes)
            + self.marks.len() * size_of::<Mark>()
            + self.entries.capacity() * size_of::<Entry>()
            + (arrivals + self.open.capacity()) * size_of::<State>()
    }

    /// Comes to the next position, where another attempt starts. Returns whether any attempt has
    /// matched here.
    pub(crate) fn visit(&mut self, nfa: &Nfa, around: Surroundings<'_>, at: u32) -> bool {
        self.turn += 1;
        self.entries.clear();
        self.open.append(&mut self.arrivals[at as usize % 3]);
        // it has the lowest counts, so it goes first
        self.open.push(State { pc: 0, counts: Counts::default() });
        let mut matched = false;
        while let Some(mut state) = self.open.pop() {
            while self.step(nfa, around, at, &mut state, &mut matched) {}
        }
        matched
    }

    /// Runs an instruction. Returns whether the state goes on at this position.
    #[inline]
    fn step(
        &mut self,
        nfa: &Nfa,
        around: Surroundings<'_>,
        at: u32,
        state: &mut State,
        matched: &mut bool,
    ) -> bool {
        self.steps += 1;
        let Surroundings { text, sets, looks } = around;
        let unit = || if nfa.backward { text.unit_before(at) } else { text.unit(at) };
        let goes_on = match nfa.code[state.pc as usize] {
            Inst::Unit(expected) => {
                return self.consume(nfa, at, state, unit() == Some(expected), 1);
            }
            Inst::Set(set) => {
                let fits = unit().is_some_and(|unit| sets[set as usize].contains(unit.into()));
                return self.consume(nfa, at, state, fits, 1);
            }
            Inst::Point(set) => {
                let point = if nfa.backward { text.point_before(at) } else { text.point(at) };
                let Some((c, units)) = point else { return false };
                return self.consume(nfa, at, state, sets[set as usize].contains(c), units);
            }
            Inst::Assert(assertion) => assertion.holds(|| text.unit_before(at), || text.unit(at)),
            Inst::Look { look, negative } => {
                let word = looks[look as usize][at as usize / 64];
                (word >> (at % 64) & 1 == 1) != negative
            }
            Inst::Jump(to) => {
                state.pc = to;
                return true;
            }
            Inst::Split(one, other) => {
                self.open.push(State { pc: other, ..*state });
                state.pc = one;
                return true;
            }
            Inst::Iterate(id) => {
                let counted = nfa.loops[id as usize];
                let count = state.counts[counted.level];
                let more = counted.max.is_none_or(|max| count < max);
                if count >= counted.min {
                    let counts = with(&state.counts, counted.level, 0);
                    let left = State { pc: counted.exit, counts };
                    if more {
                        self.open.push(left);
                    } else {
                        *state = left;
                        return true;
                    }
                }
                let next =
                    if counted.max.is_none() { counted.min.min(count + 1) } else { count + 1 };
                state.counts = with(&state.counts, counted.level, next);
                true
            }
            Inst::Join(join) => {
                let join = &nfa.joins[join as usize];
                let is_new = self.is_new(join, &state.counts);
                if is_new
                    && let (Some(heads), true) = (&mut self.heads, join.is_head)
                    && let Some(innermost) = join.around.last()
                {
                    heads.note(innermost.node, &state.counts[..join.around.len()]);
                }
                is_new
            }
            Inst::Match => {
                *matched = true;
                false
            }
        };
        state.pc += 1;
        goes_on
    }

    /// The state continues after a character, if it is the right one.
    #[inline]
    fn consume(&mut self, nfa: &Nfa, at: u32, state: &State, fits: bool, units: u32) -> bool {
        if fits {
            let next = if nfa.backward { at - units } else { at + units };
            self.arrivals[next as usize % 3].push(State { pc: state.pc + 1, ..*state });
        }
        false
    }

    /// Notes the counts at a join. Returns whether no state before could do all that this one can.
    #[inline]
    fn is_new(&mut self, join: &Join, counts: &Counts) -> bool {
        let mut class = 0;
        if join.classes > 1 {
            for one in &join.around {
                let count = counts[one.level].min(one.min);
                class = class * (one.min as usize + 1) + count as usize;
            }
        }
        let mark = &mut self.marks[join.slot + class];
        if mark.turn != self.turn {
            *mark = Mark { turn: self.turn, first: 0 };
        }
        let mut link = mark.first;
        while link > 0 {
            let known = &mut self.entries[link as usize - 1];
            if none_above(&known.counts, counts) {
                return false;
            }
            // the new one takes the place of one that can do less
            if none_above(counts, &known.counts) {
                known.counts = *counts;
                return true;
            }
            link = known.next;
        }
        self.entries.push(Entry { counts: *counts, next: mark.first });
        mark.first = self.entries.len() as u32;
        true
    }
}

/// The counts with one of them replaced. They are written as a whole, for they are read as a whole
/// next, and a processor waits when it reads together what was written in parts.
#[inline]
fn with(counts: &Counts, level: usize, count: u32) -> Counts {
    std::array::from_fn(|at| if at == level { count } else { counts[at] })
}

/// Whether no count is above the other one.
#[inline]
fn none_above(counts: &Counts, others: &Counts) -> bool {
    // without branches, all at once
    counts.iter().zip(others).filter(|(count, other)| count > other).count() == 0
}
