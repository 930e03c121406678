//! From the literals that are in a text to the rules that can match it, and where their matches can begin.
//!
//! A rule is looked for by its rarest literal. Where it also requires one that many rules share, as what the error is called, that
//! is its gate: as good as nothing to look for, and without it the rule is no candidate, whatever else is in the text.
//!
//! A literal also tells where a match can begin that has it: not after it, and often not far before it either. Of a log of
//! megabytes only that much is then looked at.

use crate::regexp::Begins;

use super::literals::LiteralId;
use super::reach::Reach;
use crate::prefetch::prefetch;

/// A rule that can match a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its index in the list.
    pub rule: u32,
    /// Where its matches can begin, in bytes. Either may lie within a character.
    pub begins: Begins,
}

/// What a literal is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// A rule, by its place, is looked for by it. It begins so far from a match's begin.
    Rule(u32, Reach),
    /// It is this gate.
    Gate(GateId),
}

/// A literal that rules share, by its number.
pub(super) type GateId = u32;

/// A rule that has literals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruled {
    /// Its index in the list.
    pub(super) rule: u32,
    /// Its gate, and how far from a match's begin that begins.
    pub(super) gate: Option<(GateId, Reach)>,
}

/// What literals are there for.
#[derive(Debug)]
pub(super) struct Uses {
    /// Those of literal `l`: `list[begins[l]..begins[l + 1]]`.
    begins: Box<[u32]>,
    list: Box<[Use]>,
    /// Ascending.
    rules: Box<[Ruled]>,
}

/// A literal that is in a text: where it begins for the first and for the last time, in bytes.
#[derive(Clone, Copy, Debug)]
struct Found {
    literal: LiteralId,
    first: u32,
    last: u32,
}

/// The literals that are in a text.
#[derive(Debug, Default)]
pub(super) struct FoundLiterals {
    found: Vec<Found>,
    /// Of each literal its place in `found`, from 1; 0 between texts.
    places: Vec<u32>,
}

/// Gates that are in a text: where each begins for the first and for the last time, in bytes.
pub(super) type OpenGates = Vec<(GateId, u32, u32)>;

impl FoundLiterals {
    /// Of another text, and of so many literals.
    pub(super) fn clear(&mut self, literals: usize) {
        for found in self.found.drain(..) {
            self.places[found.literal as usize] = 0;
        }
        if self.places.len() < literals {
            self.places.resize(literals, 0);
        }
    }

    /// The literal may be noted soon.
    #[inline]
    pub(super) fn expect(&self, literal: LiteralId) {
        prefetch(&self.places, literal as usize);
    }

    pub(super) fn note(&mut self, literal: LiteralId, begin: usize) {
        let begin = begin as u32;
        let place = &mut self.places[literal as usize];
        if *place == 0 {
            self.found.push(Found { literal, first: begin, last: begin });
            *place = self.found.len() as u32;
        } else {
            let known = &mut self.found[*place as usize - 1];
            (known.first, known.last) = (known.first.min(begin), known.last.max(begin));
        }
    }
}

impl Uses {
    /// `uses`: of literals by their numbers, which are less than `literals`, in any order. `rules`: ascending.
    pub(super) fn new(
        mut uses: Vec<(LiteralId, Use)>,
        literals: usize,
        rules: Box<[Ruled]>,
    ) -> Self {
        uses.sort_unstable();
        uses.dedup();
        let mut begins = vec![0_u32; literals + 1];
        for &(literal, _) in &uses {
            begins[literal as usize + 1] += 1;
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let list = uses.into_iter().map(|(_, one)| one).collect();
        Self { begins: begins.into(), list, rules }
    }

    fn of(&self, literal: LiteralId) -> &[Use] {
        let literal = literal as usize;
        &self.list[self.begins[literal] as usize..self.begins[literal + 1] as usize]
    }

    /// The rules that can match a text with these literals, ascending. `unit_bytes`: how many bytes of it a code unit takes at
    /// most.
    pub(super) fn candidates(
        &self,
        literals: &FoundLiterals,
        unit_bytes: u32,
        gates: &mut OpenGates,
        candidates: &mut Vec<Candidate>,
    ) {
        gates.clear();
        candidates.clear();
        // of a long list each of these is somewhere else in memory: they are asked for together
        for found in &literals.found {
            prefetch(&self.begins, found.literal as usize);
        }
        for found in &literals.found {
            prefetch(&self.list, self.begins[found.literal as usize] as usize);
        }
        for &Found { literal, first, last } in &literals.found {
            for &one in self.of(literal) {
                match one {
                    Use::Gate(gate) => gates.push((gate, first, last)),
                    Use::Rule(place, reach) => {
                        prefetch(&self.rules, place as usize);
                        candidates.push(Candidate {
                            rule: place,
                            begins: reach.begins(first, last, unit_bytes),
                        });
                    }
                }
            }
        }
        if candidates.len() > 1 {
            // a rule may have several literals, any of which will do
            candidates.sort_unstable_by_key(|candidate| candidate.rule);
            candidates.dedup_by(|next, candidate| {
                let same = next.rule == candidate.rule;
                if same {
                    candidate.begins = candidate.begins.or(next.begins);
                }
                same
            });
        }
        candidates.retain_mut(|candidate| {
            let Ruled { rule, gate } = self.rules[candidate.rule as usize];
            candidate.rule = rule;
            let Some((gate, reach)) = gate else { return true };
            let Some(&(_, first, last)) = gates.iter().find(|open| open.0 == gate) else {
                return false;
            };
            candidate.begins = candidate.begins.and(reach.begins(first, last, unit_bytes));
            !candidate.begins.is_nowhere()
        });
    }

    /// The literals that `rule` is looked for by, and its gate. None if there is no such rule.
    pub(super) fn literals_of(&self, rule: u32) -> (Vec<LiteralId>, Option<LiteralId>) {
        let Ok(place) = self.rules.binary_search_by_key(&rule, |ruled| ruled.rule) else {
            return (Vec::new(), None);
        };
        let all = || 0..self.begins.len() as LiteralId - 1;
        let is_own = |one: &Use| matches!(*one, Use::Rule(own, _) if own == place as u32);
        let own = all().filter(|&literal| self.of(literal).iter().any(is_own)).collect();
        let gate = self.rules[place].gate.map(|(gate, _)| Use::Gate(gate));
        let gate = gate.and_then(|gate| all().find(|&literal| self.of(literal).contains(&gate)));
        (own, gate)
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.begins) + size_of_val(&*self.list) + size_of_val(&*self.rules)
    }
}
