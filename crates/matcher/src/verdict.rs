//! What a classification ends with.

use crate::ids::RuleIndex;

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A rule matches.
    Matched,
    /// There are rules, and none matches.
    NoMatch,
    /// There is no error to match, whatever the rules.
    NoError,
    /// There is no rule in force.
    NoRules,
    /// The time that the caller has for it was up before there was an answer.
    TimeLimit,
}

impl Reason {
    /// The `reason` of a JavaScript verdict.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::NoMatch => "no-match",
            Self::NoError => "no-error",
            Self::NoRules => "no-rules",
            Self::TimeLimit => "time-limit",
        }
    }
}

/// What is known about one failed test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Why.
    pub reason: Reason,
    /// The rule that matches, and where. Present exactly if `reason` is [`Reason::Matched`].
    pub hit: Option<Hit>,
    /// Indexes of the rules that reached a limit before they had an answer, in list order. They
    /// were passed over. With a hit, only those before it.
    pub undecided: Vec<RuleIndex>,
}

impl Verdict {
    /// The verdict where no rules were ever loaded. `has_error`: the test's error is neither null
    /// nor undefined.
    pub fn without_rules(has_error: bool) -> Self {
        Self::no_hit(if has_error { Reason::NoRules } else { Reason::NoError })
    }

    /// The verdict where no rule matches.
    pub fn no_match() -> Self {
        Self::no_hit(Reason::NoMatch)
    }

    /// The rule that matches.
    pub fn rule(&self) -> Option<RuleIndex> {
        self.hit.as_ref().map(|hit| hit.rule)
    }

    /// The verdict where the caller has no more time.
    pub fn out_of_time() -> Self {
        Self::no_hit(Reason::TimeLimit)
    }

    pub(crate) fn no_hit(reason: Reason) -> Self {
        Self { reason, hit: None, undecided: Vec::new() }
    }
}

/// Where a rule matches. Offsets are UTF-16 code units in the text that was matched, as `exec`
/// gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule; [`crate::Matcher::rule`] has its issue.
    pub rule: RuleIndex,
    /// Where the match starts.
    pub start: u32,
    /// Where the match ends (exclusive).
    pub end: u32,
    /// What was matched, up to [`crate::limits::MAX_MATCH_TEXT_UNITS`] code units.
    pub text: Vec<u16>,
}

/// The caller cancelled: there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;
