//! What can be wrong with one rule ([`Rejection`]) and with a whole list ([`LoadError`]).

use std::fmt;

use super::{RuleField, messages};
use crate::ids::RuleIndex;
use regexp::text::SharedText;

/// Why a rule was refused. Its string is stable, the message is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RejectionCode {
    /// A field (or the rule) has a type that it cannot have.
    Type,
    /// A required field is absent or null.
    Missing,
    /// A field has the right type and a value that it cannot have.
    Value,
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
            Self::Value => "ERR_RULE_VALUE",
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
    /// Index in the list as given, from 0.
    pub index: RuleIndex,
    /// The rule's own name, if it has a legible one.
    pub id: Option<SharedText>,
    /// The issue's name, if it is legible.
    pub issue: Option<SharedText>,
    /// The field at fault. `None`: the rule as a whole. Of several fields, the first in the order
    /// of [`RuleField::ALL`], but types go before patterns.
    pub field: Option<RuleField>,
    /// What is wrong with it.
    pub code: RejectionCode,
    /// A sentence for the rule's author.
    pub message: String,
    /// UTF-16 offset in the pattern, or in its flags where `code` is [`RejectionCode::Flags`].
    /// `None` where no pattern is at fault.
    pub offset: Option<u32>,
}

impl Rejection {
    /// Adds the first keys of the rule, which say what its fields are called. For a field that is
    /// missing.
    pub fn add_keys(&mut self, keys: &[String]) {
        if !keys.is_empty() {
            self.message = format!("{}. {}", self.message, messages::found_keys(keys));
        }
    }

    /// The `field` of a rejection in a `LoadReport`: the field's own name, not the one that the
    /// user's list has for it.
    pub fn field_name(&self) -> &'static str {
        self.field.map_or("rule", |field| field.spec().key)
    }
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
    /// There are rules, and every one was refused.
    Unusable,
    /// An argument of the call has the wrong type.
    InvalidArg,
}

impl LoadErrorCode {
    /// The stable `code` of the JavaScript error.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "ERR_RULES_JSON",
            Self::Shape => "ERR_RULES_SHAPE",
            Self::Strict => "ERR_RULES_STRICT",
            Self::Unusable => "ERR_RULES_UNUSABLE",
            Self::InvalidArg => "ERR_INVALID_ARG",
        }
    }
}

/// A list that was refused. The rules in force stay in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// What is wrong.
    pub code: LoadErrorCode,
    /// A sentence for the list's author.
    pub message: String,
    /// Where the text stops being JSON: in UTF-16 code units of a string, in bytes of bytes.
    /// `None` unless `code` is [`LoadErrorCode::Json`].
    pub offset: Option<u32>,
    /// Every refused rule, in list order. Empty unless `code` is [`LoadErrorCode::Strict`] or
    /// [`LoadErrorCode::Unusable`].
    pub rejected: Vec<Rejection>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}
