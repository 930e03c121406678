//! Patterns with back-references: matching them is NP-hard, but most texts are refused for a reason
//! that an automaton sees.

use std::sync::atomic::AtomicBool;

use known_failures_regexp::{Answer, Haystack, Outcome, Pattern, Scratch};

/// What would take the exact engine more steps than it may take.
#[test]
fn a_text_that_no_group_can_hold_is_refused() {
    let units = 65_536;
    let (a, ab) = ("a".repeat(units), "ab".repeat(units / 2));
    let rows = [
        (r"^(?:(a+)\1?)+$", "", format!("{a}!")),
        (r"^(?:(A+)\1?)+$", "i", format!("{a}!")),
        (r"^(?:(a+)\1?)*$", "", format!("{a}!")),
        (r"^(?:(?<x>a+)\k<x>?)+$", "u", format!("{a}é")),
        (r"^(?:(a|b)|\1|(\1b))+c", "", format!("{ab}d")),
        (r"(?:^|\s)(?:(\w+)\1?)+$", "m", format!(" {a}!\n")),
    ];
    for (source, flags, text) in rows {
        let pattern = Pattern::parse_str(source, flags).unwrap();
        assert_eq!(pattern.is_match(&text), Ok(false), "/{source}/{flags}");
    }
}

/// The automaton must not refuse what matches.
#[test]
fn what_matches_is_not_refused() {
    let rows = [
        (r"x(a+)\1y", "", "xaaaay"),
        (r"x(a)\1y", "i", "xaAy"),
        (r"x(?:(a)b)(?i:\1)y", "", "xabAy"),
        (r"x(k)\1y", "iu", "xk\u{212A}y"),
        (r"x(?<a>(k)(?i:\2))\k<a>y", "u", "xk\u{212A}k\u{212A}y"),
        (r"x(?:\2(a)|(b))+y", "", "xbbay"),
        (r"x(?:(?<n>a)|(?<n>b))\k<n>y", "", "xbby"),
        (r"x(ab|\1c)+\1y", "", "xabccy"),
        (r"x(\ba|b)\1y", "", "xbby"),
        (r"(?=(a+))x?\1y", "", "aay"),
        (r"(?<=\1(a))by", "", "aaby"),
        (r"x(é)\1y", "", "xééy"),
        (r"x((?!q)[^z]|(?=z)w)\1y", "", "xzzxééy"),
        (r"x(a?)\1(\1|b)y", "", "xby"),
    ];
    let never = AtomicBool::new(false);
    for (source, flags, text) in rows {
        let pattern = Pattern::parse_str(source, flags).unwrap();
        let haystack = Haystack::from_utf8(text);
        let exact = pattern.find_exact(&haystack, &mut Scratch::default(), &never);
        assert!(matches!(exact, Outcome::Match { .. }), "/{source}/{flags}: {exact:?}");
        let refused = pattern.find_automaton(&haystack) == Some(Answer::NoMatch);
        assert!(!refused, "/{source}/{flags} on {text:?}");
    }
}

/// A match that opens with one character twice is found by that; here it opens with something else,
/// or the text goes on with something else. All spans are V8's.
#[test]
fn what_follows_its_group_is_found_where_it_is() {
    let rest = "-=".repeat(30);
    let rows = [
        (r"([a-z])\1{3}", "", "abbcccdddde", Some((6, 10))),
        (r"([a-z])\1{3}", "", "abbcccddd", None),
        (r"([a-z])\1\1", "i", "abbCcCc", Some((3, 6))),
        (r"(.)(.)\2\1", "", "abcddc", Some((2, 6))),
        (r"(a)b(c)\1", "", "abcc abca", Some((5, 9))),
        (r"(\w{2})\1", "", "aabcbc", Some((2, 6))),
        (r"(\w*)\1x", "", "abcabx", Some((5, 6))),
        (r"(?:(a)|b)\1", "", "caab", Some((1, 3))),
        (r"(?:(a)(?!c))*\1b", "", "caab", Some((1, 4))),
        (r"(?:(a)|(?:x)){2}\1y", "", "axay axy", Some((5, 8))),
        (r"([ab])(?:\1|c)d", "", "abd acd", Some((4, 7))),
        (r"(?<=([ab])\1)c", "", "abc aac", Some((2, 3))),
        (r"(?<=\1([ab]))c", "", "abc aac", Some((6, 7))),
        (r"([^-])\1", "u", "\u{1F600}a\u{1F600}\u{1F600}", Some((3, 7))),
        (r"([^-])\1", "", "\u{1F600}a\u{1F600}\u{1F600}bb", Some((7, 9))),
        (r"(?:([ab])\1)+c", "", "aabaabbc", Some((3, 8))),
    ];
    let never = AtomicBool::new(false);
    for (source, flags, start_of_text, span) in rows {
        let pattern = Pattern::parse_str(source, flags).unwrap();
        let expected = span.map_or(Outcome::NoMatch, |(start, end)| Outcome::Match { start, end });
        for text in [start_of_text.to_owned(), format!("{start_of_text}{rest}")] {
            let haystack = Haystack::from_utf8(&text);
            let found = pattern.find_exact(&haystack, &mut Scratch::default(), &never);
            assert_eq!(found, expected, "/{source}/{flags} on {text:?}");
        }
    }
}
