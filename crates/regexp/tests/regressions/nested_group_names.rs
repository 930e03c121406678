//! Found by reading what `parser` was about to find: named groups inside of named groups,
//! `(?<a>(?<b>(?<c>…)))`.
//!
//! Each noted the groups around it, which is quadratic in memory: 20,000 deep (209,000 units) took
//! 1.5 GB, 40,000 deep 6.3 GB and 12 s. The names differ, so nobody ever asked for the notes.

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
