//! Found by `parser`: nests of loops that can be empty, `((((a)*)*)*)*`.
//!
//! A memo point inside d such loops has d + 1 states. To tell them apart, the machine walked the
//! chain of all d loops, and there are d such points. So one code unit of text cost d³:
//! `((…a)*…)*$` 200 loops deep (602 units) took 9 s for 1,000 units of text, and 1.2 s 100 loops
//! deep. With 2,000 loops, ten units of text filled the memory limit. Nothing bounded the time,
//! because the step budget is for back-references alone.

use super::{Outcome, found_in_time, parsed_in_time};

fn nest(depth: usize) -> String {
    format!("{}a{}$", "(".repeat(depth), ")*".repeat(depth))
}

#[test]
fn time_is_bounded() {
    let text = "a".repeat(1000) + "b";
    for depth in [10, 200] {
        let pattern = parsed_in_time(&nest(depth), "").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::Match { start: 1001, end: 1001 });
    }
}

#[test]
fn deeper_nests_end_too() {
    let pattern = parsed_in_time(&nest(5000), "").unwrap();
    let outcome = found_in_time(&pattern, "aab");
    let right = Outcome::Match { start: 3, end: 3 };
    assert!(outcome == right || outcome == Outcome::Undecided, "{outcome:?}");
}
