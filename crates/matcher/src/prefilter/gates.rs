//! Where the gates of a list's rules are in a text.
//!
//! Many rules have the same gate, so it is looked up once a text, when the first of them asks.

use std::ops::Range;
use std::slice;

use crate::prefilter::index::found::FoundLiterals;
use crate::prefilter::places::Place;
use crate::prefilter::select::uses::{Gate, LiteralId, SetId};

/// The sets of literals that are gates, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct GateSets {
    literals: Vec<LiteralId>,
    /// Where each set ends in `literals`.
    ends: Vec<u32>,
}

impl GateSets {
    /// Adds a set and returns its number.
    pub(crate) fn add(&mut self, literals: &[LiteralId]) -> SetId {
        self.literals.extend_from_slice(literals);
        self.ends.push(self.literals.len() as u32);
        (self.ends.len() - 1) as SetId
    }

    /// The literals of a gate.
    pub(crate) fn literals<'g>(&'g self, gate: &'g Gate) -> &'g [LiteralId] {
        match gate {
            Gate::Literal(literal) => slice::from_ref(literal),
            Gate::AnyOf(set) => {
                let start = set.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
                &self.literals[start as usize..self.ends[*set as usize] as usize]
            }
        }
    }
}

/// The gates of a text. Memory that texts reuse.
#[derive(Debug, Default)]
pub(crate) struct LocatedGates {
    /// For each literal that was found, its places among `places`, once a rule asks for them.
    of_literals: Vec<Range<usize>>,
    /// For each set, its places, once a rule asks for them; an empty range: the text has none.
    of_sets: Vec<Option<Range<usize>>>,
    /// The sets that were asked for.
    asked: Vec<SetId>,
    places: Vec<Place>,
}

impl LocatedGates {
    /// Starts on another text, and a list with these sets.
    pub(crate) fn clear(&mut self, sets: &GateSets, found: &FoundLiterals) {
        self.of_literals.clear();
        self.of_literals.resize(found.all().len(), 0..0);
        for set in self.asked.drain(..) {
            self.of_sets[set as usize] = None;
        }
        if self.of_sets.len() < sets.ends.len() {
            self.of_sets.resize(sets.ends.len(), None);
        }
        self.places.clear();
    }

    /// Where a gate is, ascending. None: nowhere.
    #[inline]
    pub(crate) fn places(
        &mut self,
        gate: Gate,
        sets: &GateSets,
        found: &FoundLiterals,
    ) -> Option<&[Place]> {
        let range = match gate {
            Gate::Literal(literal) => {
                let at = found.index_of(literal)?;
                if self.of_literals[at].is_empty() {
                    let first = self.places.len();
                    found.other_places().append([found.all()[at].places], &mut self.places);
                    self.of_literals[at] = first..self.places.len();
                }
                self.of_literals[at].clone()
            }
            Gate::AnyOf(set) => match &self.of_sets[set as usize] {
                Some(range) => range.clone(),
                None => self.locate_set(set, sets.literals(&gate), found),
            },
        };
        (!range.is_empty()).then(|| &self.places[range])
    }

    fn locate_set(
        &mut self,
        set: SetId,
        literals: &[LiteralId],
        found: &FoundLiterals,
    ) -> Range<usize> {
        let first = self.places.len();
        let places = literals.iter().filter_map(|&one| found.index_of(one));
        let places = places.map(|at| found.all()[at].places);
        found.other_places().append(places, &mut self.places);
        self.asked.push(set);
        let range = first..self.places.len();
        self.of_sets[set as usize] = Some(range.clone());
        range
    }
}
