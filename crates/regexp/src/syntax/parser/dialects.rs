//! Notes constructs that JavaScript accepts, but that mean something else in other dialects.
//!
//! The parser calls these functions where it meets such a construct anyway. They change nothing in
//! what it makes of the source, and look at no more of it than the construct is long.

use super::Parser;
use super::cursor::{NOT_ASCII, ascii};
use crate::syntax::dialect::{Dialect, POSIX_CLASSES};
use crate::unicode;

/// What a later character has to confirm.
#[derive(Default)]
pub(crate) struct Suspicions {
    /// In the class that is open, a `[` that may open a class of its own.
    nested_class: Option<usize>,
    /// The last `\(` without a `\)`, and whether a `\|` stands behind it.
    escaped_group: Option<(usize, bool)>,
    /// A `\(…\|…\)`.
    basic_group: Option<usize>,
    /// The first `\<` or `\>` at a word, and which it is.
    word_edge: Option<(u8, usize)>,
}

impl Parser<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.cursor.source().get(at).map_or(NOT_ASCII, |&unit| ascii(unit.into()))
    }

    /// An escaped letter that stands for itself. The cursor is after it.
    #[cold]
    pub(crate) fn note_escape(&mut self, letter: u8, at: usize) {
        let dialect = match letter {
            // in a class: elsewhere JavaScript has it
            b'B' => return,
            b'x' if self.byte(at + 2) == b'{' => Dialect::BracedHex,
            b'u' if self.braced_hex_digits(at + 2) => Dialect::BracedUnicode,
            b'p' | b'P' => match self.property_known(at + 2) {
                Some(known) => Dialect::Property { letter, known },
                None => Dialect::Escape(letter),
            },
            // the other end of the same construct
            b'E' => Dialect::Escape(b'Q'),
            other => Dialect::Escape(other),
        };
        self.builder.warn(dialect, at);
    }

    /// Whether `{`, hexadecimal digits and `}` are at `at`.
    fn braced_hex_digits(&self, at: usize) -> bool {
        let digits = self.count_from(at + 1, |byte| byte.is_ascii_hexdigit());
        self.byte(at) == b'{' && digits > 0 && self.byte(at + 1 + digits) == b'}'
    }

    /// How many characters from `at` on are such.
    fn count_from(&self, at: usize, is_such: impl Fn(u8) -> bool) -> usize {
        let rest = self.cursor.source().get(at..).unwrap_or_default();
        rest.iter().take_while(|&&unit| is_such(ascii(unit.into()))).count()
    }

    fn text(&self, at: usize, length: usize) -> String {
        self.cursor.source()[at..at + length]
            .iter()
            .map(|&unit| char::from(ascii(unit.into())))
            .collect()
    }

    /// Whether JavaScript has the property at `at`, which is `{name}`, `{name=value}` or one of the
    /// letters that some dialects allow without braces. `None` if there is no property.
    fn property_known(&self, at: usize) -> Option<bool> {
        const LONGEST: usize = 64;
        if self.byte(at) != b'{' {
            return b"CLMNPSZ".contains(&self.byte(at)).then_some(false);
        }
        let length = self
            .count_from(at + 1, |byte| byte.is_ascii_alphanumeric() || b"_=^ -".contains(&byte));
        if length == 0 || length > LONGEST || self.byte(at + 1 + length) != b'}' {
            return None;
        }
        let text = self.text(at + 1, length);
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (&*text, None),
        };
        Some(unicode::property(name, value, false).is_some())
    }

    /// `\<` before a word or `\>` behind one.
    pub(crate) fn note_word_edge(&mut self, edge: u8, at: usize) {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let word = if edge == b'<' {
            is_word(self.byte(at + 2))
        } else {
            at > 0 && is_word(self.byte(at - 1))
        };
        if word {
            self.suspicions.word_edge.get_or_insert((edge, at));
        }
    }

    /// `\(`, `\|` or `\)` outside a class.
    pub(crate) fn note_escaped_group(&mut self, bracket: u8, at: usize) {
        let Suspicions { escaped_group, basic_group, .. } = &mut self.suspicions;
        match (bracket, &mut *escaped_group) {
            (b'(', _) => *escaped_group = Some((at, false)),
            (b'|', Some((_, bar))) => *bar = true,
            (b')', Some((opened, true))) => {
                basic_group.get_or_insert(*opened);
                *escaped_group = None;
            }
            (b')', _) => *escaped_group = None,
            _ => {}
        }
    }

    /// A `{` that is no quantifier.
    #[cold]
    pub(crate) fn note_braces(&mut self, at: usize) {
        let length = self.count_from(at + 1, |byte| byte.is_ascii_digit() || b" ,".contains(&byte));
        if at == 0 || self.byte(at + 1 + length) != b'}' {
            return;
        }
        let inside = self.text(at + 1, length);
        let Some((min, max)) = inside.split_once(',') else { return };
        let (min, max) = (min.trim(), max.trim());
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if min.is_empty() && !max.is_empty() && is_number(max) {
            self.builder.warn(Dialect::NoLowerBound, at);
        } else if inside.contains(' ') && !min.is_empty() && is_number(min) && is_number(max) {
            self.builder.warn(Dialect::SpaceInBounds, at);
        }
    }

    /// A class whose first character is `:` or `]`; the cursor is there.
    #[cold]
    pub(crate) fn note_class_start(&mut self, opened: usize, negated: bool) {
        let first = self.cursor.at();
        if self.byte(first) == b':' {
            if !negated {
                self.note_posix_class(opened);
            }
            return;
        }
        let next = first + 1;
        let closes = if negated {
            self.byte(next) == b']'
        } else {
            // the characters of the class that was meant
            let inside = self.count_from(next, |byte| !b"[]()|\\".contains(&byte));
            self.byte(next + inside) == b']'
        };
        if closes {
            self.builder.warn(Dialect::LeadingBracket { negated }, opened);
        }
    }

    /// `[:space:]`, if it is at `at`.
    pub(crate) fn note_posix_class(&mut self, at: usize) {
        if self.byte(at + 1) != b':' {
            return;
        }
        let name = at + 2 + usize::from(self.byte(at + 2) == b'^');
        let length =
            self.count_from(name, |byte| byte.is_ascii_lowercase() || b"<>".contains(&byte));
        if self.byte(name + length) != b':' || self.byte(name + length + 1) != b']' {
            return;
        }
        let name = self.text(name, length);
        if let Some(index) = POSIX_CLASSES.iter().position(|&(known, _)| known == name) {
            self.builder.warn(Dialect::PosixClass(index), at);
        }
    }

    /// A `[` or `&` in a class without `v`. The cursor is after it.
    pub(crate) fn note_in_class(&mut self, opened: usize, at: usize) {
        let first = at == opened + 1 || at == opened + 2 && self.byte(opened + 1) == b'^';
        let next = self.byte(at + 1);
        if self.byte(at) == b'&' {
            let doubled = next == b'&' && self.byte(at - 1) != b'&';
            if !first && doubled && !matches!(self.byte(at + 2), b']' | b'&') {
                self.builder.warn(Dialect::Intersection, at);
            }
        } else if next == b':' {
            self.note_posix_class(at);
        } else if !first && (next == b'^' || matches!(self.byte(at - 1), b'-' | b'&')) {
            self.suspicions.nested_class.get_or_insert(at);
        }
    }

    /// After the `]` of a class without `v`: another one shows that it was to end a class around.
    pub(crate) fn note_class_end(&mut self) {
        if let Some(at) = self.suspicions.nested_class.take()
            && self.byte(self.cursor.at()) == b']'
        {
            self.builder.warn_unless(Dialect::Intersection, Dialect::NestedClass, at);
        }
    }

    /// At the end of the source.
    pub(crate) fn note_end(&mut self) {
        let Suspicions { basic_group, word_edge, .. } = &self.suspicions;
        if basic_group.is_some() || word_edge.is_some() || self.byte(0) == b'/' {
            self.note_whole();
        }
    }

    #[cold]
    fn note_whole(&mut self) {
        // who groups without backslashes means characters by those with one
        if let Some(at) = self.suspicions.basic_group
            && self.find_unescaped(0, b"(|").is_none()
        {
            self.builder.warn(Dialect::BasicGroup, at);
        }
        // tags of HTML have a slash somewhere
        if let Some((edge, at)) = self.suspicions.word_edge
            && !self.cursor.source().contains(&b'/'.into())
        {
            self.builder.warn(Dialect::WordEdge(edge), at);
        }
        if self.byte(0) == b'/' {
            self.note_slashes();
        }
    }

    /// The first of these characters outside classes that no backslash stands before.
    #[cold]
    fn find_unescaped(&self, from: usize, bytes: &[u8]) -> Option<usize> {
        let (mut at, mut in_class) = (from, false);
        while at < self.cursor.source().len() {
            match self.byte(at) {
                b'\\' => at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                byte if !in_class && bytes.contains(&byte) => return Some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// `/…/i`: the second slash ends it, but for flags.
    #[cold]
    fn note_slashes(&mut self) {
        let Some(at) = self.find_unescaped(1, b"/").filter(|&at| at > 1) else { return };
        let flags = &self.cursor.source()[at + 1..];
        let are_flags = flags.iter().all(|&unit| b"dgimsuvy".contains(&ascii(unit.into())));
        if are_flags {
            self.builder.warn(Dialect::Slashes { flags: !flags.is_empty() }, 0);
        }
    }
}
