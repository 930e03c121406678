//! What other dialects have and JavaScript has not: what it reads instead, and what to write.
//!
//! A construct that JavaScript accepts is a [`PatternWarning`]. One that it refuses is part of the
//! message of a [`PatternError`](super::error::PatternError).

/// A construct that JavaScript accepts, though it means something else there than in the dialect
/// that it comes from.
///
/// ```
/// use known_failures_regexp::{Reader, text::SharedText};
///
/// let mut reader = Reader::default();
/// let (_, tree) = reader.read(&SharedText::of_str(r"done\z"), &[]).unwrap();
/// let warning = &tree.warnings[0];
/// assert_eq!(warning.offset, 4);
/// assert_eq!(
///     warning.message(),
///     r"JavaScript has no \z and reads it as z: write $ for the end of the text, without the flag m",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternWarning {
    pub(crate) dialect: Dialect,
    /// Where it starts, in UTF-16 code units of the source.
    pub offset: u32,
}

impl PatternWarning {
    /// A sentence for the author of the pattern. It does not repeat the offset.
    pub fn message(&self) -> String {
        self.dialect.message()
    }
}

/// The kinds of constructs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A letter that has a meaning behind a backslash elsewhere, like `\A`.
    Escape(u8),
    /// `\<` or `\>`, the edges of a word.
    WordEdge(u8),
    /// `\x{41}`
    BracedHex,
    /// `\u{41}` without `u` and `v`.
    BracedUnicode,
    /// `\p{…}` without `u` and `v`. The letter, and whether JavaScript has a property of the name.
    Property { letter: u8, known: bool },
    /// `[[:space:]]`, and `[:space:]`: an index into [`POSIX_CLASSES`].
    PosixClass(usize),
    /// `&&` in a class without `v`.
    Intersection,
    /// A class in a class without `v`.
    NestedClass,
    /// `[]abc]` and `[^]abc]`, with a bracket that belongs to the class elsewhere.
    LeadingBracket { negated: bool },
    /// `{,3}`
    NoLowerBound,
    /// `{1, 3}`
    SpaceInBounds,
    /// `\(a\|b\)`
    BasicGroup,
    /// `/…/i`, with the slashes.
    Slashes { flags: bool },
}

/// The names of POSIX classes, and what stands for each in a class and for its negation outside.
pub(crate) const POSIX_CLASSES: [(&str, &str); 16] = [
    ("alnum", "[A-Za-z0-9]"),
    ("alpha", "[A-Za-z]"),
    ("ascii", r"[\0-\x7f]"),
    ("blank", r"[ \t]"),
    ("cntrl", r"[\0-\x1f\x7f]"),
    ("digit", r"\d"),
    ("graph", "[!-~]"),
    ("lower", "[a-z]"),
    ("print", "[ -~]"),
    ("punct", r"[!-\/:-@\[-`{-~]"),
    ("space", r"\s"),
    ("upper", "[A-Z]"),
    ("word", r"\w"),
    ("xdigit", "[0-9A-Fa-f]"),
    ("<", r"\b"),
    (">", r"\b"),
];

/// What to write for an escaped letter, or what to do about it.
pub(crate) fn instead_of_escape(letter: u8) -> Option<&'static str> {
    Some(match letter {
        b'A' | b'G' => "write ^ for the start of the text, without the flag m",
        b'Z' | b'z' => "write $ for the end of the text, without the flag m",
        b'Q' | b'E' => r"escape each special character by itself, as in \( and \.",
        b'K' => "put what comes before it into (?<=…)",
        b'h' => r"write [ \t] for a space or a tab",
        b'H' => r"write [^ \t] for anything but a space or a tab",
        b'R' => r"write \r?\n for a line break",
        b'N' => "write . for anything but a line break",
        b'V' => r"write [^\n\v\f\r] for anything but a line break",
        b'X' => "write . for a character, with the flag u",
        b'C' => "write . for a character",
        b'e' => r"write \x1b for the escape character",
        b'a' => r"write \x07 for the bell",
        b'g' | b'k' => r"write \1 or \k<name> for the text of a group",
        b'm' | b'M' | b'y' | b'<' | b'>' => r"write \b for the edge of a word",
        b'Y' => r"write \B for a place inside a word",
        b'o' | b'x' => r"write two hexadecimal digits, as in \x41",
        b'u' | b'U' => r"write four hexadecimal digits, as in \u00e9",
        b'p' | b'P' => r"write \p{…}, with the flag u",
        _ => return None,
    })
}

impl Dialect {
    #[cold]
    fn message(self) -> String {
        match self {
            Self::Escape(letter) => {
                let c = char::from(letter);
                let instead = instead_of_escape(letter)
                    .unwrap_or("leave out the backslash if that is what you mean");
                format!(r"JavaScript has no \{c} and reads it as {c}: {instead}")
            }
            Self::WordEdge(edge) => {
                let c = char::from(edge);
                format!(r"JavaScript reads \{c} as {c}: write \b for the edge of a word")
            }
            Self::BracedHex => {
                r"JavaScript reads \x{…} as a repeated x: write two digits, as in \x41".into()
            }
            Self::BracedUnicode => r"JavaScript reads \u{…} as a repeated u: add the flag u".into(),
            Self::Property { letter, known } => {
                let c = char::from(letter);
                let name = if known {
                    ""
                } else {
                    r", and write a name that JavaScript knows, as in \p{L}"
                };
                format!(r"JavaScript reads \{c} as {c}: add the flag u{name}")
            }
            Self::PosixClass(index) => {
                let (name, instead) = POSIX_CLASSES[index];
                format!("JavaScript has no [:{name}:] and reads its characters: write {instead}")
            }
            Self::Intersection => {
                "JavaScript reads && in a class as the character &: add the flag v".into()
            }
            Self::NestedClass => {
                "JavaScript has no classes in classes, and ends this one at the next ]: add the \
                 flag v"
                    .into()
            }
            Self::LeadingBracket { negated } => {
                let (class, meaning) =
                    if negated { ("[^]", "any character") } else { ("[]", "no character") };
                let start = if negated { "[^" } else { "[" };
                format!(r"JavaScript reads {class} as {meaning}: write {start}\] for the bracket")
            }
            Self::NoLowerBound => {
                "JavaScript reads {,…} as characters: write {0,…} for a quantifier".into()
            }
            Self::SpaceInBounds => {
                "JavaScript reads these braces as characters: leave the space out for a quantifier"
                    .into()
            }
            Self::BasicGroup => {
                r"JavaScript reads \( \| \) as characters: write ( | ) for a group".into()
            }
            Self::Slashes { flags } => {
                let pass = if flags { ", and pass the flags beside the pattern" } else { "" };
                format!("JavaScript reads the slashes as characters: leave them out{pass}")
            }
        }
    }
}

/// What to write for a group that starts with `(?` and `rest`, if JavaScript refuses it.
#[cold]
pub(crate) fn instead_of_group(rest: &[u16]) -> Option<String> {
    let unit = |at: usize| rest.get(at).and_then(|&unit| u8::try_from(unit).ok()).unwrap_or(0);
    let words = match (unit(0), unit(1)) {
        (b'P', b'<') => {
            return Some(format!("write (?<{}>…) for a named group", name(&rest[2..], '>')));
        }
        (b'\'', _) => {
            return Some(format!("write (?<{}>…) for a named group", name(&rest[1..], '\'')));
        }
        (b'P', b'=') => {
            return Some(format!(
                r"write \k<{}> for the text of a named group",
                name(&rest[2..], ')')
            ));
        }
        (b'P', b'>') | (b'R' | b'&' | b'0'..=b'9' | b'+', _) | (b'-', b'0'..=b'9') => {
            "JavaScript has no recursion, write the group once more"
        }
        (b'>', _) => "JavaScript has no atomic groups, write (?:…)",
        (b'#', _) => "JavaScript has no comments in patterns, leave it out",
        (b'|', _) => "JavaScript has no branch reset, write (?:…)",
        (b'(', _) => "JavaScript has no conditions in patterns, write (?:…|…) with both branches",
        (b'{' | b'?', _) => "JavaScript runs no code in patterns, leave it out",
        _ => return inline_flags(rest),
    };
    Some(words.into())
}

/// A name up to `end`, to be quoted.
fn name(rest: &[u16], end: char) -> String {
    const LONGEST: usize = 32;
    let mut name = String::new();
    for c in char::decode_utf16(rest.iter().copied()).take(LONGEST + 1) {
        match c {
            Ok(c) if c == end && !name.is_empty() => return name,
            Ok(c) if c.is_alphanumeric() || c == '_' => name.push(c),
            _ => break,
        }
    }
    "name".into()
}

/// `(?i)`, `(?x:…)` and the like.
fn inline_flags(rest: &[u16]) -> Option<String> {
    const MOST: usize = 16;
    let letters: String = char::decode_utf16(rest.iter().copied())
        .map_while(Result::ok)
        .take_while(|&c| c.is_ascii_alphabetic() || c == '-' || c == '^')
        .take(MOST)
        .collect();
    let end = rest.get(letters.len()).map(|&unit| unit == u16::from(b')'));
    let ends =
        rest.get(letters.len()).is_some_and(|&unit| [b')', b':'].map(u16::from).contains(&unit));
    if letters.is_empty() || !ends {
        return None;
    }
    let to_the_end = end == Some(true);
    Some(match letters.chars().find(|c| !"ims-^".contains(*c)) {
        Some('x') => {
            "JavaScript has no flag x, leave out the white space and comments that it allows".into()
        }
        Some('u') if to_the_end => "pass the flag u beside the pattern".into(),
        Some(other) => format!("JavaScript has no flag {other} for a group"),
        None if letters.contains('^') || letters == "-" => return None,
        None if letters.starts_with('-') || !to_the_end => {
            format!("write (?{letters}:…) around what it is for")
        }
        None if letters.contains('-') => format!("write (?{letters}:…) around what it is for"),
        None => {
            let flag = if letters.len() == 1 { "flag" } else { "flags" };
            format!("pass the {flag} {letters} beside the pattern, or write (?{letters}:…)")
        }
    })
}
