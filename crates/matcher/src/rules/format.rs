//! How a list is written: what `loadRules` is told about it.

use super::FieldNames;

/// How the rules of a list are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleFormat {
    /// The keys that the list has for the fields.
    pub names: FieldNames,
    /// The flags of error patterns that have none of their own.
    pub flags: Box<[u16]>,
}

impl From<FieldNames> for RuleFormat {
    fn from(names: FieldNames) -> Self {
        Self { names, ..Self::default() }
    }
}

/// Whether these are flags.
///
/// # Errors
///
/// What is wrong with them, in the words of V8.
pub fn check_flags(flags: &[u16]) -> Result<(), String> {
    regexp::Flags::parse(flags).map(drop).map_err(|error| error.message)
}
