//! What a literal is looked for on behalf of.

use crate::ids::RuleSlot;
use crate::prefilter::extract::max_offset::MaxOffset;

/// The number of a literal that is looked for.
pub(crate) type LiteralId = u32;

/// The number of a gate: a literal that many rules require besides their rarest one.
pub(crate) type GateId = u32;

/// What a literal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A rule is looked for by it.
    Rule(RuleLiteral),
    /// It is this gate.
    Gate(GateId),
}

/// A rule that is looked for by a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleLiteral {
    /// The rule.
    pub(crate) slot: RuleSlot,
    /// The literal's offset from the start of a match.
    pub(crate) max_offset: MaxOffset,
    /// The rule's gate, and its offset from the start of a match.
    pub(crate) gate: Option<(GateId, MaxOffset)>,
}
