//! The prefilter against two oracles that cannot be wrong in the same way: a naive search for the
//! literals that it chose, and the backtracking engine, whose every match must be among the
//! candidates.
//!
//! `SEED=… ROUNDS=… cargo test --test prefilter` repeats a run, or tries more cases.

mod random;
mod units;

use std::sync::atomic::AtomicBool;

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{
    Candidate, Kernel, Prefilter, PrefilterScratch, Requirement,
};
use regexp::{Haystack, Interrupt, Outcome, Pattern, Scratch, StartRange};

use self::random::Random;
use self::units::units;

fn requirement(source: &str, flags: &str) -> Requirement {
    match Requirement::of_pattern(&units(source), &units(flags)) {
        Ok(requirement) => requirement,
        Err(error) => panic!("/{source}/{flags}: {error}"),
    }
}

fn slots() -> impl Iterator<Item = RuleSlot> {
    (0..).map(RuleSlot)
}

fn prefilter(patterns: &[&str]) -> Prefilter {
    Prefilter::build(slots().zip(patterns.iter().map(|source| requirement(source, ""))))
}

fn scan(prefilter: &Prefilter, text: &[u8]) -> Vec<u32> {
    scan_with(prefilter, text, &mut PrefilterScratch::default())
}

/// The rules that can match `text`, without where their matches start.
fn scan_with(prefilter: &Prefilter, text: &[u8], scratch: &mut PrefilterScratch) -> Vec<u32> {
    let unit_bytes = if text.is_ascii() { 1 } else { 3 };
    let candidates = prefilter.scan(text, unit_bytes, scratch).iter();
    let mut rules: Vec<u32> = candidates.map(|candidate| candidate.slot.0).collect();
    // a rule may have several ranges
    rules.dedup();
    rules
}

/// How often a property is tried: `ROUNDS` from the environment, or `usual`.
fn rounds(usual: usize) -> usize {
    std::env::var("ROUNDS").map_or(usual, |rounds| rounds.parse().expect("ROUNDS is a number"))
}

fn folded(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| byte | 0x20).collect()
}

/// What `scan` must return for rules without gates, by a search for each literal at each place, or
/// for each run.
fn naive(prefilter: &Prefilter, rules: u32, text: &[u8]) -> Vec<u32> {
    let folded = folded(text);
    let has_literal = |literal: &[u8]| folded.windows(literal.len()).any(|part| part == literal);
    let has_run = |run: &[Vec<u8>]| {
        let fits = |part: &[u8]| run.iter().zip(part).all(|(set, byte)| set.contains(byte));
        text.windows(run.len()).any(fits)
    };
    let can_match = |rule: &u32| {
        let (slot, runs) = (RuleSlot(*rule), prefilter.runs_of(RuleSlot(*rule)));
        if prefilter.unfiltered().contains(&slot) {
            false
        } else if runs.is_empty() {
            prefilter.literals_of(slot).iter().any(|literal| has_literal(literal))
        } else {
            runs.iter().any(|run| has_run(run))
        }
    };
    (0..rules).filter(can_match).collect()
}

/// Whether a text of this length is taken to have a rule's run anywhere: it has very many places
/// for one.
fn is_assumed(candidates: &[Candidate], rule: u32, length: usize) -> bool {
    let starts = starts_of(candidates, RuleSlot(rule));
    starts.iter().any(|starts| starts.last as usize > length)
}

/// A prefilter for each kernel that the machine can run.
fn kernels(build: impl Fn() -> Prefilter) -> Vec<Prefilter> {
    Kernel::all().into_iter().map(|kernel| build().with_kernel(kernel)).collect()
}

#[test]
fn is_shared_by_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Prefilter>();
    assert_shared::<PrefilterScratch>();
}

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

/// What is chosen for the only pattern of a list: (source, flags, literals).
const CHOSEN: &[(&str, &str, &[&str])] = &[
    ("plain text", "", &["plain text"]),
    ("Mixed Case", "", &["mixed case"]),
    ("mixed case", "i", &["mixed case"]),
    ("abcdefg|hijklmn", "", &["abcdefg", "hijklmn"]),
    (".*(?:abcdefg.*x|hijklmn.*y)", "", &["abcdefg", "hijklmn"]),
    ("https?://host", "", &["http://host", "https://host"]),
    ("(?:abcd){2}", "", &["abcdabcd"]),
    ("(?:abcd){3,}", "", &["abcdabcdabcd"]),
    ("x(?:abcdef)+y", "", &["xabcdef"]),
    ("abcdefg(?:hij)?", "", &["abcdefg"]),
    ("[ab]cdefgh", "", &["acdefgh", "bcdefgh"]),
    // a byte more is worth two of them, until there is a whole window in one
    ("[ab]cdefghij", "", &["acdefghij", "bcdefghij"]),
    ("[ab]cdefghijklmnopqrstu", "", &["cdefghijklmnopqrstu"]),
    ("\\d+(?=abcdefg)", "", &["abcdefg"]),
    ("(?<=abcdefg)\\d+", "", &["abcdefg"]),
    ("abcd(?!x)efg(?<!y)hij\\bk", "", &["abcdefghijk"]),
    ("(abcdefg).*\\1", "", &["abcdefg"]),
    ("(x)abcdefg\\1hijk", "", &["xabcdefg"]),
    // the neighbours of a back-reference, which can be any text, are not adjacent
    ("(.)abcd\\1efg", "", &["abcd"]),
    ("^$abcdefg", "m", &["abcdefg"]),
    ("Großé", "i", &["gro\u{DF}é"]),
    ("просроченный", "", &["просроченный"]),
    // the first bytes of the upper-case letters
    ("просроченный", "i", &["ПРОСРОЧЕННЫЙ"]),
    ("Χρητω", "i", &["ΧΡΗΤΩ"]),
    ("😀 smiles", "", &["😀 smiles"]),
    ("😀 smiles", "u", &["😀 smiles"]),
    ("\\ud83d smiles", "", &[" smiles"]),
    ("\\ud83d\\ude00 smiles", "", &["😀 smiles"]),
    ("\\ud83d(?:\\ude00) smiles", "u", &[" smiles"]),
    ("[\\ud83d] smiles", "", &[" smiles"]),
    ("\\p{Lu} smiles", "u", &[" smiles"]),
    ("[\\q{abcdefg|hijklmn}]", "v", &["abcdefg", "hijklmn"]),
];

#[test]
fn the_expected_literals_are_chosen() {
    for &(source, flags, expected) in CHOSEN {
        let prefilter = Prefilter::build([(RuleSlot(0), requirement(source, flags))]);
        let mut chosen: Vec<Vec<u8>> = prefilter.literals_of(RuleSlot(0));
        chosen.sort();
        let expected: Vec<_> = expected.iter().map(|text| folded(text.as_bytes())).collect();
        assert_eq!(chosen, expected, "/{source}/{flags}");
    }
}

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

#[test]
fn the_rarest_literal_is_chosen() {
    let patterns: Vec<String> =
        ["alpha-item", "beta-thing", "gamma-part", "delta-piece", "omega-bit"]
            .iter()
            .map(|name| format!("NoSuchThingError: cannot find {name}.*in the warehouse of things"))
            .chain([String::from("Cannot find alpha-item.*in its box")])
            .collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    let prefilter = prefilter(&patterns);
    let text = b"nosuchthingerror: cannot find gamma-part in the warehouse of things";
    assert_eq!(scan(&prefilter, text), [2]);
}

#[test]
fn short_literals_are_looked_for_and_reported() {
    let patterns = [
        "\\d+ zqx",
        "zqxj\\d",
        "zq.*kw",
        "element-not-found",
        "zqxjk|element-gone",
        "Error",
        "7",
        ".",
    ];
    let many: Vec<String> = (10..30).map(|number| format!("qx{number}")).collect();
    let all: Vec<&str> = patterns.iter().copied().chain(many.iter().map(String::as_str)).collect();
    for prefilter in kernels(|| prefilter(&all)) {
        assert_eq!(prefilter.short()[..3], [0, 1, 4].map(RuleSlot));
        assert_eq!(prefilter.short().len(), 3 + many.len());
        // in nearly every text, or too short to be selective
        assert_eq!(prefilter.unfiltered(), [5, 6, 7].map(RuleSlot));
        // the third one is looked for as a run
        assert_eq!(scan(&prefilter, b"7 zqx"), [0, 2]);
        assert_eq!(scan(&prefilter, b"7 ZQXJk element-not-found"), [0, 1, 3, 4]);
        assert_eq!(scan(&prefilter, b"element-gone"), [4]);
    }
    // a few are looked for as runs, with what is around them
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(prefilter.short(), []);
        assert_eq!(scan(&prefilter, b"7 zqx"), [0, 2]);
        assert_eq!(scan(&prefilter, b"x zqx zqxj"), [2]);
        assert_eq!(scan(&prefilter, b"7 zqxjk zqxj1 element-not-found"), [0, 1, 2, 3, 4]);
    }
}

/// Nearly all rules share what they start with: each is looked for by its own number, though it is
/// short.
#[test]
fn short_literals_are_chosen_where_most_rules_gain_by_them() {
    let numbered = |number: usize| format!("invoices.total: expected .* to equal .*XQ{number:04}");
    let patterns: Vec<String> = (0..200).map(numbered).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(prefilter.literals_of(RuleSlot(7)), [b"xq0007"]);
        let text = b"invoices.total: expected 12 to equal 21 in XQ0042, not XQ004";
        assert_eq!(scan(&prefilter, text), [42]);
    }
    // among many rules that would only pay for them
    let others = (0..5000).map(|number| format!("something else, number {number:04}, is missing"));
    let patterns: Vec<String> = (0..20).map(numbered).chain(others).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    assert_eq!(prefilter(&patterns).short(), []);
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
                let mut near_start_rules = near_start.iter().map(|candidate| candidate.slot.0);
                assert!(
                    near_start_rules
                        .all(|rule| found.contains(&rule) || is_assumed(&near_start, rule, length)),
                    "round {round}"
                );
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

/// Where matches of a pattern can start if its literal is at 1000: (source, flags, literal, first
/// and last start).
const STARTS: &[(&str, &str, &str, (u32, u32))] = &[
    ("element-7", "", "element-7", (1000, 1000)),
    ("a{0,20}element-7", "", "element-7", (980, 1000)),
    ("[^]{1,200}?element-7", "s", "element-7", (800, 999)),
    ("(?:.|..)(?:.{3}){2,3}.?element-7", "", "element-7", (988, 993)),
    (".*element-7", "", "element-7", (0, 1000)),
    ("(?:.?)*element-7", "", "element-7", (0, 1000)),
    ("(.)\\1element-7", "", "element-7", (0, 999)),
    ("element-7.*", "", "element-7", (1000, 1000)),
    ("(?=.{3}element-7)", "", "element-7", (997, 997)),
    ("(?<=element-7.{3})[^]", "", "element-7", (0, u32::MAX)),
    ("(?<!x)\\b.element-7", "", "element-7", (999, 999)),
    ("(?:..|.element-7)+element-8", "", "element-8", (0, 998)),
    ("(?:..|.element-7){2}element-8", "", "element-8", (980, 996)),
    (".{2}element-7", "u", "element-7", (996, 998)),
    ("[\\s\\S]{2}(?:element-7|thing-12)", "", "thing-12", (998, 998)),
];

/// Where matches of a pattern can start at the earliest if its literal is the last of two lines:
/// (source, flags, the text from the line feed on, how many bytes of it are before that start).
/// `None`: the first line can have that start, too.
const LINES: &[(&str, &str, &str, Option<u32>)] = &[
    (".*element-7", "", "\nelement-7", Some(1)),
    ("\\w+ \\d+: [^\\n]*element-7", "", "\na 7: element-7", Some(1)),
    ("(?:a|[b-e]|\\*)+element-7", "", "\n**element-7", Some(1)),
    ("(?:^|x).*?element-7", "m", "\n element-7", Some(1)),
    (".*(?=element-7)", "", "\n element-7", Some(1)),
    ("(?<!x).*\\Belement-7", "", "\nqelement-7", Some(1)),
    (".{1,3}element-7", "", "\n     element-7", Some(3)),
    (".{1,30}element-7", "", "\n     element-7", Some(1)),
    ("[^]{0,3}element-7", "", "\nelement-7", None),
    (".*(?:element-7|e.*ment-77)", "", "\n e ment-77", Some(1)),
    ("\\S.*\\d{5}-[A-F]{5}", "", "\n 12345-ABCDE", Some(1)),
    ("\\S.*[^a]{2}\\d{5}-[A-F]{5}", "", "\n  12345-ABCDE", None),
    // a line feed may be before the literal
    (".*element-7", "s", "\nelement-7", None),
    ("(?s:.*)element-7", "", "\nelement-7", None),
    ("\\s+element-7", "", "\nelement-7", None),
    ("[^x]+element-7", "", "\nelement-7", None),
    ("(?:a|\\n)+element-7", "", "\nelement-7", None),
    ("x+\\n\\d*element-7", "", "\nelement-7", None),
    ("x+\\x0a\\d*element-7", "iu", "\nelement-7", None),
    ("(\\s)\\1*element-7", "", "\nelement-7", None),
    ("\\W*element-7", "", "\nelement-7", None),
    ("\\P{L}*element-7", "u", "\nelement-7", None),
    ("[\\s--\\r]*element-7", "v", "\nelement-7", None),
    ("(?:\\d*\\D){2}\\d*element-7", "", "\nelement-7", None),
    ("\\S\\s{2}.*\\d{5}-[A-F]{5}", "", "\n 12345-ABCDE", None),
];

#[test]
fn a_literal_too_near_the_start_of_its_line_makes_no_candidate() {
    for (source, end) in [("[A-Z]{4,}-\\d{3,8}: \\w+ ", "element-7"), ("\\w{11}.?", "12345-ABCDE")]
    {
        let source = format!("{source}{}", end.replace("12345-ABCDE", "\\d{5}-[A-F]{5}"));
        for prefilter in kernels(|| prefilter(&[&source])) {
            for (before, candidates) in [("ABCD-123: X ", 1), ("ABCD-12: X ", 0), ("", 0)] {
                for line in ["", "some line\n"] {
                    // the literal is the blank, too
                    let before = if end == "element-7" { before } else { before.trim_end() };
                    let text = format!("{line}{before}{end}");
                    let found = scan(&prefilter, text.as_bytes()).len();
                    assert_eq!(found, candidates, "/{source}/ {text:?}");
                }
            }
        }
    }
}

#[test]
fn a_match_starts_in_the_line_of_its_literal_unless_it_may_have_a_line_feed_before_it() {
    for &(source, flags, end, before) in LINES {
        for text in [format!("{}{end}", "x".repeat(1000)), format!("{}\n{end}", "x".repeat(999))] {
            for prefilter in
                kernels(|| Prefilter::build([(RuleSlot(0), requirement(source, flags))]))
            {
                let mut scratch = PrefilterScratch::default();
                let candidates = prefilter.scan(text.as_bytes(), 1, &mut scratch);
                let [Candidate { slot: RuleSlot(0), starts }] = *candidates else {
                    panic!("/{source}/{flags}: {candidates:?}");
                };
                let expected = before.map(|before| 1000 + before);
                match expected {
                    Some(first) => assert_eq!(starts.first, first, "/{source}/{flags}"),
                    None => assert!(starts.first < 1000, "/{source}/{flags}: {starts:?}"),
                }
            }
        }
    }
}

#[test]
fn a_literal_bounds_where_matches_can_start() {
    for &(source, flags, literal, (first, last)) in STARTS {
        let text = ".".repeat(1000) + literal;
        for prefilter in kernels(|| Prefilter::build([(RuleSlot(0), requirement(source, flags))])) {
            let mut scratch = PrefilterScratch::default();
            let candidates = prefilter.scan(text.as_bytes(), 1, &mut scratch);
            let [Candidate { slot: RuleSlot(0), starts }] = *candidates else {
                panic!("/{source}/{flags}: {candidates:?}");
            };
            assert_eq!((starts.first, starts.last), (first, last), "/{source}/{flags}");
        }
    }
}

/// The prefilter counts in bytes, matches in UTF-16 code units.
#[test]
fn start_ranges_convert_to_code_units() {
    let prefilter = prefilter(&[".{1,3}element-7"]);
    let text = Haystack::new(units(&("é😀\u{2028}".repeat(5000) + "element-7")));
    let mut scratch = PrefilterScratch::default();
    let candidates = prefilter.scan(text.bytes(), text.unit_bytes(), &mut scratch);
    let bytes = 5000 * (2 + 4 + 3);
    // three code units have nine bytes at most, and these nine bytes are four code units
    assert_eq!(candidates[0].starts, StartRange { first: bytes - 9, last: bytes - 1 });
    let mut starts = candidates[0].starts;
    text.all_in_units([&mut starts].into_iter());
    assert_eq!(starts, StartRange { first: 20_000 - 4, last: 20_000 - 1 });
}

#[test]
fn a_rule_is_no_candidate_without_its_gate() {
    let things = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"];
    let gated = things.iter().map(|thing| format!("StockError: .*no {thing}-items left"));
    let others = (0..200).map(|number| format!("something else, number {number:03}, is missing"));
    let patterns: Vec<String> = gated.chain(others).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(prefilter.gate_of(RuleSlot(0)), [b"stockerror: "]);
        assert!(prefilter.gate_of(RuleSlot(things.len() as u32)).is_empty());
        assert_eq!(scan(&prefilter, b"StockError: sorry, no beta-items left"), [1]);
        assert_eq!(scan(&prefilter, b"PriceError: sorry, no beta-items left"), [0; 0]);
        assert_eq!(scan(&prefilter, b"StockError: sorry, no betablockers left"), [0; 0]);
        // a match starts with the gate, so the gate cannot come after the literal
        assert_eq!(scan(&prefilter, b"no beta-items left. StockError: sorry"), [0; 0]);
        assert_eq!(scan(&prefilter, b"StockError: sorry\nno beta-items left"), [0; 0]);
        let text = b"xx StockError: StockError: x no eta-items left StockError: ";
        let mut scratch = PrefilterScratch::default();
        let candidates = prefilter.scan(text, 1, &mut scratch);
        assert_eq!(
            candidates,
            [Candidate { slot: RuleSlot(6), starts: StartRange { first: 3, last: 17 } }]
        );
    }
}

/// Rules that name a few everyday words, each of which many rules name: what they begin with is
/// their gate, though a third of the list begins so.
#[test]
fn one_of_several_literals_is_a_gate() {
    let words =
        ["account", "invoice", "payment", "product", "voucher", "journey", "webhook", "gateway"];
    let pairs = words.iter().flat_map(|one| words.map(|other| (one, other)));
    let gated = pairs.map(|(one, other)| {
        format!("\"(?:problem|warning)\":\\s*\"[^\"]*{one}[^\"]*{other}[^\"]*\"")
    });
    let others = (0..99).map(|number| format!("something else, number {number:03}, is missing"));
    let patterns: Vec<String> = gated.chain(others).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(prefilter.gate_of(RuleSlot(1)), [&b"\"problem\":"[..], b"\"warning\":"]);
        let rules = |text: &str| scan(&prefilter, text.as_bytes());
        assert!(rules(r#"{"problem": "no account for this invoice"}"#).contains(&1));
        assert!(rules(r#"{"WARNING": "no invoice for this account"}"#).contains(&8));
        assert_eq!(rules(r#"{"trouble": "no account for this invoice"}"#), [0; 0]);
        // a match starts with it, and has no more than three quotes before a word
        assert_eq!(rules(r#"{"x": "no account for this invoice", "warning": 1}"#), [0; 0]);
        let mut scratch = PrefilterScratch::default();
        let text = format!("{}\"problem\": 1, \"warning\": \"account, invoice", ".".repeat(50));
        let candidates = prefilter.scan(text.as_bytes(), 1, &mut scratch);
        assert!(candidates.iter().any(|one| one.slot == RuleSlot(1)));
        let mut starts = candidates.iter().map(|one| (one.starts.first, one.starts.last));
        assert!(starts.all(|(first, last)| first >= 50 && last <= 64), "{candidates:?}");
    }
}

/// Each of two common words is looked for by several rules, so a rule that has both asks for both.
#[test]
fn what_other_rules_are_looked_for_by_is_a_gate() {
    let words = ["alphabet", "betamax!", "gammaray", "deltoids"];
    let pairs = words.iter().flat_map(|one| words.map(|other| (one, other)));
    let pairs = pairs.filter(|(one, other)| *one != other);
    let patterns: Vec<String> =
        pairs.map(|(one, other)| format!("{one}.{{0,20}}{other}")).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert_eq!(scan(&prefilter, b"an alphabet of betamax!"), [0]);
        assert_eq!(scan(&prefilter, b"betamax!, then alphabet, gammaray"), [1, 3, 4]);
        // too far from each other, or in two lines
        assert_eq!(scan(&prefilter, b"alphabet, which is not quite near betamax!"), [0; 0]);
        assert_eq!(scan(&prefilter, b"alphabet,\nbetamax!"), [0; 0]);
        assert_eq!(scan(&prefilter, b"an alphabet"), [0; 0]);
    }
}

/// What tells rules with the same literal apart, however short it is.
#[test]
fn a_rule_is_dropped_if_the_text_lacks_what_else_it_requires() {
    let numbers = (100..400).map(|code| format!("\"status\":\\s*{code}.*\"account\""));
    let words = ["disk", "port", "core", "fan-3", "node"];
    let alternatives =
        words.map(|word| format!("\"account\".*(?:{word} failed|no {word}s? left|x9y)"));
    let patterns: Vec<String> = numbers.chain(alternatives).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    // more than there is room for
    let many = "\"account\".*(?:q1w|q2w|q3w|q4w|q5w|q6w)";
    let patterns: Vec<&str> = patterns.into_iter().chain([many]).collect();
    let filler = "the quick brown fox, ".repeat(20);
    for prefilter in kernels(|| prefilter(&patterns)) {
        let rules = |text: &str| scan(&prefilter, text.as_bytes());
        for (text, expected) in [
            ("\"status\": 123, \"account\": 7", vec![23]),
            ("\"STATUS\":399, 100 \"ACCOUNT\"", vec![0, 299]),
            ("\"status\": 12 3, \"account\"", vec![]),
            ("\"status\": \"account\" port failed", vec![301]),
            ("\"status\": \"account\", no fan-3 left: disk failed", vec![300, 303]),
            ("\"status\": \"account\" x9y", vec![300, 301, 302, 303, 304]),
        ] {
            // of that one nothing is known but its literal
            let expected = [expected, vec![305]].concat();
            assert_eq!(rules(text), expected, "{text}");
            assert_eq!(rules(&format!("{filler}{text}{filler}")), expected, "{text}");
        }
    }
}

/// Such a rule is expensive to run: `[^]*` in a lookahead searches the whole text again and again.
/// It took a millisecond for each log of megabytes.
#[test]
fn a_rule_that_looks_around_has_a_gate_of_its_own() {
    let looks = "^(?=[^]*\\bCRM-2480\\b)(?=[^]*audit-list-dialog)";
    let others = (0..30).map(|number| format!("something else, number {number:03}, is missing"));
    let patterns: Vec<String> = std::iter::once(looks.to_owned()).chain(others).collect();
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for prefilter in kernels(|| prefilter(&patterns)) {
        assert!(!prefilter.gate_of(RuleSlot(0)).is_empty());
        assert_eq!(scan(&prefilter, b"the audit-list-dialog of CRM-2480"), [0]);
        assert_eq!(scan(&prefilter, b"the audit-list-dialog of CRM-2481"), [0; 0]);
        assert_eq!(scan(&prefilter, b"the audit-list-dialogue of CRM-2480, audit-list"), [0]);
        assert_eq!(scan(&prefilter, b"the audit-list of CRM-2480"), [0; 0]);
    }
}

#[test]
fn a_literal_of_most_rules_or_texts_is_no_gate() {
    let named = |name: &str, count: usize| -> Vec<String> {
        (0..count).map(|number| format!("{name}.*the number {number:03} is missing")).collect()
    };
    for (patterns, why) in [
        (named("StockError: ", 30), "all share it"),
        (named("    at Context.<anonymous>", 9), "a frame"),
        (named("StockError: ", 7), "few share it"),
    ] {
        let others = (0..200).map(|number| format!("something else, number {number:03}"));
        let others = others.take(if why == "all share it" { 0 } else { 200 });
        let patterns: Vec<String> = patterns.into_iter().chain(others).collect();
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        assert!(prefilter(&patterns).gate_of(RuleSlot(0)).is_empty(), "{why}");
    }
}

/// Characters with a special case mapping, encoding or pairing, and some without.
const CHARACTERS: &[&str] = &[
    "a",
    "b",
    "c",
    "A",
    "B",
    "k",
    "K",
    "\u{212A}",
    "s",
    "S",
    "ſ",
    "i",
    "I",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "é",
    "É",
    "Ж",
    "ж",
    "р",
    "Р",
    "Σ",
    "σ",
    "ς",
    "о",
    "т",
    "\u{1C84}",
    "μ",
    "1",
    " ",
    "-",
    "_",
    "😀",
    "😁",
    "𐐀",
    "𐐨",
    "\u{1F600}\u{200D}",
];

/// A pattern's source, and a text that it probably matches.
type Written = (String, Vec<u16>);

/// Writes patterns. Some are illegal under some flags; the caller drops those.
struct Writer<'r> {
    random: &'r mut Random,
    groups: Vec<Vec<u16>>,
}

impl Writer<'_> {
    fn plain(text: &str) -> Written {
        (String::from(text), units(text))
    }

    fn character(&mut self) -> Written {
        match self.random.below(24) {
            0 => (String::from("\\ud83d"), vec![0xD83D]),
            1 => (String::from("\\ude00"), vec![0xDE00]),
            2 => (String::from("\\n"), units("\n")),
            // folded, they are the same as a line feed
            3 => (String::from("\\*"), units("*")),
            _ => Self::plain(self.random.pick(CHARACTERS)),
        }
    }

    fn class(&mut self) -> Written {
        let (one, text) = self.character();
        let (other, _) = self.character();
        match self.random.below(9) {
            0 => (String::from("."), text),
            8 => {
                let class = self.random.pick(&[".", "\\s", "\\S", "\\w", "[^]", "[^\\n]", "[^a]"]);
                let times = self.random.pick(&["*", "*?", "+", "{0,9}"]);
                let between = self.random.pick(&["", " ", "\n", "\r", "\u{2028}", "b b", "b\nb"]);
                (format!("{class}{times}"), units(between))
            }
            1 => (String::from(self.random.pick(&["\\w", "\\S", "[^]", "[]"])), text),
            2 => (format!("[^{other}]"), text),
            3 => {
                let (class, one) = self.random.pick(&[
                    ("[a-c]", "b"),
                    ("\\d", "7"),
                    ("[A-F\\d]", "E"),
                    ("[ж-я]", "р"),
                    ("\\s", " "),
                ]);
                let times = 1 + self.random.below(12);
                let counted = ["", "?", ","][self.random.below(3)];
                let source = match counted {
                    "," => format!("{class}{{{times},}}"),
                    lazy => format!("{class}{{{times}}}{lazy}"),
                };
                (source, units(&one.repeat(times)))
            }
            4 => (format!("[\\q{{{one}{other}|{one}}}]"), text),
            _ => (format!("[{one}{other}]"), text),
        }
    }

    fn atom(&mut self, depth: u32) -> Written {
        let choice = self.random.below(if depth == 0 { 10 } else { 20 });
        match choice {
            0..=6 => {
                let characters: Vec<_> =
                    (0..=self.random.below(6)).map(|_| self.character()).collect();
                joined(characters)
            }
            7 | 8 => self.class(),
            9 => (String::from(self.random.pick(&["^", "$", "\\b", "\\B", ""])), Vec::new()),
            10 | 11 => {
                let (body, text) = self.disjunction(depth - 1);
                self.groups.push(text.clone());
                (format!("({body})"), text)
            }
            12 | 13 => {
                let (body, text) = self.disjunction(depth - 1);
                (format!("(?:{body})"), text)
            }
            14 | 15 => {
                let (body, text) = self.disjunction(depth - 1);
                match self.random.below(5) {
                    0 => (format!("(?={body})"), Vec::new()),
                    1 => (format!("(?!{body})"), Vec::new()),
                    2 => (format!("(?<!{body})"), Vec::new()),
                    3 => (format!("(?={body})(?:{body})"), text),
                    _ => (format!("(?:{body})(?<={body})"), text),
                }
            }
            16 if !self.groups.is_empty() => {
                let group = self.random.below(self.groups.len());
                (format!("\\{}(?:)", group + 1), self.groups[group].clone())
            }
            17 => {
                let modifier = self.random.pick(&["i", "-i", "s", "m"]);
                let (body, text) = self.disjunction(depth - 1);
                (format!("(?{modifier}:{body})"), text)
            }
            _ => {
                let (body, text) = self.disjunction(depth - 1);
                let quantifiers = [
                    ("?", 0),
                    ("??", 1),
                    ("*", 3),
                    ("+", 2),
                    ("+?", 1),
                    ("{2}", 2),
                    ("{1,2}", 2),
                    ("{3,}?", 4),
                    ("{0,2}", 0),
                    ("{0}", 0),
                    ("{2,3}", 3),
                    ("{70}", 70),
                ];
                let (quantifier, times) = self.random.pick(&quantifiers);
                (format!("(?:{body}){quantifier}"), text.repeat(times))
            }
        }
    }

    fn disjunction(&mut self, depth: u32) -> Written {
        let alternatives = if self.random.below(3) == 0 { 1 + self.random.below(4) } else { 1 };
        let alternatives: Vec<_> = (0..alternatives)
            .map(|_| {
                let atoms = (0..=self.random.below(4)).map(|_| self.atom(depth)).collect();
                joined(atoms)
            })
            .collect();
        let chosen = self.random.below(alternatives.len());
        let sources: Vec<_> = alternatives.iter().map(|(source, _)| source.as_str()).collect();
        (sources.join("|"), alternatives[chosen].1.clone())
    }
}

fn joined(parts: Vec<Written>) -> Written {
    let (sources, texts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    (sources.concat(), texts.concat())
}

/// Letters, and what is equal to them under `i`, or under `iu`, and is in no other text.
const VARIANTS: &[[&str; 2]] =
    &[["k", "\u{212A}"], ["s", "ſ"], ["ß", "ẞ"], ["о", "\u{1C82}"], ["т", "\u{1C85}"], ["μ", "µ"]];

/// A text that may match: the one written with a pattern, in another case, with pieces added or
/// removed.
fn text_about(text: &[u16], random: &mut Random) -> Vec<u16> {
    let mut text = match random.below(5) {
        4 => {
            let text = String::from_utf16_lossy(text);
            let [letter, variant] = random.pick(VARIANTS);
            units(&text.replacen(letter, variant, 1 + random.below(2)))
        }
        0 => units(&String::from_utf16_lossy(text).to_uppercase()),
        1 => units(&String::from_utf16_lossy(text).to_lowercase()),
        _ => text.to_vec(),
    };
    for _ in 0..random.below(3) {
        let piece = match random.below(3) {
            0 => vec![random.pick(&[0xD83D, 0xDE00, 0xD801, 0xDC00, 0x61, 0x6B, 0x73])],
            1 => units(random.pick(CHARACTERS)),
            _ => units(random.pick(&["\nsome more\n", "\n", "\r", "\r\n", "\u{2028}"])),
        };
        let within = random.below(text.len() + 1);
        let at = random.pick(&[0, text.len(), within]);
        text.splice(at..at, piece);
    }
    if !text.is_empty() && random.below(5) == 0 {
        text.remove(random.below(text.len()));
    }
    text
}

/// Where matches of a rule can start.
fn starts_of(candidates: &[Candidate], slot: RuleSlot) -> Vec<StartRange> {
    let of_rule = candidates.iter().filter(|candidate| candidate.slot == slot);
    of_rule.map(|candidate| candidate.starts).collect()
}

/// Whether one of the ranges has the code unit at `at` of the text.
fn allow(starts: &[StartRange], text: &Haystack<'_>, at: u32) -> bool {
    let before = Haystack::new(text.units()[..at as usize].to_vec()).bytes().len() as u32;
    starts.iter().any(|starts| (starts.first..=starts.last).contains(&before))
}

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
struct Starting {
    scratch: Scratch,
    prefilter_scratch: PrefilterScratch,
    matches: u32,
    /// Of these, how many can't start at the start of the text.
    narrow: u32,
}

impl Starting {
    /// The law for the only rule of a list, its pattern, and a text.
    fn check(
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
const SEPARATORS: &[&str] = &[
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

/// What a rule can require around its literal, and how it is in texts.
const WORDS: &[(&str, &str)] = &[
    ("needle", "needle"),
    ("[nN]eedle", "Needle"),
    ("(?:and|or) x", "or x"),
    ("(?:\"thread|thread\")", "thread\""),
    ("été:été", "été:été"),
    ("(?:nee)?dle-", "needle-"),
    ("(?=.*pool)", "pool"),
    ("(?<=loop)", "loop"),
    ("(?:pool,? ?)+", "pool, pool"),
    ("=true", "=TRUE"),
];

/// What a rule can require between such words, and how it is in texts.
const GAPS: &[(&str, &str)] = &[
    ("", ""),
    ("'[^']*", "'ab "),
    ("'[^']*'", "'x'"),
    ("[^']*'", " ,'"),
    ("\"[^\"]*?", "\"<a"),
    ("(?:'[^']*'|\"x?){0,3}", "'a'\""),
    ("<[^<>]*>", "<b 'c'>"),
    ("\\([^)]*\\)?", "(é, b"),
    ("\\[[^\\]]*", "[1 {"),
    ("\\w*", "xyz"),
    ("\\S*", ";=;"),
    ("(?:\\w+ ){1,2}", "foo bar "),
    ("[^]{0,9}", "\n\n"),
    (".*", " = ' \""),
    ("\\s+", "\n "),
];

/// The law again, where rules share their literal, so that the text is looked through for what else
/// they require near it.
#[test]
fn every_match_is_a_candidate_whatever_is_required_near_the_literal() {
    let mut random = Random::announced();
    let mut counts = Starting::default();
    let mut looks = 0;
    for _ in 0..rounds(1500) {
        let (mut source, mut parts) = (String::new(), Vec::new());
        let at = random.below(4);
        for part in 0..4 {
            let own = ("element-7", "element-7");
            let word = if part == at { own } else { random.pick(WORDS) };
            for (pattern, sample) in [random.pick(GAPS), word] {
                source += pattern;
                parts.push(sample);
            }
        }
        let flags = units(random.pick(&["", "m", "s", "u", "iv", "i", "i"]));
        let source = units(&source);
        let Ok(pattern) = Pattern::new(&source, &flags) else { continue };
        let requirement = Requirement::of_pattern(&source, &flags).expect("it is legal");
        let other = requirement_of_other(&mut random);
        let list = || [(RuleSlot(0), &requirement), (RuleSlot(1), &other)];
        for prefilter in kernels(|| Prefilter::build(list())) {
            if prefilter.unfiltered().contains(&RuleSlot(0)) {
                continue;
            }
            looks += u32::from(prefilter.looks_nearby(RuleSlot(0)));
            for _ in 0..8 {
                let mut text = String::new();
                for _ in 0..=random.below(2) {
                    for part in &parts {
                        if random.below(16) == 0 {
                            text += random.pick(SEPARATORS);
                        }
                        text += part;
                    }
                    text += &".".repeat(random.below(3) * 50);
                }
                counts.check(&prefilter, (&source, &flags), &pattern, &text);
            }
        }
    }
    // a test of the test
    let matches = counts.matches;
    assert!(matches > 500 && looks > 500, "{matches} matches, {looks} lists with a look");
}

/// A rule that is looked for by the same literal as another one.
fn requirement_of_other(random: &mut Random) -> Requirement {
    let source = units(&format!("element-7{}", random.pick(&["", ".*needle", "[^']*pool"])));
    Requirement::of_pattern(&source, &[]).expect("it is legal")
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
