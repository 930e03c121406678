//! Found while the time of `deep_nullable_loops` was measured: `(?:a{0,100}){0,100}$`.
//!
//! A memo point inside of counted loops has a state for every combination of their counts: here
//! 10,000 for each position, and at 0.5 µs each twenty characters of pattern took 10 s for 2,000
//! units of text; with 500 in the place of 100 they took minutes. The automata knew at once that
//! there is a match, and that it begins at the end, but the span was left to the exact engine,
//! which tried every other place first. Nothing bounded the time.

use super::{Outcome, found_in_time, parsed_in_time};

#[test]
fn time_is_bounded() {
    let text = "a".repeat(2000) + "b";
    for source in ["(?:a{0,100}){0,100}$", "(?:a{0,500}){0,500}$"] {
        let pattern = parsed_in_time(source, "").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::Match { start: 2001, end: 2001 });
    }
}

/// Here no automaton can help. That it ends in time is all that is asked.
#[test]
fn a_pattern_that_is_not_regular_ends_too() {
    let text = "a".repeat(2000) + "b";
    let pattern = parsed_in_time("(?:a{0,500}){0,500}(?!b)$", "").unwrap();
    let outcome = found_in_time(&pattern, &text);
    let right = Outcome::Match { start: 2001, end: 2001 };
    assert!(outcome == right || outcome == Outcome::Undecided, "{outcome:?}");
}
