//! Found by `engines_grammar`: loops over nothing in loops over nothing, `(?:(?:){70,}){70,}`.
//!
//! Each was counted, so a position had 4,900 states. In a lookaround, where no two of them are the
//! same, a text of 440 units took seconds.

use super::{Outcome, found_in_time, parsed_in_time};

#[test]
fn what_consumes_nothing_is_done_once() {
    let text = "bAbAb😀ßbsb 😀 😀".repeat(100);
    for source in [
        "(?<a>(?i:(?i:){70,}){70,}a{70,}a{70,}){70,}a{70,}a{2}",
        "(?=(?:(?:(?:){700,}){700,}){700,}z)",
        "(?<=z(?:(?:(?:\\b|\\B){700,}){700,}){700,})",
    ] {
        let pattern = parsed_in_time(source, "v").unwrap();
        assert_eq!(found_in_time(&pattern, &text), Outcome::NoMatch, "{source}");
    }
}

#[test]
fn what_it_captures_is_what_it_captures_once() {
    for (source, text, start, end) in [
        // the group is reset and captured again; the optional loop does not run
        ("(?:(?=(a))){3}b|(?:(?=(a))){3}\\2", "ab", 0, 1),
        ("(?:(?=(a)))*\\1b", "ab", 1, 2),
        ("(?:(?=(a))|(?=(.))){2}\\2b", "cb", 0, 2),
        ("(?:(?=(a))|(?=(.))){2}\\2a", "caa", 0, 2),
    ] {
        let pattern = parsed_in_time(source, "").unwrap();
        assert_eq!(found_in_time(&pattern, text), Outcome::Match { start, end }, "{source}");
    }
}
