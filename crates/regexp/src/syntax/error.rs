//! Why a pattern is refused, and the sentence that says so: every message is in this file.
//!
//! Messages start with the words that V8's `SyntaxError` has for the same fault, which authors can
//! search for. Where it is clear what the author meant, the message continues with what to write.

use std::fmt;

/// Why a pattern is refused.
///
/// ```
/// use known_failures_regexp::{Pattern, PatternErrorKind};
///
/// let error = Pattern::parse_str("timeout (30 s", "").unwrap_err();
/// assert_eq!(error.kind, PatternErrorKind::Syntax);
/// assert_eq!(error.offset, 8);
/// assert_eq!(error.message, r"Unterminated group: close it with ) or escape it as \(");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternError {
    /// What is wrong.
    pub kind: PatternErrorKind,
    /// A sentence for the author of the pattern. It does not repeat the offset.
    pub message: String,
    /// Where, in UTF-16 code units: in the flags for [`PatternErrorKind::Flags`], else in the
    /// source. What is not closed is reported where it was opened.
    pub offset: u32,
}

/// The kinds of [`PatternError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatternErrorKind {
    /// V8's `new RegExp` refuses the source.
    Syntax,
    /// V8's `new RegExp` refuses the flags.
    Flags,
    /// The pattern is legal, but exceeds a limit of [`crate::limits`].
    Limit,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at {})", self.message, self.offset)
    }
}

impl std::error::Error for PatternError {}

/// What the parser objects to, with what its message needs to know.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ErrorKind<'s> {
    /// The quantifier, and whether it stands behind another one.
    NothingToRepeat {
        quantifier: char,
        possessive: bool,
    },
    InvalidQuantifier,
    NumbersOutOfOrder,
    IncompleteQuantifier,
    LoneBracket(char),
    UnmatchedParenthesis,
    UnterminatedGroup,
    /// The character after `(?`.
    InvalidGroup(char),
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
    InvalidClassEscape,
    InvalidPropertyName {
        in_class: bool,
    },
    UnterminatedClass,
    RangeOutOfOrder,
    RangeOfClass,
    InvalidSetOperation,
    InvalidSetCharacter(char),
    NegatedStrings,
    TooManyGroups,
    TooLarge,
    /// All flags, and what is wrong with one of them.
    InvalidFlags(&'s [u16], FlagFault),
}

/// What is wrong with a flag.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FlagFault {
    Unknown,
    Repeated,
    /// `u` beside `v`.
    Exclusive,
}

/// Flags that a message quotes, in code units. Longer ones are cut.
const MAX_QUOTED_FLAGS: usize = 32;

impl ErrorKind<'_> {
    #[cold]
    pub(crate) fn at(self, offset: usize) -> PatternError {
        PatternError {
            kind: self.kind(),
            message: self.message(),
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
        }
    }

    fn kind(self) -> PatternErrorKind {
        match self {
            Self::InvalidFlags(..) => PatternErrorKind::Flags,
            Self::TooLarge => PatternErrorKind::Limit,
            _ => PatternErrorKind::Syntax,
        }
    }

    fn message(self) -> String {
        let escape = |words, c| format!("{words}: escape it as \\{c}");
        let words = match self {
            Self::NothingToRepeat { possessive: true, .. } => {
                "Nothing to repeat: JavaScript has no possessive quantifiers"
            }
            Self::NothingToRepeat { quantifier: '*', .. } => {
                r"Nothing to repeat: write .* for any text, or escape it as \*"
            }
            Self::NothingToRepeat { quantifier, .. } => {
                return escape("Nothing to repeat", quantifier);
            }
            Self::InvalidQuantifier => "Invalid quantifier: a lookaround cannot be repeated",
            Self::NumbersOutOfOrder => "numbers out of order in {} quantifier",
            Self::IncompleteQuantifier => return escape("Incomplete quantifier", '{'),
            Self::LoneBracket(bracket) => return escape("Lone quantifier brackets", bracket),
            Self::UnmatchedParenthesis => return escape("Unmatched ')'", ')'),
            Self::UnterminatedGroup => r"Unterminated group: close it with ) or escape it as \(",
            Self::InvalidGroup('P') => {
                r"Invalid group: write (?<name>…) and \k<name> for a named group"
            }
            Self::InvalidGroup('>') => "Invalid group: JavaScript has no atomic groups",
            Self::InvalidGroup('#') => "Invalid group: JavaScript has no comments",
            Self::InvalidGroup(_) => "Invalid group",
            Self::InvalidModifiers => {
                "Invalid group: pass flags beside the pattern, or write them as in (?i:…)"
            }
            Self::RepeatedModifier => "Invalid group: a flag is repeated",
            Self::InvalidGroupName => "Invalid capture group name",
            Self::DuplicateGroupName => "Duplicate capture group name",
            Self::InvalidNamedReference => r"Invalid named reference: write \k<name>",
            Self::UnknownNamedReference => {
                "Invalid named capture referenced: no group has this name"
            }
            Self::EscapeAtEnd => r"\ at end of pattern: a backslash itself is \\",
            Self::InvalidEscape => "Invalid escape",
            Self::InvalidUnicodeEscape => "Invalid Unicode escape",
            Self::InvalidDecimalEscape => "Invalid decimal escape",
            Self::InvalidClassEscape => "Invalid class escape",
            Self::InvalidPropertyName { in_class: false } => "Invalid property name",
            Self::InvalidPropertyName { in_class: true } => {
                "Invalid property name in character class"
            }
            Self::UnterminatedClass => {
                r"Unterminated character class: close it with ] or escape it as \["
            }
            Self::RangeOutOfOrder => "Range out of order in character class",
            Self::RangeOfClass => {
                r"Invalid character class: a range needs two characters; a - itself is \-"
            }
            Self::InvalidSetOperation => "Invalid set operation in character class",
            Self::InvalidSetCharacter(c) => {
                return escape("Invalid character in character class", c);
            }
            Self::NegatedStrings => "Negated character class may contain strings",
            Self::TooManyGroups => "Too many captures",
            Self::TooLarge => "Regular expression too large",
            Self::InvalidFlags(flags, fault) => return flags_message(flags, fault),
        };
        words.to_owned()
    }
}

fn flags_message(flags: &[u16], fault: FlagFault) -> String {
    let quoted = String::from_utf16_lossy(&flags[..flags.len().min(MAX_QUOTED_FLAGS)]);
    let cut = if flags.len() > MAX_QUOTED_FLAGS { "…" } else { "" };
    let reason = match fault {
        FlagFault::Unknown => "the flags are d, g, i, m, s, u, v and y",
        FlagFault::Repeated => "a flag is repeated",
        FlagFault::Exclusive => "u and v exclude each other",
    };
    format!("Invalid flags supplied to RegExp constructor '{quoted}{cut}': {reason}")
}
