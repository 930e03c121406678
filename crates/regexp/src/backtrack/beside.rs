//! What is beside a string in every match, but for loops over single units in between: of
//! `=\s*version` a `=` is before the `version`, after white space.
//!
//! Words are in a text by the dozen where a pattern requires one in a certain place. To look back
//! over a few units at each takes less time than the attempts that would start before it.

use crate::units::opening::UnitSet;
use crate::units::unit::Unit;

/// Units that are passed over, at most. What is further away is taken to be as it should be.
const MOST: usize = 64;

/// A part of what every match has, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// One unit of the set.
    One(UnitSet),
    /// Units of the set, at least so many.
    Loop(UnitSet, u32),
    /// Anything.
    Other,
}

/// What is on both sides of a string.
#[derive(Debug)]
pub(crate) struct Surroundings {
    before: Option<Beside>,
    after: Option<Beside>,
}

/// After any units that are `skipped`, none of which is wanted, one that is `wanted`.
#[derive(Clone, Copy, Debug)]
struct Beside {
    skipped: UnitSet,
    wanted: UnitSet,
}

impl Surroundings {
    /// `before` and `after`: the parts of every match on both sides of the string. `None` if they
    /// say nothing.
    pub(super) fn new(before: &[Part], after: &[Part]) -> Option<Box<Self>> {
        let (before, after) = (Beside::of(before.iter().rev()), Beside::of(after.iter()));
        (before.is_some() || after.is_some()).then(|| Box::new(Self { before, after }))
    }

    /// Whether the string from `start` to before `end` may be part of a match.
    #[inline]
    pub(crate) fn allow<U: Unit>(&self, text: &[U], start: usize, end: usize) -> bool {
        self.before.is_none_or(|beside| beside.is_in(text[..start].iter().rev()))
            && self.after.is_none_or(|beside| beside.is_in(text[end..].iter()))
    }
}

impl Beside {
    /// `parts`: from the string on.
    fn of<'p>(parts: impl Iterator<Item = &'p Part>) -> Option<Self> {
        let mut skipped = UnitSet::default();
        let mut known = None;
        for part in parts {
            let (wanted, is_surely) = match *part {
                Part::One(set) => (set, true),
                Part::Loop(set, least) => (set, least > 0),
                Part::Other => break,
            };
            if is_surely && wanted.is_within(skipped.complement()) && wanted != UnitSet::ALL {
                known = Some(Self { skipped, wanted });
            }
            if let Part::One(_) = part {
                break;
            }
            skipped.add_units(wanted);
        }
        known
    }

    /// `units`: from the string on.
    fn is_in<'t, U: Unit + 't>(self, units: impl ExactSizeIterator<Item = &'t U>) -> bool {
        let is_near = units.len() <= MOST;
        let first = units.take(MOST).find(|&&unit| !self.skipped.contains(unit));
        first.map_or(!is_near, |&unit| self.wanted.contains(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Part, Surroundings};
    use crate::units::opening::UnitSet;

    fn set(units: &str) -> UnitSet {
        let mut set = UnitSet::default();
        for unit in units.encode_utf16() {
            set.add_unit(unit);
        }
        set
    }

    fn allows(before: &[Part], text: &str) -> bool {
        let surroundings = Surroundings::new(before, &[]).expect("they say something");
        let units: Vec<u16> = text.encode_utf16().collect();
        let ascii =
            text.is_ascii().then(|| surroundings.allow(text.as_bytes(), text.len(), text.len()));
        let allowed = surroundings.allow(&units, units.len(), units.len());
        assert_eq!(ascii.unwrap_or(allowed), allowed, "{text}");
        allowed
    }

    #[test]
    fn loops_are_passed_over_up_to_what_is_surely_there() {
        use Part::{Loop, One, Other};
        let (space, equals) = (Loop(set(" \n"), 0), One(set("=é")));
        for (parts, allowed, refused) in [
            (&[equals][..], &["a=", "é"][..], &["", "= ", "b"][..]),
            (&[equals, space], &["=", "= \n ", "é "], &["", " ", "=b "]),
            (&[Other, One(set("d")), equals, space], &["= "], &["d"]),
            // the nearer one, where what is before it cannot be told from it
            (&[One(set("= ")), Loop(set(" "), 1)], &["a ", "= "], &["=", "b", ""]),
            (&[One(set("b")), Loop(set("a"), 1), space], &["ba", "b ", "baa "], &["", " ", "c "]),
            (&[Other, Loop(set("a"), 1), space], &["a ", "a"], &["", " ", "b "]),
        ] {
            for text in allowed {
                assert!(allows(parts, text), "{parts:?}: {text:?}");
            }
            for text in refused {
                assert!(!allows(parts, text), "{parts:?}: {text:?}");
            }
        }
        for nothing in [&[Other][..], &[equals, Other], &[One(UnitSet::ALL)], &[space], &[]] {
            assert!(Surroundings::new(nothing, &[]).is_none(), "{nothing:?}");
        }
    }

    #[test]
    fn what_is_far_away_is_not_looked_for() {
        let parts = [Part::One(set("=")), Part::Loop(set(" "), 0)];
        for spaces in [MOST - 1, MOST, MOST + 1] {
            let far = spaces >= MOST;
            assert!(allows(&parts, &("=".to_owned() + &" ".repeat(spaces))));
            assert_eq!(allows(&parts, &("b".to_owned() + &" ".repeat(spaces))), far);
        }
        assert!(!allows(&parts, &" ".repeat(MOST)));
    }
}
