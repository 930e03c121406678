//! Gates: literals that rules require besides their rarest one, an error's name, say. A text
//! without a rule's gate cannot match the rule, whatever else it has. Where a rule requires one of
//! several literals, the gate is all of them.
//!
//! A gate is looked for because several rules share it, or because others are looked for by it
//! anyway.

use rustc_hash::FxHashMap;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{Implied, LiteralSet, RequirementRef};
use crate::prefilter::gates::GateSets;
use crate::prefilter::reach::Reach;
use crate::prefilter::select::distinct::Distinct;
use crate::prefilter::select::uses::{Gate, LiteralId, SetId};

/// The least number of rules that share a gate. A rule that is expensive to run has one of its own.
const MIN_RULES: usize = 8;

/// At most one rule in this many shares a gate: what more rules have is in most texts.
const MAX_SHARE: usize = 16;

/// The same if the rules share what they are looked for by with [`MIN_RULES`] rules on average: a
/// text that has it makes all of them candidates.
const MAX_SHARE_OF_SHARING: usize = 2;

/// Literals that could be gates.
#[derive(Default)]
pub(crate) struct GateCandidates<'r> {
    all: Vec<GateCandidate<'r>>,
    ids: FxHashMap<LiteralSet<'r>, u32>,
    users: Vec<User>,
}

struct GateCandidate<'r> {
    literals: LiteralSet<'r>,
    /// Whether one of its rules is expensive to run, so that the gate pays for a single rule.
    expensive: bool,
    users: usize,
    /// With how many rules they share what they are looked for by, all together.
    sharing: usize,
}

/// A rule that requires a candidate.
struct User {
    candidate: u32,
    position: u32,
    /// The literals' offset from the start of a match.
    max_offset: MaxOffset,
}

impl<'r> GateCandidates<'r> {
    /// Adds a gate of the rule at `position`. Of several, the first one that is accepted counts.
    pub(crate) fn add(
        &mut self,
        literals: LiteralSet<'r>,
        expensive: bool,
        position: u32,
        max_offset: MaxOffset,
    ) {
        let candidate = *self.ids.entry(literals).or_insert_with(|| {
            let new = GateCandidate { literals, expensive: false, users: 0, sharing: 0 };
            self.all.push(new);
            (self.all.len() - 1) as u32
        });
        let gate = &mut self.all[candidate as usize];
        gate.expensive |= expensive;
        gate.users += 1;
        self.users.push(User { candidate, position, max_offset });
    }

    /// Decides which candidates become gates. A gate that few rules share does not pay, for it has
    /// to be looked for in every text. `sharing`: for each rule, by position, how many have
    /// what it is looked for by.
    pub(crate) fn accept(mut self, sharing: &[u32]) -> AcceptedGates<'r> {
        for &User { candidate, position, .. } in &self.users {
            self.all[candidate as usize].sharing += sharing[position as usize] as usize;
        }
        let accept = |one: GateCandidate<'r>| {
            let is_sharing = one.sharing >= MIN_RULES * one.users;
            let fewest = if one.expensive { 1 } else { MIN_RULES };
            let share = if is_sharing { MAX_SHARE_OF_SHARING } else { MAX_SHARE };
            let is_accepted = (fewest..=sharing.len() / share).contains(&one.users);
            (is_accepted && (is_sharing || one.literals.len() == 1)).then_some(one.literals)
        };
        let gates: Vec<Option<LiteralSet<'_>>> = self.all.into_iter().map(accept).collect();
        let mut of_rules = vec![NO_GATE; sharing.len()];
        for (number, User { candidate, position, .. }) in (0..).zip(&self.users) {
            let of_rule = &mut of_rules[*position as usize];
            if *of_rule == NO_GATE && gates[*candidate as usize].is_some() {
                *of_rule = number;
            }
        }
        AcceptedGates { gates, users: self.users, of_rules }
    }
}

/// In place of a user: the rule has no gate.
const NO_GATE: u32 = u32::MAX;

/// The gates of rules, by position.
pub(crate) struct AcceptedGates<'r> {
    /// By candidate.
    gates: Vec<Option<LiteralSet<'r>>>,
    users: Vec<User>,
    of_rules: Vec<u32>,
}

impl<'r> AcceptedGates<'r> {
    /// The gate of the rule at `position`, and its offset from the start of a match.
    pub(crate) fn of_rule(&self, position: u32) -> Option<(LiteralSet<'r>, MaxOffset)> {
        let user = self.users.get(self.of_rules[position as usize] as usize)?;
        Some((self.gates[user.candidate as usize]?, user.max_offset))
    }
}

/// The gates that are chosen, each once.
#[derive(Default)]
pub(crate) struct ChosenGates {
    sets: GateSets,
    ids: FxHashMap<Vec<LiteralId>, SetId>,
}

impl ChosenGates {
    /// The gate that is these literals. None: there are none.
    pub(crate) fn gate(&mut self, literals: impl Iterator<Item = LiteralId>) -> Option<Gate> {
        let literals: Vec<LiteralId> = literals.collect();
        match literals[..] {
            [] => None,
            [only] => Some(Gate::Literal(only)),
            _ => Some(Gate::AnyOf(match self.ids.get(&literals) {
                Some(&set) => set,
                None => {
                    let set = self.sets.add(&literals);
                    self.ids.insert(literals, set);
                    set
                }
            })),
        }
    }

    pub(crate) fn into_sets(self) -> GateSets {
        self.sets
    }
}

/// Chooses gates among the literals that are looked for anyway.
pub(crate) struct FreeGates<'l, 'r> {
    literals: &'l Distinct<'r>,
    /// How many rules are looked for by each literal.
    rules: &'l [u32],
}

impl<'l, 'r> FreeGates<'l, 'r> {
    pub(crate) fn new(literals: &'l Distinct<'r>, rules: &'l [u32]) -> Self {
        Self { literals, rules }
    }

    /// Whether a rule that is looked for by `own` is to have one. A rule that shares it with no
    /// other is rare enough.
    pub(crate) fn are_for(&self, own: LiteralId) -> bool {
        self.rules[own as usize] > 1
    }

    /// That of a rule that is looked for by `own`: the one that says most about where a match
    /// starts, and of these the one that the fewest rules are looked for by. `implied`: what the
    /// rule requires.
    pub(crate) fn best(
        &self,
        requirement: RequirementRef<'r>,
        implied: &[Implied],
        own: LiteralId,
    ) -> Option<(LiteralSet<'r>, MaxOffset)> {
        let Self { literals, rules } = self;
        let mut best = None;
        'sets: for one in implied {
            let Some(indexes) = one.literals() else { continue };
            let set = requirement.literals_at(indexes);
            let mut rules_by = 0_u32;
            for literal in set.iter() {
                match literals.known(literal) {
                    Some(id) if id != own => rules_by = rules_by.saturating_add(rules[id as usize]),
                    _ => continue 'sets,
                }
            }
            let cost = (!Reach::from(one.offset).is_local(), rules_by);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (set, one.offset)));
            }
        }
        best.map(|(_, gate)| gate)
    }
}
