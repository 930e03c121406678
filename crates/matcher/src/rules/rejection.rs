//! What may be wrong with one rule ([`Rejection`]) and with a whole list ([`LoadError`]).

use std::fmt;

use crate::ids::RuleIndex;

/// The field of a rule that a rejection is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleField {
    /// The rule as a whole: it is not an object.
    Rule,
    /// The issue's name.
    Issue,
    /// The error pattern.
    Error,
    /// The test scope.
    Test,
    /// The flags of the error pattern.
    Flags,
    /// The rule's own name.
    Id,
}

impl RuleField {
    /// The name in a `LoadReport`: the field's own, not the one that `fields` maps it to.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Issue => "issue",
            Self::Error => "error",
            Self::Test => "test",
            Self::Flags => "flags",
            Self::Id => "id",
        }
    }
}

/// Why a rule was refused. The string is the contract, the message is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RejectionCode {
    /// A field (or the rule) has a type that it cannot have.
    Type,
    /// A required field is absent or null.
    Missing,
    /// The pattern is not one: `new RegExp` would throw.
    Syntax,
    /// The flags are not flags: `new RegExp` would throw.
    Flags,
    /// The pattern is legal, but larger than [`crate::limits`] allow.
    Limit,
    /// Reading the field threw (a getter, a proxy).
    Read,
}

impl RejectionCode {
    /// The stable `code` of a rejection in a `LoadReport`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "ERR_RULE_TYPE",
            Self::Missing => "ERR_RULE_MISSING",
            Self::Syntax => "ERR_PATTERN_SYNTAX",
            Self::Flags => "ERR_PATTERN_FLAGS",
            Self::Limit => "ERR_PATTERN_LIMIT",
            Self::Read => "ERR_RULE_READ",
        }
    }
}

/// One refused rule: which, what, why and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The rule's position in the list as given.
    pub index: RuleIndex,
    /// The rule's own name, if it has a legible one.
    pub id: Option<Box<[u16]>>,
    /// The issue's name, if it is legible.
    pub issue: Option<Box<[u16]>>,
    /// The field at fault; of several, the first in the order issue, error, test, flags, id, and types before patterns.
    pub field: RuleField,
    /// What is wrong with it.
    pub code: RejectionCode,
    /// A sentence for the rule's author.
    pub message: String,
    /// UTF-16 offset in the pattern, or in its flags where `code` is [`RejectionCode::Flags`]. `None` for other codes.
    pub offset: Option<u32>,
}

/// Why a list was refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoadErrorCode {
    /// `JSON.parse` would throw.
    Json,
    /// The JSON is neither an array nor an object with a `rules` array.
    Shape,
    /// `strict` was asked for and a rule was refused.
    Strict,
    /// An argument of the call is of no use.
    InvalidArg,
}

impl LoadErrorCode {
    /// The stable `code` of the JavaScript error.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "ERR_RULES_JSON",
            Self::Shape => "ERR_RULES_SHAPE",
            Self::Strict => "ERR_RULES_STRICT",
            Self::InvalidArg => "ERR_INVALID_ARG",
        }
    }
}

/// A list that was refused; the rules in force stay in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// What kind of trouble.
    pub code: LoadErrorCode,
    /// A sentence for the list's author.
    pub message: String,
    /// [`LoadErrorCode::Json`]: where, in UTF-16 code units of a string, in bytes of bytes. `None` for other codes.
    pub offset: Option<u32>,
    /// [`LoadErrorCode::Strict`]: every refused rule, in list order. Empty for other codes.
    pub rejected: Vec<Rejection>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}
