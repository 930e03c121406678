//! A text as the engines read it: code units for the exact one, UTF-8 for the automata and the prefilter.
//!
//! Of ASCII, which most error texts are, both are the same bytes. Of any other text one pass makes the UTF-8 and notes the text's
//! traits: what it holds that could make UTF-8 automata and ECMAScript's code units disagree. Of a text that is given as UTF-8
//! the traits are noted by whoever goes through it first (see [`TextScanner`]), and the UTF-16 is made when it is asked for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::mem;

use memchr::memmem;
use once_cell::unsync::OnceCell;

use super::utf16::{combine, is_lead, is_trail};
use crate::limits::MAX_TEXT_UNITS;
use crate::start_range::StartRange;

/// Bytes of UTF-8 between two places of which the offset in code units is remembered.
const BLOCK: usize = 1 << 14;

/// ASCII units that are written at once.
const CHUNK: usize = 16;

/// What a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts about a text")]
pub(crate) struct TextFlags {
    /// Nothing but ASCII.
    pub(crate) ascii: bool,
    /// Surrogates, in pairs or alone.
    pub(crate) surrogates: bool,
    /// Surrogates without their other half. Their UTF-8 is not valid.
    pub(crate) lone_surrogates: bool,
    /// Line terminators besides `\n`.
    pub(crate) other_line_ends: bool,
}

/// A text that patterns are run on.
#[derive(Clone, Debug)]
pub struct Haystack<'t> {
    units: OnceCell<Vec<u16>>,
    /// Memory for `units`, till they are asked for.
    memory: RefCell<Vec<u16>>,
    /// UTF-8; a lone surrogate is encoded as if it were a character (three bytes).
    bytes: Cow<'t, [u8]>,
    /// Whether it was handed over as ASCII, whatever else is known.
    is_ascii: bool,
    known: OnceCell<TextStats>,
    /// How many code units come before each [`BLOCK`] of `bytes`, if somebody has asked.
    before_block: OnceCell<Box<[u32]>>,
}

/// What is known of a text once somebody has been through it.
#[derive(Clone, Copy, Debug)]
struct TextStats {
    traits: TextFlags,
    /// In UTF-16 units.
    length: usize,
}

/// A text in code units.
#[derive(Clone, Copy)]
pub(crate) enum Text<'h> {
    Ascii(&'h [u8]),
    Units(&'h [u16]),
}

impl Haystack<'static> {
    /// Takes a text over. Of one longer than [`MAX_TEXT_UNITS`] the rest is cut off.
    pub fn new(units: Vec<u16>) -> Self {
        Self::of_units(units, Vec::new()).0
    }

    /// As [`Self::new`], and whether ESC or U+009B is in it. `buffer`: memory for the text in UTF-8.
    pub fn of_units(mut units: Vec<u16>, mut buffer: Vec<u8>) -> (Self, bool) {
        units.truncate(MAX_TEXT_UNITS);
        let (traits, introducers) = encode(&units, &mut buffer);
        let known = TextStats { traits, length: units.len() };
        let (units, known) = (OnceCell::with_value(units), OnceCell::with_value(known));
        (Self { units, known, ..Self::of_bytes(buffer.into(), Vec::new()) }, introducers)
    }
}

impl<'t> Haystack<'t> {
    /// A text that is nothing but ASCII.
    pub fn of_ascii(mut text: Cow<'t, [u8]>) -> Self {
        debug_assert!(text.is_ascii(), "its bytes are its code units");
        if text.len() > MAX_TEXT_UNITS {
            text = match text {
                Cow::Borrowed(bytes) => bytes[..MAX_TEXT_UNITS].into(),
                Cow::Owned(bytes) => bytes[..MAX_TEXT_UNITS].to_vec().into(),
            };
        }
        Self { is_ascii: true, ..Self::of_bytes(text, Vec::new()) }
    }

    fn of_bytes(bytes: Cow<'t, [u8]>, memory: Vec<u16>) -> Self {
        let (units, known, before_block) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { units, memory: memory.into(), bytes, is_ascii: false, known, before_block }
    }

    /// The text in memory of its own.
    #[must_use]
    pub fn into_owned(self) -> Haystack<'static> {
        let Self { units, memory, bytes, is_ascii, known, before_block } = self;
        let bytes = bytes.into_owned().into();
        Haystack { units, memory, bytes, is_ascii, known, before_block }
    }

    /// A text in UTF-8. Of one that is longer than [`MAX_TEXT_UNITS`] the rest is cut off.
    pub fn from_utf8(text: &'t str) -> Self {
        Self::from_utf8_in(text, Vec::new())
    }

    /// As [`Self::from_utf8`]. `memory`: for the text in UTF-16.
    pub fn from_utf8_in(text: &'t str, memory: Vec<u16>) -> Self {
        if text.len() > MAX_TEXT_UNITS {
            return Haystack::new(text.encode_utf16().take(MAX_TEXT_UNITS).collect());
        }
        Self::of_bytes(text.as_bytes().into(), memory)
    }

    /// The survey of a text of which nothing is known yet. Who goes through the text anyway spares others the way by taking
    /// it along, see [`Self::surveyed`].
    pub fn survey(&self) -> Option<TextScanner> {
        self.known.get().is_none().then(|| self.new_survey())
    }

    fn new_survey(&self) -> TextScanner {
        TextScanner { is_ascii: self.is_ascii, ..TextScanner::default() }
    }

    /// Takes a survey over that has come to the text's end.
    pub fn surveyed(&self, survey: TextScanner) {
        debug_assert_eq!(survey.end, self.bytes.len(), "all of the text was looked at");
        // what is known already is the same
        let _ = self.known.set(survey.known());
        if survey.before_block.len() * BLOCK >= survey.end {
            let _ = self.before_block.set(survey.before_block.into());
        }
    }

    fn all_known(&self) -> TextStats {
        *self.known.get_or_init(|| {
            let mut survey = self.new_survey();
            while survey.end < self.bytes.len() {
                survey.go_on(&self.bytes, self.bytes.len().min(survey.end + BLOCK));
            }
            survey.known()
        })
    }

    /// The text in UTF-16.
    pub fn units(&self) -> &[u16] {
        self.units.get_or_init(|| {
            let is_ascii = self.is_ascii || self.traits().ascii;
            // what is not valid was given as UTF-16
            let others = if is_ascii { None } else { str::from_utf8(&self.bytes).ok() };
            match others {
                Some(text) => decoded(text, self.length(), self.memory.take()),
                None => self.bytes.iter().map(|&byte| byte.into()).collect(),
            }
        })
    }

    /// The text in code units, as narrow as they can be.
    pub(crate) fn text(&self) -> Text<'_> {
        if self.traits().ascii { Text::Ascii(&self.bytes) } else { Text::Units(self.units()) }
    }

    /// A part of the text; offsets are UTF-16 units.
    pub fn slice(&self, start: usize, end: usize) -> Vec<u16> {
        match self.text() {
            Text::Ascii(text) => text[start..end].iter().map(|&byte| byte.into()).collect(),
            Text::Units(text) => text[start..end].to_vec(),
        }
    }

    /// Its length in UTF-16 units.
    pub fn length(&self) -> usize {
        self.all_known().length
    }

    /// The text in UTF-8, lone surrogates in three bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes a code unit takes at most.
    pub fn unit_bytes(&self) -> u32 {
        if self.traits().ascii { 1 } else { 3 }
    }

    /// Where matches can begin, told in bytes, in code units. Where that would take longer than to look there, with something
    /// before it.
    pub fn in_units(&self, starts: StartRange) -> StartRange {
        let StartRange { first, last } = starts;
        if self.traits().ascii || first == 0 {
            // a text has no more units than bytes
            return starts;
        }
        let mut first = (first as usize).min(self.bytes.len());
        if first < BLOCK {
            return StartRange { first: 0, last };
        }
        while first > 0 && self.bytes.get(first).is_some_and(|byte| byte & 0xC0 == 0x80) {
            first -= 1;
        }
        StartRange { first: self.utf16_offset(first), last }
    }

    /// The memory of the text in UTF-16, and that in UTF-8, for [`Haystack::ascii`]; empty where it is not its own.
    pub fn into_buffers(self) -> (Vec<u16>, Vec<u8>) {
        let bytes = match self.bytes {
            Cow::Owned(bytes) => bytes,
            Cow::Borrowed(_) => Vec::new(),
        };
        (self.units.into_inner().unwrap_or_else(|| self.memory.into_inner()), bytes)
    }

    pub(crate) fn traits(&self) -> TextFlags {
        self.all_known().traits
    }

    /// The UTF-16 offset of a UTF-8 one, which lies between characters.
    pub fn utf16_offset(&self, byte_offset: usize) -> u32 {
        if self.traits().ascii {
            return byte_offset as u32;
        }
        let before_block = self.before_block.get_or_init(|| {
            let lengths = self.bytes.chunks(BLOCK).map(utf16_length);
            let starts =
                lengths.scan(0, |units, length| Some(mem::replace(units, *units + length)));
            starts.map(|units| units as u32).collect()
        });
        // the text's end may be where a block would begin
        let block = (byte_offset / BLOCK).min(before_block.len().saturating_sub(1));
        let before = before_block.get(block).copied().unwrap_or(0);
        before + utf16_length(&self.bytes[block * BLOCK..byte_offset]) as u32
    }
}

/// What a text in valid UTF-8 holds, as far as it has been looked at. A long text is best looked at in parts that stay in the
/// innermost cache, for each part several times.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts about a text")]
pub struct TextScanner {
    /// In bytes.
    end: usize,
    units: usize,
    /// See [`Haystack`]. Of a text that is looked at in other parts it is too short.
    before_block: Vec<u32>,
    /// Whether the text is known to be ASCII.
    is_ascii: bool,
    beyond_ascii: bool,
    escape: bool,
    surrogates: bool,
    other_line_ends: bool,
}

impl TextScanner {
    /// Looks at the text from where it stands to `end`.
    pub fn go_on(&mut self, text: &[u8], end: usize) {
        let part = &text[self.end..end];
        let Controls { escape, carriage_return } = Controls::of(part);
        self.escape |= escape;
        self.other_line_ends |= carriage_return;
        if self.is_ascii {
            self.units += part.len();
        } else {
            self.look_beyond_ascii(text, end);
        }
        self.end = end;
    }

    fn look_beyond_ascii(&mut self, text: &[u8], end: usize) {
        let part = &text[self.end..end];
        if self.end == self.before_block.len() * BLOCK && text.len() > BLOCK {
            self.before_block.push(self.units as u32);
        }
        if part.is_ascii() {
            self.units += part.len();
            return;
        }
        self.beyond_ascii = true;
        self.units += utf16_length(part);
        self.surrogates |= part.iter().fold(0, |most, &byte| byte.max(most)) >= 0xF0;
        // one may have begun in the part before
        let part = &text[self.end.saturating_sub(2)..end];
        self.other_line_ends |= memmem::find_iter(part, b"\xE2\x80")
            .any(|at| matches!(part.get(at + 2), Some(0xA8 | 0xA9)));
    }

    /// Whether there was an ESC.
    pub fn has_escape(&self) -> bool {
        self.escape
    }

    fn known(&self) -> TextStats {
        let Self { units, beyond_ascii, surrogates, other_line_ends, .. } = *self;
        let traits =
            TextFlags { ascii: !beyond_ascii, surrogates, lone_surrogates: false, other_line_ends };
        TextStats { traits, length: units }
    }
}

/// The length in UTF-16 units.
fn utf16_length(text: &[u8]) -> usize {
    // in bytes they are counted many at a time, and so many do not overflow one
    let units = text.chunks(usize::from(u8::MAX / 2)).map(|part| {
        let starts = |byte: u8| u8::from(byte & 0xC0 != 0x80) + u8::from(byte >= 0xF0);
        usize::from(part.iter().map(|&byte| starts(byte)).sum::<u8>())
    });
    units.sum()
}

/// Control characters that matter.
struct Controls {
    escape: bool,
    carriage_return: bool,
}

impl Controls {
    /// Those in `text`.
    fn of(text: &[u8]) -> Self {
        const ESC: u8 = 0x1B;
        let any = memchr::memchr2(ESC, b'\r', text).is_some();
        let has = |control| any && memchr::memchr(control, text).is_some();
        Self { escape: has(ESC), carriage_return: has(b'\r') }
    }
}

/// Writes the text to `bytes`, and tells its traits, and whether ESC or U+009B is in it.
fn encode(units: &[u16], bytes: &mut Vec<u8>) -> (TextFlags, bool) {
    /// Units that are written at once at most: the innermost cache still has them when they are looked at again.
    const PART: usize = 1 << 12;
    const CSI: u32 = 0x9B;
    bytes.clear();
    bytes.reserve(units.len());
    let mut traits = TextFlags { ascii: true, ..TextFlags::default() };
    let mut introducers = false;
    let mut at = 0;
    while at < units.len() {
        let part = &units[at..units.len().min(at + PART)];
        let ascii = ascii_chunks(part);
        bytes.extend(part[..ascii].iter().map(|&unit| unit as u8));
        let controls = Controls::of(&bytes[bytes.len() - ascii..]);
        traits.other_line_ends |= controls.carriage_return;
        introducers |= controls.escape;
        at += ascii;
        // to where the next whole chunk of ASCII could begin
        let end = units.len().min(at + CHUNK);
        while at < end {
            let unit = units[at];
            at += 1;
            let mut c = u32::from(unit);
            if is_lead(unit) || is_trail(unit) {
                traits.surrogates = true;
                if let Some(pair) = units.get(at).and_then(|&trail| combine(unit, trail)) {
                    c = pair;
                    at += 1;
                } else {
                    traits.lone_surrogates = true;
                }
            }
            traits.ascii &= c < 0x80;
            traits.other_line_ends |= matches!(c, 0x0D | 0x2028 | 0x2029);
            introducers |= matches!(c, 0x1B | CSI);
            push_utf8(bytes, c);
        }
    }
    (traits, introducers)
}

/// How many units at the beginning are whole chunks of ASCII.
fn ascii_chunks(units: &[u16]) -> usize {
    let (chunks, _) = units.as_chunks::<CHUNK>();
    let is_ascii = |chunk: &&[u16; CHUNK]| chunk.iter().fold(0, |all, unit| all | unit) < 0x80;
    chunks.iter().take_while(is_ascii).count() * CHUNK
}

/// The text in UTF-16, in which it has so many units, in `memory`.
fn decoded(text: &str, length: usize, memory: Vec<u16>) -> Vec<u16> {
    let mut units = memory;
    units.clear();
    units.reserve_exact(length);
    let mut rest = text;
    while !rest.is_empty() {
        let bytes = rest.as_bytes();
        let (chunks, _) = bytes.as_chunks::<CHUNK>();
        let ascii = chunks.iter().take_while(|chunk| chunk.is_ascii()).count() * CHUNK;
        units.extend(bytes[..ascii].iter().map(|&byte| u16::from(byte)));
        // to where the next whole chunk of ASCII could begin
        let mixed = rest[ascii..].char_indices().find(|(at, _)| *at >= CHUNK);
        let end = mixed.map_or(rest.len(), |(at, _)| ascii + at);
        units.extend(rest[ascii..end].encode_utf16());
        rest = &rest[end..];
    }
    units
}

/// UTF-8 for any number below 0x110000: `char` does not take surrogates.
fn push_utf8(bytes: &mut Vec<u8>, c: u32) {
    let tail = |shift: u32| 0x80 | (c >> shift & 0x3F) as u8;
    match c {
        0..0x80 => bytes.push(c as u8),
        0x80..0x800 => bytes.extend([0xC0 | (c >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => bytes.extend([0xE0 | (c >> 12) as u8, tail(6), tail(0)]),
        _ => bytes.extend([0xF0 | (c >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_back_to_utf16() {
        let text: Vec<u16> = "aé\u{2028}😀z".encode_utf16().chain([0xD800, 0x62]).collect();
        let haystack = Haystack::new(text.clone());
        for at in (0..=text.len()).filter(|&at| at != 4) {
            let before = Haystack::new(text[..at].to_vec());
            assert_eq!(haystack.utf16_offset(before.bytes().len()), at as u32);
        }
    }

    #[test]
    fn a_text_in_utf8_is_the_text_in_utf16() {
        let long = "at é: ".repeat(40);
        let texts = ["", "abc", "a\r\n", "é", "\u{2028}", "\u{2030}", "😀\r", &*long];
        for text in texts.into_iter().chain((0..long.len()).filter_map(|at| long.get(at..))) {
            let (from_units, from_utf8) =
                (Haystack::new(text.encode_utf16().collect()), Haystack::from_utf8(text));
            assert_eq!(from_utf8.length(), from_units.length());
            assert_eq!(from_utf8.units(), from_units.units());
            assert_eq!(from_utf8.bytes(), from_units.bytes());
            assert_eq!(from_utf8.traits(), from_units.traits());
        }
    }

    /// Longer than the parts in which texts are looked at and converted.
    #[test]
    fn a_long_text_is_read_as_a_short_one() {
        for (piece, ascii) in [("plain ascii\n", true), ("plain, but one ü in a while\r\n", false)]
        {
            let mut text = piece.repeat(5 * BLOCK / piece.len());
            text.push_str(if ascii { "" } else { "😀\u{2029}" });
            let (units, utf8) = (text.encode_utf16().collect(), Haystack::from_utf8(&text));
            let from_units = Haystack::new(units);
            assert_eq!(utf8.traits(), from_units.traits());
            assert_eq!((utf8.length(), utf8.units()), (from_units.length(), from_units.units()));
            let surveyed = Haystack::from_utf8(&text);
            let mut survey = surveyed.survey().unwrap();
            for end in (BLOCK..text.len()).step_by(BLOCK).chain([text.len()]) {
                survey.go_on(text.as_bytes(), end);
            }
            surveyed.surveyed(survey);
            assert!(surveyed.survey().is_none());
            assert_eq!(surveyed.traits(), from_units.traits());
            for (at, (offset, _)) in text.char_indices().enumerate().step_by(997) {
                for haystack in [&utf8, &from_units, &surveyed] {
                    assert_eq!(haystack.utf16_offset(offset), at as u32);
                }
            }
            assert_eq!(surveyed.utf16_offset(text.len()), from_units.length() as u32);
        }
        // a separator between two parts
        let text = "x".repeat(BLOCK - 1) + "\u{2028}";
        assert!(Haystack::from_utf8(&text).traits().other_line_ends);
    }

    #[test]
    fn traits_tell_what_a_text_holds() {
        let traits = |text: &[u16]| Haystack::new(text.to_vec()).traits();
        let none = TextFlags::default();
        assert_eq!(traits(&[]), TextFlags { ascii: true, ..none });
        assert_eq!(traits(&[0x0D]), TextFlags { ascii: true, other_line_ends: true, ..none });
        assert_eq!(traits(&[0xE9]), none);
        assert_eq!(traits(&[0x2029]), TextFlags { other_line_ends: true, ..none });
        assert_eq!(traits(&[0xD83D, 0xDE00]), TextFlags { surrogates: true, ..none });
        assert_eq!(
            traits(&[0xDE00, 0xD83D]),
            TextFlags { surrogates: true, lone_surrogates: true, ..none }
        );
    }
}
