//! Why a pattern is refused, and the sentence that says so: every message is in this file.
//!
//! Messages start with the words that V8's `SyntaxError` has for the same fault, which authors can
//! search for. Where it is clear what the author meant, the message continues with what to write.

use std::fmt;

use super::dialect::{PatternWarning, instead_of_escape, instead_of_group};

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

impl PatternError {
    /// Adds the first construct of another dialect that stands before the fault: it may be what led
    /// to it.
    #[cold]
    pub(crate) fn after(mut self, warnings: &[PatternWarning]) -> Self {
        if let Some(first) = warnings.first() {
            self.message = format!("{}. {}", self.message, first.message());
        }
        self
    }
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
    /// The source from its brace on.
    IncompleteQuantifier(&'s [u16]),
    LoneBracket(char),
    UnmatchedParenthesis,
    UnterminatedGroup,
    /// What follows `(?`.
    InvalidGroup(&'s [u16]),
    RepeatedModifier,
    InvalidGroupName,
    DuplicateGroupName,
    InvalidNamedReference,
    UnknownNamedReference,
    EscapeAtEnd,
    /// The character behind the backslash.
    InvalidEscape(char),
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
    /// The flag, a code unit.
    Unknown(u16),
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
                "Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +"
            }
            Self::NothingToRepeat { quantifier: '*', .. } => {
                r"Nothing to repeat: a pattern is no glob, write .* for any text, or escape it as \*"
            }
            Self::NothingToRepeat { quantifier, .. } => {
                return escape("Nothing to repeat", quantifier);
            }
            Self::InvalidQuantifier => "Invalid quantifier: a lookaround cannot be repeated",
            Self::NumbersOutOfOrder => "numbers out of order in {} quantifier",
            Self::IncompleteQuantifier(braces) if braces.get(1) == Some(&u16::from(b',')) => {
                "Incomplete quantifier: write {0,…} for no lower bound"
            }
            Self::IncompleteQuantifier(_) => return escape("Incomplete quantifier", '{'),
            Self::LoneBracket(bracket) => return escape("Lone quantifier brackets", bracket),
            Self::UnmatchedParenthesis => return escape("Unmatched ')'", ')'),
            Self::UnterminatedGroup => r"Unterminated group: close it with ) or escape it as \(",
            Self::InvalidGroup(rest) => {
                return match instead_of_group(rest) {
                    Some(instead) => format!("Invalid group: {instead}"),
                    None => r"Invalid group: escape a ( that stands for itself as \(".into(),
                };
            }
            Self::RepeatedModifier => "Invalid group: a flag is repeated",
            Self::InvalidGroupName => {
                "Invalid capture group name: it has letters, digits, _ and $, and no digit first"
            }
            Self::DuplicateGroupName => "Duplicate capture group name",
            Self::InvalidNamedReference => r"Invalid named reference: write \k<name>",
            Self::UnknownNamedReference => {
                "Invalid named capture referenced: no group has this name"
            }
            Self::EscapeAtEnd => r"\ at end of pattern: a backslash itself is \\",
            Self::InvalidEscape('1'..='9') => "Invalid escape: the pattern has no such group",
            Self::InvalidEscape(c) => {
                let letter = u8::try_from(c).unwrap_or(0);
                return match instead_of_escape(letter) {
                    Some(instead) => format!("Invalid escape: {instead}"),
                    None => format!("Invalid escape: leave out the backslash before {c}"),
                };
            }
            Self::InvalidUnicodeEscape => {
                r"Invalid Unicode escape: write \u and four hexadecimal digits, or \u{…}"
            }
            Self::InvalidDecimalEscape => r"Invalid decimal escape: write \x and two digits",
            Self::InvalidClassEscape => r"Invalid class escape: write \x and two digits",
            Self::InvalidPropertyName { in_class: false } => {
                r"Invalid property name: write one of Unicode, as in \p{L} or \p{Script=Greek}"
            }
            Self::InvalidPropertyName { in_class: true } => {
                r"Invalid property name in character class: write one of Unicode, as in \p{L}"
            }
            Self::UnterminatedClass => {
                r"Unterminated character class: close it with ] or escape it as \["
            }
            Self::RangeOutOfOrder => r"Range out of order in character class: a - itself is \-",
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
        FlagFault::Unknown(flag) => {
            let flag = char::from_u32(flag.into()).unwrap_or(char::REPLACEMENT_CHARACTER);
            format!("there is no flag {flag}, only d, g, i, m, s, u, v and y")
        }
        FlagFault::Repeated => "a flag is repeated".into(),
        FlagFault::Exclusive => "u and v exclude each other".into(),
    };
    format!("Invalid flags supplied to RegExp constructor '{quoted}{cut}': {reason}")
}
