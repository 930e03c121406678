//! A rule as the engine knows it, and the names that its fields have in the user's list.

use std::sync::Arc;

use crate::ids::RuleIndex;

/// An ECMAScript pattern as written: not yet known to be one. Where it is, the pattern shares the source.
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
    /// Its position in the list as given.
    pub index: RuleIndex,
    /// The issue's name, handed back as written.
    pub issue: Box<[u16]>,
    /// The rule's own name, if it has one.
    pub id: Option<Box<[u16]>>,
    /// What the error text must match. An empty source matches every text.
    pub error: PatternSource,
    /// The scope: what the test's name must match. `None`: every test.
    pub test: Option<PatternSource>,
}

/// The names under which a user's list keeps the fields of a rule. By default the fields' own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// Where the issue's name is.
    pub issue: String,
    /// Where the error pattern is.
    pub error: String,
    /// Where the test scope is.
    pub test: String,
    /// Where the error pattern's flags are.
    pub flags: String,
    /// Where the rule's own name is.
    pub id: String,
}

impl Default for FieldNames {
    fn default() -> Self {
        Self {
            issue: "issue".into(),
            error: "error".into(),
            test: "test".into(),
            flags: "flags".into(),
            id: "id".into(),
        }
    }
}
