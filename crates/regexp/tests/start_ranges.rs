//! Searches that are told in which ranges a match can start: the leftmost match is found, whichever
//! engine runs, and the text is gone through once, however many ranges there are.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use known_failures_regexp::{Haystack, Interrupt, Outcome, Pattern, Scratch, StartRange};

mod support;

use support::units;

/// Anchors, lookarounds, empty matches, surrogate pairs; for each engine some.
const PATTERNS: &[(&str, &str)] = &[
    ("ab", ""),
    ("[ab]c?", ""),
    ("", ""),
    ("(?:)|a", "u"),
    ("^", "m"),
    ("^[ab]", "m"),
    ("^a", ""),
    ("a", "y"),
    ("$", ""),
    ("$", "m"),
    ("(?<=\n)", ""),
    ("(?<=a[^]*)b", ""),
    ("a(?=[^]*c)", ""),
    ("(?!a).b", "s"),
    ("\\b[a-c]+\\b", "i"),
    ("(.)\\1", ""),
    ("(a|b)+\\1$", "m"),
    (".*c", ""),
    ("[^]*?c$", ""),
    ("\\ude00", ""),
    (".", "u"),
    ("[^a]b", "u"),
    ("(?:\\ud83d)?b", "u"),
    ("(?:a{1,2}){2,3}b", ""),
    ("(?:a?b?){3,9}c", ""),
    ("(?=(?:a|b){2,5}c)[ab]", ""),
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn text(&mut self) -> Vec<u16> {
        let pieces = ["a", "b", "c", "\n", "ab", "😀", " "];
        let mut text: Vec<u16> =
            (0..self.below(24)).flat_map(|_| units(pieces[self.below(pieces.len())])).collect();
        if self.below(4) == 0 {
            text.push([0xD83D, 0xDE00][self.below(2)]);
        }
        text
    }

    /// Ascending ranges, apart from each other, of a text of this length.
    fn ranges(&mut self, length: usize) -> Vec<StartRange> {
        let mut ranges = Vec::new();
        let mut first = self.below(4);
        while first <= length + 1 && (ranges.is_empty() || self.below(6) > 0) {
            let last = first + self.below(3);
            ranges.push(StartRange { first: first as u32, last: last as u32 });
            first = last + 2 + self.below(4);
        }
        if self.below(4) == 0
            && let Some(range) = ranges.last_mut()
        {
            range.last = u32::MAX;
        }
        ranges
    }
}

fn holds(ranges: &[StartRange], at: u32) -> bool {
    ranges.iter().any(|range| (range.first..=range.last).contains(&at))
}

/// Whatever engines the pattern has by now, and whatever suspends them.
#[test]
fn the_leftmost_match_is_found_if_a_range_holds_it() {
    let never = AtomicBool::new(false);
    let (unlimited, mut scratch) = (Interrupt::without_deadline(&never), Scratch::default());
    let mut random = Random(1);
    let mut matches = 0;
    for &(source, flags) in PATTERNS {
        let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
        for round in 0..2_000 {
            let text = Haystack::new(random.text());
            let expected = pattern.find_exact(&text, &mut scratch, &never);
            let mut ranges = random.ranges(text.length());
            if let Outcome::Match { start, .. } = expected
                && !holds(&ranges, start)
            {
                ranges.push(StartRange { first: start, last: start });
                ranges.sort_unstable_by_key(|range| range.first);
            }
            matches += u32::from(expected != Outcome::NoMatch);
            let found = pattern.search(&text, &ranges, &mut scratch, &unlimited);
            assert_eq!(found, expected, "/{source}/{flags}, {:?}, {ranges:?}", text.units());
            if round == 1_000 {
                // an automaton pays from now on
                let long = Haystack::new(units(&"ab😀c\na".repeat(5_000)));
                let anywhere = [StartRange::ANYWHERE];
                for _ in 0..20 {
                    pattern.search(&long, &anywhere, &mut scratch, &unlimited);
                }
            }
        }
    }
    assert!(matches > 10_000, "{matches}");
}

/// By the exact engine, which takes no match from between the ranges.
#[test]
fn several_ranges_are_searched_one_after_the_other() {
    let never = AtomicBool::new(false);
    let (unlimited, mut scratch) = (Interrupt::without_deadline(&never), Scratch::default());
    let mut random = Random(2);
    for &(source, flags) in PATTERNS {
        let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
        for _ in 0..500 {
            let text = Haystack::new(random.text());
            let ranges = random.ranges(text.length());
            let mut search = |starts: &[StartRange]| {
                pattern.unbuilt().search(&text, starts, &mut scratch, &unlimited)
            };
            let each = ranges.iter().map(|&range| search(&[range]));
            let expected = each.into_iter().find(|&found| found != Outcome::NoMatch);
            let found = search(&ranges);
            assert_eq!(
                found,
                expected.unwrap_or(Outcome::NoMatch),
                "/{source}/{flags}, {:?}, {ranges:?}",
                text.units()
            );
        }
    }
}

#[test]
fn no_range_is_no_match() {
    let (never, mut scratch) = (AtomicBool::new(false), Scratch::default());
    let text = Haystack::from_utf8("abc");
    for (source, starts) in [("", &[][..]), ("b", &[]), ("", &[StartRange { first: 4, last: 9 }])] {
        let pattern = Pattern::parse_str(source, "").unwrap();
        let unlimited = Interrupt::without_deadline(&never);
        assert_eq!(pattern.search(&text, starts, &mut scratch, &unlimited), Outcome::NoMatch);
    }
}

/// From each range, each of these patterns looks through the rest of the text: ten thousand times
/// a hundred thousand units would take minutes.
#[test]
fn many_ranges_take_no_longer_than_one() {
    let never = AtomicBool::new(false);
    let text = Haystack::new(units(&"aab\n".repeat(25_000)));
    let starts: Vec<_> =
        (0..10_000).map(|at| StartRange { first: 10 * at, last: 10 * at + 4 }).collect();
    for (source, flags) in [
        ("a[^]*x", ""),
        ("a(?=[^]*x)", ""),
        ("(?<!y)a[^]*x", ""),
        ("(a|b)[^]*\\1x", ""),
        ("(?:[ab\n]{1,50}){1,50}x", ""),
        ("^(?:a|b|\n)*x", "m"),
    ] {
        let pattern = Pattern::parse_str(source, flags).unwrap();
        let mut scratch = Scratch::default();
        // the second time by an automaton, where there can be one
        for _ in 0..2 {
            let at_once = || Interrupt::until(Instant::now(), &never);
            let begun = Instant::now();
            let mut found = pattern.search(&text, &starts, &mut scratch, &at_once());
            while found == Outcome::Suspended {
                found = pattern.resume(&text, &starts, &mut scratch, &at_once());
            }
            let is_hard = source.contains("\\1") && found == Outcome::Undecided;
            assert!(found == Outcome::NoMatch || is_hard, "/{source}/{flags}: {found:?}");
            assert!(begun.elapsed().as_secs() < 20, "/{source}/{flags}: {:?}", begun.elapsed());
        }
    }
}
