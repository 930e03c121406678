//! What a literal is looked for on behalf of.

use crate::ids::RuleSlot;
use crate::prefilter::extract::max_offset::MaxOffset;

/// The number of a literal that is looked for.
pub(crate) type LiteralId = u32;

/// What a literal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A rule is looked for by it.
    Rule(RuleLiteral),
    /// It is only a gate, of rules that are looked for by others.
    Gate,
}

/// A rule that is looked for by a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleLiteral {
    /// The rule.
    pub(crate) slot: RuleSlot,
    /// The literal's offset from the start of a match.
    pub(crate) max_offset: MaxOffset,
    /// Another literal that the rule requires, and its offset from the start of a match. It is
    /// looked for, too.
    pub(crate) gate: Option<(LiteralId, MaxOffset)>,
}
