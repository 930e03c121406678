//! Found by `parser`: a row of properties of strings, `\p{RGI_Emoji}\p{RGI_Emoji}…` under `v`.
//!
//! Each one became an alternation of 3,600 strings, nodes of its own for every character of each,
//! and only when all were there was the pattern found too large. 1,000 of them (13,000 units) took
//! 2.2 s and 1.2 GB, and the memory grows with their number: a list of 300 KB could end the
//! process.

use super::parsed_in_time;

#[test]
fn a_row_of_them_is_refused_or_read_in_time() {
    // whether it is too large may change, that it takes no time may not
    let _ = parsed_in_time(&r"\p{RGI_Emoji}".repeat(1000), "v");
}

#[test]
fn in_one_class_they_are_one() {
    let source = format!("[{}]", r"\p{Emoji_Keycap_Sequence}".repeat(100));
    parsed_in_time(&source, "v").unwrap();
}
