//! What is next to a literal in every match, as far as the kind of a byte tells: of `usage\d` a
//! text often has `usage`, but seldom a digit after it.
//!
//! This is asked where a literal has just been compared, whose line is in the cache, and costs less
//! than anything that is done on behalf of a rule.

/// How many kinds of bytes are told apart.
const KINDS: usize = 8;

const DIGIT: u8 = 1 << 0;
/// With `_`, so that `\w` is what three kinds are.
const LOWER: u8 = 1 << 1;
const UPPER: u8 = 1 << 2;
const BLANK: u8 = 1 << 3;
const LINE_END: u8 = 1 << 4;
const QUOTE: u8 = 1 << 5;
const OTHER_ASCII: u8 = 1 << 6;
/// Part of a character that is not ASCII.
const NOT_ASCII: u8 = 1 << 7;

/// The kind of each byte, as one bit.
const KIND_OF: [u8; 256] = {
    let mut kinds = [NOT_ASCII; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'_' => LOWER,
            b'A'..=b'Z' => UPPER,
            b' ' | b'\t' | 0x0B | 0x0C => BLANK,
            b'\n' | b'\r' => LINE_END,
            b'"' | b'\'' | b'`' => QUOTE,
            _ => OTHER_ASCII,
        };
        byte += 1;
    }
    kinds
};

/// The ASCII characters of each kind.
const ASCII_OF: [u128; KINDS] = {
    let mut ascii = [0; KINDS];
    let mut byte = 0_usize;
    while byte < 0x80 {
        ascii[KIND_OF[byte].trailing_zeros() as usize] |= 1 << byte;
        byte += 1;
    }
    ascii
};

/// Kinds of bytes that are not in some place of any match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Excluded(u8);

impl Excluded {
    /// Those that no character of a set has. `ranges`: ascending and apart from each other.
    pub(crate) fn by(ranges: &[(u32, u32)]) -> Self {
        let mut ascii = 0_u128;
        for &(low, high) in ranges.iter().take_while(|(low, _)| *low < 0x80) {
            ascii |= u128::MAX << low & u128::MAX >> (0x7F - high.min(0x7F));
        }
        let mut kinds = 0;
        for (kind, of_kind) in ASCII_OF.iter().enumerate() {
            kinds |= u8::from(ascii & of_kind != 0) << kind;
        }
        // a text may also be read with an ASCII letter in place of a character (`rare`)
        if ranges.last().is_some_and(|&(_, high)| high >= 0x80) {
            kinds |= NOT_ASCII | LOWER | UPPER;
        }
        Self(!kinds)
    }

    /// What is excluded in both of two cases.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[inline]
    fn allows(self, byte: u8) -> bool {
        self.0 & KIND_OF[usize::from(byte)] == 0
    }
}

/// What is not next to a literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) before: Excluded,
    pub(crate) after: Excluded,
}

impl Neighbours {
    /// Nothing is known.
    pub(crate) const ANY: Self = Self { before: Excluded(0), after: Excluded(0) };

    /// What is excluded in both of two cases.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { before: self.before.or(other.before), after: self.after.or(other.after) }
    }

    /// Whether a literal from `start` to before `end` can be part of a match. At the ends of
    /// `text`, which may be a part of another one, it can.
    #[inline]
    pub(crate) fn allow(self, text: &[u8], start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).and_then(|before| text.get(before));
        let after = text.get(end);
        before.is_none_or(|&byte| self.before.allows(byte))
            && after.is_none_or(|&byte| self.after.allows(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::{Excluded, Neighbours};

    #[test]
    fn a_character_of_the_set_is_allowed() {
        let sets: [&[(u32, u32)]; 9] = [
            &[(0x30, 0x39)],
            &[(0x41, 0x5A), (0x61, 0x7A)],
            &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
            &[(9, 13), (0x20, 0x20), (0xA0, 0xA0)],
            &[(0, 9), (11, 12), (14, 0x2027), (0x202A, 0x10_FFFF)],
            &[(0, 0x26), (0x28, 0x10_FFFF)],
            &[(0x410, 0x44F)],
            &[(0, 0x10_FFFF)],
            &[(0x27, 0x27), (0x7F, 0x80)],
        ];
        for set in sets {
            let excluded = Excluded::by(set);
            for c in (0..0x3000).filter_map(char::from_u32) {
                let is_in = set.iter().any(|&(low, high)| (low..=high).contains(&u32::from(c)));
                let mut buffer = [0; 4];
                let bytes = c.encode_utf8(&mut buffer).as_bytes();
                for byte in bytes.iter().filter(|_| is_in) {
                    assert!(excluded.allows(*byte), "{set:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn what_the_set_has_nothing_of_is_not() {
        let digit = Excluded::by(&[(0x30, 0x39)]);
        let blank = Excluded::by(&[(9, 13), (0x20, 0x20)]);
        for byte in *b"aZ_ \n'.\xC3" {
            assert!(!digit.allows(byte));
            assert!(digit.or(Excluded::default()).allows(byte));
            assert_eq!(digit.or(blank).allows(byte), byte.is_ascii_whitespace());
        }
        let neighbours = Neighbours { before: blank, after: digit };
        for (text, is_allowed) in [(" ab1", true), ("xab1", false), (" abx", false)] {
            assert_eq!(neighbours.allow(text.as_bytes(), 1, 3), is_allowed, "{text}");
        }
        assert!(neighbours.allow(b"ab", 0, 2) && Neighbours::ANY.allow(b"xaby", 1, 3));
    }
}
