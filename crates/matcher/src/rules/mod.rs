//! Rule lists: what a user wrote becomes [`Rule`]s, and what cannot becomes [`Rejection`]s that say
//! why.
//!
//! `json` (a text becomes fields) → `validate` (fields become a rule) → `rule`. An array of
//! JavaScript objects is reduced to the same [`FoundRule`]s by the binding, so one function judges
//! both and a mistake is told in the same words wherever it was made. Patterns are not compiled
//! here: [`Matcher::build`](crate::Matcher::build) does that and adds its own rejections.

mod content_hash;
mod encoding;
mod json;
mod messages;
mod rejection;
mod rule;
mod validate;

pub(crate) use content_hash::ContentHash;
pub use json::{JsonText, parse_json};
pub use messages::{
    PATTERN_WITH_BAD_FLAGS, PATTERN_WITHOUT_SOURCE, describe_shape, refused_strictly,
};
pub use rejection::{LoadError, LoadErrorCode, Rejection, RejectionCode, RuleField};
pub use rule::{FieldNames, PatternSource, Rule};
pub use validate::{FoundRule, RawField, not_an_object, unreadable_rule, validate};
