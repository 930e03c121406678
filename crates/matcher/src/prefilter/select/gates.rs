//! Gates: literals that rules require besides their rarest one, an error's name, say. A text
//! without a rule's gate cannot match the rule, whatever else it has.
//!
//! A gate is looked for because several rules share it, or because others are looked for by it
//! anyway.

use rustc_hash::FxHashMap;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, RequirementRef};
use crate::prefilter::select::distinct::Distinct;
use crate::prefilter::select::uses::LiteralId;

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

    /// Decides which candidates become gates. A gate that few rules share does not pay, for it has
    /// to be looked for in every text. Returns the gate of each of so many rules, by position.
    pub(crate) fn accept(self, rules: usize) -> Vec<Option<(&'r [u8], MaxOffset)>> {
        let most = rules / MAX_SHARE;
        let accept = |GateCandidate { literal, expensive, users }| {
            let fewest = if expensive { 1 } else { MIN_RULES };
            (fewest..=most).contains(&users).then_some(literal)
        };
        let gates: Vec<Option<&[u8]>> = self.all.into_iter().map(accept).collect();
        let mut gate_of = vec![None; rules];
        for User { candidate, position, max_offset } in self.users {
            gate_of[position as usize] = gates[candidate as usize].map(|gate| (gate, max_offset));
        }
        gate_of
    }
}

/// Chooses gates among the literals that are looked for anyway.
pub(crate) struct FreeGates<'l, 'r> {
    literals: &'l Distinct<'r>,
    /// How many rules are looked for by each literal.
    rules: &'l [u32],
    /// Memory of [`RequirementRef::each_required`].
    open: Vec<(ClauseId, MaxOffset)>,
}

impl<'l, 'r> FreeGates<'l, 'r> {
    pub(crate) fn new(literals: &'l Distinct<'r>, rules: &'l [u32]) -> Self {
        Self { literals, rules, open: Vec::new() }
    }

    /// That of a rule that is looked for by `own`: the one that says most about where a match
    /// starts, and of these the one that the fewest rules are looked for by. None for a rule that
    /// shares `own` with no other: it is rare enough.
    pub(crate) fn best(
        &mut self,
        requirement: RequirementRef<'_>,
        own: LiteralId,
    ) -> Option<(LiteralId, MaxOffset)> {
        let Self { literals, rules, open } = self;
        if rules[own as usize] < 2 {
            return None;
        }
        let mut best = None;
        requirement.each_required(open, |literal, max_offset| {
            let Some(id) = literals.known(requirement.literal(literal)) else { return };
            let is_local = max_offset.is_bounded() || max_offset.is_in_line();
            let cost = (!is_local, rules[id as usize]);
            if id != own && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (id, max_offset)));
            }
        });
        best.map(|(_, gate)| gate)
    }
}
