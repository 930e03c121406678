//! Rule lists: what a user wrote becomes [`Rule`]s, and what cannot becomes [`Rejection`]s.
//!
//! `json` cuts a text into the fields of its rules; the addon reads the same fields of JavaScript
//! objects. Both give [`FoundRule`]s, and one [`validate`] checks them, so that a mistake gets the
//! same words wherever it was made. `field` is the table that all of them follow. Patterns are not
//! compiled here: [`crate::Matcher::build`] does that and adds its own rejections.

mod content_hash;
mod encoding;
mod examples;
mod expiry;
mod field;
mod format;
mod json;
mod members;
mod messages;
mod number;
mod rejection;
mod rule;
mod short_runs;
mod validate;

pub(crate) use content_hash::ContentHash;
pub use expiry::Expiry;
pub use field::{FieldKind, FieldNames, FieldSpec, PerField, Presence, RuleField};
pub use format::{RuleFormat, check_flags};
pub use json::{JsonText, ParsedText, parse_json, parse_json_keeping};
pub use messages::{
    FEW_KEYS, PATTERN_WITH_BAD_FLAGS, PATTERN_WITHOUT_SOURCE, describe_shape, none_usable,
    object_without_rules, refused_strictly,
};
pub use number::number_text;
pub use rejection::{LoadError, LoadErrorCode, Rejection, RejectionCode};
pub use rule::{Idle, PatternSource, RareFields, Rule};
pub use validate::{FoundRule, RawField, not_an_object, unreadable_rule, validate};
