//! V8 stack frames out of an error text: a rule is written against what an error says, not against the files and
//! functions that happened to be on the stack.
//!
//! A frame is a line that V8 prints below an error's message: white space, `at `, and a place. What makes it a frame is the
//! place, as V8's `JSStackFrame::ToString` and `CallSite` print it, so that a sentence which begins with "at" stays:
//!
//! - `file.js:10:5`, `https://host/a.js:1:2`, `node:internal/timers:483:21`, alone or in parentheses behind a function's name;
//! - `(<anonymous>)`, `(native)`, `(index 0)` of a built-in;
//! - `wasm://wasm/0a1b2c3d:wasm-function[7]:0x1a2b` of WebAssembly.
//!
//! Frames of other engines and languages (Java's `at a.b.C(C.java:12)`) have other places and stay.

const NEWLINE: u16 = b'\n' as u16;

/// Removes the lines of `text` that are V8 stack frames, each with the line break that ends it.
///
/// Linear in the text, and without a copy.
pub fn strip_stack_frames(mut text: Vec<u16>) -> Vec<u16> {
    let mut read = 0;
    let mut written = 0;
    while read < text.len() {
        let rest = &text[read..];
        let line = rest.iter().position(|&unit| unit == NEWLINE).unwrap_or(rest.len());
        let with_break = rest.len().min(line + 1);
        if !is_frame(&rest[..line]) {
            text.copy_within(read..read + with_break, written);
            written += with_break;
        }
        read += with_break;
    }
    text.truncate(written);
    text
}

/// Whether a line, without its line break, is a V8 stack frame.
fn is_frame(line: &[u16]) -> bool {
    let line = line.strip_suffix(&[u16::from(b'\r')]).unwrap_or(line);
    let indent = line.iter().take_while(|&&unit| is(unit, b" \t")).count();
    let Some(frame) = line[indent..].strip_prefix(&units(b"at ")) else { return false };
    indent > 0
        && match frame {
            [_, .., close] if *close == u16::from(b')') => {
                is_position(&frame[..frame.len() - 1]) || is_built_in(frame)
            }
            _ => is_position(frame) || frame == units(b"<anonymous>"),
        }
}

/// Whether it ends in `:10:5`, or in the offset of WebAssembly, `:0x1a2b`.
fn is_position(place: &[u16]) -> bool {
    fn number(place: &[u16]) -> Option<&[u16]> {
        let rest = trim_end(place, |unit| is(unit, b"0123456789"))?;
        rest.strip_suffix(&[u16::from(b':')])
    }
    let offset =
        || trim_end(place, |unit| is(unit, b"0123456789abcdef"))?.strip_suffix(&units(b":0x"));
    number(place).and_then(number).is_some() || offset().is_some()
}

/// Whether it ends in the place of a built-in.
fn is_built_in(frame: &[u16]) -> bool {
    let index = || {
        let digits = frame.strip_suffix(&[u16::from(b')')])?;
        trim_end(digits, |unit| is(unit, b"0123456789"))?.strip_suffix(&units(b"(index "))
    };
    frame.ends_with(&units(b"(<anonymous>)"))
        || frame.ends_with(&units(b"(native)"))
        || index().is_some()
}

/// `text` without the units at its end that are `wanted`; `None` if there are none.
fn trim_end(text: &[u16], wanted: impl Fn(u16) -> bool) -> Option<&[u16]> {
    let kept = text.iter().rposition(|&unit| !wanted(unit)).map_or(0, |last| last + 1);
    (kept < text.len()).then_some(&text[..kept])
}

fn is(unit: u16, wanted: &[u8]) -> bool {
    wanted.iter().any(|&byte| unit == u16::from(byte))
}

fn units<const N: usize>(ascii: &[u8; N]) -> [u16; N] {
    ascii.map(u16::from)
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
    fn lone_surrogates_stay() {
        let text = [0xD83D, NEWLINE, 0xDE00];
        assert_eq!(strip_stack_frames(text.to_vec()), text);
    }
}
