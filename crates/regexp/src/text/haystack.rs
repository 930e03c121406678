//! A text as the engines read it.
//!
//! The exact engine reads code units, the automata and literal searches read UTF-8. In ASCII, which
//! most error texts are, both are the same bytes. A text in UTF-16 is encoded by [`TextEncoder`],
//! which also notes what could make UTF-8 automata and ECMAScript's code units disagree. A text in
//! UTF-8 is read by a [`TextScanner`] when first needed, and decoded if the exact engine asks.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::mem;

use super::encoder::TextEncoder;
use super::flags::TextFlags;
use super::offsets::Offsets;
use super::scanner::{self, TextScanner};
use super::stats::TextStats;
use super::transcoder::Transcoder;
use super::{CHUNK, utf16};
use crate::limits::MAX_TEXT_UNITS;
use crate::start_range::StartRange;

/// A text that patterns are run on.
#[derive(Clone, Debug)]
pub struct Haystack<'t> {
    units: OnceCell<Vec<u16>>,
    /// Memory for `units`, until they are asked for.
    buffer: RefCell<Vec<u16>>,
    /// UTF-8; a lone surrogate is encoded as if it were a character (three bytes).
    bytes: Cow<'t, [u8]>,
    /// Whether it was handed over as ASCII.
    is_ascii: bool,
    stats: OnceCell<TextStats>,
    transcoder: Transcoder,
}

/// A text in code units.
#[derive(Clone, Copy)]
pub(crate) enum Text<'h> {
    Ascii(&'h [u8]),
    Units(&'h [u16]),
}

impl Text<'_> {
    pub(crate) fn length(self) -> u32 {
        match self {
            Self::Ascii(text) => text.len() as u32,
            Self::Units(text) => text.len() as u32,
        }
    }

    /// The unit at an offset.
    #[inline]
    pub(crate) fn unit(self, at: u32) -> Option<u16> {
        match self {
            Self::Ascii(text) => text.get(at as usize).map(|&byte| byte.into()),
            Self::Units(text) => text.get(at as usize).copied(),
        }
    }

    /// The unit before an offset.
    #[inline]
    pub(crate) fn unit_before(self, at: u32) -> Option<u16> {
        self.unit(at.wrapping_sub(1))
    }

    /// The code point at an offset, and its units.
    pub(crate) fn point(self, at: u32) -> Option<(u32, u32)> {
        utf16::point(|at| self.unit(at), at)
    }

    /// The code point before an offset, and its units.
    pub(crate) fn point_before(self, at: u32) -> Option<(u32, u32)> {
        utf16::point_before(|at| self.unit(at), at)
    }

    /// Whether the offset lies between the halves of a surrogate pair.
    pub(crate) fn splits_pair(self, at: u32) -> bool {
        utf16::splits_pair(|at| self.unit(at), at)
    }
}

impl Haystack<'static> {
    /// Takes a text over. A text longer than [`MAX_TEXT_UNITS`] is cut there.
    pub fn new(units: Vec<u16>) -> Self {
        TextEncoder::new(units, Vec::new(), Transcoder::default()).into()
    }
}

impl From<TextEncoder> for Haystack<'static> {
    /// Encodes what is left.
    fn from(encoder: TextEncoder) -> Self {
        let (stats, units, bytes) = encoder.finish();
        let (units, stats) = (OnceCell::from(units), OnceCell::from(stats));
        Self { units, stats, bytes: bytes.into(), ..Self::default() }
    }
}

impl Default for Haystack<'_> {
    /// The empty text.
    fn default() -> Self {
        Self::with_buffer(Vec::new(), Transcoder::default())
    }
}

impl<'t> Haystack<'t> {
    /// A text that is nothing but ASCII. A text longer than [`MAX_TEXT_UNITS`] is cut there.
    pub fn from_ascii(text: Cow<'t, [u8]>) -> Self {
        let mut haystack = Self::default();
        haystack.set_ascii(text);
        haystack
    }

    /// A text in UTF-8. A text longer than [`MAX_TEXT_UNITS`] is cut there.
    pub fn from_utf8(text: &'t str) -> Self {
        let mut haystack = Self::default();
        haystack.set_utf8(text);
        haystack
    }

    /// The empty text. `buffer`: memory for a text in UTF-16, which `transcoder` decodes.
    #[inline]
    pub fn with_buffer(buffer: Vec<u16>, transcoder: Transcoder) -> Self {
        let (units, stats) = (OnceCell::new(), OnceCell::new());
        let bytes = Cow::Borrowed(&[][..]);
        Self { units, buffer: buffer.into(), bytes, is_ascii: false, stats, transcoder }
    }

    /// Makes this [the text](Self::from_ascii), without moving the haystack: for a short text, that
    /// takes as long as a search.
    #[inline]
    pub fn set_ascii(&mut self, mut text: Cow<'t, [u8]>) {
        match &mut text {
            Cow::Borrowed(bytes) => *bytes = &bytes[..bytes.len().min(MAX_TEXT_UNITS)],
            Cow::Owned(bytes) => bytes.truncate(MAX_TEXT_UNITS),
        }
        debug_assert!(text.is_ascii(), "its bytes are its code units");
        self.set(text, true);
    }

    /// [`Self::set_ascii`] of a text that has no carriage returns and is not too long.
    #[inline]
    pub fn set_plain(&mut self, text: &'t [u8]) {
        debug_assert!(text.len() <= MAX_TEXT_UNITS && scanner::is_plain(text));
        self.set(text.into(), true);
        self.stats = TextStats::of_ascii(text.len()).into();
    }

    /// The same for [`Self::from_utf8`].
    #[inline]
    pub fn set_utf8(&mut self, text: &'t str) {
        if text.len() > MAX_TEXT_UNITS {
            self.set_long_utf8(text);
        } else {
            self.set(text.as_bytes().into(), false);
        }
    }

    /// A text that may have to be cut.
    #[cold]
    fn set_long_utf8(&mut self, text: &str) {
        *self = Haystack::new(text.encode_utf16().take(MAX_TEXT_UNITS).collect());
    }

    #[inline]
    fn set(&mut self, text: Cow<'t, [u8]>, is_ascii: bool) {
        self.take_bytes();
        (self.bytes, self.is_ascii) = (text, is_ascii);
    }

    /// The text in memory of its own.
    #[must_use]
    pub fn into_owned(self) -> Haystack<'static> {
        let Self { units, buffer, bytes, is_ascii, stats, transcoder } = self;
        let bytes = bytes.into_owned().into();
        Haystack { units, buffer, bytes, is_ascii, stats, transcoder }
    }

    /// A scanner for a text that has not been read yet; `None` if it has. Give it back by
    /// [`Self::set_stats`] when it has come to the end. Without one, the text is read when the
    /// first search needs to know what it holds.
    pub fn scanner(&self) -> Option<TextScanner> {
        self.stats.get().is_none().then(|| TextScanner::new(self.is_ascii))
    }

    /// Takes the result of a scanner that has come to the end.
    pub fn set_stats(&self, scanner: TextScanner) {
        debug_assert_eq!(scanner.end(), self.bytes.len(), "it has read the whole text");
        // stats that are known already are the same
        let _ = self.stats.set(scanner.into_stats());
    }

    fn stats(&self) -> &TextStats {
        if let Some(stats) = self.stats.get() {
            return stats;
        }
        if self.bytes.len() <= CHUNK && scanner::is_plain(&self.bytes) {
            self.stats.get_or_init(|| TextStats::of_ascii(self.bytes.len()))
        } else {
            self.stats.get_or_init(|| scanner::read(&self.bytes, self.is_ascii))
        }
    }

    pub(crate) fn flags(&self) -> TextFlags {
        self.stats().flags
    }

    /// Its length in UTF-16 code units.
    pub fn length(&self) -> usize {
        self.stats().length
    }

    /// The text in UTF-8, lone surrogates in three bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The most bytes that a code unit takes.
    pub fn unit_bytes(&self) -> u32 {
        if self.flags().ascii { 1 } else { 3 }
    }

    /// The text in UTF-16.
    pub fn units(&self) -> &[u16] {
        self.units.get_or_init(|| {
            let mut units = self.buffer.take();
            units.clear();
            units.reserve_exact(self.length());
            if self.flags().ascii {
                utf16::push_latin1(&self.bytes, &mut units);
            } else {
                self.transcoder.push_utf16(&self.bytes, &mut units);
            }
            units
        })
    }

    /// The text, if it is nothing but ASCII.
    #[inline]
    pub(crate) fn ascii(&self) -> Option<&[u8]> {
        self.flags().ascii.then_some(&*self.bytes)
    }

    /// The text in code units, as narrow as they can be.
    pub(crate) fn text(&self) -> Text<'_> {
        if self.flags().ascii { Text::Ascii(&self.bytes) } else { Text::Units(self.units()) }
    }

    /// A part of the text; offsets are UTF-16 code units.
    pub fn slice(&self, start: usize, end: usize) -> Vec<u16> {
        self.slice_in(Vec::new(), start, end)
    }

    /// [`Self::slice`] in the memory of `buffer`.
    pub fn slice_in(&self, mut buffer: Vec<u16>, start: usize, end: usize) -> Vec<u16> {
        buffer.clear();
        match self.text() {
            Text::Ascii(text) => utf16::push_latin1(&text[start..end], &mut buffer),
            Text::Units(text) => buffer.extend_from_slice(&text[start..end]),
        }
        buffer
    }

    /// The UTF-16 offset of a UTF-8 one, which lies between two characters.
    pub fn utf16_offset(&self, byte_offset: usize) -> u32 {
        self.stats().utf16_offset(&self.bytes, byte_offset)
    }

    /// Converts start ranges from byte to code-unit offsets. It extends none beyond the characters
    /// that its bounds are in.
    pub fn all_in_units<'r>(&self, starts: impl Iterator<Item = &'r mut StartRange>) {
        if self.flags().ascii {
            return;
        }
        let mut offsets = Offsets::new(&self.bytes, self.stats());
        for StartRange { first, last } in starts {
            (*first, _) = offsets.unit_at(*first);
            let (unit, lead) = offsets.unit_at(*last);
            // a match may start within a surrogate pair
            *last = unit + u32::from(lead >= 0xF0);
        }
    }

    /// Takes the text's UTF-8 out of it, lone surrogates in three bytes. It is empty then.
    #[inline]
    pub fn take_bytes(&mut self) -> Cow<'t, [u8]> {
        self.stats.take();
        if let Some(units) = self.units.take() {
            self.buffer = units.into();
        }
        mem::replace(&mut self.bytes, Cow::Borrowed(&[]))
    }

    /// Takes the memory of the text in UTF-16, and the text in UTF-8. It is empty then.
    #[inline]
    pub fn take_buffers(&mut self) -> (Vec<u16>, Cow<'t, [u8]>) {
        let bytes = self.take_bytes();
        (mem::take(self.buffer.get_mut()), bytes)
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
    fn ranges_go_back_to_utf16() {
        let long = "aé\u{2028}😀z".repeat(3 * CHUNK / 10);
        for text in ["aé\u{2028}😀z", "abc", "", &long] {
            let haystack = Haystack::from_utf8(text);
            // by byte: the unit that it belongs to
            let units: Vec<u32> = text
                .char_indices()
                .flat_map(|(at, c)| vec![haystack.utf16_offset(at); c.len_utf8()])
                .collect();
            for step in [1, 2, 3, 7, 5000] {
                let starts = (0..text.len() + 3).step_by(2 * step).map(|first| StartRange {
                    first: first as u32,
                    last: (first + step - 1) as u32,
                });
                let mut starts: Vec<_> = starts.collect();
                let in_bytes = starts.clone();
                haystack.all_in_units(starts.iter_mut());
                if haystack.flags().ascii {
                    assert_eq!(starts, in_bytes);
                    continue;
                }
                for (StartRange { first, last }, in_bytes) in starts.into_iter().zip(in_bytes) {
                    let unit = |at: u32| {
                        units.get(at as usize).copied().unwrap_or(haystack.length() as u32)
                    };
                    let in_pair = |at: usize| {
                        let start = (0..=at).rev().find(|&at| text.is_char_boundary(at));
                        start.is_some_and(|start| text[start..].starts_with('😀'))
                    };
                    let at = in_bytes.last as usize;
                    let pair = u32::from(at < text.len() && in_pair(at));
                    assert_eq!((first, last), (unit(in_bytes.first), unit(in_bytes.last) + pair));
                }
            }
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
            assert_eq!(from_utf8.flags(), from_units.flags());
        }
    }

    /// A haystack has nothing of the text before.
    #[test]
    fn a_haystack_takes_one_text_after_the_other() {
        let mut haystack = Haystack::with_buffer(Vec::with_capacity(100), Transcoder::default());
        let place = haystack.buffer.borrow().as_ptr();
        for (text, is_ascii) in [("é\r", false), ("ascii", true), ("", false), ("\r\n", true)] {
            if is_ascii {
                haystack.set_ascii(text.as_bytes().into());
            } else {
                haystack.set_utf8(text);
            }
            let fresh = Haystack::from_utf8(text);
            assert_eq!(haystack.bytes(), text.as_bytes());
            assert_eq!((haystack.flags(), haystack.length()), (fresh.flags(), fresh.length()));
            assert_eq!(haystack.units(), fresh.units());
            assert_eq!(haystack.units().as_ptr(), place);
        }
        assert_eq!(*haystack.take_bytes(), *b"\r\n");
        assert_eq!((haystack.bytes(), haystack.length(), haystack.units()), (&[][..], 0, &[][..]));
    }

    /// Longer than the chunks in which texts are read and encoded.
    #[test]
    fn a_long_text_is_read_as_a_short_one() {
        for (piece, ascii) in [("plain ascii\n", true), ("plain, but one ü in a while\r\n", false)]
        {
            let mut text = piece.repeat(5 * CHUNK / piece.len());
            text.push_str(if ascii { "" } else { "😀\u{2029}" });
            let (units, utf8) = (text.encode_utf16().collect(), Haystack::from_utf8(&text));
            let from_units = Haystack::new(units);
            assert_eq!(utf8.flags(), from_units.flags());
            assert_eq!((utf8.length(), utf8.units()), (from_units.length(), from_units.units()));
            let read = Haystack::from_utf8(&text);
            let mut scanner = read.scanner().unwrap();
            for end in (CHUNK..text.len()).step_by(CHUNK).chain([text.len()]) {
                scanner.observe(text.as_bytes(), end);
            }
            read.set_stats(scanner);
            assert!(read.scanner().is_none());
            assert_eq!(read.flags(), from_units.flags());
            for (at, (offset, _)) in text.char_indices().enumerate().step_by(997) {
                for haystack in [&utf8, &from_units, &read] {
                    assert_eq!(haystack.utf16_offset(offset), at as u32);
                }
            }
            assert_eq!(read.utf16_offset(text.len()), from_units.length() as u32);
        }
        // a separator that two chunks share
        let text = "x".repeat(CHUNK - 1) + "\u{2028}";
        assert!(Haystack::from_utf8(&text).flags().other_line_ends);
    }

    #[test]
    fn flags_tell_what_a_text_holds() {
        let flags = |text: &[u16]| Haystack::new(text.to_vec()).flags();
        let none = TextFlags::default();
        assert_eq!(flags(&[]), TextFlags { ascii: true, ..none });
        assert_eq!(flags(&[0x0D]), TextFlags { ascii: true, other_line_ends: true, ..none });
        assert_eq!(flags(&[0xE9]), none);
        assert_eq!(flags(&[0x2029]), TextFlags { other_line_ends: true, ..none });
        assert_eq!(flags(&[0xD83D, 0xDE00]), TextFlags { surrogates: true, ..none });
        assert_eq!(
            flags(&[0xDE00, 0xD83D]),
            TextFlags { surrogates: true, lone_surrogates: true, ..none }
        );
    }
}
