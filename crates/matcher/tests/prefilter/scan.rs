//! What a scan finds in a text, against a naive search for the literals that were chosen.

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Prefilter, PrefilterScratch, Requirement};

use crate::random::Random;
use crate::{is_assumed, kernels, naive, prefilter, requirement, rounds, scan, scan_with, slots};

#[test]
fn a_literal_is_found_at_every_place_of_texts_of_every_length() {
    let mut random = Random::announced();
    for length in 3..=40 {
        // no three of these are common in texts, as `www` is, which is not looked for
        let alphabet = b"qxzjkv";
        let literal: Vec<u8> = (0..length).map(|_| random.pick(alphabet)).collect();
        let source = String::from_utf8(literal.clone()).expect("it is ASCII");
        // many short ones, or it would be looked for as a run
        let many: Vec<String> = (10..30).map(|number| format!("qx{number}")).collect();
        let all: Vec<&str> = [&source].into_iter().chain(&many).map(String::as_str).collect();
        for prefilter in kernels(|| prefilter(&all)) {
            assert_eq!(prefilter.unfiltered(), []);
            for size in (length..length + 70).chain([255, 256, 257, 263, 264, 265, 400, 600]) {
                for at in 0..=size - length {
                    let mut text = vec![b'.'; size];
                    text[at..at + length].copy_from_slice(&literal);
                    assert_eq!(scan(&prefilter, &text), [0], "{source} at {at} of {size}");
                    text[at + length / 2] = b'.';
                    assert_eq!(scan(&prefilter, &text), [0; 0], "{source} at {at} of {size}");
                }
            }
        }
    }
}

#[test]
fn texts_shorter_than_a_window_have_no_candidates() {
    for prefilter in kernels(|| prefilter(&["element-7", "zqx", "zqxj", "zqxjk", "zqxjkv"])) {
        for text in ["", "e", "el", "ele", "elem", "z", "zq"] {
            assert_eq!(scan(&prefilter, text.as_bytes()), [0; 0], "{text}");
        }
        assert_eq!(scan(&prefilter, b"zqx"), [1]);
        assert_eq!(scan(&prefilter, b"zqxjkv"), [1, 2, 3, 4]);
    }
}

#[test]
fn overlapping_and_equal_literals_are_all_found() {
    let patterns =
        ["abcabcabc", "bcabcabca", "abcabcabcabcabc", "abcabcabc", "cabcabcab", "xbcabcabca"];
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(scan(&prefilter, b"--ABCabcABCabcABC"), [0, 1, 2, 3, 4]);
        assert_eq!(scan(&prefilter, b"abcabcabca"), [0, 1, 3]);
    }
}

#[test]
fn rules_keep_their_indexes_and_one_scratch_serves_all() {
    let requirements =
        [(90, "common words"), (7, "rare words"), (1000, "[a-z]+"), (30, "rare words")];
    let first = Prefilter::build(
        requirements.iter().map(|&(rule, source)| (RuleSlot(rule), requirement(source, ""))),
    );
    assert_eq!(first.unfiltered(), [RuleSlot(1000)]);
    assert_eq!(first.literals_of(RuleSlot(90)), [b"common words"]);
    assert!(first.literals_of(RuleSlot(8)).is_empty());
    let many: Vec<String> = (0..500).map(|rule| format!("literal {rule:03} of many")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let second = prefilter(&many);
    let mut scratch = PrefilterScratch::default();
    for _ in 0..3 {
        let text = b"rare words and common words, literal 499 of many, literal 063 of many";
        assert_eq!(scan_with(&first, text, &mut scratch), [7, 30, 90]);
        assert_eq!(scan_with(&second, text, &mut scratch), [63, 499]);
        assert_eq!(scan_with(&first, b"", &mut scratch), [0; 0]);
    }
}

#[test]
fn a_list_of_nothing_has_no_candidates() {
    let none = Prefilter::build::<Requirement>([]);
    assert_eq!(scan(&none, b"any text that is long enough for a window or two"), [0; 0]);
    assert_eq!(none.unfiltered(), []);
    let unknown = prefilter(&["", ".*", "a?", "[^]", "(?!element)", "x|.", "[]"]);
    // the last one matches nothing, and its run is nowhere
    assert_eq!(unknown.unfiltered(), [0, 1, 2, 3, 4, 5].map(RuleSlot));
    assert_eq!(scan(&unknown, b"any text"), [0; 0]);
}

/// Where the copy of the text ends in which they are looked for.
#[test]
fn letters_of_both_cases_are_found_across_the_ends_of_chunks() {
    const CHUNK: usize = 1 << 14;
    let word = "Просроченный договор на поставку оборудования";
    let build = || Prefilter::build([(RuleSlot(0), requirement(word, "i"))]);
    for prefilter in kernels(build) {
        for (before, after) in [("ё", "р"), (".", "."), (".", "р"), ("р", ".")] {
            for back in (0..2 * word.len() + 100).step_by(7) {
                let mut text = before.repeat((2 * CHUNK - back) / before.len());
                text.push_str(&word.to_uppercase());
                text.push_str(&after.repeat(CHUNK));
                assert_eq!(scan(&prefilter, text.as_bytes()), [0], "{before}{after} {back}");
            }
        }
        assert_eq!(scan(&prefilter, "Просроченный договор".repeat(999).as_bytes()), [0; 0]);
    }
}

/// Hundreds of literals share each window, because they differ only in what a window every four
/// bytes need not cover.
#[test]
fn literals_that_share_their_windows_are_told_apart() {
    let heads = |head: usize| format!("{head} pods were evicted");
    let tails = |tail: usize| format!("process exited with code {tail}");
    let short = |tail: usize| format!("e_{tail}x");
    let patterns: Vec<String> = (0..400).flat_map(|n| [heads(n), tails(n), short(n)]).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    let in_text = |text: &str| -> Vec<u32> {
        (0..).zip(&patterns).filter(|(_, own)| text.contains(*own)).map(|(slot, _)| slot).collect()
    };
    for prefilter in kernels(|| prefilter(&patterns)) {
        for before in 0..5 {
            for number in [0, 8, 78, 100, 399, 400] {
                let indent = " ".repeat(before);
                for own in [heads(number), tails(number), short(number)] {
                    for text in [format!("{indent}{own}"), format!("{indent}{own}, {own}.")] {
                        assert_eq!(scan(&prefilter, text.as_bytes()), in_text(&text), "{text:?}");
                    }
                }
            }
        }
    }
}

/// Codes: a look at their first bytes tells where one can start. It tells little in texts that are
/// full of digits.
#[test]
fn short_codes_are_found_wherever_they_are() {
    let mut random = Random::announced();
    let code = |random: &mut Random| -> String {
        let letters = random.pick(&["", "E", "w", "ÖR"]);
        let digits = 10_usize.pow(1 + random.below(4) as u32);
        format!("{letters}{}", digits + random.below(9 * digits))
    };
    for _ in 0..rounds(20) {
        let codes: Vec<String> = (0..300).map(|_| code(&mut random)).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let mut scratch = PrefilterScratch::default();
        for prefilter in kernels(|| prefilter(&codes)) {
            for _ in 0..20 {
                // at times more places than a batch has room for
                let parts = if random.below(40) == 0 { 2000 } else { random.below(200) };
                let is_dense = random.below(2) == 0;
                let text: String = (0..parts)
                    .map(|_| match random.below(16) {
                        0 => code(&mut random),
                        1 => random.pick(&codes).to_owned(),
                        2 => "-".repeat(random.below(100)),
                        _ if is_dense => random.below(100_000).to_string(),
                        _ => random.pick(&["e", "ör", " ", ":", "at line "]).to_owned(),
                    })
                    .collect();
                let text = text.as_bytes();
                let expected = naive(&prefilter, 300, text);
                let mut found = scan_with(&prefilter, text, &mut scratch);
                let candidates = prefilter.scan(text, 1, &mut scratch);
                found.retain(|rule| {
                    expected.contains(rule) || !is_assumed(candidates, *rule, text.len())
                });
                assert_eq!(found, expected, "{:?}", text.escape_ascii());
            }
        }
    }
}

/// Literals over a small alphabet: they share windows and overlap. It has no sign that is counted
/// between the start of a match and a literal.
#[test]
fn agrees_with_a_naive_search() {
    let mut random = Random::announced();
    for round in 0..rounds(100) {
        let alphabet: &[u8] = random.pick(&[b"ab".as_slice(), b"abcxyz-_:/ABC", b"qwertyuiop0123"]);
        let rules = 1 + random.below(if round % 10 == 0 { 600 } else { 12 });
        let (least, most) = random.pick(&[(1, 6), (3, 12), (7, 10), (7, 40), (1, 140)]);
        let word = |random: &mut Random, least: usize, most: usize| -> Vec<u8> {
            let length = least + random.below(most - least + 1);
            (0..length).map(|_| random.pick(alphabet)).collect()
        };
        let patterns: Vec<String> = (0..rules)
            .map(|_| {
                let words: Vec<_> = (0..=random.below(3))
                    .map(|_| String::from_utf8(word(&mut random, least, most)).expect("ASCII"))
                    .collect();
                words.join(random.pick(&["|", ".*", "(?:", "[ab]"])).replace("(?:", "(?:x|y)?")
            })
            .collect();
        let build = || prefilter(&patterns.iter().map(String::as_str).collect::<Vec<_>>());
        let mut scratch = PrefilterScratch::default();
        for prefilter in kernels(build) {
            for _ in 0..8 {
                let mut text = word(&mut random, 0, 300);
                for _ in 0..random.below(4) {
                    let rule = random.below(rules) as u32;
                    let literals = prefilter.literals_of(RuleSlot(rule));
                    if !literals.is_empty() {
                        let literal = &literals[random.below(literals.len())];
                        let at = random.below(text.len() + 1);
                        text.splice(at..at, literal.iter().copied());
                    }
                }
                if random.below(2) == 0 {
                    text.make_ascii_uppercase();
                }
                let near_start = prefilter.scan(&text, 1, &mut scratch).to_vec();
                let length = text.len();
                // enough before it for every rule
                text.splice(0..0, [b'.'; 300]);
                let found = scan_with(&prefilter, &text, &mut scratch);
                // of a text of a few bytes, a look at what is nearby tells less
                let is_found = |slot: RuleSlot| {
                    found.contains(&slot.0)
                        || is_assumed(&near_start, slot.0, length)
                        || prefilter.looks_nearby(slot)
                };
                assert!(near_start.iter().all(|one| is_found(one.slot)), "round {round}");
                let mut expected = naive(&prefilter, rules as u32, &text);
                expected.retain(|rule| {
                    let slot = RuleSlot(*rule);
                    let can_be_dropped = !prefilter.gate_of(slot).is_empty()
                        || !prefilter.has_trigrams_of(slot, &text)
                        || prefilter.looks_nearby(slot);
                    !can_be_dropped || found.contains(rule)
                });
                let candidates = prefilter.scan(&text, 1, &mut scratch);
                let found: Vec<u32> = found
                    .into_iter()
                    .filter(|rule| {
                        expected.contains(rule) || !is_assumed(candidates, *rule, text.len())
                    })
                    .collect();
                assert_eq!(
                    found,
                    expected,
                    "round {round}: {patterns:?} on {:?}",
                    text.escape_ascii()
                );
            }
        }
    }
}

/// A text with a rare variant of a letter has the rule as a candidate that has the letter, and not
/// all rules whose letters have such variants.
#[test]
fn rare_variants_of_letters_are_read_as_the_letters() {
    let rules =
        (0..100).map(|number| requirement(&format!("disk {number} of kiosk is slow"), "iu"));
    let rules: Vec<_> = rules.collect();
    let mut scratch = PrefilterScratch::default();
    for prefilter in kernels(|| Prefilter::build(slots().zip(&rules))) {
        let long = "\u{212A}\u{17F}é".repeat(9_000);
        for filler in ["", "é", "no text of kiosks ", &long] {
            // the variants are at, before and after the border of chunks
            for at in [0_usize, 1, 100, (16 << 10) - 20, (16 << 10) - 10, 16 << 10] {
                let at = at.saturating_sub(filler.len());
                for number in [0, 7, 42, 99] {
                    let text = format!("di\u{17F}k {number} of \u{212A}io\u{17F}k is \u{17F}low");
                    let text = format!("{}{filler}{text}{filler}", "x".repeat(at));
                    let found = scan_with(&prefilter, text.as_bytes(), &mut scratch);
                    assert_eq!(found, [number], "at {at}");
                }
            }
            let text = format!("{filler}di\u{17F}k 100 of kiosk is slow{filler}");
            assert!(scan_with(&prefilter, text.as_bytes(), &mut scratch).is_empty());
            // the next text has none
            assert_eq!(scan_with(&prefilter, b"disk 5 of kiosk is slow", &mut scratch), [5]);
        }
    }
}
