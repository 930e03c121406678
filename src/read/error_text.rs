//! The text of an error value, read when the call is made.
//!
//! A string is taken verbatim. Of an `Error` it is the `stack`, which V8 heads with `name: message`, or that head and the
//! stack if the message was changed since; then the `cause` chain in the same manner. Anything else is `String(value)`.
//! What throws while it is read is left out: a log plugin must not fail a run.

use std::ffi::CStr;
use std::mem;

use napi::{Env, ValueType};

use crate::buffers::arena::{TextArena, TextRef};
use crate::buffers::pool::{self, BufferPool};
use crate::node::value::Value;
use matcher::limits::MAX_CAUSES;

/// The text of what cannot be read.
pub(crate) const UNREADABLE: &str = "[unreadable error]";

/// The text to match, or `None` for null and undefined: there is no error.
pub(crate) fn read(env: &Env, error: Value<'_>, texts: &mut TextArena) -> Option<TextRef> {
    // the common case first, on the JavaScript thread everything counts
    texts
        .copy(error)
        .or_else(|| (!error.is_nullish()).then(|| TextRef::of_units(text_of(env, error))))
}

/// The text of an error that is no string.
fn text_of(env: &Env, error: Value<'_>) -> Vec<u16> {
    let mut spare = pool::with(BufferPool::units);
    let mut text = Vec::new();
    let mut seen = vec![error];
    let mut current = error;
    loop {
        let is_error = is_error(env, current);
        let own = if is_error {
            text_of_error(current, mem::take(&mut spare))
        } else {
            current.to_text().ok()
        };
        match own {
            Some(own) if text.is_empty() => text = own,
            Some(own) => text.extend(own),
            None => text.extend(UNREADABLE.encode_utf16()),
        }
        if !is_error || seen.len() > MAX_CAUSES {
            break;
        }
        let Ok(cause) = current.get(c"cause") else { break };
        if cause.is_nullish() || seen.iter().any(|earlier| earlier.is(cause)) {
            break;
        }
        text.extend("\nCaused by: ".encode_utf16());
        seen.push(cause);
        current = cause;
    }
    text
}

/// An `Error` of any realm, or an object that inherits from this realm's `Error` (`DOMException`, old-style classes,
/// transparent proxies).
fn is_error<'s>(env: &'s Env, value: Value<'s>) -> bool {
    value.is_native_error()
        || value.is_object()
            && Value::global(env)
                .get(c"Error")
                .and_then(|class| value.instance_of(class))
                .unwrap_or(false)
}

/// `None` if nothing of it can be read.
fn text_of_error(error: Value<'_>, mut spare: Vec<u16>) -> Option<Vec<u16>> {
    let stack =
        error.get(c"stack").is_ok_and(|stack| stack.utf16_into(&mut spare)).then_some(spare);
    let message = part(error, c"message", "");
    if let Some(stack) = stack {
        let Some(message) = message.filter(|message| !contains(&stack, message)) else {
            return Some(stack);
        };
        let mut text = headline(part(error, c"name", "Error"), Some(message))?;
        text.push(u16::from(b'\n'));
        text.extend(stack);
        return Some(text);
    }
    headline(part(error, c"name", "Error"), message)
}

/// A property as `Error.prototype.toString` reads it; `None` if that throws.
fn part(error: Value<'_>, name: &CStr, default: &str) -> Option<Vec<u16>> {
    let value = error.get(name).ok()?;
    if value.kind() == ValueType::Undefined {
        return Some(default.encode_utf16().collect());
    }
    value.to_text().ok()
}

/// `name: message`, as `Error.prototype.toString` joins them, of what could be read.
fn headline(name: Option<Vec<u16>>, message: Option<Vec<u16>>) -> Option<Vec<u16>> {
    match (name, message) {
        (Some(mut name), Some(message)) if !name.is_empty() && !message.is_empty() => {
            name.extend([u16::from(b':'), u16::from(b' ')]);
            name.extend(message);
            Some(name)
        }
        (Some(name), Some(message)) => Some(if name.is_empty() { message } else { name }),
        (name, message) => name.or(message),
    }
}

/// Whether `needle` is in `haystack`, in linear time: the message of a hostile error may be megabytes of one letter.
/// Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", 1977.
fn contains(haystack: &[u16], needle: &[u16]) -> bool {
    if follows_name(haystack, needle) {
        return true;
    }
    // borders[i]: how much of the needle's beginning the first i + 1 units end with
    let mut borders = vec![0usize; needle.len()];
    let mut matched = 0;
    for at in 1..needle.len() {
        while matched > 0 && needle[at] != needle[matched] {
            matched = borders[matched - 1];
        }
        matched += usize::from(needle[at] == needle[matched]);
        borders[at] = matched;
    }
    matched = 0;
    for &unit in haystack {
        while matched > 0 && unit != needle[matched] {
            matched = borders[matched - 1];
        }
        matched += usize::from(unit == needle[matched]);
        if matched == needle.len() {
            return true;
        }
    }
    false
}

/// Whether `message` stands where V8 puts it: the cheap and common case, also when it is empty.
fn follows_name(stack: &[u16], message: &[u16]) -> bool {
    let colon = [u16::from(b':'), u16::from(b' ')];
    message.is_empty()
        || stack
            .windows(2)
            .position(|pair| pair == colon)
            .is_some_and(|at| stack[at + 2..].starts_with(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn contains_agrees_with_the_standard_library() {
        let words: Vec<String> = (0..=5u32)
            .flat_map(|length| {
                (0..1 << length).map(move |bits: u32| {
                    (0..length).map(|bit| if bits >> bit & 1 == 0 { 'a' } else { 'b' }).collect()
                })
            })
            .collect();
        for haystack in &words {
            for needle in &words {
                let (a, b) = (units(haystack), units(needle));
                assert_eq!(
                    contains(&a, &b),
                    haystack.contains(needle.as_str()),
                    "{haystack} {needle}"
                );
            }
        }
        assert!(contains(&units("Error: a: b\n    at x"), &units("a: b")));
    }

    #[test]
    fn contains_is_linear() {
        let haystack = vec![u16::from(b'a'); 2_000_000];
        let mut needle = vec![u16::from(b'a'); 1_000_000];
        needle.push(u16::from(b'b'));
        assert!(!contains(&haystack, &needle));
    }

    #[test]
    fn the_headline_is_that_of_error_to_string() {
        let some = |text: &str| Some(units(text));
        assert_eq!(headline(some("Error"), some("no")), some("Error: no"));
        assert_eq!(headline(some("Error"), some("")), some("Error"));
        assert_eq!(headline(some(""), some("no")), some("no"));
        assert_eq!(headline(None, some("no")), some("no"));
        assert_eq!(headline(some("Error"), None), some("Error"));
        assert_eq!(headline(None, None), None);
    }
}
