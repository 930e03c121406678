//! Found by `engines_grammar`: `(?:$[^b]??){70,}` on a text with fewer units than that.
//!
//! The exact engine leaves out the mandatory iterations that a short text can only fill with
//! nothing. What the lockstep engine knows of a way to the end was held against all seventy, so
//! the way past the line feed was refused. With something behind the loop, a match was lost.

use std::sync::atomic::AtomicBool;

use known_failures_regexp::{Haystack, Outcome, Pattern, Scratch};

use super::units;

#[test]
fn the_lockstep_engine_does_not_ask_for_them() {
    let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
    for (source, text, start, end) in [
        ("(?:$[^b]??){70,}", "aA\nb", 2, 3),
        ("(?:$[^b]??){70,}b", "aA\nb", 2, 4),
        ("(?:$[^b]??){70,75}b", "aA\nb", 2, 4),
        ("(?:(?:$[^b]??){70,}b){2}", "\nb\nb", 0, 4),
        ("(?:\\B\\D{0,2}){70,}|a+", "--a1", 0, 3),
    ] {
        let pattern = Pattern::new(&units(source), &units("m")).unwrap();
        let text = Haystack::from_utf8(text);
        let expected = Outcome::Match { start, end };
        assert_eq!(pattern.find_exact(&text, &mut scratch, &never), expected, "{source}");
        let lockstep = pattern.find_lockstep(&text, &mut scratch, &never);
        assert_eq!(lockstep, Some(expected), "{source}");
    }
}
