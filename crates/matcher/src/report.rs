//! What became of a rule list that was loaded.

use regexp::text::SharedText;
use regexp::{NonRegular, Pattern};

use crate::ids::RuleIndex;
use crate::rules::{Rejection, RuleField};

/// What became of a rule list that was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// `<load number>-<8 hex digits of a hash of the good rules>`. The hash is the same in every
    /// process.
    pub version: String,
    /// Rules in the list, refused ones included.
    pub total: u32,
    /// Rules in force at the time of the load.
    pub active: u32,
    /// Rules that are switched off.
    pub disabled: u32,
    /// Rules that had expired by the time of the load, and are not switched off.
    pub expired: u32,
    /// The refused rules, in list order: one entry each.
    pub rejected: Vec<Rejection>,
    /// What is good, but probably not what its author meant, in list order.
    pub warnings: Vec<Warning>,
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

/// What a warning is about. Its string is stable, the message is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WarningCode {
    /// A construct of another dialect, which JavaScript reads as something else.
    Dialect,
    /// The pattern matches every text.
    MatchesEmpty,
    /// An earlier rule has the same patterns, so this one never gives a verdict.
    Duplicate,
    /// The rule is not in force, because its time is over.
    Expired,
    /// The examples have a shape that examples cannot have.
    Examples,
}

impl WarningCode {
    /// The stable `code` of a warning in a `LoadReport`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dialect => "WARN_DIALECT",
            Self::MatchesEmpty => "WARN_MATCHES_EMPTY",
            Self::Duplicate => "WARN_DUPLICATE",
            Self::Expired => "WARN_EXPIRED",
            Self::Examples => "WARN_EXAMPLES",
        }
    }
}

/// A good rule that is probably not what its author meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Index in the list as given, from 0.
    pub index: RuleIndex,
    /// The rule's own name, if it has one.
    pub id: Option<SharedText>,
    /// The issue's name.
    pub issue: SharedText,
    /// The field that it is about.
    pub field: RuleField,
    /// What it is about.
    pub code: WarningCode,
    /// A sentence for the rule's author.
    pub message: String,
    /// UTF-16 offset in the pattern. `None` where it is about the whole.
    pub offset: Option<u32>,
}
