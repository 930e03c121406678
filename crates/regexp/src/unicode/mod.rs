//! Unicode data as ECMAScript uses it: sets of code points, ignoring case, `\p{…}`, `\s`, `\w`,
//! `\d`.
//!
//! All data is of one version, [`UNICODE_VERSION`], in tables of this crate (some 65 KB), so that
//! neither a newer compiler nor a newer library changes an answer. A test compares every property
//! and every case relation with V8. This module is public for tests and for tools that read syntax
//! trees.

mod blob;
mod case;
mod case_run;
mod code_point_set;
mod property;
mod tables;

pub use case::{CaseMode, canonicalize, close_over_case};
pub(crate) use case::{LETTERS, letter, letter_place, matching};
pub use code_point_set::{CodePointSet, MAX_CODE_POINT};
pub use property::{Property, property};
pub use tables::UNICODE_VERSION;

use std::sync::OnceLock;

const LINE_ENDS: [(u32, u32); 3] = [(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)];

const WHITESPACE: [(u32, u32); 10] = [
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];

const WORD: [(u32, u32); 4] = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];

const EXTENDED_WORD: [(u32, u32); 6] =
    [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0x17F, 0x17F), (0x212A, 0x212A)];

const DIGITS: [(u32, u32); 1] = [(0x30, 0x39)];

/// The complement of `N` ranges, none of which is at an end of Unicode: one range more.
const fn complement<const N: usize, const M: usize>(ranges: [(u32, u32); N]) -> [(u32, u32); M] {
    assert!(M == N + 1 && ranges[0].0 > 0 && ranges[N - 1].1 < MAX_CODE_POINT);
    let mut gaps = [(0, MAX_CODE_POINT); M];
    let mut at = 0;
    while at < N {
        gaps[at].1 = ranges[at].0 - 1;
        gaps[at + 1].0 = ranges[at].1 + 1;
        at += 1;
    }
    gaps
}

/// What `.` matches without `s`: all but ECMA-262's `LineTerminator`.
pub(crate) fn within_line() -> CodePointSet {
    const WITHIN_LINE: [(u32, u32); 4] = complement(LINE_ENDS);
    CodePointSet::constant(&WITHIN_LINE)
}

/// What `\s` matches, ECMA-262's `WhiteSpace` and `LineTerminator`; `negated`: what `\S` does.
pub fn whitespace(negated: bool) -> CodePointSet {
    const OTHERS: [(u32, u32); 11] = complement(WHITESPACE);
    CodePointSet::constant(if negated { &OTHERS } else { &WHITESPACE })
}

/// What `\w` matches; `negated`: what `\W` does.
///
/// `ignore_case_unicode`: under `iu` and `iv`, where U+017F and U+212A match `s` and `k`, and so
/// are word characters.
pub fn word(ignore_case_unicode: bool, negated: bool) -> CodePointSet {
    const OTHERS: [(u32, u32); 5] = complement(WORD);
    const EXTENDED_OTHERS: [(u32, u32); 7] = complement(EXTENDED_WORD);
    CodePointSet::constant(match (ignore_case_unicode, negated) {
        (false, false) => &WORD,
        (false, true) => &OTHERS,
        (true, false) => &EXTENDED_WORD,
        (true, true) => &EXTENDED_OTHERS,
    })
}

/// What `\d` matches; `negated`: what `\D` does.
pub fn digits(negated: bool) -> CodePointSet {
    const OTHERS: [(u32, u32); 2] = complement(DIGITS);
    CodePointSet::constant(if negated { &OTHERS } else { &DIGITS })
}

/// Whether a code point is `ID_Start`. The parser adds `$` and `_`, which may also start a group's
/// name.
pub(crate) fn is_id_start(code_point: u32) -> bool {
    static ID_START: OnceLock<CodePointSet> = OnceLock::new();
    match u8::try_from(code_point) {
        Ok(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        _ => ID_START.get_or_init(|| property::binary("ID_Start")).contains(code_point),
    }
}

/// Whether a code point is `ID_Continue`. The parser adds `$`, U+200C and U+200D.
pub(crate) fn is_id_continue(code_point: u32) -> bool {
    static ID_CONTINUE: OnceLock<CodePointSet> = OnceLock::new();
    match u8::try_from(code_point) {
        Ok(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte == b'_',
        _ => ID_CONTINUE.get_or_init(|| property::binary("ID_Continue")).contains(code_point),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        CaseMode, CodePointSet, close_over_case, digits, is_id_continue, is_id_start, property,
        whitespace, within_line, word,
    };

    #[test]
    fn identifiers_fast_path_agrees_with_the_tables() {
        for c in 0..=0x80 {
            assert_eq!(is_id_start(c), property::binary("ID_Start").contains(c), "{c:#X}");
            assert_eq!(is_id_continue(c), property::binary("ID_Continue").contains(c), "{c:#X}");
        }
        assert!(is_id_start(0x2118) && !is_id_start(0xB7) && is_id_continue(0xB7));
        assert!(!is_id_start(0xD800) && !is_id_start(u32::MAX));
    }

    #[test]
    fn word_has_the_partners_of_s_and_k() {
        let mut closed = word(false, false);
        close_over_case(&mut closed, CaseMode::Unicode);
        assert_eq!(word(true, false), closed);
        assert_eq!(closed.len(), word(false, false).len() + 2);
        assert!(closed.contains(0x17F) && closed.contains(0x212A));
    }

    /// They are tables, which have to be as all operations leave a set.
    #[test]
    fn constant_sets_are_well_formed() {
        let pairs = [
            (whitespace(false), whitespace(true)),
            (word(false, false), word(false, true)),
            (word(true, false), word(true, true)),
            (digits(false), digits(true)),
            (within_line().complement(), within_line()),
        ];
        for (set, others) in pairs {
            assert_eq!(CodePointSet::from_ranges(set.ranges().iter().copied()), set);
            assert_eq!(set.complement(), others);
        }
    }
}
