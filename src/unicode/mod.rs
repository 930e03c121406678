//! Unicode data as ECMAScript sees it: sets of code points, ignoring case, `\p{…}` and the classes `\s`, `\w`, `\d`.
//!
//! All data is of one version, [`UNICODE_VERSION`], and lives in tables of our own (some 65 KB), so that neither a newer
//! compiler nor a newer library changes an answer. `tests/unicode.rs` compares every property and every case relation with V8.

mod blob;
mod case;
mod code_point_set;
mod property;
mod tables;

pub use case::{CaseMode, canonicalize, close_over_case};
pub use code_point_set::{CodePointSet, MAX_CODE_POINT};
pub use property::{Property, property};
pub use tables::UNICODE_VERSION;

use once_cell::sync::OnceCell;

/// What `\s` matches: ECMA-262's `WhiteSpace` and `LineTerminator`.
pub fn whitespace() -> CodePointSet {
    CodePointSet::from_ranges([
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
    ])
}

/// What `\w` matches. `ignore_case_unicode`: under `iu` and `iv`, where U+017F and U+212A match `s` and `k` and so are word characters.
pub fn word(ignore_case_unicode: bool) -> CodePointSet {
    let mut set =
        CodePointSet::from_ranges([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]);
    if ignore_case_unicode {
        close_over_case(&mut set, CaseMode::Unicode);
    }
    set
}

/// What `\d` matches.
pub fn digits() -> CodePointSet {
    CodePointSet::from_ranges([(0x30, 0x39)])
}

/// Whether a code point is `ID_Start`. A group's name may also begin with `$` and `_`, which this leaves to the parser.
pub fn is_id_start(code_point: u32) -> bool {
    static ID_START: OnceCell<CodePointSet> = OnceCell::new();
    match u8::try_from(code_point) {
        Ok(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
        _ => ID_START.get_or_init(|| property::binary("ID_Start")).contains(code_point),
    }
}

/// Whether a code point is `ID_Continue`. A group's name may also go on with `$`, U+200C and U+200D, which this leaves to the parser.
pub fn is_id_continue(code_point: u32) -> bool {
    static ID_CONTINUE: OnceCell<CodePointSet> = OnceCell::new();
    match u8::try_from(code_point) {
        Ok(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte == b'_',
        _ => ID_CONTINUE.get_or_init(|| property::binary("ID_Continue")).contains(code_point),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_id_continue, is_id_start, property, word};

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
        assert_eq!(word(true).len(), word(false).len() + 2);
        assert!(word(true).contains(0x17F) && word(true).contains(0x212A));
    }
}
