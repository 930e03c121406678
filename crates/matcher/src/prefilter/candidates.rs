//! From the literals that are in a text to the rules that can match it, and where their matches can begin.
//!
//! A rule is looked for by its rarest literal. Where it also requires one that many rules share, as what the error is called, that
//! is its gate: as good as nothing to look for, and without it the rule is no candidate, whatever else is in the text.
//!
//! A literal also tells where a match can begin that has it: not after it, and often not far before it either. Of a log of
//! megabytes only that much is then looked at.

use regexp::StartRange;

use crate::mem::prefetch;
use crate::prefilter::index::literals::{GateId, LiteralId, Literals, RuleLiteral, Use};

/// A rule that can match a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its index in the list.
    pub rule: u32,
    /// Where its matches can begin, in bytes. Either may lie within a character.
    pub starts: StartRange,
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
pub(crate) struct FoundLiterals {
    found: Vec<Found>,
    /// Of each literal its place in `found`, from 1; 0 between texts.
    places: Vec<u32>,
}

/// Gates that are in a text: where each begins for the first and for the last time, in bytes.
pub(crate) type OpenGates = Vec<(GateId, u32, u32)>;

impl FoundLiterals {
    /// Of another text, and of so many literals.
    pub(crate) fn clear(&mut self, literals: usize) {
        for found in self.found.drain(..) {
            self.places[found.literal as usize] = 0;
        }
        if self.places.len() < literals {
            self.places.resize(literals, 0);
        }
    }

    /// The literal may be noted soon.
    #[inline]
    pub(crate) fn expect(&self, literal: LiteralId) {
        prefetch(&self.places, literal as usize);
    }

    pub(crate) fn note(&mut self, literal: LiteralId, begin: usize) {
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

/// The rules that can match a text with these literals, ascending. `unit_bytes`: how many bytes of it a code unit takes at most.
pub(crate) fn candidates(
    literals: &Literals,
    found: &FoundLiterals,
    unit_bytes: u32,
    gates: &mut OpenGates,
    candidates: &mut Vec<Candidate>,
) {
    gates.clear();
    candidates.clear();
    for &Found { literal, first, last } in &found.found {
        for one in literals.uses(literal) {
            if let Use::Gate(gate) = one {
                gates.push((gate, first, last));
            }
        }
    }
    for &Found { literal, first, last } in &found.found {
        for one in literals.uses(literal) {
            let Use::Rule(RuleLiteral { rule, reach, gate }) = one else { continue };
            let mut starts = reach.starts(first, last, unit_bytes);
            if let Some((gate, reach)) = gate {
                let Some(&(_, first, last)) = gates.iter().find(|open| open.0 == gate) else {
                    continue;
                };
                starts = starts.and(reach.starts(first, last, unit_bytes));
            }
            if !starts.is_nowhere() {
                candidates.push(Candidate { rule, starts });
            }
        }
    }
    if candidates.len() > 1 {
        // a rule may have several literals, any of which will do
        candidates.sort_unstable_by_key(|candidate| candidate.rule);
        candidates.dedup_by(|next, candidate| {
            let same = next.rule == candidate.rule;
            if same {
                candidate.starts = candidate.starts.or(next.starts);
            }
            same
        });
    }
}
