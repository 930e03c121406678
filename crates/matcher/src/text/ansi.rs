//! A text as it comes, and control sequences out of an error text: a rule is written against what a person reads, not against its colours.
//!
//! A sequence is recognised as ECMA-48 has it (5.4 control sequences, 5.6 control strings; ECMA-35 13.2 for the other
//! escape sequences) with the two liberties that terminals take: BEL ends a control string, and a control string may
//! hold any text. Three rules keep the error's own words safe: a control string ends at the first control character,
//! and one that is not terminated there is none and stays; so does an introducer that introduces nothing; of a control
//! sequence that breaks off, only the parameters are taken.
//!
//! Linear in the text: a search for the end of a control string stops at the next introducer at the latest.

const BEL: u16 = 0x07;
const ESC: u16 = 0x1B;
/// 8-bit CSI, what `ESC [` is in seven bits.
const CSI: u16 = 0x9B;
/// 8-bit ST, what `ESC \` is in seven bits.
const ST: u16 = 0x9C;

const LEFT_BRACKET: u16 = b'[' as u16;
const BACKSLASH: u16 = b'\\' as u16;

/// Removes ANSI (ECMA-48) control sequences: CSI (`ESC [` or U+009B), OSC and the other control strings, and
/// escape sequences of other kinds. A text that has neither ESC nor U+009B is returned as it came, without a copy.
///
/// Agrees with Node's `util.stripVTControlCharacters` on what terminals and test runners print, except that titles and links are
/// removed whole where Node 20 leaves those with characters that it does not expect (a space, `+`, `(`).
pub fn strip_ansi(mut text: Vec<u16>) -> Vec<u16> {
    // most texts have none, so this is the part that must be fast
    let first = first_introducer(&text);
    let mut read = first;
    let mut written = first;
    while read < text.len() {
        let unit = text[read];
        let length = match unit {
            ESC | CSI => sequence_length(&text[read..]),
            _ => 0,
        };
        if length == 0 {
            text[written] = unit;
            written += 1;
            read += 1;
        } else {
            read += length;
        }
    }
    text.truncate(written);
    text
}

/// The offset of the first ESC or CSI; the text's length if there is none.
fn first_introducer(text: &[u16]) -> usize {
    /// Units compared without a branch in between, which the compiler vectorises.
    const CHUNK: usize = 64;
    let is_introducer = |unit: &u16| matches!(*unit, ESC | CSI);
    let has_introducer =
        |chunk: &[u16]| chunk.iter().fold(false, |found, unit| found | is_introducer(unit));
    let start =
        text.chunks(CHUNK).take_while(|chunk| !has_introducer(chunk)).map(<[u16]>::len).sum();
    start + text[start..].iter().position(is_introducer).unwrap_or(text.len() - start)
}

/// The length of the sequence that `text` begins with, in code units. 0: it is none.
fn sequence_length(text: &[u16]) -> usize {
    match *text {
        [CSI, ..] => control_sequence(text, 1),
        [ESC, LEFT_BRACKET, ..] => control_sequence(text, 2),
        [ESC, second, ..] if opens_control_string(second) => control_string(text),
        [ESC, ..] => escape_sequence(text),
        _ => 0,
    }
}

/// CSI, parameter bytes, intermediate bytes, final byte. Cut short (by the text's end, a control character or
/// anything not ASCII) it goes as far as it went, if it had a parameter.
fn control_sequence(text: &[u16], introducer: usize) -> usize {
    let parameters = introducer + count(&text[introducer..], |unit| matches!(unit, 0x30..=0x3F));
    let intermediates = parameters + count(&text[parameters..], is_intermediate);
    match text.get(intermediates) {
        Some(0x40..=0x7E) => intermediates + 1,
        // intermediates of an unfinished sequence may as well be text: a space is one
        _ if parameters > introducer => parameters,
        _ => 0,
    }
}

/// The second character of DCS, SOS, OSC, PM and APC.
fn opens_control_string(second: u16) -> bool {
    second < 0x80 && matches!(second as u8, b'P' | b'X' | b']' | b'^' | b'_')
}

/// Introducer, any text without control characters, ST or BEL. Without an end it is none.
fn control_string(text: &[u16]) -> usize {
    let end = 2 + count(&text[2..], |unit| !matches!(unit, 0..=0x1F | 0x7F..=0x9F));
    match text[end..] {
        [BEL | ST, ..] => end + 1,
        [ESC, BACKSLASH, ..] => end + 2,
        _ => 0,
    }
}

/// ESC, intermediate bytes, final byte: `ESC ( B`, `ESC 7`, `ESC c`.
fn escape_sequence(text: &[u16]) -> usize {
    let intermediates = 1 + count(&text[1..], is_intermediate);
    match text.get(intermediates) {
        Some(0x30..=0x7E) => intermediates + 1,
        _ => 0,
    }
}

fn is_intermediate(unit: u16) -> bool {
    matches!(unit, 0x20..=0x2F)
}

/// How many units at the start of `text` are `wanted`.
fn count(text: &[u16], wanted: impl Fn(u16) -> bool) -> usize {
    text.iter().position(|&unit| !wanted(unit)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn stripped(text: &str) -> String {
        String::from_utf16(&strip_ansi(units(text))).unwrap()
    }

    #[test]
    fn a_text_without_introducers_is_not_copied() {
        let text = units("expected 1 to equal 2\n    at f (a.js:1:2) \u{7} ü 😀");
        let place = text.as_ptr();
        let result = strip_ansi(text.clone());
        assert_eq!(result, text);
        let result = strip_ansi(text);
        assert_eq!(result.as_ptr(), place);
        assert_eq!(strip_ansi(Vec::new()), Vec::<u16>::new());
    }

    #[test]
    fn an_introducer_is_found_anywhere() {
        for before in (0..200).step_by(7) {
            for introducer in ["\x1b[", "\u{9b}"] {
                let padding = "x".repeat(before);
                assert_eq!(stripped(&format!("{padding}{introducer}31my")), format!("{padding}y"));
            }
        }
    }

    #[test]
    fn titles_and_links_are_removed_whole() {
        for end in ["\x07", "\x1b\\", "\u{9c}"] {
            assert_eq!(stripped(&format!("a\x1b]0;my title (1) – ü{end}b")), "ab");
            let link = format!("\x1b]8;id=1;https://e.org/a+b?c=(d),e{end}link\x1b]8;;{end}!");
            assert_eq!(stripped(&link), "link!");
        }
        assert_eq!(
            stripped("a\x1bP1$r0m\x1b\\b\x1b_app\x1b\\c\x1b^pm\x1b\\d\x1bXsos\x1b\\e"),
            "abcde"
        );
    }

    #[test]
    fn an_unterminated_control_string_takes_no_text_with_it() {
        assert_eq!(stripped("\x1b]title\nError: boom"), "\x1b]title\nError: boom");
        assert_eq!(stripped("\x1b]0;title\nError\x07"), "\x1b]0;title\nError\x07");
        assert_eq!(stripped("\x1b]8;;http://x\x1b[31mred"), "\x1b]8;;http://xred");
    }

    #[test]
    fn what_is_no_sequence_stays() {
        for text in [
            "\x1b", "a\x1b", "\x1b\x1b", "\x1bü", "\x1b\n", "\x1b[", "\u{9b}", "\x1b[ü", "\x1b[ \n",
        ] {
            assert_eq!(stripped(text), text, "{text:?}");
        }
        assert_eq!(stripped("\x1b\x1b[31mred"), "\x1bred");
        assert_eq!(stripped("\x1b[31\nred"), "\nred");
        assert_eq!(stripped("\x1b[1; ü"), " ü");
    }

    #[test]
    fn lone_surrogates_stay() {
        let text = [0xD83D, ESC, LEFT_BRACKET, 0x6D, 0xDE00, ESC, 0xD83D];
        assert_eq!(strip_ansi(text.to_vec()), [0xD83D, 0xDE00, ESC, 0xD83D]);
        let title = [ESC, 0x5D, 0xD83D, BEL, 0x61];
        assert_eq!(strip_ansi(title.to_vec()), [0x61]);
    }

    /// Introducers without ends, each of which could make a careless search run to the end of the text.
    #[test]
    fn time_is_linear() {
        for piece in [
            "\x1b]",
            "\x1b]0",
            "\x1b[1;",
            "\x1b[ ",
            "\u{9b}",
            "\x1b(",
            "\x1b",
            "\x1bPx",
            "\x1b]a\u{9b}",
        ] {
            let text = units(&piece.repeat(200_000));
            let start = std::time::Instant::now();
            strip_ansi(text);
            assert!(start.elapsed().as_secs() < 2, "{piece:?}: {:?}", start.elapsed());
        }
        let text = units(&format!("\x1b]{}", "x".repeat(1_000_000)));
        assert_eq!(strip_ansi(text.clone()), text);
    }

    #[test]
    fn any_short_text_over_the_grammars_alphabet_is_survived() {
        let alphabet =
            [ESC, CSI, ST, BEL, BACKSLASH, LEFT_BRACKET, 0x5D, 0x33, 0x3B, 0x20, 0x6D, 0xD83D];
        let mut text = Vec::new();
        for mut number in 0..alphabet.len().pow(5) {
            text.clear();
            while number > 0 {
                text.push(alphabet[number % alphabet.len()]);
                number /= alphabet.len();
            }
            let kept = strip_ansi(text.clone());
            // what stays, stays in order
            let mut rest = text.iter();
            assert!(kept.iter().all(|unit| rest.any(|other| other == unit)), "{text:x?}");
        }
    }
}
