//! From the literals in a text to the rules that can match it, and where their matches can start.
//!
//! A rule is looked for by its rarest literal. If it also requires one that many rules share, such
//! as an error's name, that is its gate: looking for it costs next to nothing per rule, and without
//! it the rule is no candidate, whatever else the text has.
//!
//! A literal also bounds where a match that has it can start: not after it, and often not far
//! before it, or not before its line (`starts`). Of a log of megabytes only that part is searched.

use regexp::StartRange;

use crate::ids::RuleSlot;
use crate::prefilter::index::found::{Found, FoundLiterals};
use crate::prefilter::index::literals::Literals;
use crate::prefilter::select::uses::{GateId, RuleLiteral, Use};
use crate::prefilter::starts::Starts;

/// A rule that can match a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The rule.
    pub slot: RuleSlot,
    /// Where its matches can start, in bytes. Either bound may lie within a character.
    pub starts: StartRange,
}

/// The gates in a text: where each starts the first and the last time, in bytes.
pub(crate) type OpenGates = Vec<(GateId, u32, u32)>;

/// Adds to `candidates` the rules that can match a text with these literals. Then they are
/// ascending.
pub(crate) fn candidates(
    literals: &Literals,
    found: &FoundLiterals,
    starts_in: Starts<'_>,
    gates: &mut OpenGates,
    candidates: &mut Vec<Candidate>,
) {
    gates.clear();
    for &Found { literal, first, last } in found.all() {
        for one in literals.uses(literal) {
            if let Use::Gate(gate) = one {
                gates.push((gate, first, last));
            }
        }
    }
    for &Found { literal, first, last } in found.all() {
        for one in literals.uses(literal) {
            let Use::Rule(RuleLiteral { slot, max_offset, gate }) = one else { continue };
            let mut starts = starts_in.of(max_offset, first, last);
            if let Some((gate, max_offset)) = gate {
                let Some(&(_, first, last)) = gates.iter().find(|open| open.0 == gate) else {
                    continue;
                };
                starts = starts.and(starts_in.of(max_offset, first, last));
            }
            if !starts.is_nowhere() {
                candidates.push(Candidate { slot, starts });
            }
        }
    }
    if candidates.len() > 1 {
        // a rule may have several literals, and any of them makes it a candidate
        candidates.sort_unstable_by_key(|candidate| candidate.slot);
        candidates.dedup_by(|next, candidate| {
            let same = next.slot == candidate.slot;
            if same {
                candidate.starts = candidate.starts.or(next.starts);
            }
            same
        });
    }
}
