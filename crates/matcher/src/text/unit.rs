//! Texts that are stripped: their code units, and how something is removed from them.

/// A code unit: a `u8` of a text that is ASCII, or a `u16` of any text.
pub(crate) trait Unit: Copy + Into<u16> {}

impl Unit for u8 {}
impl Unit for u16 {}

/// Removes something from a text in place, chunk by chunk: between two of them it can be suspended.
pub(crate) trait StripText {
    type Unit;

    fn new(text: Vec<Self::Unit>) -> Self;

    /// Works on a chunk of the text. Whether that was the last.
    fn strip_chunk(&mut self) -> bool;

    fn into_text(self) -> Vec<Self::Unit>;
}

/// Strips all of a text.
pub(crate) fn strip<S: StripText>(text: Vec<S::Unit>) -> Vec<S::Unit> {
    let mut stripper = S::new(text);
    while !stripper.strip_chunk() {}
    stripper.into_text()
}
