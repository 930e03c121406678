//! Found by `tests/prefilter.rs`: a pattern that is too large for the automata counted as that and
//! nothing else, so that one with a back-reference, which the exact engine does not remember states
//! of, had no step budget either. It went on for hours.

use super::{Outcome, found_in_time, parsed_in_time};

#[test]
fn a_large_pattern_with_a_back_reference_has_a_budget() {
    let text = "a".repeat(200);
    for large in ["[a-z]{30000}d", "(?:(?:[a-z]{50}d){50}d){50}d"] {
        let source = format!("(a|aa)+\\1c|{large}");
        let pattern = parsed_in_time(&source, "").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::Undecided, "{source}");
    }
}
