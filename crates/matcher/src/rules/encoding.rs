//! JSON text on its way between JavaScript's encodings and the parser's.
//!
//! The parser reads UTF-8 and returns strings as they are written. A JavaScript string may hold raw
//! lone surrogates, which UTF-8 cannot. Inside a JSON string each means the same as its escape, so
//! the parser gets the escape. Every position can be mapped back.

use std::borrow::Cow;

use super::short_runs::{find_backslash, plain_length};
use regexp::text::{SharedText, TextBlock, Transcoder, utf16};

// JSON from a JavaScript string.

const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// What stands in UTF-8 for one or two code units of a JavaScript string.
enum Piece {
    Char(char),
    /// A lone surrogate, as a JSON escape of six bytes.
    Escape(u16),
}

impl Piece {
    fn utf8_len(&self) -> usize {
        match self {
            Self::Char(c) => c.len_utf8(),
            Self::Escape(_) => 6,
        }
    }
}

/// The pieces of `units`, each with the number of code units that it stands for. `escaping`:
/// whether the unit before them is a backslash that is not itself escaped.
fn pieces(units: &[u16], mut escaping: bool) -> impl Iterator<Item = (Piece, usize)> {
    char::decode_utf16(units.iter().copied()).map(move |decoded| match decoded {
        Ok(c) => {
            escaping = c == '\\' && !escaping;
            (Piece::Char(c), c.len_utf16())
        }
        Err(lone) => {
            // An escape after `\` would read as an escaped backslash. `\` before a surrogate is an
            // error in JSON, and so is `\` before U+FFFD.
            let piece = if escaping {
                Piece::Char(REPLACEMENT)
            } else {
                Piece::Escape(lone.unpaired_surrogate())
            };
            escaping = false;
            (piece, 1)
        }
    })
}

/// UTF-8 that a JSON parser takes exactly where `JSON.parse` takes `units`, and for the same value.
/// A byte order mark at the start is skipped.
pub(super) fn json_from_utf16(units: &[u16]) -> String {
    use std::io::Write as _;
    let units = without_mark(units);
    // bytes and not a `String`: runs of ASCII are nearly all of nearly every list, and are copied
    // in blocks
    let mut json = Vec::with_capacity(units.len());
    let mut rest = units;
    while !rest.is_empty() {
        let (ascii, after) = rest.split_at(ascii_length(rest));
        utf16::push_ascii(ascii, &mut json);
        let others = after.iter().take_while(|&&unit| unit >= 0x80).count();
        let (others, after) = after.split_at(others);
        let backslashes = ascii.iter().rev().take_while(|&&unit| unit == u16::from(b'\\')).count();
        for (piece, _) in pieces(others, backslashes % 2 == 1) {
            match piece {
                Piece::Char(c) => json.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Piece::Escape(unit) => {
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
        }
        rest = after;
    }
    String::from_utf8(json).expect("it is made of characters")
}

/// How many ASCII units `units` starts with.
fn ascii_length(units: &[u16]) -> usize {
    let blocks = utf16::ascii_blocks(units);
    blocks + units[blocks..].iter().take_while(|&&unit| unit < 0x80).count()
}

/// Where in `units` the byte at `offset` of [`json_from_utf16`]`(units)` comes from, in code units.
pub(super) fn utf16_offset(units: &[u16], offset: usize) -> usize {
    let body = without_mark(units);
    let pieces = pieces(body, false).map(|(piece, units)| (piece.utf8_len(), units));
    units.len() - body.len() + source_offset(pieces, offset)
}

fn without_mark(units: &[u16]) -> &[u16] {
    units.strip_prefix(&[0xFEFF]).unwrap_or(units)
}

// JSON from bytes.

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// UTF-8 as `Response.json()` decodes it: a byte order mark is skipped, bad sequences become
/// U+FFFD.
pub(super) fn json_from_bytes(bytes: &[u8]) -> Cow<'_, str> {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    // the common case first: it takes a fraction of the time that replacing takes
    std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed)
}

/// Where in `bytes` the byte at `offset` of [`json_from_bytes`]`(bytes)` comes from.
pub(super) fn bytes_offset(bytes: &[u8], offset: usize) -> usize {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let pieces = body.utf8_chunks().flat_map(|chunk| {
        let valid = chunk.valid().bytes().map(|_| (1, 1));
        let invalid = chunk.invalid();
        valid.chain((!invalid.is_empty()).then_some((REPLACEMENT.len_utf8(), invalid.len())))
    });
    bytes.len() - body.len() + source_offset(pieces, offset)
}

/// `pieces`: the length of each when decoded, and in the source. Returns the source offset of the
/// piece that holds the decoded byte at `offset`.
fn source_offset(pieces: impl Iterator<Item = (usize, usize)>, offset: usize) -> usize {
    let mut decoded_at = 0;
    let mut source_at = 0;
    for (decoded, source) in pieces {
        decoded_at += decoded;
        if decoded_at > offset {
            break;
        }
        source_at += source;
    }
    source_at
}

// JavaScript strings from JSON.

/// The code units of a string as JSON has it, quotes included. The parser has checked it: text that
/// is no JSON string gives unspecified units, and no panic.
pub(super) fn utf16_from_json_string<T>(json: &str) -> T
where
    T: FromIterator<u16> + for<'u> From<&'u [u16]>,
{
    let rest = json.strip_prefix('"').unwrap_or(json);
    let mut rest = rest.strip_suffix('"').unwrap_or(rest).as_bytes();
    let mut plain = plain_length(rest);
    if plain == rest.len() {
        return rest.iter().map(|&byte| u16::from(byte)).collect();
    }
    let mut units = Vec::with_capacity(rest.len());
    loop {
        utf16::push_latin1(&rest[..plain], &mut units);
        rest = &rest[plain..];
        let taken = match *rest {
            [] => break,
            [b'\\', b'u', ..] => {
                let digits = rest.get(2..6).and_then(|digits| std::str::from_utf8(digits).ok());
                let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
                units.push(unit.unwrap_or_default());
                6
            }
            [b'\\', ..] => {
                units.push(rest.get(1).map_or(0, |&escaped| unescaped(escaped).into()));
                2
            }
            _ => {
                let end = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
                Transcoder::default().push_utf16(&rest[..end], &mut units);
                end
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
        plain = plain_length(rest);
    }
    // a copy: to shrink an allocation takes longer, and leaves a gap in the heap
    units.as_slice().into()
}

/// The same, as a text of a block.
pub(super) fn text_from_json_string(json: &str, texts: &mut TextBlock) -> SharedText {
    let rest = json.strip_prefix('"').unwrap_or(json);
    let mut rest = rest.strip_suffix('"').unwrap_or(rest).as_bytes();
    texts.add(|bytes| {
        let start = bytes.len();
        while let Some(at) = find_backslash(rest) {
            if rest.get(at + 1) == Some(&b'u') {
                // may be half of a character
                bytes.truncate(start);
                let units: Box<[u16]> = utf16_from_json_string(json);
                Transcoder::default().push_utf8(&units, bytes);
                return;
            }
            bytes.extend_from_slice(&rest[..at]);
            bytes.push(rest.get(at + 1).map_or(0, |&escaped| unescaped(escaped)));
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        bytes.extend_from_slice(rest);
    })
}

/// What a character stands for after a backslash.
fn unescaped(escaped: u8) -> u8 {
    match escaped {
        b'b' => 0x08,
        b't' => b'\t',
        b'n' => b'\n',
        b'f' => 0x0C,
        b'r' => b'\r',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{units, with_lone};

    #[test]
    fn raw_lone_surrogates_become_escapes() {
        assert_eq!(json_from_utf16(&with_lone(r#"["a~b"]"#)), r#"["a\ud83db"]"#);
        assert_eq!(json_from_utf16(&units(r#"["😀"]"#)), r#"["😀"]"#);
    }

    #[test]
    fn a_raw_lone_surrogate_cannot_be_escaped() {
        assert_eq!(json_from_utf16(&with_lone(r#""\~""#)), "\"\\\u{FFFD}\"");
        assert_eq!(json_from_utf16(&with_lone(r#""\\~""#)), r#""\\\ud83d""#);
        assert_eq!(json_from_utf16(&with_lone(r#""\\\~""#)), "\"\\\\\\\u{FFFD}\"");
        assert_eq!(json_from_utf16(&with_lone(r#""\~~""#)), "\"\\\u{FFFD}\\ud83d\"");
    }

    /// Every sequence of what is copied in blocks and what is not.
    #[test]
    fn a_text_is_the_sum_of_its_pieces() {
        let parts =
            [r"\", r"\\", "a", "é", "~", "😀", "plain characters, more of them than a block holds"];
        let mut number = 0;
        for length in 0..5 {
            for _ in 0..parts.len().pow(length) {
                let places = (0..length).map(|place| number / parts.len().pow(place));
                let text: String = places.map(|part| parts[part % parts.len()]).collect();
                number += 1;
                let units = with_lone(&text);
                let expected: String = pieces(&units, false)
                    .map(|(piece, _)| match piece {
                        Piece::Char(c) => c.to_string(),
                        Piece::Escape(unit) => format!("\\u{unit:04x}"),
                    })
                    .collect();
                assert_eq!(json_from_utf16(&units), expected);
            }
        }
    }

    #[test]
    fn offsets_lead_back_to_code_units() {
        let source = with_lone("a~é😀z");
        let json = json_from_utf16(&source);
        assert_eq!(json, "a\\ud83dé😀z");
        let at = |needle: char| utf16_offset(&source, json.find(needle).unwrap());
        assert_eq!((at('a'), at('\\'), at('é'), at('😀'), at('z')), (0, 1, 2, 3, 5));
        assert_eq!(utf16_offset(&source, json.len()), source.len());
    }

    #[test]
    fn offsets_lead_back_to_bytes() {
        let source = b"\xEF\xBB\xBFa\xF0\x9F\x98z\xFF";
        let json = json_from_bytes(source);
        assert_eq!(json, "a\u{FFFD}z\u{FFFD}");
        let at = |offset| bytes_offset(source, offset);
        assert_eq!((at(0), at(1), at(4), at(5), at(json.len())), (3, 4, 7, 8, 9));
    }

    #[test]
    fn a_json_string_becomes_the_code_units_it_stands_for() {
        let of = |json| {
            let units = utf16_from_json_string::<Box<[u16]>>(json).into_vec();
            let text = text_from_json_string(json, &mut TextBlock::default());
            assert_eq!(text.units(), units, "{json}");
            units
        };
        assert_eq!(of(r#""""#), units(""));
        assert_eq!(of(r#""aé😀""#), units("aé😀"));
        assert_eq!(of(r#""\"\\\/\b\f\n\r\t\\n""#), units("\"\\/\u{8}\u{C}\n\r\t\\n"));
        assert_eq!(
            of(r#""\u0041b\uD83D\ude00é\ud83d""#),
            [&units("Ab😀é")[..], &[0xD83D]].concat()
        );
        // the parser lets none of these through, and none may panic
        for odd in ["", "\"", "\"\\", "\"\\\"", "\"\\u12", "\"\\u12é\"", "\\é"] {
            let _: Box<[u16]> = utf16_from_json_string(odd);
            text_from_json_string(odd, &mut TextBlock::default());
        }
    }
}
