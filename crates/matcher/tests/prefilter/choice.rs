//! The literals that rules are looked for by.

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::Prefilter;

use crate::{folded, kernels, prefilter, requirement, scan};

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
        assert_eq!(scan(&prefilter, b"7 ZQXJ8 ZQXJk element-not-found"), [0, 1, 3, 4]);
        // with no digit after it
        assert_eq!(scan(&prefilter, b"7 ZQXJk element-not-found"), [0, 3, 4]);
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
