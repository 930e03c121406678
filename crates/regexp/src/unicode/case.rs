//! Ignoring case as ECMA-262 specifies it.
//!
//! ECMAScript compares characters by `Canonicalize`, which maps a character to another one.
//! Characters that map to the same one match each other. A compiler needs the other direction: from
//! a character to all that match it. Both come from two tables of runs, one for each [`CaseMode`].
//! The classes of equal characters are built when they are first needed, once for the process.

use super::case_run::CaseRun;
use super::code_point_set::{CodePointSet, MAX_CODE_POINT};
use super::tables::{FOLDING, UPPER};
use std::sync::OnceLock;

/// Which of ECMA-262's two definitions of `Canonicalize` applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseMode {
    /// Neither `u` nor `v`: `toUpperCase` of one code unit, unless that gives several units, or an
    /// ASCII unit for one beyond ASCII.
    Legacy,
    /// `u` or `v`: simple case folding of a code point.
    Unicode,
}

impl CaseMode {
    fn runs(self) -> &'static [CaseRun] {
        match self {
            Self::Legacy => &UPPER,
            Self::Unicode => &FOLDING,
        }
    }

    /// The last code point that can have case.
    fn last(self) -> u32 {
        match self {
            Self::Legacy => 0xFFFF,
            Self::Unicode => MAX_CODE_POINT,
        }
    }

    fn classes(self) -> &'static Classes {
        static LEGACY: OnceLock<Classes> = OnceLock::new();
        static UNICODE: OnceLock<Classes> = OnceLock::new();
        let cell = match self {
            Self::Legacy => &LEGACY,
            Self::Unicode => &UNICODE,
        };
        cell.get_or_init(|| Classes::new(self))
    }
}

/// ECMA-262's `Canonicalize`: `canonicalize(a, mode) == canonicalize(b, mode)` exactly when `a` and
/// `b` match each other ignoring case.
///
/// In [`CaseMode::Legacy`], `c` is a code unit, and a number over 0xFFFF stays as it is. So does a
/// surrogate in both modes.
pub fn canonicalize(c: u32, mode: CaseMode) -> u32 {
    if c < 0x80 {
        return match mode {
            CaseMode::Legacy if (0x61..=0x7A).contains(&c) => c - 0x20,
            CaseMode::Unicode if (0x41..=0x5A).contains(&c) => c + 0x20,
            _ => c,
        };
    }
    let runs = mode.runs();
    match runs.get(runs.partition_point(|run| run.last < c)) {
        Some(run) if run.first <= c && (c - run.first).is_multiple_of(run.step) => {
            c.wrapping_add_signed(run.delta)
        }
        _ => c,
    }
}

/// Adds to `set` every code point that matches a member ignoring case. In [`CaseMode::Legacy`] only
/// 0..=0xFFFF take part.
///
/// A set of ASCII code points costs a look at its letters, and so does one that leaves out only
/// ASCII. Any other costs at most one pass over the 2,900 code points that have case.
pub fn close_over_case(set: &mut CodePointSet, mode: CaseMode) {
    let mut partners = Vec::new();
    for &(low, high) in set.ranges() {
        if low < 0x80 {
            close_over_ascii(low, high.min(0x7F), mode, &mut partners);
        }
        if low <= 0x80 && high >= mode.last() {
            // The end of a negated class: all beyond ASCII is in it, so only partners in ASCII are
            // new.
            if mode == CaseMode::Unicode {
                partners.extend([(0x4B, 0x4B), (0x53, 0x53), (0x6B, 0x6B), (0x73, 0x73)]);
            }
        } else if high >= 0x80 {
            let classes = mode.classes();
            let from = classes.members.partition_point(|&(c, _)| c < low.max(0x80));
            for &(c, class) in classes.members[from..].iter().take_while(|&&(c, _)| c <= high) {
                let others = classes.of(class).iter().filter(|&&other| other != c);
                partners.extend(others.filter(|&&c| c < low || c > high).map(|&c| (c, c)));
            }
        }
    }
    if !partners.is_empty() {
        set.union(&CodePointSet::from_ranges(partners));
    }
}

/// The characters that match a character beyond ASCII, ignoring case; `None`: only itself.
///
/// It is what [`close_over_case`] makes of the character.
pub(crate) fn matching(c: u32, mode: CaseMode) -> Option<CodePointSet> {
    let classes = mode.classes();
    let at = classes.members.binary_search_by_key(&c, |&(member, _)| member).ok()?;
    let class = classes.of(classes.members[at].1);
    Some(CodePointSet::from_ranges(class.iter().map(|&c| (c, c))))
}

/// ASCII letters, with both cases as one.
pub const LETTERS: usize = 26;

/// The place of an ASCII letter in the alphabet, from 0; `None` for any other character.
pub fn letter_place(c: u32) -> Option<usize> {
    let place = (c | 0x20).wrapping_sub(u32::from(b'a'));
    (place < LETTERS as u32).then_some(place as usize)
}

/// The characters that match the ASCII letter at a place of the alphabet, ignoring case.
///
/// It is what [`close_over_case`] gives, without work: a pattern that ignores case asks for each of
/// its letters.
pub fn letter(place: usize, mode: CaseMode) -> CodePointSet {
    const PAIRS: [[(u32, u32); 2]; LETTERS] = {
        let mut pairs = [[(0, 0); 2]; LETTERS];
        let mut at = 0;
        while at < LETTERS {
            let (upper, lower) = (0x41 + at as u32, 0x61 + at as u32);
            pairs[at] = [(upper, upper), (lower, lower)];
            at += 1;
        }
        pairs
    };
    CodePointSet::constant(match (b'a' + place as u8, mode) {
        (b'k', CaseMode::Unicode) => &[(0x4B, 0x4B), (0x6B, 0x6B), (0x212A, 0x212A)],
        (b's', CaseMode::Unicode) => &[(0x53, 0x53), (0x73, 0x73), (0x17F, 0x17F)],
        _ => &PAIRS[place],
    })
}

fn close_over_ascii(low: u32, high: u32, mode: CaseMode, partners: &mut Vec<(u32, u32)>) {
    for (first, last, delta) in [(0x41, 0x5A, 0x20), (0x61, 0x7A, -0x20)] {
        let (first, last) = (low.max(first), high.min(last));
        if first > last {
            continue;
        }
        partners.push((first.wrapping_add_signed(delta), last.wrapping_add_signed(delta)));
        if mode == CaseMode::Unicode {
            // KELVIN SIGN and LATIN SMALL LETTER LONG S are the only code points beyond ASCII that
            // fold into it.
            for (letter, partner) in [(0x6B, 0x212A), (0x73, 0x017F)] {
                if (first..=last).contains(&letter) || (first..=last).contains(&(letter - 0x20)) {
                    partners.push((partner, partner));
                }
            }
        }
    }
}

/// The classes of two or more code points that match each other.
struct Classes {
    /// Code points, ascending, each with the number of its class.
    members: Vec<(u32, u16)>,
    /// Where each class starts in `by_class`, and where the last one ends.
    starts: Vec<u16>,
    /// Code points, class after class.
    by_class: Vec<u32>,
}

impl Classes {
    fn new(mode: CaseMode) -> Self {
        let mut pairs = Vec::new();
        for run in mode.runs() {
            for c in (run.first..=run.last).step_by(run.step as usize) {
                let target = c.wrapping_add_signed(run.delta);
                pairs.push((target, c));
                pairs.push((target, target));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut classes = Self { members: Vec::new(), starts: Vec::new(), by_class: Vec::new() };
        let mut current = None;
        for (target, c) in pairs {
            if current != Some(target) {
                current = Some(target);
                classes.starts.push(classes.by_class.len() as u16);
            }
            classes.members.push((c, (classes.starts.len() - 1) as u16));
            classes.by_class.push(c);
        }
        classes.starts.push(classes.by_class.len() as u16);
        classes.members.sort_unstable();
        classes
    }

    fn of(&self, class: u16) -> &[u32] {
        let class = usize::from(class);
        &self.by_class[usize::from(self.starts[class])..usize::from(self.starts[class + 1])]
    }
}

#[cfg(test)]
mod tests {
    use super::{CaseMode, canonicalize, close_over_case, letter, letter_place, matching};
    use crate::unicode::CodePointSet;
    use std::collections::HashMap;

    const MODES: [(CaseMode, u32); 2] =
        [(CaseMode::Legacy, 0xFFFF), (CaseMode::Unicode, 0x10_FFFF)];

    fn closed(set: impl IntoIterator<Item = (u32, u32)>, mode: CaseMode) -> CodePointSet {
        let mut set = CodePointSet::from_ranges(set);
        close_over_case(&mut set, mode);
        set
    }

    fn singles(code_points: &[u32]) -> CodePointSet {
        CodePointSet::from_ranges(code_points.iter().map(|&c| (c, c)))
    }

    #[test]
    fn letters_with_partners_beyond_ascii() {
        use CaseMode::{Legacy, Unicode};
        assert_eq!(closed([(0x6B, 0x6B)], Legacy), singles(&[0x4B, 0x6B]));
        assert_eq!(closed([(0x6B, 0x6B)], Unicode), singles(&[0x4B, 0x6B, 0x212A]));
        assert_eq!(closed([(0x53, 0x53)], Unicode), singles(&[0x53, 0x73, 0x17F]));
        assert_eq!(closed([(0x17F, 0x17F)], Unicode), singles(&[0x53, 0x73, 0x17F]));
        assert_eq!(closed([(0x17F, 0x17F)], Legacy), singles(&[0x17F]));
        // ß: its upper case is two units; its capital ẞ folds to it.
        assert_eq!(closed([(0xDF, 0xDF)], Legacy), singles(&[0xDF]));
        assert_eq!(closed([(0xDF, 0xDF)], Unicode), singles(&[0xDF, 0x1E9E]));
        // µ, Μ and μ
        assert_eq!(closed([(0xB5, 0xB5)], Legacy), singles(&[0xB5, 0x39C, 0x3BC]));
    }

    #[test]
    fn letters_are_known_closed() {
        for (mode, _) in MODES {
            for c in 0..0x300 {
                let is_letter = char::from_u32(c).is_some_and(|c| c.is_ascii_alphabetic());
                let expected = is_letter.then(|| closed([(c, c)], mode));
                let found = letter_place(c).map(|place| letter(place, mode));
                assert_eq!(found, expected, "{c:#X} {mode:?}");
            }
        }
    }

    #[test]
    fn what_matches_a_character_is_its_set_closed() {
        for (mode, last) in MODES {
            for c in 0x80..=last {
                let closed = Some(closed([(c, c)], mode)).filter(|set| set.len() > 1);
                assert_eq!(matching(c, mode), closed, "{c:#X} {mode:?}");
            }
        }
    }

    #[test]
    fn canonicalize_is_idempotent() {
        for (mode, last) in MODES {
            for c in 0..=last {
                let canonical = canonicalize(c, mode);
                assert_eq!(canonicalize(canonical, mode), canonical, "{c:#X} {mode:?}");
            }
        }
    }

    #[test]
    fn closing_over_gives_what_canonicalize_makes_equal() {
        for (mode, last) in MODES {
            let mut classes: HashMap<u32, Vec<u32>> = HashMap::new();
            for c in 0..=last {
                classes.entry(canonicalize(c, mode)).or_default().push(c);
            }
            for class in classes.values() {
                let class = singles(class);
                for &(low, high) in class.ranges() {
                    assert_eq!(closed([(low, low)], mode), class, "{low:#X} {mode:?}");
                    assert_eq!(closed([(low, high)], mode), class, "{low:#X} {mode:?}");
                }
            }
            // Ranges across the edges of ASCII and of the runs.
            for (low, high) in (0..0x2200).step_by(7).map(|c| (c, c + 0x31)) {
                let each = (low..=high).flat_map(|c| classes[&canonicalize(c, mode)].clone());
                let each: Vec<u32> = each.collect();
                assert_eq!(closed([(low, high)], mode), singles(&each), "{low:#X} {mode:?}");
            }
            classes.retain(|_, class| class.len() > 1);
            // What negated classes end in.
            for low in
                [0x20, 0x2F, 0x41, 0x4C, 0x54, 0x5B, 0x61, 0x6C, 0x74, 0x7B, 0x80, 0x81, 0xB6]
            {
                let reached = classes.values().filter(|class| class.iter().any(|&c| c >= low));
                let each: Vec<u32> = reached.flatten().copied().collect();
                let mut expected = singles(&each);
                expected.add_range(low, 0x10_FFFF);
                assert_eq!(closed([(low, 0x10_FFFF)], mode), expected, "{low:#X} {mode:?}");
            }
        }
    }

    #[test]
    fn legacy_leaves_what_is_over_16_bits_alone() {
        assert_eq!(canonicalize(0x1_0428, CaseMode::Legacy), 0x1_0428);
        assert_eq!(closed([(0x1_0428, 0x1_0428)], CaseMode::Legacy), singles(&[0x1_0428]));
        assert_eq!(canonicalize(0x1_0400, CaseMode::Unicode), 0x1_0428);
    }

    /// The standard library has the same data when it has the same Unicode version.
    #[test]
    fn legacy_agrees_with_the_standard_library() {
        if char::UNICODE_VERSION != (17, 0, 0) {
            return;
        }
        for c in 0..=0xFFFF {
            let upper = char::from_u32(c).map(|c| c.to_uppercase().collect::<Vec<_>>());
            let expected = match upper.as_deref() {
                Some(&[u]) if u32::from(u) <= 0xFFFF && !(c >= 0x80 && u.is_ascii()) => u.into(),
                _ => c,
            };
            assert_eq!(canonicalize(c, CaseMode::Legacy), expected, "{c:#X}");
        }
    }
}
