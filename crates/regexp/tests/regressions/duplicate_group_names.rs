//! Found by `parser`: one name for many groups, `((…(?<n>a)|(?<n>a)|…))`.
//!
//! Each group was compared with every earlier one of its name, and each comparison walked down the
//! groups around it: n² × d. 10,000 groups of one name inside 500 (81,000 units) took 23 s to
//! parse, and as long again in the first search. Parsing cannot be cancelled.

use super::parsed_in_time;

#[test]
fn many_groups_of_one_name_in_a_deep_group() {
    let (depth, groups) = (500, 10_000);
    let source = "(".repeat(depth) + &"(?<n>a)|".repeat(groups) + &")".repeat(depth);
    parsed_in_time(&source, "").unwrap();
}

#[test]
fn as_many_as_there_may_be() {
    parsed_in_time(&"(?<n>a)|".repeat(65_535), "").unwrap();
}

#[test]
fn they_may_still_not_meet() {
    let depth = 100;
    let source = "(".repeat(depth) + "(?<n>a)|(?<n>a)(?<n>a)" + &")".repeat(depth);
    let error = parsed_in_time(&source, "").unwrap_err();
    assert_eq!(error.offset as usize, depth + "(?<n>a)|(?<n>a)".len());
}
