//! Patterns that are nothing but a string, such as `\bE1042\b`: the few places of a text at which
//! one can start are compared with it at once.
//!
//! To set up the machine takes longer than such a comparison, and what it reads of the program are
//! cache lines that no other search has brought in. It helps where the caller knows where a match
//! can start, and the text is ASCII; elsewhere the machine is asked.

use crate::backtrack::program::{Inst, Program};
use crate::backtrack::start::Start;
use crate::outcome::Outcome;
use crate::start_range::StartRange;
use crate::syntax::ast::Assertion;
use crate::units::char_set::CharSet;

/// With more places at which a match can start, the machine is faster: it looks for them.
const MOST_PLACES: u32 = 32;

/// The longest string: so that all that is known of it is in one cache line.
const MOST: usize = 48;

/// What two cases of a letter differ in.
const CASE: u8 = 0x20;

/// The string.
#[derive(Debug)]
#[repr(align(64))]
pub(crate) struct Straight {
    /// Its bytes; letters that may be of either case are in lower case.
    bytes: [u8; MOST],
    /// A bit for each byte that is such a letter.
    either_case: u64,
    length: u8,
    /// What must hold where it starts.
    before: Option<Assertion>,
    /// The same where it ends.
    after: Option<Assertion>,
    /// It starts where the text does.
    at_start: bool,
}

const _: () = assert!(size_of::<Option<Straight>>() == 64);

impl Straight {
    /// `None`: the program's matches in ASCII texts are not just a string, or it is a long one.
    pub(crate) fn of(program: &Program) -> Option<Self> {
        let code = &program.code[..];
        let (before, code) = match *code {
            [Inst::Assert(assertion), ref rest @ ..] => (Some(assertion), rest),
            _ => (None, code),
        };
        let (mut bytes, mut either_case, mut length) = ([0; MOST], 0, 0);
        let units = code.iter().map_while(|inst| match *inst {
            Inst::Unit(unit) => u8::try_from(unit).ok().filter(u8::is_ascii).map(|byte| (byte, 0)),
            Inst::Set(set) => one_or_letter(&program.sets[set as usize]),
            _ => None,
        });
        for (byte, bit) in units {
            *bytes.get_mut(length)? = byte;
            either_case |= bit << length;
            length += 1;
        }
        let after = match code[length..] {
            [Inst::Match] => None,
            [Inst::Assert(assertion), Inst::Match] => Some(assertion),
            _ => return None,
        };
        let at_start = matches!(program.start, Start::Text);
        let length = length as u8;
        (length > 0).then_some(Self { bytes, either_case, length, before, after, at_start })
    }

    /// The leftmost match in an ASCII text that starts within `starts`. `None`: it is not looked
    /// for, because there are too many places.
    #[inline]
    pub(crate) fn search(&self, text: &[u8], starts: &[StartRange]) -> Option<Outcome> {
        let length = u32::from(self.length);
        let end = (text.len() as u32 + 1).saturating_sub(length);
        let end = if self.at_start { end.min(1) } else { end };
        let mut left = MOST_PLACES;
        for &StartRange { first, last } in starts {
            let places = first..last.saturating_add(1).min(end);
            left = left.checked_sub(places.len() as u32)?;
            for start in places {
                if self.is_at(text, start as usize) {
                    return Some(Outcome::Match { start, end: start + length });
                }
            }
        }
        Some(Outcome::NoMatch)
    }

    /// Whether the text has the string at `start`, where there are enough bytes.
    #[inline]
    fn is_at(&self, text: &[u8], start: usize) -> bool {
        let end = start + usize::from(self.length);
        let (found, own) = (&text[start..end], &self.bytes[..self.length.into()]);
        let is_same = if self.either_case == 0 {
            found == own
        } else {
            let case = |at: usize| (self.either_case >> at & 1) as u8 * CASE;
            found.iter().zip(own).enumerate().all(|(at, (&found, &own))| found | case(at) == own)
        };
        let unit = |at: usize| text.get(at).map(|&byte| u16::from(byte));
        let holds = |assertion: Option<Assertion>, at: usize| {
            assertion.is_none_or(|one| one.holds(|| unit(at.wrapping_sub(1)), || unit(at)))
        };
        is_same && holds(self.before, start) && holds(self.after, end)
    }
}

/// The only ASCII character of a set, or the letter in lower case that it has in both cases; and 1
/// if it is such a letter, or 0.
fn one_or_letter(set: &CharSet) -> Option<(u8, u64)> {
    let [low, high] = set.ascii();
    let bits = u128::from(high) << 64 | u128::from(low);
    let first = bits.trailing_zeros() as u8;
    match bits.count_ones() {
        1 => Some((first, 0)),
        2 if first.is_ascii_uppercase() && bits >> (first | CASE) & 1 == 1 => {
            Some((first | CASE, 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Straight;
    use crate::backtrack::compiler::{Loops, compile};
    use crate::outcome::Outcome;
    use crate::start_range::StartRange;
    use crate::syntax::flags::Flags;
    use crate::syntax::parser;

    /// As long as a string can be.
    const LONG: &str = "0123456789abcdef0123456789abcdef0123456789abcdef";

    fn straight(source: &str, flags: &str) -> Option<Straight> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let flags = Flags::parse(&units(flags)).expect("flags");
        let ast = parser::parse(&units(source), flags).expect("a pattern");
        Straight::of(&compile(&ast, Loops::Fast).expect("it is small"))
    }

    fn find(source: &str, flags: &str, text: &str) -> Option<(u32, u32)> {
        let straight = straight(source, flags).expect("it is a string");
        match straight.search(text.as_bytes(), &[StartRange::ANYWHERE]) {
            Some(Outcome::Match { start, end }) => Some((start, end)),
            outcome => {
                assert_eq!(outcome, Some(Outcome::NoMatch));
                None
            }
        }
    }

    #[test]
    fn a_string_is_found_with_what_is_asserted_around_it() {
        for (source, flags, text, expected) in [
            ("E42", "", "an E4 E42 E42", Some((6, 9))),
            ("E42", "", "e42 E4", None),
            ("e4[2]", "i", "E4 E42", Some((3, 6))),
            ("k[lL]", "iu", "a KL", Some((2, 4))),
            (r"\bE42\b", "", "xE42 E421 E42", Some((10, 13))),
            (r"\BE42", "", "E42 xE42", Some((5, 8))),
            ("^E42", "", " E42", None),
            ("^E42$", "", "E42", Some((0, 3))),
            ("^E42$", "m", "E42 \nE42", Some((5, 8))),
            ("E42", "y", "xE42", None),
            ("E42", "", "E4", None),
            ("E42", "", "", None),
            (LONG, "", LONG, Some((0, 48))),
        ] {
            assert_eq!(find(source, flags, text), expected, "/{source}/{flags} in {text:?}");
        }
    }

    #[test]
    fn other_patterns_are_none() {
        for source in
            ["", "^", r"a\bb", "a.", "a+", "[ab]c", "a|b", "(?=a)b", "é", r"(a)\1", r"^\ba"]
        {
            assert!(straight(source, "").is_none(), "{source}");
        }
        assert!(straight(&format!("{LONG}0"), "").is_none());
    }

    #[test]
    fn only_a_few_places_are_looked_at() {
        let e42 = straight("E42", "").expect("it is a string");
        let text = [&[b'.'; 60][..], b"E42"].concat();
        assert_eq!(e42.search(&text, &[StartRange::ANYWHERE]), None);
        let starts = [(3, 5), (50, 59), (60, 90)].map(|(first, last)| StartRange { first, last });
        assert_eq!(e42.search(&text, &starts), Some(Outcome::Match { start: 60, end: 63 }));
        assert_eq!(e42.search(&text, &starts[..2]), Some(Outcome::NoMatch));
        assert_eq!(
            e42.search(&text, &[StartRange { first: 90, last: 95 }]),
            Some(Outcome::NoMatch)
        );
    }
}
