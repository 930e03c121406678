//! The law: no false negative. The backtracking engine is the oracle.

use std::sync::atomic::AtomicBool;

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Prefilter, PrefilterScratch, Requirement};
use regexp::{Haystack, Outcome, Pattern, Scratch};

use crate::random::Random;
use crate::units::units;
use crate::writer::{Writer, text_about};
use crate::{allow, kernels, requirement, rounds, scan, slots, starts_of};

/// Matches that a careless extraction loses: (source, flags, text).
const TRAPS: &[(&str, &str, &str)] = &[
    // what one alternative's lookahead requires does not hold for the other
    ("(?:(?=.*abcdefg)x|y)zzz", "", "yzzz"),
    ("(?:(?=.*abcdefg)xxxx|[a-z]+)zzz", "", "yzzz"),
    ("(?:(?!abcdefg)|x)hijklmn", "", "hijklmn"),
    ("(?<!abcdefg)hijklmn", "", "hijklmn"),
    // more iterations than the minimum
    ("x(?:abcd){1,3}efgh", "", "xabcdabcdefgh"),
    ("x(?:abcd){1,3}?efgh", "", "xabcdabcdabcdefgh"),
    ("x(?:abcd)+efgh", "", "xabcdabcdefgh"),
    ("x(?:abcd){0}efghijk", "", "xefghijk"),
    ("x(?:abcd)?efghijk", "", "xefghijk"),
    ("(?:|abcdefg)", "", ""),
    ("(?:(?=abcdefg))?hijklmn", "", "hijklmn"),
    // a back-reference is any text, even the empty one
    ("(.)abcd\\1efgh", "", "qabcdqefgh"),
    ("(q)?abcd\\1efgh", "", "abcdefgh"),
    ("\\1abcd(q)efgh", "", "abcdqefgh"),
    ("(?<n>Q)abcd\\k<n>efgh", "i", "qabcdQefgh"),
    // a lookaround overlaps its neighbours
    ("abcdefg(?<=defg)hij", "", "abcdefghij"),
    ("abcd(?=efghij)efg", "", "abcdefghij"),
    // characters whose other case has another length
    ("kilogrammes", "iu", "\u{212A}ilogramme\u{17F}"),
    ("\u{212A}ilogrammes", "iu", "kilogrammes"),
    ("straße nummer", "iu", "straẞe nummer"),
    ("Ⱥⱦ element", "i", "ⱥȾ element"),
    ("ΣΑΣ element", "i", "σας element"),
    ("ǆ element", "i", "ǅ element"),
    ("µm wide element", "i", "Μm wide element"),
    // rare variants of letters: of one mode, of several, and where a class has no other letter
    ("flushed after 10μs", "i", "Flushed after 10\u{B5}s"),
    ("straße zum Ωmega", "iu", "STRA\u{1E9E}E ZUM \u{2126}MEGA"),
    ("10\u{B5}s to \u{17F}tart", "i", "10\u{B5}s to \u{17F}tart"),
    ("kelvin and (?-i:\u{17F})cale", "iu", "\u{212A}elvin and \u{17F}cale"),
    ("[\u{101}\u{212A}]elvin scale", "", "\u{212A}elvin scale"),
    ("[K\u{212A}]elvin scale", "", "\u{212A}elvin scale"),
    ("Журнал событий", "i", "жУРНАЛ СОБЫТИЙ"),
    ("просроченный счет", "i", "ПРОСРОЧЕННЫЙ СЧЕТ"),
    ("Просроченный Счет", "i", "проСРочеННый счЕт"),
    ("ΣΦΆΛΜΑ ΧΡΉΣΤΗ", "i", "σφάλμα χρήστη"),
    ("İstanbul element", "i", "İSTANBUL element"),
    ("(?i:abcdefg)hij", "", "ABCDEFGhij"),
    ("abc(?-i:defg)hij", "i", "ABCdefgHIJ"),
    // what is next to a literal, or need not be
    ("usage\\d+|(?:\\s|x)usages", "", "xusages"),
    ("element(?:\\d|[a-z]+)?gone", "", "elementgone"),
    ("(?:\\d+|[a-f]*)element\\b", "", "element"),
    ("(?:\\delement|element)(?:\\s{2,}|)failure", "", "elementfailure"),
    ("(\\d+)(?:element){2,}(\\s+)", "", "1elementelement "),
    ("(?:element\\d+)+\\D+failure", "", "element1element2 failure"),
    ("(?i:start)[\\u0100-\\u2130]+(?-i:now)", "u", "\u{17F}tart\u{212A}\u{212A}now"),
    (
        "[\\u0100-\\u2130](?i:kelvins)[\\u0100-\\u2130]?",
        "u",
        "\u{212A}\u{212A}elvin\u{17F}\u{212A}",
    ),
    // surrogates: halves of a character, and pairs
    ("\\ud83d.* smiles", "", "😀 smiles"),
    (".\\ude00 smiles", "", "😀 smiles"),
    ("[\\ud83d][\\ude00] smiles", "", "😀 smiles"),
    ("(\\ud83d)\\ude00 smiles", "", "😀 smiles"),
    ("\\ud83d(?=\\ude00). smiles", "", "😀 smiles"),
    ("😀{2} smiles", "", "\u{1F600}"),
    ("😀{2} smiles", "u", "😀😀 smiles"),
    ("[😀😁] smiles", "", "😁 smiles"),
    ("[😀😁] smiles", "u", "😁 smiles"),
    ("[\\q{😀 smiles|}]element", "v", "element"),
    ("𐐀 element", "iu", "𐐨 element"),
];

#[test]
fn no_trap_loses_a_match() {
    let never = AtomicBool::new(false);
    for &(source, flags, text) in TRAPS {
        let pattern = Pattern::new(&units(source), &units(flags)).expect("it is legal");
        let text = Haystack::new(units(text));
        let outcome = pattern.find_exact(&text, &mut Scratch::default(), &never);
        // without `u` only the second half is repeated, so this one must not match
        let matches = matches!(outcome, Outcome::Match { .. });
        assert_eq!(matches, (source, flags) != ("😀{2} smiles", ""), "/{source}/{flags}");
        for prefilter in kernels(|| Prefilter::build([(RuleSlot(0), requirement(source, flags))])) {
            let known = prefilter.unfiltered().contains(&RuleSlot(0));
            let candidate = known || scan(&prefilter, text.bytes()) == [0];
            assert!(
                candidate || !matches,
                "/{source}/{flags} {:?}",
                prefilter.literals_of(RuleSlot(0))
            );
        }
    }
}

/// The law: no false negative.
#[test]
fn every_match_of_the_exact_engine_is_a_candidate() {
    let mut random = Random::announced();
    // a search ends at its first look at the flag: some of the patterns would take long
    let hasty = AtomicBool::new(true);
    let mut scratch = Scratch::default();
    let mut prefilter_scratch = PrefilterScratch::default();
    let (mut hits, mut tries, mut gates) = (0, 0, 0);
    for round in 0..rounds(60) {
        let mut rules = Vec::new();
        while rules.len() < 6 {
            let (source, text) = Writer { random: &mut random, groups: Vec::new() }.disjunction(3);
            let flags = random.pick(&["", "i", "u", "iu", "v", "iv", "m", "is", "imu"]);
            let (source, flags) = (units(&source), units(flags));
            if text.len() < 1_000
                && let Ok(pattern) = Pattern::new(&source, &flags)
            {
                let requirement = Requirement::of_pattern(&source, &flags).expect("it is legal");
                rules.push((source, flags, pattern, requirement, text));
            }
        }
        // with eight copies of each rule among 200 others, literals that they share become gates;
        // with forty, a text that has such a literal is always asked for trigrams
        let copies = [1, 8, 40][round % 3];
        let others = (0..200).map(|number| requirement(&format!("number {number} of others"), ""));
        let others = others.take(if copies == 1 { 0 } else { 200 });
        let required: Vec<_> =
            (0..copies).flat_map(|_| &rules).map(|rule| rule.3.clone()).chain(others).collect();
        for prefilter in kernels(|| Prefilter::build(slots().zip(&required))) {
            gates += (0..rules.len() as u32)
                .filter(|&rule| !prefilter.gate_of(RuleSlot(rule)).is_empty())
                .count();
            for (about, text) in (0..).zip(rules.iter().map(|rule| &rule.4)).cycle().take(12) {
                let text = Haystack::new(text_about(text, &mut random));
                let candidates =
                    prefilter.scan(text.bytes(), text.unit_bytes(), &mut prefilter_scratch);
                for (rule, (source, flags, pattern, ..)) in (0..).zip(&rules) {
                    if prefilter.unfiltered().contains(&RuleSlot(rule)) {
                        continue;
                    }
                    let start = match pattern.find_exact(&text, &mut scratch, &hasty) {
                        Outcome::Match { start, .. } => Some(start),
                        _ => None,
                    };
                    if rule == about {
                        tries += 1;
                        hits += u32::from(start.is_some());
                    }
                    let starts = starts_of(candidates, RuleSlot(rule));
                    assert!(
                        start.is_none_or(|at| allow(&starts, &text, at)),
                        "/{}/{} matches {:?} ({:x?}) at {start:?}, is a candidate at {starts:?}, \
                         and was looked for by {:?}",
                        String::from_utf16_lossy(source),
                        String::from_utf16_lossy(flags),
                        String::from_utf16_lossy(text.units()),
                        text.units(),
                        prefilter.literals_of(RuleSlot(rule)),
                    );
                }
            }
        }
    }
    // a test of the test: without matches and gates it would show nothing
    assert!(hits > tries / 10, "{hits} matches in {tries}");
    assert!(gates > 0, "no rule had a gate");
}
