//! A short name for what a rule list says, equal on every machine and in every process that loads the same list.

use super::{PatternSource, Rule};

/// FNV-1a, 64 bits (Fowler, Noll, Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>): not against an adversary, but
/// stable, which the standard library's hashers do not promise to be.
#[derive(Clone, Debug)]
pub(crate) struct ContentHash(u64);

impl ContentHash {
    const OFFSET_BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;

    pub(crate) fn new() -> Self {
        Self(Self::OFFSET_BASIS)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// All that decides a verdict or is part of one.
    pub(crate) fn rule(&mut self, rule: &Rule) {
        let Rule { index, issue, id, error, test } = rule;
        self.bytes(&index.to_le_bytes());
        self.units(Some(issue));
        self.units(id.as_deref());
        self.pattern(Some(error));
        self.pattern(test.as_ref());
    }

    fn pattern(&mut self, pattern: Option<&PatternSource>) {
        self.units(pattern.map(|pattern| &*pattern.source));
        self.units(pattern.map(|pattern| &*pattern.flags));
    }

    /// The length goes first, so that two fields cannot be taken for two others with the border elsewhere.
    fn units(&mut self, units: Option<&[u16]>) {
        let length = units.map_or(u64::MAX, |units| units.len() as u64);
        self.bytes(&length.to_le_bytes());
        for &unit in units.unwrap_or_default() {
            let [low, high] = unit.to_le_bytes();
            if high == 0 {
                // a byte that is 0 only multiplies: one multiplication for both bytes of nearly every unit
                const SQUARE: u64 = ContentHash::PRIME.wrapping_mul(ContentHash::PRIME);
                self.0 = (self.0 ^ u64::from(low)).wrapping_mul(SQUARE);
            } else {
                self.bytes(&[low, high]);
            }
        }
    }

    /// Folded to 32 bits as its authors advise.
    pub(crate) fn finish(&self) -> u32 {
        (self.0 >> 32) as u32 ^ self.0 as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_fnv_1a() {
        // from the authors' test vectors
        for (text, hash) in [
            ("", 0xCBF2_9CE4_8422_2325),
            ("a", 0xAF63_DC4C_8601_EC8C),
            ("foobar", 0x8594_4171_F739_67E8),
        ] {
            let mut content = ContentHash::new();
            content.bytes(text.as_bytes());
            assert_eq!(content.0, hash, "{text:?}");
        }
    }

    /// However few multiplications it takes.
    #[test]
    fn units_are_hashed_as_their_bytes() {
        let units = [0x61, 0, 0xFF, 0x100, 0x2603, 0xD83D, 0xFFFF];
        let mut expected = ContentHash::new();
        expected.bytes(&7_u64.to_le_bytes());
        expected.bytes(&units.map(u16::to_le_bytes).concat());
        let mut content = ContentHash::new();
        content.units(Some(&units));
        assert_eq!(content.0, expected.0);
    }

    #[test]
    fn every_field_counts_and_stays_in_its_place() {
        let units = |text: &str| -> Box<[u16]> { text.encode_utf16().collect() };
        let pattern =
            |source, flags| PatternSource { source: units(source).into(), flags: units(flags) };
        let rule =
            Rule { index: 1, issue: units("ab"), id: None, error: pattern("cd", ""), test: None };
        let variants = [
            rule.clone(),
            Rule { index: 2, ..rule.clone() },
            Rule { issue: units("a"), id: Some(units("b")), ..rule.clone() },
            Rule { id: Some(units("")), ..rule.clone() },
            Rule { issue: units("abc"), error: pattern("d", ""), ..rule.clone() },
            Rule { error: pattern("c", "d"), ..rule.clone() },
            Rule { test: Some(pattern("", "")), ..rule.clone() },
            Rule { test: Some(pattern("cd", "")), ..rule },
        ];
        let mut hashes: Vec<u32> = variants
            .iter()
            .map(|rule| {
                let mut content = ContentHash::new();
                content.rule(rule);
                content.finish()
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), variants.len());
    }
}
