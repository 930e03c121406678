//! Gates: literals that several rules require besides their rarest one, an error's name, say. A
//! text without a rule's gate cannot match the rule, whatever else it has.

use rustc_hash::FxHashMap;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::select::uses::GateId;

/// The least number of rules that share a gate. A rule that is expensive to run has one of its own.
const MIN_RULES: usize = 8;

/// At most one rule in this many shares a gate: what more rules have is in most texts.
const MAX_SHARE: usize = 16;

/// Literals that could be gates.
#[derive(Default)]
pub(crate) struct GateCandidates<'r> {
    all: Vec<GateCandidate<'r>>,
    ids: FxHashMap<&'r [u8], u32>,
    users: Vec<User>,
}

struct GateCandidate<'r> {
    literal: &'r [u8],
    /// Whether one of its rules is expensive to run, so that the gate pays for a single rule.
    expensive: bool,
    users: usize,
}

/// A rule that requires a candidate.
struct User {
    candidate: u32,
    position: u32,
    /// The literal's offset from the start of a match.
    max_offset: MaxOffset,
}

impl<'r> GateCandidates<'r> {
    /// Adds the best gate of the rule at `position`.
    pub(crate) fn add(
        &mut self,
        literal: &'r [u8],
        expensive: bool,
        position: u32,
        max_offset: MaxOffset,
    ) {
        let candidate = *self.ids.entry(literal).or_insert_with(|| {
            self.all.push(GateCandidate { literal, expensive: false, users: 0 });
            (self.all.len() - 1) as u32
        });
        let gate = &mut self.all[candidate as usize];
        gate.expensive |= expensive;
        gate.users += 1;
        self.users.push(User { candidate, position, max_offset });
    }

    /// Decides which candidates become gates, and enters them in `gate_of`, which has an element
    /// per rule position. A gate that few rules share does not pay, for it has to be looked for in
    /// every text. Returns the gates' literals, by gate number.
    pub(crate) fn accept(self, gate_of: &mut [Option<(GateId, MaxOffset)>]) -> Vec<&'r [u8]> {
        let most = gate_of.len() / MAX_SHARE;
        let mut literals = Vec::new();
        let accept = |GateCandidate { literal, expensive, users }| {
            let fewest = if expensive { 1 } else { MIN_RULES };
            (fewest..=most).contains(&users).then(|| {
                literals.push(literal);
                (literals.len() - 1) as GateId
            })
        };
        let gates: Vec<Option<GateId>> = self.all.into_iter().map(accept).collect();
        for User { candidate, position, max_offset } in self.users {
            if let Some(gate) = gates[candidate as usize] {
                gate_of[position as usize] = Some((gate, max_offset));
            }
        }
        literals
    }
}
