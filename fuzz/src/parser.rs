//! The parser alone, on garbage and on deep nesting: it must answer in time, on a small stack.

use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use regexp::{Haystack, Outcome, Pattern, PatternErrorKind, Scratch};

use crate::bytes::{Decisions, from_str, raw_units, shown, units};
use crate::grammar;

/// For parsing one pattern of up to some 100,000 units. It takes milliseconds, and more when it is
/// instrumented on a busy machine.
const MAX_PARSE_TIME: Duration = Duration::from_secs(4);
/// For one search by that pattern in a text of a few units.
const MAX_SEARCH_TIME: Duration = Duration::from_secs(4);
/// Much less than the 2 MiB that Rust gives a thread: what recurses fails.
const STACK_BYTES: usize = 256 << 10;
const MAX_REPEATS: usize = 10_000;
/// For [`SLOW`] constructs, which take some 0.1 ms each to read from the tables.
const MAX_SLOW_REPEATS: usize = 100;
const SLOW: [&str; 6] = [
    "\\p{L}",
    "\\P{Lu}",
    "[\\w\\p{Lu}]",
    "\\p{RGI_Emoji}",
    "[\\p{RGI_Emoji}--\\q{a}]",
    "[\\q{ab|c}--",
];
/// Larger patterns are only parsed: nested loops that can be empty take time by the square of their
/// depth.
const MAX_SEARCHED_UNITS: usize = 300;

/// One byte says how the rest is read.
pub fn parser(input: &[u8]) {
    let mut decisions = Decisions::new(input);
    let way = decisions.byte() % 8;
    let flags = grammar::flags(&mut decisions);
    match way {
        0..=2 => check(&raw_units(decisions.rest()), &flags),
        3..=6 => check(&units(decisions.rest()), &flags),
        _ => {
            let pattern = deep(&mut decisions);
            let text = from_str(["", "a", "aab", "b\u{1f600}a"][decisions.below(4)]);
            check_deep(pattern, flags, text);
        }
    }
}

fn check(pattern: &[u16], flags: &[u16]) {
    let case = || format!("/{}/{}", shown(pattern), shown(flags));
    match parsed(pattern, flags) {
        Ok(_) => {
            let grouped = [&from_str("(?:"), pattern, &from_str(")")].concat();
            let outcome = parsed(&grouped, flags).map(|_| ());
            assert!(!is_syntax_error(&outcome), "grouped it is refused, {outcome:?}: {}", case());
        }
        Err(error) => {
            assert!(error.kind != PatternErrorKind::Flags, "the flags are legal: {}", case());
            assert!(error.offset as usize <= pattern.len(), "{error:?}: {}", case());
            assert!(!error.message.is_empty());
        }
    }
}

fn is_syntax_error(outcome: &Result<(), regexp::PatternError>) -> bool {
    outcome.as_ref().is_err_and(|error| error.kind == PatternErrorKind::Syntax)
}

fn parsed(pattern: &[u16], flags: &[u16]) -> Result<Pattern, regexp::PatternError> {
    let begun = Instant::now();
    let parsed = Pattern::new(pattern, flags);
    let (elapsed, start) = (begun.elapsed(), &pattern[..pattern.len().min(60)]);
    assert!(
        elapsed < MAX_PARSE_TIME,
        "{} units took {elapsed:?} to parse: /{}/{}",
        pattern.len(),
        shown(start),
        shown(flags)
    );
    parsed
}

/// What opens, and what closes it. `#` is replaced by a number that is never the same.
const NESTS: [(&str, &str); 24] = [
    ("(", ")"),
    ("(?:", ")"),
    ("(", ")*"),
    ("(?:", ")*"),
    ("(?:", ")+?"),
    ("(?:a", ")*"),
    ("(?:", "a?)*"),
    ("(?:|", ")*"),
    ("(?:", "){2}"),
    ("(?:", "){0,3}"),
    ("(?:", "){2,300}"),
    ("(?:a|", "|b)"),
    ("(?=", ")"),
    ("(?!", ")"),
    ("(?<=", ")"),
    ("(?<!a", ")"),
    ("(?i:", ")"),
    ("(?-s:", ")?"),
    ("(?<n#>", ")"),
    ("(?<n>a|", ")"),
    ("[", "]"),
    ("[^", "]"),
    ("[a&&", "]"),
    ("[\\q{ab|c}--", "]"),
];

/// What stands in a row.
const ROWS: [&str; 24] = [
    "a",
    "a|",
    "a*",
    "a?",
    "(a)",
    "\\1",
    "(?<n#>a)",
    "(?<n>a)|",
    "\\k<n>",
    "[a]",
    "[^a]",
    "\\w",
    "\\W",
    "\\p{L}",
    "\\P{Lu}",
    "[\\w\\p{Lu}]",
    "\\p{RGI_Emoji}",
    "[\\p{RGI_Emoji}--\\q{a}]",
    "(?=a)",
    "(?<!b)",
    "a{2,3}",
    "{",
    "\\",
    "(?:a|)",
];

/// Up to three layers: each opens some thousand times, holds a row, and closes as often (or once
/// too often).
fn deep(decisions: &mut Decisions) -> Vec<u16> {
    let (mut before, mut after, mut number) = (String::new(), Vec::new(), 0);
    let mut repeat = |text: &str, count: usize| -> String {
        let mut repeated = String::new();
        for _ in 0..count {
            number += 1;
            repeated += &text.replace('#', &number.to_string());
        }
        repeated
    };
    for _ in 0..=decisions.below(3) {
        let (open, close) = decisions.pick(&NESTS);
        let count = count(decisions, open) / 2;
        before += &repeat(open, count);
        after.push(close.repeat(count + usize::from(decisions.byte() == 255)));
    }
    let row = decisions.pick(&ROWS);
    before += &repeat(row, count(decisions, row));
    after.reverse();
    from_str(&(before + &after.concat()))
}

fn count(decisions: &mut Decisions, of: &str) -> usize {
    let count = [0, 1, 2, 10, 100, 1000, MAX_REPEATS][decisions.below(7)] + decisions.below(4);
    if SLOW.contains(&of) { count.min(MAX_SLOW_REPEATS) } else { count }
}

fn check_deep(pattern: Vec<u16>, flags: Vec<u16>, text: Vec<u16>) {
    let run = move || {
        let Ok(compiled) = parsed(&pattern, &flags) else { return };
        if pattern.len() > MAX_SEARCHED_UNITS {
            return;
        }
        let (stop, begun) = (AtomicBool::new(false), Instant::now());
        let haystack = Haystack::new(text);
        let found = compiled.find(&haystack, &mut Scratch::default(), &stop);
        let elapsed = begun.elapsed();
        assert!(found != Outcome::Cancelled);
        assert!(
            elapsed < MAX_SEARCH_TIME,
            "{} units took {elapsed:?} to search \"{}\": /{}…{}/{}",
            pattern.len(),
            shown(haystack.units()),
            shown(&pattern[..pattern.len().min(60)]),
            shown(&pattern[pattern.len().saturating_sub(30)..]),
            shown(&flags)
        );
    };
    let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn(run).expect("a thread");
    if let Err(panic) = worker.join() {
        std::panic::resume_unwind(panic);
    }
}
