//! The law for rules that share a literal: what is near it may drop them, but none that matches.

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Prefilter, Requirement};
use regexp::Pattern;

use crate::random::Random;
use crate::ranges::{SEPARATORS, Starting};
use crate::units::units;
use crate::{kernels, rounds};

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
