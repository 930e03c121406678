//! Why a pattern is refused, and the sentence that says so: every message stands here.

use std::fmt;

/// Why a pattern is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub kind: PatternErrorKind,
    /// A sentence for the rule's author, without the offset.
    pub message: String,
    /// UTF-16 offset in the pattern (in the flags, for [`PatternErrorKind::Flags`]).
    pub offset: u32,
}

/// The kinds of [`PatternError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternErrorKind {
    /// V8's `new RegExp` would refuse the source.
    Syntax,
    /// V8's `new RegExp` would refuse the flags.
    Flags,
    /// The pattern is legal, but larger than [`crate::limits`] allow.
    Limit,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.offset)
    }
}

impl std::error::Error for PatternError {}

/// What the parser can object to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    NothingToRepeat,
    NumbersOutOfOrder,
    IncompleteQuantifier,
    LoneBracket,
    UnmatchedParenthesis,
    UnterminatedGroup,
    InvalidGroup,
    InvalidModifiers,
    RepeatedModifier,
    InvalidGroupName,
    DuplicateGroupName,
    InvalidNamedReference,
    UnknownNamedReference,
    EscapeAtEnd,
    InvalidEscape,
    InvalidUnicodeEscape,
    InvalidDecimalEscape,
    InvalidPropertyName,
    UnterminatedClass,
    RangeOutOfOrder,
    RangeOfClass,
    InvalidSetOperation,
    InvalidSetCharacter,
    NegatedStrings,
    TooManyGroups,
    TooLarge,
    UnknownFlag,
    RepeatedFlag,
    UnicodeAndSets,
}

impl ErrorKind {
    #[cold]
    pub(crate) fn at(self, offset: usize) -> PatternError {
        PatternError {
            kind: self.kind(),
            message: self.message().to_owned(),
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
        }
    }

    fn kind(self) -> PatternErrorKind {
        match self {
            Self::UnknownFlag | Self::RepeatedFlag | Self::UnicodeAndSets => {
                PatternErrorKind::Flags
            }
            Self::TooLarge => PatternErrorKind::Limit,
            _ => PatternErrorKind::Syntax,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::NothingToRepeat => "the quantifier has nothing to repeat",
            Self::NumbersOutOfOrder => "the numbers of the {} quantifier are out of order",
            Self::IncompleteQuantifier => "the {} quantifier is incomplete",
            Self::LoneBracket => "a lone bracket must be escaped under the u and v flags",
            Self::UnmatchedParenthesis => "this ) closes no group",
            Self::UnterminatedGroup => "a group is not closed",
            Self::InvalidGroup => "(? starts no known kind of group",
            Self::InvalidModifiers => "the modifiers of the group are malformed",
            Self::RepeatedModifier => "a modifier of the group is repeated",
            Self::InvalidGroupName => "the group's name is not an identifier",
            Self::DuplicateGroupName => "two groups that can take part in one match share a name",
            Self::InvalidNamedReference => "\\k must be followed by a group's name in < >",
            Self::UnknownNamedReference => "\\k names a group that the pattern does not have",
            Self::EscapeAtEnd => "the pattern ends in a backslash",
            Self::InvalidEscape => {
                "this escape is not allowed under the u and v flags, or beside named groups"
            }
            Self::InvalidUnicodeEscape => "the Unicode escape is malformed",
            Self::InvalidDecimalEscape => "the decimal escape names no group",
            Self::InvalidPropertyName => "the Unicode property is unknown",
            Self::UnterminatedClass => "a character class is not closed",
            Self::RangeOutOfOrder => "the range of the character class is out of order",
            Self::RangeOfClass => {
                "a range of the character class ends in a class, not in a character"
            }
            Self::InvalidSetOperation => "the set operation of the character class is malformed",
            Self::InvalidSetCharacter => {
                "this character must be escaped in a class under the v flag"
            }
            Self::NegatedStrings => "a negated character class may not hold strings",
            Self::TooManyGroups => "the pattern has too many capture groups",
            Self::TooLarge => "the pattern is too large once compiled",
            Self::UnknownFlag => "the flag is unknown",
            Self::RepeatedFlag => "the flag is repeated",
            Self::UnicodeAndSets => "the flags u and v exclude each other",
        }
    }
}
