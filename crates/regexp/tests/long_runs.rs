//! Loops over single units run in one step, up to a quarter of a million units: then the search
//! polls its interrupt. Longer texts must make no difference.

use std::sync::atomic::AtomicBool;

use known_failures_regexp::{Haystack, Outcome, Pattern, Scratch};

mod support;

use support::units;

const LONG: usize = 300_001;

fn found(source: &str, flags: &str, text: &str) -> Outcome {
    let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
    let haystack = Haystack::new(units(text));
    let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
    let exact = pattern.find_exact(&haystack, &mut scratch, &never);
    assert_eq!(pattern.find(&haystack, &mut scratch, &never), exact, "{source}");
    exact
}

#[test]
fn a_run_goes_on_where_it_had_a_rest() {
    let all = LONG as u32;
    let whole = Outcome::Match { start: 0, end: all + 1 };
    let empty_at = |at| Outcome::Match { start: at, end: at };
    let text = "a".repeat(LONG) + "b";
    for (source, expected) in [
        ("a*b", whole),
        ("a*?b", whole),
        ("[^]*b", whole),
        ("[^]*?b", whole),
        (".*", whole),
        (".*(?:)$", whole),
        ("a+c", Outcome::NoMatch),
        ("a+?c", Outcome::NoMatch),
        ("a{3,}b$", whole),
        ("^(?:a*|b)+$", whole),
        ("a*[^]", whole),
        ("a*?(?=b)", Outcome::Match { start: 0, end: all }),
        ("(?=[^]*b)", empty_at(0)),
        ("(?=[^]*?b)a*?b", whole),
        ("(?![^]*c)b", Outcome::Match { start: all, end: all + 1 }),
        ("(?:(?=a*b)a)+b", whole),
        ("(?:(?=a*?c)|a)*b", whole),
        ("(?<=a*)b", Outcome::Match { start: all, end: all + 1 }),
        ("a{5}b", Outcome::Match { start: all - 5, end: all + 1 }),
        ("a{2,9}b", Outcome::Match { start: all - 9, end: all + 1 }),
        ("a{2,9}?b", Outcome::Match { start: all - 9, end: all + 1 }),
    ] {
        for flags in ["", "u"] {
            assert_eq!(found(source, flags, &text), expected, "/{source}/{flags}");
        }
    }
}

#[test]
fn what_a_match_begins_with_is_found_far_away() {
    let all = LONG as u32;
    let text = "\n".repeat(LONG) + "ab\u{e9}";
    for (source, flags, start, end) in [
        ("ab", "", all, all + 2),
        ("ab.", "u", all, all + 3),
        ("[ab]b", "", all, all + 2),
        ("^a", "m", all, all + 1),
        ("b\u{e9}$", "", all + 1, all + 3),
        ("\u{e9}", "i", all + 2, all + 3),
    ] {
        assert_eq!(found(source, flags, &text), Outcome::Match { start, end }, "/{source}/{flags}");
    }
    assert_eq!(found("^c", "m", &text), Outcome::NoMatch);
    assert_eq!(found("abc", "", &text), Outcome::NoMatch);
    assert_eq!(
        found("^$", "m", &"a\n".repeat(LONG / 2)),
        Outcome::Match { start: all - 1, end: all - 1 }
    );
}
