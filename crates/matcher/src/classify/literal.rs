//! A literal in the words of the rule's author.
//!
//! The prefilter keeps literals folded, which unites more than letters in both cases. So the text
//! of a literal is looked up in the source of the pattern that it is from.

use crate::prefilter::{find_folded, unite};
use regexp::Haystack;
use regexp::text::utf16;

/// Stands for what is no literal. It is in no source that anybody writes.
const BREAK: u16 = 0xFFFF;

/// A folded literal of a pattern as its source has it, or else in lower case; `None` if neither can
/// be told.
pub(super) fn as_written(literal: &[u8], source: &[u16]) -> Option<Vec<u16>> {
    let plain = Haystack::new(plain(source));
    let start =
        find_folded(plain.bytes(), literal).or_else(|| find_folded(&unite(plain.bytes()), literal));
    let Some(start) = start else { return in_lower_case(literal) };
    // a literal may have been cut within a character
    let is_inner = |at: usize| plain.bytes().get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let (mut first, mut end) = (start, start + literal.len());
    while first < end && is_inner(first) {
        first += 1;
    }
    while first < end && is_inner(end) {
        end -= 1;
    }
    let at = |byte| plain.utf16_offset(byte) as usize;
    Some(plain.slice(at(first), at(end)))
}

/// What the folded bytes of a literal in ASCII most likely were.
fn in_lower_case(literal: &[u8]) -> Option<Vec<u16>> {
    let likely = |&byte: &u8| if byte == 0x7F { b'_' } else { byte };
    literal.is_ascii().then(|| literal.iter().map(|byte| likely(byte).into()).collect())
}

/// A pattern's source without escapes and parentheses, and with a break for other syntax.
fn plain(source: &[u16]) -> Vec<u16> {
    let mut plain = Vec::with_capacity(source.len());
    let mut rest = source;
    while let [unit, after @ ..] = rest {
        rest = after;
        match u8::try_from(*unit) {
            Ok(b'\\') => rest = push_escape(after, &mut plain),
            Ok(b'(') => rest = without_group_head(after),
            Ok(b')') => {}
            Ok(b'.' | b'*' | b'+' | b'?' | b'|' | b'^' | b'$') => plain.push(BREAK),
            _ => plain.push(*unit),
        }
    }
    plain
}

/// Pushes what an escape stands for, or a break. `after`: what follows the backslash. Returns what
/// follows the escape.
fn push_escape<'s>(after: &'s [u16], plain: &mut Vec<u16>) -> &'s [u16] {
    let Some((&unit, rest)) = after.split_first() else { return after };
    let Ok(byte) = u8::try_from(unit) else {
        plain.push(unit);
        return rest;
    };
    let control = match byte {
        b't' => 0x09,
        b'n' => 0x0A,
        b'v' => 0x0B,
        b'f' => 0x0C,
        b'r' => 0x0D,
        b'x' => return push_hex(rest, 2, plain),
        b'u' if rest.first() == Some(&u16::from(b'{')) => return push_braced(&rest[1..], plain),
        b'u' => return push_hex(rest, 4, plain),
        _ if byte.is_ascii_alphanumeric() => BREAK,
        _ => unit,
    };
    plain.push(control);
    rest
}

fn push_hex<'s>(rest: &'s [u16], digits: usize, plain: &mut Vec<u16>) -> &'s [u16] {
    let number = rest.get(..digits).and_then(hex);
    plain.push(number.map_or(BREAK, |number| number as u16));
    &rest[if number.is_some() { digits } else { 0 }..]
}

fn push_braced<'s>(rest: &'s [u16], plain: &mut Vec<u16>) -> &'s [u16] {
    let end = rest.iter().position(|&unit| unit == u16::from(b'}'));
    let number = end.and_then(|end| hex(&rest[..end]));
    match number {
        Some(number @ 0x1_0000..=0x10_FFFF) => {
            let (lead, trail) = utf16::split(number);
            plain.extend([lead, trail]);
        }
        Some(number @ 0..=0xFFFF) => plain.push(number as u16),
        _ => plain.push(BREAK),
    }
    end.map_or(rest, |end| &rest[end + 1..])
}

fn hex(digits: &[u16]) -> Option<u32> {
    let digits = digits.iter().map(|&unit| char::from_u32(unit.into())?.to_digit(16));
    digits
        .map(|digit| Some(u64::from(digit?)))
        .try_fold(0_u64, |number, digit| number.checked_mul(16)?.checked_add(digit?))?
        .try_into()
        .ok()
}

/// What follows the `?:` or `?<name>` of a group.
fn without_group_head(rest: &[u16]) -> &[u16] {
    let is = |at: usize, byte: u8| rest.get(at) == Some(&u16::from(byte));
    if !is(0, b'?') {
        return rest;
    }
    if is(1, b':') {
        return &rest[2..];
    }
    let name_end = rest.iter().position(|&unit| unit == u16::from(b'>'));
    match name_end {
        Some(end) if is(1, b'<') && !is(2, b'=') && !is(2, b'!') => &rest[end + 1..],
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::units;

    /// The literal in `text` as `source` writes it.
    fn written(text: &str, source: &str) -> Option<String> {
        let folded: Vec<u8> = text.bytes().map(|byte| byte | 0x20).collect();
        let written = as_written(&folded, &units(source))?;
        Some(String::from_utf16(&written).unwrap())
    }

    #[test]
    fn a_literal_reads_as_in_the_source() {
        for (literal, source) in [
            ("Session not Created", "Session not Created"),
            ("Timeout of ", r"^Timeout of \d+ms"),
            ("a.b[0] c_d", r"x|a\.b\[0\] c_d$"),
            ("one two", r"o(?:n)e (?<rest>two)"),
            ("line\nnext\t", r"line\nnext\t\w"),
            ("Ärger über Ж😀", "Ärger über Ж😀+"),
            ("a😀\u{e9}b", r"a\u{1f600}\xe9\u0062"),
        ] {
            assert_eq!(written(literal, source).as_deref(), Some(literal), "{source}");
        }
    }

    #[test]
    fn a_literal_with_united_letters_reads_as_in_the_source() {
        let (literal, source) = ("ОШИБКА СЕТИ", "(?:x|Ошибка сети)");
        assert_eq!(written(literal, source).as_deref(), Some("Ошибка сети"));
    }

    #[test]
    fn what_the_source_does_not_spell_out_is_in_lower_case() {
        assert_eq!(written("TIME_OUT", r"TI[M]E_OUT").as_deref(), Some("time_out"));
        assert_eq!(written("foobarqux", r"foo(bar|baz)qux").as_deref(), Some("foobarqux"));
        assert_eq!(written("é é", r"\S"), None);
    }

    #[test]
    fn a_literal_that_was_cut_within_a_character_loses_what_is_left_of_it() {
        let source = units("éaé");
        let folded: Vec<u8> = "éaé".bytes().map(|byte| byte | 0x20).collect();
        assert_eq!(as_written(&folded[1..4], &source), Some(units("a")));
    }

    #[test]
    fn no_source_is_too_odd() {
        for source in
            [r"\", r"\u", r"\u{", r"\u{110000}", r"\x1", "(", "(?", "(?<", r"\u{fffffffff}", "é\\é"]
        {
            assert!(plain(&units(source)).len() <= source.len());
        }
    }
}
