//! What a text holds, as far as it decides which engine may read it.

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
