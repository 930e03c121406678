//! Found by review: named groups inside named groups, `(?<a>(?<b>(?<c>…)))`.
//!
//! Each one recorded the groups around it, which takes quadratic memory: 20,000 levels (209,000
//! units) took 1.5 GB, and 40,000 took 6.3 GB and 12 s. The names differ, so nothing ever read the
//! records.

use super::parsed_in_time;

#[test]
fn memory_is_in_proportion_to_the_pattern() {
    let depth = 40_000;
    let mut source = String::new();
    for number in 0..depth {
        source.extend(["(?<n", &number.to_string(), ">"]);
    }
    source += &")".repeat(depth);
    parsed_in_time(&source, "").unwrap();
}
