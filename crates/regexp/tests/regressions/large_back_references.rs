//! Found by `tests/prefilter/`: a pattern too large for the automata was only known as too large.
//!
//! If it had a back-reference too, the exact engine remembered no states for it, and it had no step
//! budget either. The search went on for hours.

use super::{Outcome, found_in_time, parsed_in_time};

#[test]
fn a_large_pattern_with_a_back_reference_has_a_budget() {
    // what the automata refuse needs no budget
    let text = "a".repeat(200) + "!c";
    for large in ["[a-z]{30000}d", "(?:(?:[a-z]{50}d){50}d){50}d"] {
        let source = format!("(a|aa|!)+\\1c|{large}");
        let pattern = parsed_in_time(&source, "").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::Undecided, "{source}");
    }
}
