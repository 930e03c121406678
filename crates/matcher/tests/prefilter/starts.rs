//! Where matches can start, by what the pattern tells of its literal.

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{Candidate, Prefilter, PrefilterScratch};
use regexp::{Haystack, StartRange};

use crate::units::units;
use crate::{kernels, prefilter, requirement, scan};

/// Where matches of a pattern can start if its literal is at 1000: (source, flags, literal, first
/// and last start).
const STARTS: &[(&str, &str, &str, (u32, u32))] = &[
    ("element-7", "", "element-7", (1000, 1000)),
    ("a{0,20}element-7", "", "element-7", (980, 1000)),
    ("[^]{1,200}?element-7", "s", "element-7", (800, 999)),
    ("(?:.|..)(?:.{3}){2,3}.?element-7", "", "element-7", (988, 993)),
    (".*element-7", "", "element-7", (0, 1000)),
    ("(?:.?)*element-7", "", "element-7", (0, 1000)),
    ("(.)\\1element-7", "", "element-7", (0, 999)),
    ("element-7.*", "", "element-7", (1000, 1000)),
    ("(?=.{3}element-7)", "", "element-7", (997, 997)),
    ("(?<=element-7.{3})[^]", "", "element-7", (0, u32::MAX)),
    ("(?<!x)\\b.element-7", "", "element-7", (999, 999)),
    ("(?:..|.element-7)+element-8", "", "element-8", (0, 998)),
    ("(?:..|.element-7){2}element-8", "", "element-8", (980, 996)),
    (".{2}element-7", "u", "element-7", (996, 998)),
    ("[\\s\\S]{2}(?:element-7|thing-12)", "", "thing-12", (998, 998)),
];

/// Where matches of a pattern can start at the earliest if its literal is the last of two lines:
/// (source, flags, the text from the line feed on, how many bytes of it are before that start).
/// `None`: the first line can have that start, too.
const LINES: &[(&str, &str, &str, Option<u32>)] = &[
    (".*element-7", "", "\nelement-7", Some(1)),
    ("\\w+ \\d+: [^\\n]*element-7", "", "\na 7: element-7", Some(1)),
    ("(?:a|[b-e]|\\*)+element-7", "", "\n**element-7", Some(1)),
    ("(?:^|x).*?element-7", "m", "\n element-7", Some(1)),
    (".*(?=element-7)", "", "\n element-7", Some(1)),
    ("(?<!x).*\\Belement-7", "", "\nqelement-7", Some(1)),
    (".{1,3}element-7", "", "\n     element-7", Some(3)),
    (".{1,30}element-7", "", "\n     element-7", Some(1)),
    ("[^]{0,3}element-7", "", "\nelement-7", None),
    (".*(?:element-7|e.*ment-77)", "", "\n e ment-77", Some(1)),
    ("\\S.*\\d{5}-[A-F]{5}", "", "\n 12345-ABCDE", Some(1)),
    ("\\S.*[^a]{2}\\d{5}-[A-F]{5}", "", "\n  12345-ABCDE", None),
    // a line feed may be before the literal
    (".*element-7", "s", "\nelement-7", None),
    ("(?s:.*)element-7", "", "\nelement-7", None),
    ("\\s+element-7", "", "\nelement-7", None),
    ("[^x]+element-7", "", "\nelement-7", None),
    ("(?:a|\\n)+element-7", "", "\nelement-7", None),
    ("x+\\n\\d*element-7", "", "\nelement-7", None),
    ("x+\\x0a\\d*element-7", "iu", "\nelement-7", None),
    ("(\\s)\\1*element-7", "", "\nelement-7", None),
    ("\\W*element-7", "", "\nelement-7", None),
    ("\\P{L}*element-7", "u", "\nelement-7", None),
    ("[\\s--\\r]*element-7", "v", "\nelement-7", None),
    ("(?:\\d*\\D){2}\\d*element-7", "", "\nelement-7", None),
    ("\\S\\s{2}.*\\d{5}-[A-F]{5}", "", "\n 12345-ABCDE", None),
];

#[test]
fn a_literal_too_near_the_start_of_its_line_makes_no_candidate() {
    for (source, end) in [("[A-Z]{4,}-\\d{3,8}: \\w+ ", "element-7"), ("\\w{11}.?", "12345-ABCDE")]
    {
        let source = format!("{source}{}", end.replace("12345-ABCDE", "\\d{5}-[A-F]{5}"));
        for prefilter in kernels(|| prefilter(&[&source])) {
            for (before, candidates) in [("ABCD-123: X ", 1), ("ABCD-12: X ", 0), ("", 0)] {
                for line in ["", "some line\n"] {
                    // the literal is the blank, too
                    let before = if end == "element-7" { before } else { before.trim_end() };
                    let text = format!("{line}{before}{end}");
                    let found = scan(&prefilter, text.as_bytes()).len();
                    assert_eq!(found, candidates, "/{source}/ {text:?}");
                }
            }
        }
    }
}

#[test]
fn a_match_starts_in_the_line_of_its_literal_unless_it_may_have_a_line_feed_before_it() {
    for &(source, flags, end, before) in LINES {
        for text in [format!("{}{end}", "x".repeat(1000)), format!("{}\n{end}", "x".repeat(999))] {
            for prefilter in
                kernels(|| Prefilter::build([(RuleSlot(0), requirement(source, flags))]))
            {
                let mut scratch = PrefilterScratch::default();
                let candidates = prefilter.scan(text.as_bytes(), 1, &mut scratch);
                let [Candidate { slot: RuleSlot(0), starts }] = *candidates else {
                    panic!("/{source}/{flags}: {candidates:?}");
                };
                let expected = before.map(|before| 1000 + before);
                match expected {
                    Some(first) => assert_eq!(starts.first, first, "/{source}/{flags}"),
                    None => assert!(starts.first < 1000, "/{source}/{flags}: {starts:?}"),
                }
            }
        }
    }
}

#[test]
fn a_literal_bounds_where_matches_can_start() {
    for &(source, flags, literal, (first, last)) in STARTS {
        let text = ".".repeat(1000) + literal;
        for prefilter in kernels(|| Prefilter::build([(RuleSlot(0), requirement(source, flags))])) {
            let mut scratch = PrefilterScratch::default();
            let candidates = prefilter.scan(text.as_bytes(), 1, &mut scratch);
            let [Candidate { slot: RuleSlot(0), starts }] = *candidates else {
                panic!("/{source}/{flags}: {candidates:?}");
            };
            assert_eq!((starts.first, starts.last), (first, last), "/{source}/{flags}");
        }
    }
}

/// The prefilter counts in bytes, matches in UTF-16 code units.
#[test]
fn start_ranges_convert_to_code_units() {
    let prefilter = prefilter(&[".{1,3}element-7"]);
    let text = Haystack::new(units(&("é😀\u{2028}".repeat(5000) + "element-7")));
    let mut scratch = PrefilterScratch::default();
    let candidates = prefilter.scan(text.bytes(), text.unit_bytes(), &mut scratch);
    let bytes = 5000 * (2 + 4 + 3);
    // three code units have nine bytes at most, and these nine bytes are four code units
    assert_eq!(candidates[0].starts, StartRange { first: bytes - 9, last: bytes - 1 });
    let mut starts = candidates[0].starts;
    text.all_in_units([&mut starts].into_iter());
    assert_eq!(starts, StartRange { first: 20_000 - 4, last: 20_000 - 1 });
}
