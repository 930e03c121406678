//! A verdict is the one that the JavaScript loop over the rules gives: random lists (scopes, flags,
//! repeats, refused rules, control sequences) and random tests, judged by the matcher and by that
//! loop. Needs `node` on the path.
//!
//! `SEED=… cargo test --test verdicts_against_node` repeats a run.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use known_failures_matcher::rules::{JsonText, LoadErrorCode, RuleFormat, parse_json};
use known_failures_matcher::{BuildOptions, Matcher, Scratch, Ticket};

mod node;
mod random;
mod units;

use node::hex;
use random::Random;
use units::with_lone;

/// Pieces of patterns, as they stand in JSON.
const PATTERNS: [&str; 28] = [
    "a",
    "b",
    "ab",
    "A",
    "é",
    "\\ud83d",
    "\\ud83d\\ude00",
    ".",
    "\\\\d+",
    "\\\\s",
    "\\\\w*",
    "\\\\bb",
    "^",
    "$",
    "[^a]",
    "[a-b1]",
    "(?:a|b)+",
    "(a)\\\\1",
    "(?=b)",
    "(?!a)",
    "(?<=a)b",
    "a?",
    "b{2}",
    "|",
    "\\\\n",
    "(",
    "[",
    "",
];

const TEXTS: [&str; 18] = [
    "a", "b", "A", "B", "é", "É", "~", "😀", "1", " ", "\n", "\r", "\u{2028}", "ab", "bb", "aa",
    "\x1b[31m", "\x1b[39m",
];

const FLAGS: [&str; 12] = ["", "", "", "i", "m", "s", "u", "v", "y", "g", "im", "x"];

fn joined(random: &mut Random, pieces: &[&'static str], most: usize) -> String {
    (0..random.below(most + 1)).map(|_| random.pick(pieces)).collect()
}

fn list(random: &mut Random) -> String {
    let scopes = [joined(random, &PATTERNS, 2), joined(random, &PATTERNS, 1)];
    let mut list = String::from("[");
    for index in 0..=random.below(8) {
        if index > 0 {
            list.push(',');
        }
        let error = joined(random, &PATTERNS, 4);
        let flags = random.pick(&FLAGS);
        let _ = write!(list, r#"{{"issue":"I{index}","error":"{error}","flags":"{flags}""#);
        if random.below(2) == 0 {
            let _ = write!(list, r#","test":"{}""#, scopes[random.below(2)]);
        }
        list.push('}');
    }
    list + "]"
}

fn answer(list: &str, texts: &[(Vec<u16>, Vec<u16>)]) -> String {
    let entries = parse_json(&JsonText::Utf16(with_lone(list)), &RuleFormat::default()).unwrap();
    let built = Matcher::build(entries, BuildOptions::default(), Ticket::default());
    let (matcher, report, _) = match built {
        Ok(built) => built,
        // the loop has no rule either
        Err(error) => {
            assert_eq!(error.code, LoadErrorCode::Unusable);
            return format!("0{}", " -".repeat(texts.len()));
        }
    };
    assert_eq!(report.total as usize, report.active as usize + report.rejected.len());
    let mut scratch = Scratch::default();
    let stop = AtomicBool::new(false);
    let mut answer = report.active.to_string();
    for (test, error) in texts {
        let verdict =
            matcher.classify(test, Some(error.clone()), &mut scratch, &stop).expect("no stop");
        assert!(verdict.undecided.is_empty());
        answer += &verdict
            .hit
            .map_or_else(|| " -".into(), |hit| format!(" {}:{}-{}", hit.rule, hit.start, hit.end));
    }
    answer
}

#[test]
fn verdicts_are_those_of_the_loop() {
    let mut random = Random::announced();
    let mut input = String::new();
    let cases: Vec<_> = (0..2_000)
        .map(|_| {
            let list = list(&mut random);
            let texts: Vec<_> = (0..8)
                .map(|_| {
                    let mut text = || with_lone(&joined(&mut random, &TEXTS, 6));
                    (text(), text())
                })
                .collect();
            hex(&mut input, with_lone(&list).iter().flat_map(|unit| unit.to_be_bytes()));
            for text in texts.iter().flat_map(|(test, error)| [test, error]) {
                input.push(' ');
                hex(&mut input, text.iter().flat_map(|unit| unit.to_be_bytes()));
            }
            input.push('\n');
            (list, texts)
        })
        .collect();
    let output = node::run("verdicts.mjs", &input);
    assert_eq!(output.lines().count(), cases.len());
    assert!(output.contains(':') && output.contains(" -"), "some match and some do not");
    for ((list, texts), expected) in cases.iter().zip(output.lines()) {
        assert_eq!(answer(list, texts), expected, "{list} on {texts:x?}");
    }
}
