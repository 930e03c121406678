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

/// Parts of a text that are about as long as a count: from each start the run would be looked at
/// anew, or each count be a state of its own. The same pattern searches all texts, so that what the
/// first ones cost decides how the others are searched.
#[test]
fn counts_of_thousands_are_decided() {
    let stretches = [2_999, 3_000, 2_500, 3_001, 4_999, 1, 5_000, 2_998, 7_001];
    let text = |stretches: &[usize]| -> String {
        stretches.iter().map(|&length| "ab".repeat(length / 2) + &"b"[..length % 2] + "x").collect()
    };
    let texts = (0..stretches.len()).map(|n| text(&stretches[..n])).collect::<Vec<_>>();
    // the first stretch of so many units, and where it starts
    let first = |n: usize, least: usize| {
        let longer = stretches[..n].iter().position(|&length| length >= least)?;
        let start: usize = stretches[..longer].iter().map(|length| length + 1).sum();
        Some((start, start + stretches[longer]))
    };
    let find = |pattern: &Pattern, text: &str| pattern.find_str(text).unwrap();
    for least in [3_000, 3_001, 5_000, 7_001, 7_002] {
        let ends = [("{N,}", 0), ("{N,}?x", 1), ("{N,9000}", 0), ("{N,9000}?x", 1)];
        for ((quantifier, more), before) in
            ends.into_iter().flat_map(|end| [(end, ""), (end, "(?=[ab])")])
        {
            let source = format!("{before}[^x]{}", quantifier.replace('N', &least.to_string()));
            let pattern = Pattern::new(&units(&source), &[]).unwrap();
            for (n, text) in texts.iter().enumerate() {
                let expected = first(n, least).map(|(start, end)| start..end + more);
                assert_eq!(find(&pattern, text), expected, "/{source}/, {n} stretches");
            }
        }
        // the last units of a stretch, and those before its end
        let source = format!("[^x]{{{least}}}x");
        let pattern = Pattern::new(&units(&source), &[]).unwrap();
        for (n, text) in texts.iter().enumerate() {
            let expected = first(n, least).map(|(_, end)| end - least..end + 1);
            assert_eq!(find(&pattern, text), expected, "/{source}/, {n} stretches");
        }
    }
}

/// The lockstep engine gives up on these, where the exact engine sees the match at once.
#[test]
fn a_match_that_is_near_is_found_whatever_the_counts() {
    let text = "ab".repeat(18_000);
    assert_eq!(found("[^]*(?:ab?){501,3400}", "", &text), Outcome::Match { start: 0, end: 36_000 });
}
