//! A rule as the matcher knows it.

use std::sync::Arc;

use crate::ids::RuleIndex;

/// An ECMAScript pattern as written, not yet compiled. The compiled pattern shares the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatternSource {
    /// UTF-16 code units between the slashes; lone surrogates are legal.
    pub source: Arc<[u16]>,
    /// The flags (`i`, `m`, …), in any order.
    pub flags: Box<[u16]>,
}

/// One known failure: an error that matches `error`, in a test that `test` allows, is `issue`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Index in the list as given, from 0; rejected rules count.
    pub index: RuleIndex,
    /// The issue's name, handed back as written.
    pub issue: Box<[u16]>,
    /// The rule's own name, if it has one.
    pub id: Option<Box<[u16]>>,
    /// What the error text must match. An empty source matches every text.
    pub error: PatternSource,
    /// The scope: what the test's name must match. `None`: every test.
    pub test: Option<PatternSource>,
    /// The fields that most rules lack. `None`: the rule lacks all of them.
    pub rare: Option<Box<RareFields>>,
}

/// Fields that most rules lack. They are kept apart, so that those rules are no larger for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RareFields {
    /// The link to the issue, handed back as written.
    pub url: Option<Box<[u16]>>,
}
