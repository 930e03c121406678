//! Found while `deep_nullable_loops` was timed: `(?:a{0,100}){0,100}$`.
//!
//! A memo point inside counted loops has a state for every combination of their counts: here 10,000
//! for each position. At 0.5 µs each, a pattern of twenty characters took 10 s for 2,000 units of
//! text, and minutes with 500 instead of 100. The automata found at once that there is a match and
//! that it starts at the end, but the exact engine had to find the span, and tried every other
//! position first. Nothing bounded the time. Now the lockstep engine finds the start, whatever the
//! counts are.

use super::{Outcome, found_in_time, parsed_in_time};

#[test]
fn time_is_bounded() {
    let text = "a".repeat(2000) + "b";
    for source in ["(?:a{0,100}){0,100}$", "(?:a{0,500}){0,500}$"] {
        let pattern = parsed_in_time(source, "").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::Match { start: 2001, end: 2001 });
    }
}

/// No automaton can help here.
#[test]
fn so_it_is_for_a_pattern_that_is_not_regular() {
    let text = "a".repeat(2000) + "b";
    let pattern = parsed_in_time("(?:a{0,500}){0,500}(?!b)$", "").unwrap();
    let expected = Outcome::Match { start: 2001, end: 2001 };
    assert_eq!(found_in_time(&pattern, &text), expected);
}
