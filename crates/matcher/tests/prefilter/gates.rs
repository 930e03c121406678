//! What else a text must have for a rule to be a candidate.

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Candidate, PrefilterScratch};
use regexp::StartRange;

use crate::{kernels, prefilter, scan};

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
