//! V8 stack frames out of an error text: a rule is written against what an error says, not against
//! the files and functions that happened to be on the stack.
//!
//! A frame is a line that V8 prints below an error's message: white space, `at `, and a place. What
//! makes it a frame is the place, as V8's `JSStackFrame::ToString` and `CallSite` print it, so that
//! a sentence which begins with "at" stays:
//!
//! - `file.js:10:5`, `https://host/a.js:1:2`, `node:internal/timers:483:21`, alone or in
//!   parentheses behind a function's name;
//! - `(<anonymous>)`, `(native)`, `(index 0)` of a built-in;
//! - `wasm://wasm/0a1b2c3d:wasm-function[7]:0x1a2b` of WebAssembly.
//!
//! Frames of other engines and languages (Java's `at a.b.C(C.java:12)`) have other places and stay.

use std::ops::Range;

use regexp::text::CHUNK;

use super::unit::{StripText, Unit, strip};

const NEWLINE: u16 = b'\n' as u16;

/// Digits of a line, a column, an index or an offset that are looked at.
const MAX_DIGITS: usize = 16;

/// Removes the lines of `text` that are V8 stack frames, each with the line break that ends it.
///
/// Linear in the text, and in place.
pub fn strip_stack_frames(text: Vec<u16>) -> Vec<u16> {
    strip::<FrameStripper<u16>>(text)
}

/// Removes stack frames from a text in place, chunk by chunk: between two of them it can be
/// suspended.
pub(crate) struct FrameStripper<U> {
    text: Vec<U>,
    /// Where the line starts that is read.
    line: usize,
    /// Code units that are read.
    read: usize,
    /// Code units that are kept and in their place.
    written: usize,
    /// Code units of a line that is kept, and not in their place yet.
    pending: Range<usize>,
}

impl<U: Unit> StripText for FrameStripper<U> {
    type Unit = U;

    fn new(text: Vec<U>) -> Self {
        Self { text, line: 0, read: 0, written: 0, pending: 0..0 }
    }

    fn strip_chunk(&mut self) -> bool {
        let mut left = CHUNK;
        while left > 0 {
            let done = if !self.pending.is_empty() {
                self.move_pending(left)
            } else if self.read < self.text.len() {
                self.read_line(left)
            } else if self.line < self.read {
                self.end_line(self.read);
                1
            } else {
                self.text.truncate(self.written);
                return true;
            };
            left = left.saturating_sub(done);
        }
        false
    }

    fn into_text(self) -> Vec<U> {
        self.text
    }
}

impl<U: Unit> FrameStripper<U> {
    /// Reads on in the line, at most `limit` units. Returns how many.
    fn read_line(&mut self, limit: usize) -> usize {
        let end = self.text.len().min(self.read + limit);
        let part = &self.text[self.read..end];
        match part.iter().position(|&unit| unit.into() == NEWLINE) {
            Some(at) => {
                self.read += at + 1;
                self.end_line(self.read - 1);
                at + 1
            }
            None => {
                self.read = end;
                part.len()
            }
        }
    }

    /// Decides about the line, which ends at `end` and with its line break at `self.read`.
    fn end_line(&mut self, end: usize) {
        if !is_frame(&self.text[self.line..end]) {
            self.pending = self.line..self.read;
        }
        self.line = self.read;
    }

    /// Moves what is kept to its place, at most `limit` units. Returns how many.
    fn move_pending(&mut self, limit: usize) -> usize {
        let Range { start, end } = self.pending;
        if start == self.written {
            // nothing was removed before it
            self.written = end;
            self.pending = end..end;
            return 1;
        }
        let count = limit.min(end - start);
        self.text.copy_within(start..start + count, self.written);
        self.written += count;
        self.pending.start += count;
        count
    }
}

/// Whether a line, without its line break, is a V8 stack frame.
fn is_frame<U: Unit>(line: &[U]) -> bool {
    let line = without_suffix(line, b"\r").unwrap_or(line);
    let indent = line.iter().take_while(|&&unit| is(unit, b" \t")).count();
    let frame = &line[indent..];
    if indent == 0 || !starts_with(frame, b"at ") {
        return false;
    }
    let frame = &frame[3..];
    match without_suffix(frame, b")") {
        Some(call) => is_position(call) || is_built_in(frame),
        None => is_position(frame) || frame.len() == 11 && starts_with(frame, b"<anonymous>"),
    }
}

/// Whether it ends in `:10:5`, or in the offset of WebAssembly, `:0x1a2b`.
fn is_position<U: Unit>(place: &[U]) -> bool {
    fn number<U: Unit>(place: &[U]) -> Option<&[U]> {
        without_suffix(without_digits(place, b"0123456789")?, b":")
    }
    let offset = || without_suffix(without_digits(place, b"0123456789abcdef")?, b":0x");
    number(place).and_then(number).is_some() || offset().is_some()
}

/// Whether it ends in the place of a built-in.
fn is_built_in<U: Unit>(frame: &[U]) -> bool {
    let index = || {
        let digits = without_suffix(frame, b")")?;
        without_suffix(without_digits(digits, b"0123456789")?, b"(index ")
    };
    without_suffix(frame, b"(<anonymous>)").is_some()
        || without_suffix(frame, b"(native)").is_some()
        || index().is_some()
}

/// `text` without the `digits` at its end; `None` if there are none, or too many.
fn without_digits<'t, U: Unit>(text: &'t [U], digits: &[u8]) -> Option<&'t [U]> {
    let count = text.iter().rev().take(MAX_DIGITS + 1).take_while(|&&unit| is(unit, digits));
    let count = count.count();
    (1..=MAX_DIGITS).contains(&count).then(|| &text[..text.len() - count])
}

fn without_suffix<'t, U: Unit>(text: &'t [U], suffix: &[u8]) -> Option<&'t [U]> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    starts_with(end, suffix).then_some(rest)
}

fn starts_with<U: Unit>(text: &[U], prefix: &[u8]) -> bool {
    let equal = |(&unit, &byte): (&U, &u8)| unit.into() == u16::from(byte);
    text.len() >= prefix.len() && text.iter().zip(prefix).all(equal)
}

fn is<U: Unit>(unit: U, wanted: &[u8]) -> bool {
    wanted.iter().any(|&byte| unit.into() == u16::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn stripped(text: &str) -> String {
        String::from_utf16(&strip_stack_frames(utf16(text))).unwrap()
    }

    #[test]
    fn frames_go_and_the_rest_stays() {
        for frame in [
            "    at f (a.js:10:5)",
            "    at a.js:10:5",
            "    at async file:///srv/tests/login.spec.mjs:1:2",
            "    at new Promise (<anonymous>)",
            "    at async Promise.all (index 12)",
            "    at Array.forEach (native)",
            "    at <anonymous>",
            "    at Object.<anonymous> (C:\\app\\test.js:7:11)",
            "    at eval (eval at run (a.js:1:2), <anonymous>:3:4)",
            "    at wasm://wasm/0a1b2c3d:wasm-function[7]:0x1a2b",
            "    at f (wasm://wasm/0a1b2c3d:wasm-function[7]:0x1a2b)",
            "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
            "\tat Grid › session deleted behind our back (file:///ü.mjs:1:2)",
        ] {
            assert_eq!(stripped(&format!("Error: x\n{frame}\nend")), "Error: x\nend", "{frame}");
            assert_eq!(stripped(&format!("Error: x\r\n{frame}\r\nend")), "Error: x\r\nend");
            assert_eq!(stripped(&format!("Error: x\n{frame}")), "Error: x\n");
            assert_eq!(stripped(frame), "");
        }
    }

    #[test]
    fn what_only_looks_like_a_frame_stays() {
        for line in [
            "at f (a.js:10:5)",
            "    at the end of the day",
            "    at ",
            "    at",
            "    at a.js:10",
            "    at org.example.Page(Page.java:123)",
            "    at f (somewhere)",
            "    at ()",
            "    at )",
            "    atf (a.js:1:2)",
            "    expected 1:2 at a.js:1:2",
            "    at a.js:1:2: expected true",
            "    at (index )",
            "    at :0x",
        ] {
            let text = format!("Error: x\n{line}\nend");
            assert_eq!(stripped(&text), text);
        }
        assert_eq!(stripped(""), "");
        assert_eq!(stripped("\n\n"), "\n\n");
    }

    #[test]
    fn chunks_of_a_long_text_are_as_good_as_one() {
        let frame = "    at f (a.js:10:5)\n";
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let long = "é".repeat(length);
            let text =
                format!("{long}\n{frame}{long}{frame}{frame}{long}\n  at {long}:1:2\n{frame}x");
            let expected = format!("{long}\n{long}{frame}{long}\nx");
            let expected = if length == 0 { "\n\nx".to_owned() } else { expected };
            assert_eq!(stripped(&text), expected, "{length}");
            let ascii = text.replace('é', "e").into_bytes();
            let ascii = String::from_utf8(strip::<FrameStripper<u8>>(ascii)).unwrap();
            assert_eq!(ascii, expected.replace('é', "e"), "{length}");
        }
    }

    #[test]
    fn lone_surrogates_stay() {
        let text = [0xD83D, NEWLINE, 0xDE00];
        assert_eq!(strip_stack_frames(text.to_vec()), text);
    }
}
