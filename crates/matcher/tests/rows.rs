//! Texts of a row, which are read together, against each of them alone.
//!
//! `SEED=… ROUNDS=… cargo test --test rows` repeats a run, or tries more cases.

mod random;

use std::sync::atomic::AtomicBool;

use known_failures_matcher::prefilter::Kernel;
use known_failures_matcher::rules::{JsonText, RuleFormat, parse_json};
use known_failures_matcher::text::RawText;
use known_failures_matcher::{
    BuildOptions, Classification, Interrupt, Matcher, Row, Scratch, StackFrames, TextOptions,
    Ticket, Verdict,
};

use self::random::Random;

/// Parts of rules, and of texts: literals of every length, which overlap and share windows.
const PARTS: &[&str] = &[
    "E12",
    "E123",
    "xyz",
    "xyzx",
    "zxyzxyz",
    "element",
    "element-7",
    "ELEMENT-77",
    "nt-77 of the",
    "a rather long literal, which needs several windows",
    "number 5 of others",
    "-",
    " ",
    "q",
    "7",
];

/// What stands between two parts of a rule.
const BETWEEN: &[&str] = &["", ".*", "|", "\\d+", "[^,]*", "\\n", "(?:x|yz)?", "\\s{1,3}"];

/// Rules that are looked for otherwise, or not at all.
const OTHERS: &[&str] = &["\\d{4}-\\d\\d", "[A-Z]{3}-[0-9]{2}", "^x", "7$", "\\bK\\d{3,}\\b", "^$"];

fn rule(random: &mut Random) -> String {
    if random.below(20) == 0 {
        return random.pick(OTHERS).to_owned();
    }
    let parts: Vec<_> = (0..=random.below(3)).map(|_| random.pick(PARTS)).collect();
    parts.join(random.pick(BETWEEN))
}

fn text(random: &mut Random) -> String {
    let longest = random.pick(&[1, 2, 5, 12]);
    let part = |random: &mut Random| match random.below(5) {
        0 => random.below(100_000).to_string(),
        1 => random.pick(&["\n", "ABC-12", "2025-01", "K1234", ",", "element-"]).to_owned(),
        _ => random.pick(PARTS).to_owned(),
    };
    (0..random.below(1 + longest)).map(|_| part(random)).collect()
}

fn matcher(rules: &[String], text: TextOptions) -> Matcher {
    let rule = |error: &String| {
        let error = error.replace('\\', "\\\\");
        format!(r#"{{"issue":"A","error":"{error}"}}"#)
    };
    let json = format!("[{}]", rules.iter().map(rule).collect::<Vec<_>>().join(","));
    let json = JsonText::Bytes(json.into_bytes());
    let entries = parse_json(&json, &RuleFormat::default()).expect("it is a list");
    let options = BuildOptions { text, strict: true, now: None };
    Matcher::build(entries, options, Ticket::default()).expect("the rules are legal").0
}

/// Where each text ends when they lie one after the other.
fn ends(texts: &[String]) -> Vec<u32> {
    let mut end = 0;
    let next_end = |text: &String| {
        end += text.len() as u32;
        end
    };
    texts.iter().map(next_end).collect()
}

/// The verdicts on the texts as a row; `None`: it is not read as one.
fn of_row(matcher: &Matcher, texts: &[String], scratch: &mut Scratch) -> Option<Vec<Verdict>> {
    let (all, never) = (texts.concat(), AtomicBool::new(false));
    let mut row = Row::default();
    let time = matcher.call_time();
    if !matcher.read_row(all.as_bytes(), &ends(texts), time, &mut row, scratch) {
        assert!(row.is_over());
        return None;
    }
    let verdict = |text: &String| {
        if matcher.pass_in_row(text.as_bytes(), &mut row) {
            return Verdict::no_match();
        }
        let mut one = Classification::new(RawText::Plain(&[]), None).at(time);
        one.set_error_of_row(text.as_bytes(), &mut row, scratch);
        let step = one.resume(matcher, scratch, &Interrupt::without_deadline(&never));
        step.into_verdict().expect("nobody interrupts it")
    };
    let verdicts = texts.iter().map(verdict).collect();
    assert!(row.is_over());
    Some(verdicts)
}

#[test]
fn a_text_of_a_row_has_the_verdict_that_it_has_alone() {
    let rounds = std::env::var("ROUNDS").map_or(60, |rounds| rounds.parse().expect("a number"));
    let mut random = Random::announced();
    let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
    let (mut hits, mut all) = (0, 0);
    for round in 0..rounds {
        let count = random.pick(&[1, 5, 60]);
        let mut rules: Vec<_> = (0..count).map(|_| rule(&mut random)).collect();
        match round % 3 {
            0 => {}
            // literals that rules share become gates
            1 => rules.extend((0..200).map(|number| format!("number {number} of others"))),
            // first bytes tell where literals can start
            _ => rules.extend((0..200).map(|number| format!("K{number}"))),
        }
        for kernel in Kernel::all() {
            let matcher = matcher(&rules, TextOptions::default()).with_kernel(kernel);
            for _ in 0..10 {
                let texts: Vec<_> = (0..=random.below(25)).map(|_| text(&mut random)).collect();
                let verdicts = of_row(&matcher, &texts, &mut scratch).expect("they are plain");
                for (text, verdict) in texts.iter().zip(verdicts) {
                    let own = matcher.classify_utf8("", text, &mut scratch, &never);
                    hits += usize::from(verdict.hit.is_some());
                    all += 1;
                    let kernel = kernel.name();
                    assert_eq!(Ok(verdict), own, "{text:?} of {texts:?}, {rules:?}, {kernel}");
                }
            }
        }
    }
    // a test of the test
    assert!(hits > all / 10 && hits < all - all / 10, "{hits} of {all}");
}

/// From some texts something is removed, and offsets of others are not in bytes.
#[test]
fn texts_that_are_not_read_as_they_are_make_no_row() {
    let rules = ["element".to_owned()];
    let keep = matcher(&rules, TextOptions::default());
    let strip = TextOptions { stack_frames: StackFrames::Strip, ..TextOptions::default() };
    let (strip, none) = (matcher(&rules, strip), matcher(&[], TextOptions::default()));
    let is_read = |matcher: &Matcher, texts: [&str; 2]| {
        of_row(matcher, &texts.map(String::from), &mut Scratch::default()).is_some()
    };
    assert!(is_read(&keep, ["an element", "another"]));
    for other in ["\u{1b}[31m", "a\r\n", "\u{e9}"] {
        assert!(!is_read(&keep, ["an element", other]), "{other:?}");
    }
    assert!(!is_read(&strip, ["an element", "another"]));
    assert!(!is_read(&none, ["an element", "another"]));
}
