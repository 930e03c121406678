//! Whether any pattern of a DFA matches a text, of which several parts are read at the same time.
//!
//! A step of a DFA has to wait for the one before it, so a CPU is idle most of the time. Steps in
//! different parts of a text do not wait for each other. Each part is read by a lane, as if matches
//! could not start before it. What an earlier part has left undecided is then carried on into the
//! next one, until its state is the one that the next lane had at the same place: from there on,
//! that lane has read the text for both (Mytkowicz et al., "Data-Parallel Finite-State Machines",
//! 2014).
//!
//! When it helps: most patterns are through with a match that has begun after a few bytes, or at
//! the end of a line. When it hurts: what `[\s\S]*` has begun is carried through all of the text.
//! That takes about as long as to read the text in one go.

use std::array;

use regex_automata::Input;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};

const LANES: usize = 4;
/// Shorter texts are read faster in one go.
const LEAST_BYTES: usize = 128;

/// Whether any of the patterns of a DFA with [`MatchKind::All`] matches; now and then it says so of
/// a text that none matches. `None`: it cannot tell.
///
/// [`MatchKind::All`]: regex_automata::MatchKind::All
pub(crate) fn any_matches(dfa: &DFA, cache: &mut Cache, text: &[u8]) -> Option<bool> {
    if text.len() < LEAST_BYTES {
        return None;
    }
    let clears = cache.clear_count();
    cache.search_start(0);
    let lanes = Lanes { dfa, cache, clears };
    let told = lanes.read(text);
    cache.search_finish(text.len());
    match told {
        Ok(()) => Some(false),
        Err(Stop::Match) => Some(true),
        Err(Stop::Unknown) => None,
    }
}

/// Why a text is not read to its end.
enum Stop {
    Match,
    /// The states that the lanes are in are forgotten, or there is no next one.
    Unknown,
}

struct Lanes<'a> {
    dfa: &'a DFA,
    cache: &'a mut Cache,
    /// How often the cache had been cleared when the first lane started.
    clears: usize,
}

impl Lanes<'_> {
    fn read(mut self, text: &[u8]) -> Result<(), Stop> {
        let length = text.len() / LANES;
        let parts: [&[u8]; LANES] = array::from_fn(|lane| &text[lane * length..][..length]);
        let mut starts = [LazyStateID::default(); LANES];
        for (lane, start) in starts.iter_mut().enumerate() {
            *start = self.start(text, lane * length)?;
        }
        let ends = self.side_by_side(parts, starts)?;
        let mut state = ends[0];
        for lane in 1..LANES {
            state = self.carry_on(state, parts[lane], starts[lane], ends[lane])?;
        }
        for &byte in &text[LANES * length..] {
            state = self.step(state, byte)?;
        }
        let last = self.dfa.next_eoi_state(self.cache, state).map_err(|_| Stop::Unknown)?;
        if last.is_match() { Err(Stop::Match) } else { Ok(()) }
    }

    fn start(&mut self, text: &[u8], at: usize) -> Result<LazyStateID, Stop> {
        let start = self.dfa.start_state_forward(self.cache, &Input::new(text).range(at..));
        self.checked(start.map_err(|_| Stop::Unknown)?)
    }

    /// Reads all parts; the states at their ends.
    fn side_by_side(
        &mut self,
        parts: [&[u8]; LANES],
        mut states: [LazyStateID; LANES],
    ) -> Result<[LazyStateID; LANES], Stop> {
        for at in 0..parts[0].len() {
            let next: [_; LANES] = array::from_fn(|lane| {
                self.dfa.next_state_untagged(self.cache, states[lane], parts[lane][at])
            });
            if !next.iter().any(LazyStateID::is_tagged) {
                states = next;
                continue;
            }
            self.cache.search_update(LANES * at);
            for (state, part) in states.iter_mut().zip(parts) {
                *state = self.step(*state, part[at])?;
            }
        }
        Ok(states)
    }

    /// Reads a part from `state` on, until a lane that read it from `start` to `end` is in the same
    /// state. The state at its end.
    fn carry_on(
        &mut self,
        mut state: LazyStateID,
        part: &[u8],
        start: LazyStateID,
        end: LazyStateID,
    ) -> Result<LazyStateID, Stop> {
        let mut of_lane = start;
        for &byte in part {
            if state == of_lane {
                return Ok(end);
            }
            state = self.step(state, byte)?;
            of_lane = self.step(of_lane, byte)?;
        }
        Ok(state)
    }

    fn step(&mut self, state: LazyStateID, byte: u8) -> Result<LazyStateID, Stop> {
        let next = self.dfa.next_state_untagged(self.cache, state, byte);
        if !next.is_tagged() {
            return Ok(next);
        }
        let next = self.dfa.next_state(self.cache, state, byte).map_err(|_| Stop::Unknown)?;
        self.checked(next)
    }

    fn checked(&self, state: LazyStateID) -> Result<LazyStateID, Stop> {
        if state.is_match() {
            return Err(Stop::Match);
        }
        let is_known = !state.is_tagged() && self.cache.clear_count() == self.clears;
        if is_known { Ok(state) } else { Err(Stop::Unknown) }
    }
}
