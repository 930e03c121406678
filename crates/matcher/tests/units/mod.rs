//! Texts for tests, in UTF-16.
#![allow(dead_code, reason = "each test uses a part")]

/// The code units of `text`.
pub fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The same, where `~` stands for a lone surrogate, U+D83D.
pub fn with_lone(text: &str) -> Vec<u16> {
    text.encode_utf16().map(|unit| if unit == u16::from(b'~') { 0xD83D } else { unit }).collect()
}

/// The code units of `text`, as a rule has them.
pub fn boxed(text: &str) -> Box<[u16]> {
    text.encode_utf16().collect()
}
