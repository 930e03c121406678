//! What became of a rule list that was loaded.

use regexp::{NonRegular, Pattern};

use crate::ids::RuleIndex;
use crate::rules::Rejection;

/// What became of a rule list that was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// `<load number>-<8 hex digits of a hash of the active rules>`. The hash is the same in every
    /// process.
    pub version: String,
    /// Rules in the list, refused ones included.
    pub total: u32,
    /// Rules in force.
    pub active: u32,
    /// The refused rules, in list order: one entry each.
    pub rejected: Vec<Rejection>,
    /// Rules in force that have a test scope.
    pub scoped: u32,
    /// Rules in force by what can run their error pattern.
    pub engines: Engines,
    /// Rules in force whose longest usable literal is shorter than seven bytes. They make every
    /// verdict a little slower.
    pub short_literals: Vec<RuleIndex>,
    /// Rules in force that require no literal: every error is matched against them, all of them
    /// together where the automata can run them.
    pub no_literals: Vec<RuleIndex>,
}

/// How many error patterns the automata can run, besides the exact engine, and why they cannot run
/// the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    /// The automata can run them.
    pub regular: u32,
    /// They have a lookahead or lookbehind.
    pub lookaround: u32,
    /// They have a back-reference, and with it a step budget.
    pub back_reference: u32,
    /// They are too large or too deep for the automata.
    pub size: u32,
}

impl Engines {
    pub(crate) fn count(&mut self, pattern: &Pattern) {
        *match pattern.non_regular() {
            None => &mut self.regular,
            Some(NonRegular::Lookaround) => &mut self.lookaround,
            Some(NonRegular::BackReference) => &mut self.back_reference,
            Some(NonRegular::Size) => &mut self.size,
        } += 1;
    }
}
