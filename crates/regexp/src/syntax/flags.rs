//! The flags of a pattern. `d` and `g` change nothing in a search that begins at 0.

use crate::syntax::error::{ErrorKind, FlagFault, PatternError};
use crate::unicode::CaseMode;

/// What the flags mean for parsing and matching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "they are eight independent flags")]
pub struct Flags {
    /// `i`
    pub ignore_case: bool,
    /// `m`
    pub multiline: bool,
    /// `s`
    pub dot_all: bool,
    /// `u`
    pub unicode: bool,
    /// `v`
    pub unicode_sets: bool,
    /// `y`
    pub sticky: bool,
}

impl Flags {
    /// Reads a flags string as `new RegExp` does: each letter of `dgimsuvy` once, never `u` and `v` together.
    pub fn parse(flags: &[u16]) -> Result<Self, PatternError> {
        let mut parsed = Self::default();
        let mut seen = 0_u32;
        let refuse = |fault, at| Err(ErrorKind::InvalidFlags(flags, fault).at(at));
        for (at, &unit) in flags.iter().enumerate() {
            let letter = u8::try_from(unit).unwrap_or(0);
            match letter {
                b'd' | b'g' => {}
                b'i' => parsed.ignore_case = true,
                b'm' => parsed.multiline = true,
                b's' => parsed.dot_all = true,
                b'u' => parsed.unicode = true,
                b'v' => parsed.unicode_sets = true,
                b'y' => parsed.sticky = true,
                _ => return refuse(FlagFault::Unknown, at),
            }
            let bit = 1 << (letter - b'a');
            if seen & bit != 0 {
                return refuse(FlagFault::Repeated, at);
            }
            seen |= bit;
            if parsed.unicode && parsed.unicode_sets {
                return refuse(FlagFault::Exclusive, at);
            }
        }
        Ok(parsed)
    }

    /// Whether the pattern and the text are read by code points (`u` or `v`) and not by code units.
    pub fn code_points(self) -> bool {
        self.unicode || self.unicode_sets
    }

    /// How case is ignored where it is.
    pub fn case_mode(self) -> CaseMode {
        if self.code_points() { CaseMode::Unicode } else { CaseMode::Legacy }
    }
}
