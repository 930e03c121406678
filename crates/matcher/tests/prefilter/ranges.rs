//! The law for where matches start: in one of the ranges of a rule's candidates.

use std::sync::atomic::AtomicBool;

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Prefilter, PrefilterScratch, Requirement};
use regexp::{Haystack, Interrupt, Outcome, Pattern, Scratch};

use crate::random::Random;
use crate::units::units;
use crate::{allow, kernels, requirement, rounds, slots, starts_of};

/// What can be before a literal or a run: some of it has line feeds, some has not.
const BEFORE: &[&str] = &[
    ".*",
    ".+?",
    "\\w+",
    "\\d*",
    "\\s+",
    "\\s",
    "\\S+",
    "\\W*",
    "[^x]*",
    "[^\\n]*",
    "[^\\r]+",
    "[^]*?",
    "(?:a|\\n)*",
    "(?:a|x|\\*)+",
    "(?:.|\\s1){2}",
    "\\n",
    "\\*",
    "a?",
    "1",
    "x",
    "[a\\n]",
    "[*1]",
    "^",
    "$",
    "(\\s)\\1",
    "(.)\\1",
    "(?=.*x)",
    "(?=\\s)",
    "(?!1)",
    "(?<=a\\n)",
    "(?s:.*)",
    "(?s:.)",
    "(?-s:.*)",
    "(?m:^)",
    "(?:\\w+ )*",
    "(?:\\w+\\s)*",
    "[^]{0,5}",
    ".{0,5}",
    "(?:element-7|.)",
    "(?:\\S\\s|a)",
    "(?:a\\n|xx)",
];

/// What texts are made of besides.
const AROUND: &[&str] =
    &["\n", "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}", "*", "a", "a", "x", "1", " ", "é", "😀"];

/// Whether matches of a rule start where the prefilter says.
#[derive(Default)]
pub(crate) struct Starting {
    scratch: Scratch,
    prefilter_scratch: PrefilterScratch,
    pub(crate) matches: u32,
    /// Of these, how many can't start at the start of the text.
    narrow: u32,
}

impl Starting {
    /// The law for the only rule of a list, its pattern, and a text.
    pub(crate) fn check(
        &mut self,
        prefilter: &Prefilter,
        (source, flags): (&[u16], &[u16]),
        pattern: &Pattern,
        text: &str,
    ) {
        // a search ends at its first look at the flag: some of the patterns would take long
        let hasty = AtomicBool::new(true);
        let text = Haystack::new(units(text));
        let found = pattern.find_exact(&text, &mut self.scratch, &hasty);
        let Outcome::Match { start, .. } = found else { return };
        let scratch = &mut self.prefilter_scratch;
        let candidates = prefilter.scan(text.bytes(), text.unit_bytes(), scratch);
        let starts = starts_of(candidates, RuleSlot(0));
        self.matches += 1;
        self.narrow += u32::from(starts.iter().all(|starts| starts.first > 0));
        assert!(
            allow(&starts, &text, start),
            "/{}/{} matches {:?} at {start}, is a candidate at {starts:?}",
            String::from_utf16_lossy(source),
            String::from_utf16_lossy(flags),
            String::from_utf16_lossy(text.units()),
        );
    }
}

/// The law again, where much depends on the lines of a text.
#[test]
fn every_match_starts_in_the_range_whatever_the_lines() {
    let mut random = Random::announced();
    let mut counts = Starting::default();
    for _ in 0..rounds(1500) {
        let mut source = String::new();
        for _ in 0..=random.below(4) {
            source += random.pick(BEFORE);
        }
        // a literal, one of two, and a run
        let (wanted, found) = random.pick(&[
            ("element-7", ["element-7"].as_slice()),
            ("(?:element-7|thing-\\d+)", ["element-7", "thing-1"].as_slice()),
            ("\\d{5}-[A-F]{3}", ["12345-ABC", "54321-FFF"].as_slice()),
            ("\\n\\d{5}-[A-F]{3}", ["\n12345-ABC"].as_slice()),
        ]);
        let end = random.pick(&["", ".*", "\\s*x", "[^]*element-8"]);
        let source = units(&format!("{source}{wanted}{end}"));
        let flags = units(random.pick(&["", "m", "s", "ms", "u", "iv", "imu"]));
        let Ok(pattern) = Pattern::new(&source, &flags) else { continue };
        let requirement = Requirement::of_pattern(&source, &flags).expect("it is legal");
        let prefilter = Prefilter::build([(RuleSlot(0), &requirement)]);
        if prefilter.unfiltered() == [RuleSlot(0)] {
            continue;
        }
        for _ in 0..8 {
            let mut text = String::new();
            for _ in 0..=random.below(3) {
                for _ in 0..random.below(12) {
                    text += random.pick(AROUND);
                }
                text += random.pick(found);
            }
            text += random.pick(&["", "x", "\nx", " element-8", "\n\nelement-8"]);
            counts.check(&prefilter, (&source, &flags), &pattern, &text);
        }
    }
    // a test of the test
    let Starting { matches, narrow, .. } = counts;
    assert!(matches > 500 && narrow > matches / 10, "{matches} matches, {narrow} narrowed down");
}

/// What can be between a gate and a literal, or after both: some of it has line feeds.
const BETWEEN: &[&str] = &[
    ".*",
    " ",
    ".{0,40}",
    "[^]{0,90}",
    "[^]*",
    "\\s+",
    "(?:\\n.*){0,2}",
    "(?=.*x).*",
    "(?<!\\d) ?",
];

/// What a pattern can have before its literal in which signs are counted that loops stop at.
const SEPARATED: &[&str] = &[
    "'[^']*",
    "'[^']*'",
    "[^']*'",
    "\"[^\"]*?",
    "(?:\"[^\"]*\",? ?)*",
    "(?:'[^']*'|\"x?){0,3}",
    "<[^<>]*>",
    "<(?!x)[^<]*",
    "\\([^)]*\\)?",
    "\\[[^\\]]*",
    "(?:\\w+ ){1,2}",
    "(?:\\w+=\\w*[,;])*",
    "\\w+",
    "\\S*",
    "[a-z, ]+",
    "(?=.*')",
    "(?:\\n.*){0,2}",
    "['\"`]",
    " ",
    "=",
    "{",
    "(\"|')x?\\1",
];

/// And a text.
pub(crate) const SEPARATORS: &[&str] = &[
    "'", "'", "\"", "\"", "`", "<", ">", "(", ")", "[", "]", "{", ",", ";", "=", " ", " ", "\n",
    "a", "x",
];

/// The law again, where the signs before a literal bound where a match starts. The literal may be a
/// gate's or a run.
#[test]
fn every_match_starts_in_the_range_whatever_separates_it_from_the_literal() {
    let mut random = Random::announced();
    let mut counts = Starting::default();
    for _ in 0..rounds(1500) {
        let mut source = String::new();
        for _ in 0..=random.below(4) {
            source += random.pick(SEPARATED);
        }
        let wanted = random.pick(&["element-7", "(?:element-7|thing-\\d+)", "\\d{5}-[A-F]{3}"]);
        let source = units(&format!("{source}{wanted}{}", random.pick(&["", "[^']*'", ".*"])));
        let flags = units(random.pick(&["", "", "m", "s", "u", "iv", "i", "y"]));
        let Ok(pattern) = Pattern::new(&source, &flags) else { continue };
        let requirement = Requirement::of_pattern(&source, &flags).expect("it is legal");
        for prefilter in kernels(|| Prefilter::build([(RuleSlot(0), &requirement)])) {
            if prefilter.unfiltered() == [RuleSlot(0)] {
                continue;
            }
            for _ in 0..8 {
                let mut text = String::new();
                for _ in 0..=random.below(3) {
                    for _ in 0..random.below(16) {
                        text += random.pick(SEPARATORS);
                    }
                    text += random.pick(&["element-7", "element-7", "thing-1", "12345-ABC"]);
                }
                counts.check(&prefilter, (&source, &flags), &pattern, &text);
            }
        }
    }
    // a test of the test
    let Starting { matches, narrow, .. } = counts;
    assert!(matches > 500 && narrow > matches / 10, "{matches} matches, {narrow} narrowed down");
}

/// The law again, in logs: many lines have a literal or its gate, few have both. A search of the
/// ranges finds what a search of the whole text does.
#[test]
fn every_match_starts_in_one_of_the_ranges_of_a_log() {
    let mut random = Random::announced();
    let (never, hasty) = (AtomicBool::new(false), AtomicBool::new(true));
    let mut scratch = Scratch::default();
    let mut prefilter_scratch = PrefilterScratch::default();
    let (mut matches, mut gates, mut several, mut left_out) = (0, 0, 0, 0);
    for _ in 0..rounds(60) {
        let things = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"];
        let rules: Vec<_> = things
            .iter()
            .filter_map(|thing| {
                let [before, between] = [BEFORE, BETWEEN].map(|parts| random.pick(parts));
                let either = random.pick(&["", "|StockError: odd-[a-z]+-line"]);
                let end = random.pick(&["", "", ".*x", "$", "(?<=StockError: .*)"]);
                let parts = match random.below(5) {
                    0 => format!("no-{thing}-items{between}StockError: "),
                    1 => format!("(?:StockError: |odd-one){between}no-{thing}-items"),
                    _ => format!("StockError: {between}(?:no-{thing}-items{either})"),
                };
                let source = units(&format!("{}{parts}{end}", random.pick(&["", before])));
                let flags = units(random.pick(&["", "m", "s", "ms", "u", "iv", "imu", "y"]));
                let pattern = Pattern::new(&source, &flags).ok()?;
                let requirement = Requirement::of_pattern(&source, &flags).expect("it is legal");
                Some((source, flags, pattern, requirement))
            })
            .collect();
        let others = (0..200).map(|number| requirement(&format!("number {number} of others"), ""));
        let required: Vec<_> = rules.iter().map(|rule| rule.3.clone()).chain(others).collect();
        let prefilter = Prefilter::build(slots().zip(&required));
        gates += u32::from(!prefilter.gate_of(RuleSlot(0)).is_empty());
        for _ in 0..12 {
            let mut text = String::new();
            for _ in 0..random.below(60) {
                for _ in 0..random.below(4) {
                    let literal = format!("no-{}-items", random.pick(&things));
                    let filler = random.pick(&["é", "😀", "-", "x"]).repeat(random.below(40));
                    let around = random.pick(AROUND);
                    text += random.pick(&[
                        "StockError: ",
                        "StockError: ",
                        &literal,
                        &literal,
                        "odd-one-line",
                        around,
                        &filler,
                    ]);
                }
                text += random.pick(&["\n", "\n", "\n", "\r", "\u{2028}", ""]);
            }
            let text = Haystack::new(units(&text));
            let candidates =
                prefilter.scan(text.bytes(), text.unit_bytes(), &mut prefilter_scratch);
            assert!(
                candidates.is_sorted_by(|one, next| one.slot < next.slot
                    || one.slot == next.slot && one.starts.last < next.starts.first),
                "{candidates:?}"
            );
            for (rule, (source, flags, pattern, ..)) in (0..).zip(&rules) {
                let expected = pattern.find_exact(&text, &mut scratch, &hasty);
                if matches!(expected, Outcome::Cancelled | Outcome::Undecided)
                    || prefilter.unfiltered().contains(&RuleSlot(rule))
                {
                    continue;
                }
                let mut starts = starts_of(candidates, RuleSlot(rule));
                several += u32::from(starts.len() > 1);
                left_out += u32::from(starts.is_empty());
                let about = || {
                    let [source, flags] = [source, flags].map(|it| String::from_utf16_lossy(it));
                    format!("/{source}/{flags} on {:?}", String::from_utf16_lossy(text.units()))
                };
                if let Outcome::Match { start, .. } = expected {
                    matches += 1;
                    assert!(allow(&starts, &text, start), "{start} {starts:?} {}", about());
                }
                if starts.is_empty() {
                    continue;
                }
                text.all_in_units(starts.iter_mut());
                let interrupt = Interrupt::without_deadline(&never);
                let found = pattern.search(&text, &starts, &mut scratch, &interrupt);
                assert_eq!(found, expected, "{starts:?} {}", about());
            }
        }
    }
    // a test of the test
    let counts = [matches, gates, several, left_out];
    assert!(matches > 500 && gates > 10 && several > 500 && left_out > 500, "{counts:?}");
}
