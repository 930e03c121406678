//! Removes control sequences from an error text: a rule is written against what a person reads, not
//! against its colours. All that this crate knows of ANSI is here.
//!
//! A sequence is recognised as ECMA-48 has it (5.4 control sequences, 5.6 control strings; ECMA-35
//! 13.2 for the other escape sequences) with the two liberties that terminals take: BEL ends a
//! control string, and a control string may hold any text. Three rules keep the error's own words
//! safe. A control string ends at the first control character; if it is not terminated there, it is
//! none and stays. So does an introducer that introduces nothing. Of a control sequence that breaks
//! off, only the parameters are taken.
//!
//! It is linear in the text: the search for the end of a control string stops at the next
//! introducer at the latest. And it works in chunks: a [`Stripper`] can be suspended anywhere, even
//! within a sequence.

use regexp::text::CHUNK;

use super::unit::{StripText, Unit, strip};

const BEL: u16 = 0x07;
pub(super) const ESC: u16 = 0x1B;
/// 8-bit CSI, what `ESC [` is in seven bits.
const CSI: u16 = 0x9B;
/// 8-bit ST, what `ESC \` is in seven bits.
const ST: u16 = 0x9C;

const LEFT_BRACKET: u16 = b'[' as u16;
const BACKSLASH: u16 = b'\\' as u16;

/// Removes ANSI (ECMA-48) control sequences: CSI (`ESC [` or U+009B), OSC and the other control
/// strings, and escape sequences of other kinds. A text without introducers keeps its memory.
///
/// Agrees with Node's `util.stripVTControlCharacters` on what terminals and test runners print,
/// except that titles and links are removed whole where Node 20 leaves those with characters that
/// it does not expect (a space, `+`, `(`).
pub fn strip_ansi(text: Vec<u16>) -> Vec<u16> {
    strip::<Stripper<u16>>(text)
}

/// Whether UTF-8 holds ESC or U+009B. A character that is cut off at either end is none.
pub(crate) fn has_introducer(utf8: &[u8], is_ascii: bool) -> bool {
    memchr::memchr(ESC as u8, utf8).is_some()
        || !is_ascii
            && memchr::memchr_iter(0xC2, utf8).any(|at| utf8.get(at + 1) == Some(&(CSI as u8)))
}

/// A code unit that introducers are looked for in.
pub(crate) trait AnsiUnit: Unit {
    /// The first ESC or CSI.
    fn find_introducer(text: &[Self]) -> Option<usize>;
}

impl AnsiUnit for u8 {
    fn find_introducer(text: &[Self]) -> Option<usize> {
        memchr::memchr(ESC as u8, text)
    }
}

impl AnsiUnit for u16 {
    fn find_introducer(text: &[Self]) -> Option<usize> {
        /// Units compared without a branch in between, which the compiler vectorises.
        const BLOCK: usize = 64;
        let is_introducer = |unit: &u16| matches!(*unit, ESC | CSI);
        let has_none =
            |block: &&[u16]| !block.iter().fold(false, |found, unit| found | is_introducer(unit));
        let start: usize = text.chunks(BLOCK).take_while(has_none).map(<[u16]>::len).sum();
        text[start..].iter().position(is_introducer).map(|at| start + at)
    }
}

/// Removes control sequences from a text in place, chunk by chunk.
pub(crate) struct Stripper<U> {
    text: Vec<U>,
    /// Code units that are done, before...
    read: usize,
    /// ...and after the removal.
    written: usize,
    /// The sequence that starts at `read`, as far as it has been read.
    sequence: Option<Sequence>,
}

/// A sequence that may be one.
struct Sequence {
    part: Part,
    /// Code units of the text up to where the sequence has been read.
    end: usize,
}

/// What a sequence is read for.
enum Part {
    /// Parameters of a control sequence. `start`: after its introducer.
    Parameters { start: usize },
    /// Intermediates of a control sequence. `parameters`: where those end, if there are any.
    Intermediates { parameters: Option<usize> },
    /// The end of a control string.
    ControlString,
    /// Intermediates of another escape sequence.
    EscapeIntermediates,
}

impl<U: AnsiUnit> StripText for Stripper<U> {
    type Unit = U;

    fn new(text: Vec<U>) -> Self {
        Self { text, read: 0, written: 0, sequence: None }
    }

    fn strip_chunk(&mut self) -> bool {
        let mut left = CHUNK;
        while left > 0 {
            if self.read == self.text.len() {
                self.text.truncate(self.written);
                return true;
            }
            let done = match self.sequence.take() {
                None => self.copy_text(left),
                Some(sequence) => self.read_sequence(sequence, left),
            };
            left = left.saturating_sub(done);
        }
        false
    }

    fn into_text(self) -> Vec<U> {
        self.text
    }
}

impl<U: AnsiUnit> Stripper<U> {
    /// Copies text up to the next introducer, at most `limit` units. Returns how many.
    fn copy_text(&mut self, limit: usize) -> usize {
        let end = self.text.len().min(self.read + limit);
        let text = &self.text[self.read..end];
        let introducer = U::find_introducer(text);
        let length = introducer.unwrap_or(text.len());
        self.keep(length);
        if introducer.is_some() {
            self.sequence = Some(Sequence::at(&self.text, self.read));
        }
        length + 1
    }

    /// Reads on in a sequence, at most `limit` units. Returns how many, or one for none.
    fn read_sequence(&mut self, mut sequence: Sequence, limit: usize) -> usize {
        let start = sequence.end;
        let read = sequence.read(&self.text, limit);
        let length = (sequence.end - start).max(1);
        match read {
            Read::Unfinished => self.sequence = Some(sequence),
            Read::NoSequence => self.keep(1),
            Read::UpTo(end) => self.read = end,
        }
        length
    }

    fn keep(&mut self, length: usize) {
        if self.written < self.read {
            self.text.copy_within(self.read..self.read + length, self.written);
        }
        self.read += length;
        self.written += length;
    }
}

impl Sequence {
    /// The sequence whose introducer is at `start`.
    fn at<U: Unit>(text: &[U], start: usize) -> Self {
        let second = text.get(start + 1).map(|&unit| unit.into());
        let (part, end) = match (text[start].into(), second) {
            (CSI, _) => (Part::Parameters { start: start + 1 }, start + 1),
            (_, Some(LEFT_BRACKET)) => (Part::Parameters { start: start + 2 }, start + 2),
            (_, Some(second)) if opens_control_string(second) => (Part::ControlString, start + 2),
            _ => (Part::EscapeIntermediates, start + 1),
        };
        Self { part, end }
    }

    /// Reads on, at most `limit` units, of which there is at least one.
    fn read<U: Unit>(&mut self, text: &[U], limit: usize) -> Read {
        let stop = text.len().min(self.end + limit);
        loop {
            let belongs: fn(u16) -> bool = match self.part {
                Part::Parameters { .. } => |unit| matches!(unit, 0x30..=0x3F),
                Part::Intermediates { .. } | Part::EscapeIntermediates => {
                    |unit| matches!(unit, 0x20..=0x2F)
                }
                Part::ControlString => |unit| !matches!(unit, 0..=0x1F | 0x7F..=0x9F),
            };
            let rest = &text[self.end..stop];
            self.end += rest.iter().position(|&unit| !belongs(unit.into())).unwrap_or(rest.len());
            if self.end == stop && stop < text.len() {
                return Read::Unfinished;
            }
            let unit_at = |at: usize| text.get(at).map(|&unit| unit.into());
            return match (&self.part, unit_at(self.end)) {
                (&Part::Parameters { start }, _) => {
                    let parameters = (self.end > start).then_some(self.end);
                    self.part = Part::Intermediates { parameters };
                    continue;
                }
                (Part::Intermediates { .. }, Some(0x40..=0x7E))
                | (Part::EscapeIntermediates, Some(0x30..=0x7E))
                | (Part::ControlString, Some(BEL | ST)) => Read::UpTo(self.end + 1),
                (Part::ControlString, Some(ESC)) if unit_at(self.end + 1) == Some(BACKSLASH) => {
                    Read::UpTo(self.end + 2)
                }
                // the intermediates of an unfinished one may as well be text: a space is one
                (&Part::Intermediates { parameters: Some(end) }, _) => Read::UpTo(end),
                _ => Read::NoSequence,
            };
        }
    }
}

/// What has become of a sequence.
enum Read {
    Unfinished,
    /// It is none, and its introducer is text.
    NoSequence,
    /// It goes so far.
    UpTo(usize),
}

/// The second character of DCS, SOS, OSC, PM and APC.
fn opens_control_string(second: u16) -> bool {
    second < 0x80 && matches!(second as u8, b'P' | b'X' | b']' | b'^' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::units;

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

    /// Introducers without ends, each of which could make a careless search run to the end of the
    /// text.
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

    /// Cut anywhere: sequences that several chunks share, and ones that end with a chunk.
    #[test]
    fn a_long_text_is_stripped_as_its_parts_are() {
        let sequences = [
            ("\x1b[31m", ""),
            ("\x1b]8;;http://e.org/a\x1b\\", ""),
            ("\x1b]8;;http://e.org", "\x1b]8;;http://e.org"),
            ("\x1b[1;2", ""),
            ("\x1b(B", ""),
            ("\x1b", "\x1b"),
        ];
        for (sequence, rest) in sequences {
            for before in (CHUNK - 24..CHUNK + 2).chain([2 * CHUNK - 3]) {
                let (before, after) = ("x".repeat(before), "\n".repeat(CHUNK));
                let (text, expected) =
                    (format!("{before}{sequence}{after}"), format!("{before}{rest}{after}"));
                assert_eq!(stripped(&text), expected, "{sequence:?} {}", before.len());
                let mut ascii = Stripper::new(text.into_bytes());
                while !ascii.strip_chunk() {}
                assert_eq!(ascii.into_text(), expected.into_bytes());
            }
        }
        for piece in ["1;", "x"] {
            let introducer = if piece == "x" { "\x1b]" } else { "\x1b[" };
            let long = format!("a{introducer}{}\u{7}b", piece.repeat(3 * CHUNK));
            // of the first the parameters go, the second goes as a whole
            assert_eq!(stripped(&long), if piece == "x" { "ab" } else { "a\u{7}b" });
        }
    }

    #[test]
    fn introducers_are_told_from_other_characters() {
        for (text, expected) in [
            ("plain", false),
            ("\x1b", true),
            ("é\u{9b}", true),
            ("\u{9c}\u{db}\u{41b}", false),
            ("\u{c2}\u{9a}", false),
        ] {
            assert_eq!(has_introducer(text.as_bytes(), text.is_ascii()), expected, "{text:?}");
        }
        assert!(!has_introducer(b"\xC2", false) && !has_introducer(b"\x9B", false));
    }
}
