//! A short name for what a rule list says: the same on every machine and in every process that
//! loads the same list. `docs/version.md` specifies it, so that anyone can recompute it.
//!
//! The hash is `XXH3` with 64 bits (Collet; <https://github.com/Cyan4973/xxHash>) and no seed. It
//! guards against mistakes, not against an adversary. All numbers are little-endian.

use xxhash_rust::xxh3::xxh3_64;

use super::Rule;
use crate::Ansi;

/// Stands for the length of an absent text. No text is this long.
const ABSENT: u32 = u32::MAX;

/// Hashes rules one after the other, in the same memory.
#[derive(Debug, Default)]
pub(crate) struct RuleHasher {
    /// As long as the longest rule so far needs. Reused without being cleared, for speed.
    bytes: Vec<u8>,
}

impl RuleHasher {
    /// The hash of all in a rule that decides a verdict or is part of one.
    pub(crate) fn hash(&mut self, rule: &Rule) -> u64 {
        let Rule { index, issue, id, error, test } = rule;
        let test = test.as_ref();
        let texts = [
            Some(&**issue),
            id.as_deref(),
            Some(&*error.source),
            Some(&*error.flags),
            test.map(|test| &*test.source),
            test.map(|test| &*test.flags),
        ];
        let length = 4 + texts.iter().map(|text| text_length(*text)).sum::<usize>();
        if self.bytes.len() < length {
            self.bytes.resize(length, 0);
        }
        let bytes = &mut self.bytes[..length];
        let mut rest = put_u32(bytes, index.0);
        for text in texts {
            rest = put_text(rest, text);
        }
        xxh3_64(bytes)
    }
}

/// Bytes that [`put_text`] writes.
fn text_length(text: Option<&[u16]>) -> usize {
    4 + 2 * text.map_or(0, <[u16]>::len)
}

/// Writes a text, its length first, so that no two different rules give the same bytes. Returns what
/// is left to write to.
fn put_text<'b>(bytes: &'b mut [u8], text: Option<&[u16]>) -> &'b mut [u8] {
    let bytes = put_u32(bytes, text.map_or(ABSENT, |text| text.len() as u32));
    let units = text.unwrap_or_default();
    let (pairs, rest) = bytes.split_at_mut(2 * units.len());
    for (pair, unit) in pairs.as_chunks_mut().0.iter_mut().zip(units) {
        *pair = unit.to_le_bytes();
    }
    rest
}

/// Writes a number. Returns what is left to write to.
fn put_u32(bytes: &mut [u8], number: u32) -> &mut [u8] {
    let (written, rest) = bytes.split_at_mut(4);
    written.copy_from_slice(&number.to_le_bytes());
    rest
}

/// The hash of a list: of how it was loaded, and of its rules in force, in list order.
pub(crate) struct ContentHash {
    bytes: Vec<u8>,
}

impl ContentHash {
    /// `rules`: how many there are at most.
    pub(crate) fn new(ansi: Ansi, rules: usize) -> Self {
        let ansi: u32 = match ansi {
            Ansi::Strip => 0,
            Ansi::Keep => 1,
        };
        let mut bytes = Vec::with_capacity(4 + 8 * rules);
        bytes.extend(ansi.to_le_bytes());
        Self { bytes }
    }

    /// `rule`: its hash, from [`RuleHasher::hash`].
    pub(crate) fn add(&mut self, rule: u64) {
        self.bytes.extend(rule.to_le_bytes());
    }

    /// The lower half of the hash.
    pub(crate) fn finish(&self) -> u32 {
        xxh3_64(&self.bytes) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RuleIndex;
    use crate::rules::PatternSource;
    use crate::units::boxed;

    fn pattern(source: &str, flags: &str) -> PatternSource {
        PatternSource { source: boxed(source).into(), flags: boxed(flags) }
    }

    fn rule() -> Rule {
        Rule {
            index: RuleIndex(1),
            issue: boxed("ab"),
            id: None,
            error: pattern("cd", ""),
            test: None,
        }
    }

    fn version(ansi: Ansi, rules: &[Rule]) -> u32 {
        let mut hasher = RuleHasher::default();
        let mut hash = ContentHash::new(ansi, rules.len());
        for rule in rules {
            hash.add(hasher.hash(rule));
        }
        hash.finish()
    }

    /// Computed by the program in `docs/version.md`. Users compare hashes across machines and
    /// versions of this package, so a change of them goes into the changelog.
    #[test]
    fn it_is_the_specified_hash() {
        let mut lone = rule();
        lone.issue = Box::new([0x61, 0x2603, 0xD83D, 0xFFFF, 0x62]);
        lone.id = Some(boxed(""));
        lone.test = Some(pattern("^Cart", "i"));
        assert_eq!(version(Ansi::Strip, &[]), 0x16FC_193D);
        assert_eq!(version(Ansi::Keep, &[rule()]), 0x658B_1D25);
        assert_eq!(version(Ansi::Strip, &[rule(), lone]), 0x6D3D_42F2);
    }

    #[test]
    fn every_unit_counts_wherever_it_is() {
        let mut hashes = Vec::new();
        for length in 0..40 {
            for changed in 0..=length {
                let mut issue = vec![0x61; length];
                if let Some(unit) = issue.get_mut(changed) {
                    *unit += 1;
                }
                hashes.push(version(Ansi::Strip, &[Rule { issue: issue.into(), ..rule() }]));
            }
        }
        assert_all_differ(hashes);
    }

    #[test]
    fn every_field_counts_and_stays_in_its_place() {
        let rule = rule();
        let variants = [
            rule.clone(),
            Rule { index: RuleIndex(2), ..rule.clone() },
            Rule { issue: boxed("a"), id: Some(boxed("b")), ..rule.clone() },
            Rule { id: Some(boxed("")), ..rule.clone() },
            Rule { issue: boxed("abc"), error: pattern("d", ""), ..rule.clone() },
            Rule { error: pattern("c", "d"), ..rule.clone() },
            Rule { test: Some(pattern("", "")), ..rule.clone() },
            Rule { test: Some(pattern("cd", "")), ..rule },
        ];
        let lists = variants.chunks(1).chain([&variants[..0], &variants[..2]]);
        let mut hashes: Vec<_> = lists.map(|list| version(Ansi::Strip, list)).collect();
        hashes.push(version(Ansi::Keep, &variants[..1]));
        assert_all_differ(hashes);
    }

    fn assert_all_differ(mut hashes: Vec<u32>) {
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }
}
