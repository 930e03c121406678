//! Which patterns of a DFA match a text, of which several parts are read at the same time.
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

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Input, PatternSet};

const LANES: usize = 4;
/// Shorter texts are read faster in one go.
const LEAST_BYTES: usize = 128;

/// The patterns that match, of a DFA with [`MatchKind::All`]; a set of none may have no room for
/// any. `None`: it cannot tell.
///
/// [`MatchKind::All`]: regex_automata::MatchKind::All
pub(crate) fn matching(dfa: &DFA, cache: &mut Cache, text: &[u8]) -> Option<PatternSet> {
    if text.len() < LEAST_BYTES {
        return None;
    }
    let clears = cache.clear_count();
    cache.search_start(0);
    let mut lanes = Lanes { dfa, cache, clears, matching: PatternSet::new(0), noted: None };
    let told = lanes.read(text);
    lanes.cache.search_finish(text.len());
    match told {
        Ok(()) | Err(Stop::AllMatch) => Some(lanes.matching),
        Err(Stop::Unknown) => None,
    }
}

/// Why a text is not read to its end.
enum Stop {
    AllMatch,
    /// The states that the lanes are in are forgotten, or there is no next one.
    Unknown,
}

struct Lanes<'a> {
    dfa: &'a DFA,
    cache: &'a mut Cache,
    /// How often the cache had been cleared when the first lane started.
    clears: usize,
    matching: PatternSet,
    /// The match state that was noted last.
    noted: Option<LazyStateID>,
}

impl Lanes<'_> {
    fn read(&mut self, text: &[u8]) -> Result<(), Stop> {
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
        match self.cache.clear_count() == self.clears {
            true if last.is_match() => self.note(last),
            true => Ok(()),
            false => Err(Stop::Unknown),
        }
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
        let is_tagged = |states: &[LazyStateID]| states.iter().any(LazyStateID::is_tagged);
        let mut is_plain = !is_tagged(&states);
        for at in 0..parts[0].len() {
            if is_plain {
                let next: [_; LANES] = array::from_fn(|lane| {
                    self.dfa.next_state_untagged(self.cache, states[lane], parts[lane][at])
                });
                if !is_tagged(&next) {
                    states = next;
                    continue;
                }
            }
            self.cache.search_update(LANES * at);
            for (state, part) in states.iter_mut().zip(parts) {
                *state = self.step(*state, part[at])?;
            }
            is_plain = !is_tagged(&states);
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

    #[inline]
    fn step(&mut self, state: LazyStateID, byte: u8) -> Result<LazyStateID, Stop> {
        if !state.is_tagged() {
            let next = self.dfa.next_state_untagged(self.cache, state, byte);
            if !next.is_tagged() {
                return Ok(next);
            }
        }
        let next = self.dfa.next_state(self.cache, state, byte).map_err(|_| Stop::Unknown)?;
        self.checked(next)
    }

    fn checked(&mut self, state: LazyStateID) -> Result<LazyStateID, Stop> {
        if self.cache.clear_count() != self.clears {
            return Err(Stop::Unknown);
        }
        if state.is_match() {
            self.note(state)?;
        } else if state.is_tagged() {
            return Err(Stop::Unknown);
        }
        Ok(state)
    }

    /// Notes the patterns of a match state.
    fn note(&mut self, state: LazyStateID) -> Result<(), Stop> {
        if self.noted == Some(state) {
            return Ok(());
        }
        self.noted = Some(state);
        if self.matching.capacity() == 0 {
            self.matching = PatternSet::new(self.dfa.pattern_len());
        }
        for at in 0..self.dfa.match_len(self.cache, state) {
            self.matching.insert(self.dfa.match_pattern(self.cache, state, at));
        }
        if self.matching.is_full() { Err(Stop::AllMatch) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use regex_automata::MatchKind;
    use regex_automata::hybrid::dfa::Config;
    use regex_automata::nfa::thompson;
    use regex_syntax::ParserBuilder;
    use regex_syntax::hir::Hir;

    use super::*;

    fn dfa(patterns: &[&str], cache_bytes: usize) -> DFA {
        let hir = |pattern: &&str| ParserBuilder::new().utf8(false).build().parse(pattern).unwrap();
        let patterns: Vec<Hir> = patterns.iter().map(hir).collect();
        let config = thompson::Config::new().utf8(false);
        let nfa = thompson::Compiler::new().configure(config).build_many_from_hir(&patterns);
        let config = Config::new()
            .match_kind(MatchKind::All)
            .cache_capacity(cache_bytes)
            .skip_cache_capacity_check(true);
        DFA::builder().configure(config).build_from_nfa(nfa.unwrap()).unwrap()
    }

    /// Texts of letters of which each is rare in some.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        let mut random = 7_u32;
        let mut next = move |below: usize| {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            (random >> 16) as usize % below
        };
        (0..600).map(move |round| {
            let letters = &b"xxxxxxab c\nzz\xC3\xA9"[..=round % 15];
            (0..LEAST_BYTES + next(200)).map(|_| letters[next(letters.len())]).collect()
        })
    }

    #[test]
    fn patterns_are_those_of_the_crates_own_search() {
        let patterns = [
            "a+b",
            "(?m)^b.*$",
            "(?s)^x.*b$",
            r"(?-u:\b)ab(?-u:\b)",
            "z{3}",
            r"[^\n]*c",
            "(?s)a.*z.*a",
            "é+",
            r"\z",
            "(?s)bac.{40}c",
            "[a-c]{4}$",
        ];
        for patterns in [&patterns[..], &patterns[4..8], &patterns[..1]] {
            let dfa = dfa(patterns, 1 << 24);
            let (mut cache, mut own_cache) = (dfa.create_cache(), dfa.create_cache());
            for text in texts() {
                let mut expected = PatternSet::new(dfa.pattern_len());
                let input = Input::new(&text);
                dfa.try_which_overlapping_matches(&mut own_cache, &input, &mut expected).unwrap();
                let found =
                    matching(&dfa, &mut cache, &text).expect("there is room for all states");
                let [found, expected] =
                    [&found, &expected].map(|set| set.iter().collect::<Vec<_>>());
                assert_eq!(found, expected, "{}", text.escape_ascii());
            }
        }
    }

    #[test]
    fn lanes_whose_states_are_forgotten_tell_nothing() {
        let dfa = dfa(&["(?s)a.{20}b"], 0);
        let mut cache = dfa.create_cache();
        let text = b"axbaxxab".repeat(LEAST_BYTES);
        assert!(matching(&dfa, &mut cache, &text).is_none());
        assert!(cache.clear_count() > 0);
        assert!(matching(&dfa, &mut cache, b"short").is_none());
    }
}
