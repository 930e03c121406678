//! The flags of a pattern.

use crate::syntax::error::{ErrorKind, FlagFault, PatternError};
use crate::unicode::CaseMode;

/// The flags of a pattern. `d` and `g` are legal and change nothing in a search that starts at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "they are independent flags")]
pub struct Flags {
    /// `i`: ignores case.
    pub ignore_case: bool,
    /// `m`: `^` and `$` match at line ends.
    pub multiline: bool,
    /// `s`: `.` matches line terminators.
    pub dot_all: bool,
    /// `u`: reads pattern and text by code points.
    pub unicode: bool,
    /// `v`: as `u`, with set notation in classes.
    pub unicode_sets: bool,
    /// `y`: matches at offset 0 only.
    pub sticky: bool,
}

impl Flags {
    /// Reads flags as `new RegExp` does: each letter of `dgimsuvy` once, and not `u` beside `v`.
    ///
    /// # Errors
    ///
    /// [`PatternErrorKind::Flags`](crate::PatternErrorKind::Flags) where V8 refuses the flags.
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
                _ => return refuse(FlagFault::Unknown(unit), at),
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

    /// Whether pattern and text are read by code points (`u` or `v`), not by code units.
    pub fn code_points(self) -> bool {
        self.unicode || self.unicode_sets
    }

    /// How case is ignored under `i`.
    pub fn case_mode(self) -> CaseMode {
        if self.code_points() { CaseMode::Unicode } else { CaseMode::Legacy }
    }
}
