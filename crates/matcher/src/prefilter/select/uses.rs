//! What a literal is looked for on behalf of.

use crate::ids::RuleSlot;
use crate::prefilter::reach::Reach;

/// The number of a literal that is looked for.
pub(crate) type LiteralId = u32;

/// The number of a set of literals that is a gate.
pub(crate) type SetId = u32;

/// What a text must have for a rule to match it, besides the literal that the rule is looked for
/// by. All of its literals are looked for, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// This literal.
    Literal(LiteralId),
    /// One of several.
    AnyOf(SetId),
}

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
    /// Of the literal.
    pub(crate) reach: Reach,
    /// The rule's gate, and the reach of that.
    pub(crate) gate: Option<(Gate, Reach)>,
}
