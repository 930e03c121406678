//! What follows a backslash.

use super::Parser;
use super::class::ClassItem;
use super::cursor::{EscapeContext, ascii};
use crate::limits::MAX_CAPTURE_GROUPS;
use crate::syntax::ast::{Assertion, Node};
use crate::syntax::error::{ErrorKind, PatternError};
use crate::syntax::flags::Flags;
use crate::unicode;

/// A class escape outside brackets, which ignores case as `[…]` does.
fn as_term(mut item: ClassItem, flags: Flags) -> ClassItem {
    if flags.ignore_case && !flags.unicode_sets {
        unicode::close_over_case(&mut item.set, flags.case_mode());
    }
    item
}

impl Parser<'_> {
    /// An escape as a term; the cursor is at the backslash. Returns whether a quantifier may
    /// follow.
    pub(crate) fn parse_atom_escape(&mut self) -> Result<bool, PatternError> {
        let at = self.cursor.at();
        self.cursor.bump();
        let Some(c) = self.cursor.peek() else {
            return Err(ErrorKind::EscapeAtEnd.at(at));
        };
        let extended = self.flags.ignore_case && self.flags.code_points();
        match ascii(c) {
            b'b' => Ok(self.assertion(Assertion::WordBoundary { extended })),
            b'B' => Ok(self.assertion(Assertion::NotWordBoundary { extended })),
            // most escapes: with any flags such a character stands for itself
            b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'[' | b']' | b'{' | b'}' | b'/' => {
                self.cursor.bump();
                self.builder.push(Node::Literal(c));
                Ok(true)
            }
            b'1'..=b'9' if self.parse_numbered_reference() => Ok(true),
            b'k' if self.flags.code_points() || self.groups_in_source().named => {
                self.cursor.bump();
                self.parse_named_reference(at)?;
                Ok(true)
            }
            _ => {
                if let Some(item) = self.class_escape(at, EscapeContext::Term)? {
                    let item = as_term(item, self.flags);
                    self.push_class(item);
                } else {
                    let c = self.character_escape(at, EscapeContext::Term)?;
                    self.builder.push_character(c, self.flags);
                }
                Ok(true)
            }
        }
    }

    /// `\1` and so on, if the pattern has such a group. If not, the cursor stays.
    fn parse_numbered_reference(&mut self) -> bool {
        let start = self.cursor.at();
        let mut group = 0_u32;
        while let Some(digit) =
            self.cursor.peek().and_then(char::from_u32).and_then(|c| c.to_digit(10))
        {
            group = group * 10 + digit;
            if group > MAX_CAPTURE_GROUPS {
                break;
            }
            self.cursor.bump();
        }
        if group > self.groups_in_source().count {
            self.cursor.rewind(start);
            return false;
        }
        let ignore_case = self.flags.ignore_case;
        let node = if self.is_inside(group) {
            self.builder.add(Node::Empty)
        } else {
            self.builder.back_reference(&[group], ignore_case)
        };
        self.builder.push_id(node);
        true
    }

    /// An escape that stands for one character; the cursor is after the backslash, which is at
    /// `at`.
    pub(crate) fn character_escape(
        &mut self,
        at: usize,
        context: EscapeContext,
    ) -> Result<u32, PatternError> {
        let unicode = self.flags.code_points();
        let Some(c) = self.cursor.bump() else {
            return Err(ErrorKind::EscapeAtEnd.at(at));
        };
        match ascii(c) {
            b't' => Ok(0x09),
            b'n' => Ok(0x0A),
            b'v' => Ok(0x0B),
            b'f' => Ok(0x0C),
            b'r' => Ok(0x0D),
            b'c' => self.control_escape(at, context),
            b'0' if !self.cursor.peek().is_some_and(|c| ascii(c).is_ascii_digit()) => Ok(0),
            b'0'..=b'7' if unicode && context == EscapeContext::Class => {
                Err(ErrorKind::InvalidClassEscape.at(at))
            }
            b'0' if unicode => Err(ErrorKind::InvalidDecimalEscape.at(at)),
            digit @ b'1'..=b'9' if unicode => Err(ErrorKind::InvalidEscape(digit.into()).at(at)),
            first @ b'0'..=b'7' => Ok(self.legacy_octal(first)),
            b'x' => match self.hex(2) {
                Some(value) => Ok(value),
                None if unicode => Err(ErrorKind::InvalidEscape('x').at(at)),
                None => {
                    self.note_escape(b'x', at);
                    Ok(c)
                }
            },
            b'u' => match self.unicode_escape(unicode) {
                Some(value) => Ok(value),
                None if unicode => Err(ErrorKind::InvalidUnicodeEscape.at(at)),
                None => {
                    self.note_escape(b'u', at);
                    Ok(c)
                }
            },
            bracket @ (b'(' | b')' | b'|') => {
                if context == EscapeContext::Term {
                    self.note_escaped_group(bracket, at);
                }
                Ok(c)
            }
            b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'[' | b']' | b'{' | b'}' | b'/' => {
                Ok(c)
            }
            b'-' if unicode && context == EscapeContext::Class => Ok(c),
            _ if unicode => {
                let c = char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER);
                Err(ErrorKind::InvalidEscape(c).at(at))
            }
            b'k' if self.groups_in_source().named => Err(ErrorKind::InvalidEscape('k').at(at)),
            letter @ (b'a'..=b'z' | b'A'..=b'Z') => {
                self.note_escape(letter, at);
                Ok(c)
            }
            edge @ (b'<' | b'>') if context == EscapeContext::Term => {
                self.note_word_edge(edge, at);
                Ok(c)
            }
            _ => Ok(c),
        }
    }

    /// `\cX`. Annex B: in a class, a digit or `_` may follow too. Without a letter the backslash
    /// stands for itself, and the cursor goes back before the `c`.
    fn control_escape(&mut self, at: usize, context: EscapeContext) -> Result<u32, PatternError> {
        let unicode = self.flags.code_points();
        if let Some(letter) = self.cursor.peek() {
            let byte = ascii(letter);
            let annex_b = !unicode
                && context == EscapeContext::Class
                && (byte.is_ascii_digit() || byte == b'_');
            if byte.is_ascii_alphabetic() || annex_b {
                self.cursor.bump();
                return Ok(letter & 0x1F);
            }
        }
        if unicode {
            return Err(ErrorKind::InvalidUnicodeEscape.at(at));
        }
        self.cursor.rewind(at + 1);
        Ok(u32::from(b'\\'))
    }

    /// Up to three octal digits with a value below 256.
    fn legacy_octal(&mut self, first: u8) -> u32 {
        let mut value = u32::from(first - b'0');
        for _ in 0..2 {
            match self.cursor.peek().map(ascii) {
                Some(digit @ b'0'..=b'7') if value < 32 => {
                    value = value * 8 + u32::from(digit - b'0');
                    self.cursor.bump();
                }
                _ => break,
            }
        }
        value
    }

    /// `\uXXXX` and, if `unicode`, `\u{X…}` and pairs of escaped surrogates. The cursor is after
    /// the `u`, and stays there if nothing fits.
    pub(crate) fn unicode_escape(&mut self, unicode: bool) -> Option<u32> {
        let start = self.cursor.at();
        if unicode && self.cursor.eat(b'{') {
            let value = self.braced_hex();
            if value.is_none() {
                self.cursor.rewind(start);
            }
            return value;
        }
        let lead = self.hex(4)?;
        let after_lead = self.cursor.at();
        if unicode && self.cursor.eat_all(b"\\u") {
            let pair = self.hex(4).and_then(|trail| {
                crate::text::utf16::combine(u16::try_from(lead).ok()?, u16::try_from(trail).ok()?)
            });
            if pair.is_some() {
                return pair;
            }
            self.cursor.rewind(after_lead);
        }
        Some(lead)
    }

    fn braced_hex(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(digit) =
            self.cursor.peek().and_then(char::from_u32).and_then(|c| c.to_digit(16))
        {
            let next = value.unwrap_or(0_u32) * 16 + digit;
            if next > 0x10_FFFF {
                return None;
            }
            value = Some(next);
            self.cursor.bump();
        }
        value.filter(|_| self.cursor.eat(b'}'))
    }

    /// Exactly `digits` hexadecimal digits, or the cursor stays.
    fn hex(&mut self, digits: usize) -> Option<u32> {
        let start = self.cursor.at();
        let mut value = 0;
        for _ in 0..digits {
            let Some(digit) =
                self.cursor.peek().and_then(char::from_u32).and_then(|c| c.to_digit(16))
            else {
                self.cursor.rewind(start);
                return None;
            };
            value = value * 16 + digit;
            self.cursor.bump();
        }
        Some(value)
    }
}
