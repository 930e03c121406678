//! Found by `parser`: many properties of strings, `\p{RGI_Emoji}\p{RGI_Emoji}…` under `v`.
//!
//! Each one became an alternation of 3,600 strings, with a node for every character, and only when
//! all were parsed was the pattern refused as too large. 1,000 of them (13,000 units) took 2.2 s
//! and 1.2 GB, in proportion to their number: a list of 300 KB could end the process.

use super::parsed_in_time;

#[test]
fn a_row_of_them_is_refused_or_read_in_time() {
    // it may be refused or not, but it must not take long
    let _ = parsed_in_time(&r"\p{RGI_Emoji}".repeat(1000), "v");
}

#[test]
fn in_one_class_they_are_one() {
    let source = format!("[{}]", r"\p{Emoji_Keycap_Sequence}".repeat(100));
    parsed_in_time(&source, "v").unwrap();
}
