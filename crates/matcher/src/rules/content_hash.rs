//! A short name for what a rule list says: the same on every machine and in every process that
//! loads the same list. `docs/version.md` specifies it, so that anyone can recompute it.

use super::{Expiry, PatternSource, RareFields, Rule, RuleField};
use crate::moment::Moment;
use crate::text::{Ansi, StackFrames, TextOptions};
use regexp::text::SharedText;

/// The hash of Firefox and of rustc (`FxHash`), finished as `MurmurHash3` is (Appleby;
/// <https://github.com/aappleby/smhasher>). It guards against mistakes, not against an adversary.
///
/// When it helps: it reads the texts where they are, so that loading hides most of its time behind
/// other work. XXH3, which wants all bytes of a rule in one place, makes a load 1 to 2 % slower.
#[derive(Clone, Debug)]
pub(crate) struct ContentHash(u64);

impl ContentHash {
    const MULTIPLIER: u64 = 0x517C_C1B7_2722_0A95;

    fn new() -> Self {
        Self(Self::MULTIPLIER)
    }

    /// For the rules of a list, whose hashes it takes in list order.
    pub(crate) fn of_list(text: TextOptions) -> Self {
        let mut hash = Self::new();
        let ansi = match text.ansi {
            Ansi::Strip => 0,
            Ansi::Keep => 1,
        };
        hash.word(match text.stack_frames {
            StackFrames::Keep => ansi,
            StackFrames::Strip => ansi | 2,
        });
        hash
    }

    pub(crate) fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(Self::MULTIPLIER);
    }

    /// The hash of all in a rule that decides a verdict or is part of one.
    pub(crate) fn of_rule(rule: &Rule) -> u64 {
        let Rule { index, issue, id, error, test, rare } = rule;
        let mut hash = Self::new();
        hash.word(index.0.into());
        hash.text(Some(issue));
        hash.text(id.as_ref());
        hash.pattern(Some(error));
        hash.pattern(test.as_ref());
        if let Some(rare) = rare {
            hash.rare(rare);
        }
        hash.0
    }

    /// Each field that the rule has, after a word that says which.
    fn rare(&mut self, rare: &RareFields) {
        let RareFields { url, is_disabled, expires, also, unless, bad_examples: _ } = rare;
        if let Some(url) = url {
            self.field(RuleField::Url);
            self.units(Some(url));
        }
        if *is_disabled {
            self.field(RuleField::Enabled);
        }
        if let Some(Expiry { at: Moment(at), .. }) = expires {
            self.field(RuleField::Expires);
            self.word(at.cast_unsigned());
        }
        for (field, patterns) in [(RuleField::Also, also), (RuleField::Unless, unless)] {
            if !patterns.is_empty() {
                self.field(field);
                self.word(patterns.len() as u64);
                patterns.iter().for_each(|pattern| self.pattern(Some(pattern)));
            }
        }
    }

    fn field(&mut self, field: RuleField) {
        self.word(field as u64);
    }

    fn pattern(&mut self, pattern: Option<&PatternSource>) {
        self.text(pattern.map(|pattern| &pattern.source));
        self.units(pattern.map(|pattern| &*pattern.flags));
    }

    fn text(&mut self, text: Option<&SharedText>) {
        match text {
            Some(text) if text.bytes().is_ascii() => self.units(Some(text.bytes())),
            _ => self.units(text.map(SharedText::units).as_deref()),
        }
    }

    /// The length goes first, so that no two different rules give the same words.
    fn units<U: Copy + Into<u64>>(&mut self, units: Option<&[U]>) {
        let length = units.map_or(u64::MAX, |units| units.len() as u64);
        self.word(length);
        let (fours, rest) = units.unwrap_or_default().as_chunks::<4>();
        for &[a, b, c, d] in fours {
            let pair = |low: U, high: U| low.into() | high.into() << 16;
            self.word(pair(a, b) | pair(c, d) << 32);
        }
        if !rest.is_empty() {
            self.word(rest.iter().rfold(0, |word, &unit| word << 16 | unit.into()));
        }
    }

    /// The lower half of `fmix64` of `MurmurHash3`.
    pub(crate) fn finish(&self) -> u32 {
        let mix = |hash: u64, multiplier: u64| (hash ^ hash >> 33).wrapping_mul(multiplier);
        let mixed = mix(mix(self.0, 0xFF51_AFD7_ED55_8CCD), 0xC4CE_B9FE_1A85_EC53);
        (mixed ^ mixed >> 33) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RuleIndex;
    use crate::units::boxed;

    /// Users compare versions across machines and versions of this package, so a change of the hash
    /// goes into the changelog.
    #[test]
    fn it_stays() {
        let mut content = ContentHash::new();
        assert_eq!(content.finish(), 0x6949_7CD2);
        content.units(Some(&[0x61_u16, 0x2603, 0xD83D, 0xFFFF, 0x62]));
        content.units(None::<&[u16]>);
        assert_eq!(content.finish(), 0x439B_D855);
    }

    #[test]
    fn a_source_counts_by_its_code_units() {
        for units in [crate::units::units(r"time: \d+ ms"), vec![0x61, 0xD83D, 0xE9]] {
            let (mut by_units, mut by_pattern) = (ContentHash::new(), ContentHash::new());
            by_units.units(Some(&units));
            by_units.units(Some(&[] as &[u16]));
            let source = SharedText::from(units);
            by_pattern.pattern(Some(&PatternSource { source, ..PatternSource::default() }));
            assert_eq!(by_pattern.finish(), by_units.finish());
        }
    }

    #[test]
    fn every_unit_counts_wherever_it_is() {
        let mut hashes = Vec::new();
        for length in 0..20 {
            for changed in 0..=length {
                let mut units = vec![0x61_u16; length];
                if let Some(unit) = units.get_mut(changed) {
                    *unit += 1;
                }
                let mut content = ContentHash::new();
                content.units(Some(&units));
                hashes.push(content.finish());
            }
        }
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }

    #[test]
    fn every_field_counts_and_stays_in_its_place() {
        let pattern =
            |source, flags| PatternSource { source: boxed(source).into(), flags: boxed(flags) };
        let rule = Rule {
            index: RuleIndex(1),
            issue: SharedText::of_str("ab"),
            id: None,
            error: pattern("cd", ""),
            test: None,
            rare: None,
        };
        let with = |rare: RareFields| Rule { rare: Some(Box::new(rare)), ..rule.clone() };
        let url = |url| RareFields { url: Some(boxed(url)), ..RareFields::default() };
        let expires = |at| {
            let expiry = Expiry { at: Moment(at), written: "".into() };
            RareFields { expires: Some(expiry), ..RareFields::default() }
        };
        let also = |also| RareFields { also, ..RareFields::default() };
        let unless = |unless| RareFields { unless, ..RareFields::default() };
        let variants = [
            rule.clone(),
            Rule { index: RuleIndex(2), ..rule.clone() },
            Rule {
                issue: SharedText::of_str("a"),
                id: Some(SharedText::of_str("b")),
                ..rule.clone()
            },
            Rule { id: Some(SharedText::of_str("")), ..rule.clone() },
            Rule { issue: SharedText::of_str("abc"), error: pattern("d", ""), ..rule.clone() },
            Rule { error: pattern("c", "d"), ..rule.clone() },
            Rule { test: Some(pattern("", "")), ..rule.clone() },
            Rule { test: Some(pattern("cd", "")), ..rule.clone() },
            with(url("")),
            with(url("cd")),
            with(RareFields { is_disabled: true, ..RareFields::default() }),
            with(expires(7)),
            with(expires(8)),
            with(also([pattern("", "")].into())),
            with(also([pattern("a", ""), pattern("b", "")].into())),
            with(also([pattern("b", ""), pattern("a", "")].into())),
            with(also([pattern("a", "b")].into())),
            with(unless([pattern("a", "b")].into())),
            with(RareFields {
                also: [pattern("a", "")].into(),
                ..unless([pattern("b", "")].into())
            }),
        ];
        let mut hashes: Vec<u32> = variants
            .iter()
            .map(|rule| {
                let mut content = ContentHash::new();
                content.word(ContentHash::of_rule(rule));
                content.finish()
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), variants.len());
    }
}
