//! The loop over the list without a prefilter, as a peer of the benchmarks: every rule in list
//! order until the first that matches.
//!
//! `list_loop exact|pattern RULES`, where RULES is the list as JSON. `exact` runs every pattern by
//! the exact engine, as if there were no automata; `pattern` by the engine that the pattern chooses
//! for the text. It prints the cost of loading and how many rules the automata can run, then obeys
//! as `peer` says.
#![allow(clippy::print_stdout, reason = "standard output is the protocol")]

use std::fs;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use matcher::rules::{JsonText, PatternSource, Rule, RuleFormat, parse_json};
use regexp::{Haystack, Outcome, Pattern, PatternError, Scratch};

type Search = fn(&Pattern, &Haystack, &mut Scratch, &AtomicBool) -> Outcome;

struct LoopedRule {
    index: u32,
    test: Option<Pattern>,
    error: Pattern,
}

impl LoopedRule {
    fn new(index: u32, rule: &Rule) -> Result<Self, PatternError> {
        let read = |source: &PatternSource| Pattern::new(&source.source.units(), &source.flags);
        Ok(Self {
            index,
            test: rule.test.as_ref().map(read).transpose()?,
            error: read(&rule.error)?,
        })
    }
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let names: Vec<_> = arguments.iter().map(String::as_str).collect();
    let (search, list): (Search, _) = match names[..] {
        ["exact", list] => (Pattern::find_exact, list),
        ["pattern", list] => (Pattern::find, list),
        _ => panic!("usage: list_loop exact|pattern RULES"),
    };
    let json = fs::read(list).expect("the rules can be read");
    let started = Instant::now();
    let entries = parse_json(&JsonText::Bytes(json), &RuleFormat::default()).expect("it is a list");
    let (mut rules, mut refused) = (Vec::new(), Vec::new());
    for (index, entry) in (0..).zip(&entries) {
        match entry.as_ref().ok().and_then(|rule| LoopedRule::new(index, rule).ok()) {
            Some(rule) => rules.push(rule),
            None => refused.push(index),
        }
    }
    println!(
        "{{\"compileMs\":{:.3},\"refused\":{refused:?},\"regular\":{}}}",
        started.elapsed().as_secs_f64() * 1e3,
        rules.iter().filter(|rule| rule.error.non_regular().is_none()).count()
    );

    let mut scratch = Scratch::default();
    let never = AtomicBool::new(false);
    let mut matches = |pattern: &Pattern, text: &Haystack| {
        matches!(search(pattern, text, &mut scratch, &never), Outcome::Match { .. })
    };
    known_failures_bench::peer::serve(|text| {
        let (test, error) = (Haystack::from_utf8(&text.test), Haystack::from_utf8(&text.error));
        let first = rules.iter().find(|rule| {
            rule.test.as_ref().is_none_or(|scope| matches(scope, &test))
                && matches(&rule.error, &error)
        });
        first.map(|rule| rule.index)
    });
}
