//! What is removed from an error text before it is matched.

use super::{strip_ansi, strip_stack_frames};

/// What becomes of ANSI control sequences in an error text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ansi {
    /// They are removed before matching; the offsets of a match are in the text without them.
    #[default]
    Strip,
    /// They are text like any other.
    Keep,
}

/// What becomes of V8 stack frames in an error text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StackFrames {
    /// They are text like any other.
    #[default]
    Keep,
    /// Their lines are removed before matching, after ANSI control sequences; the offsets of a
    /// match are in the text without them.
    Strip,
}

/// How an error text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextOptions {
    /// What becomes of ANSI control sequences.
    pub ansi: Ansi,
    /// What becomes of V8 stack frames.
    pub stack_frames: StackFrames,
}

impl TextOptions {
    /// The text that rules are matched against.
    pub fn apply(self, text: Vec<u16>) -> Vec<u16> {
        let text = match self.ansi {
            Ansi::Strip => strip_ansi(text),
            Ansi::Keep => text,
        };
        match self.stack_frames {
            StackFrames::Strip => strip_stack_frames(text),
            StackFrames::Keep => text,
        }
    }
}
