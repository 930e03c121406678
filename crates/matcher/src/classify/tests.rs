use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::*;
use crate::build::BuildOptions;
use crate::ids::RuleIndex;
use crate::ids::Ticket;
use crate::prefilter::CHUNK_BYTES;
use crate::report::Report;
use crate::testing::{classify, entries, hit, load, matcher, matcher_of, matcher_with, units};
use crate::text::TextOptions;
use crate::verdict::Hit;
use regexp::{Outcome, Pattern};

fn raw(text: &str) -> RawText<'static> {
    RawText::Utf16(units(text))
}

#[test]
fn the_first_match_in_list_order_wins() {
    let matcher = matcher(
        r#"[{"issue":"A","error":"zero"},{"issue":"B","error":"b"},{"issue":"C","error":"ab"}]"#,
    );
    let verdict = classify(&matcher, "", "xxabxx");
    assert_eq!(
        verdict,
        Verdict {
            reason: Reason::Matched,
            hit: Some(Hit { rule: RuleIndex(1), start: 3, end: 4, text: units("b") }),
            undecided: vec![],
        }
    );
    assert_eq!(matcher.rule(RuleIndex(1)).unwrap().issue.units(), units("B"));
    assert_eq!(classify(&matcher, "", "nothing").reason, Reason::NoMatch);
}

#[test]
fn a_scope_must_match_too() {
    let (matcher, report) = load(
        r#"[{"issue":"A","error":"b","test":"Cart"},
            {"issue":"B","error":"b","test":""},{"issue":"C","error":"b"}]"#,
    );
    assert_eq!(hit(&classify(&matcher, "the Cart", "b")), Some(0));
    assert_eq!(hit(&classify(&matcher, "the cart", "b")), Some(1));
    assert_eq!((report.active, report.scoped), (3, 1));
    assert!(matcher.has_test_scopes());
}

/// Both rules are looked for by runs that many texts have. One automaton is asked about the first
/// one only, because the second one can match at one place only.
#[test]
fn a_rule_that_no_automaton_is_asked_about_remains() {
    let matcher = matcher(
        r#"[{"issue":"A","error":"(\\d+)ms.*(\\d+)ms.*(\\d+)ms"},
            {"issue":"B","error":"\\d{4}-\\d{1,2}-\\d{1,2}"}]"#,
    );
    let text = format!("{} 12ms {} 2025-01-02", "x".repeat(400), "y".repeat(400));
    assert_eq!(hit(&classify(&matcher, "", &text)), Some(1));
}

#[test]
fn an_empty_error_text_is_a_text_and_an_empty_pattern_matches_it() {
    let empty = matcher(r#"[{"issue":"A","error":"x"},{"issue":"B","error":""}]"#);
    let verdict = classify(&empty, "", "");
    assert_eq!(verdict.hit, Some(Hit { rule: RuleIndex(1), start: 0, end: 0, text: vec![] }));
    let anchored = matcher(r#"[{"issue":"A","error":"^$"}]"#);
    assert_eq!(hit(&classify(&anchored, "", "")), Some(0));
    assert_eq!(hit(&classify(&anchored, "", "x")), None);
}

#[test]
fn no_error_goes_before_no_rules() {
    let stop = AtomicBool::new(false);
    let none = matcher("[]");
    let some = matcher(r#"[{"issue":"A","error":""}]"#);
    for matcher in [&none, &some] {
        let verdict = matcher.classify(&[], None, &mut Scratch::default(), &stop).unwrap();
        assert_eq!(verdict, Verdict::without_rules(false));
        assert_eq!(verdict.reason.as_str(), "no-error");
    }
    let verdict = classify(&none, "", "boom");
    assert_eq!(verdict, Verdict::without_rules(true));
    assert_eq!(verdict.reason.as_str(), "no-rules");
}

#[test]
fn the_text_of_a_match_is_cut_and_its_span_is_not() {
    let long = "ab".repeat(150);
    let matcher = matcher(&format!(r#"[{{"issue":"A","error":"{long}"}}]"#));
    let hit = classify(&matcher, "", &format!("x{long}")).hit.unwrap();
    assert_eq!((hit.start, hit.end), (1, 301));
    assert_eq!(hit.text, units(&long)[..200]);
}

#[test]
fn control_sequences_are_stripped_from_the_error_unless_kept() {
    let json = r#"[{"issue":"A","error":"red light"},{"issue":"B","error":"\u001b"}]"#;
    let error = "\x1b[31mred\x1b[39m light";
    let [strip, keep] = [Ansi::Strip, Ansi::Keep].map(|ansi| matcher_with(json, ansi));
    let verdict = classify(&strip, "", error);
    assert_eq!(
        verdict.hit,
        Some(Hit { rule: RuleIndex(0), start: 0, end: 9, text: units("red light") })
    );
    assert_eq!(hit(&classify(&keep, "", error)), Some(1));
    assert_ne!(strip.version(), keep.version());
}

#[test]
fn lone_surrogates_are_ordinary_units() {
    let matcher = matcher(r#"[{"issue":"\ud83d","error":"\ud83d"}]"#);
    let stop = AtomicBool::new(false);
    let error = vec![0x61, 0xD83D, 0x62];
    let verdict = matcher.classify(&[], Some(error), &mut Scratch::default(), &stop).unwrap();
    assert_eq!(verdict.hit, Some(Hit { rule: RuleIndex(0), start: 1, end: 2, text: vec![0xD83D] }));
    assert_eq!(matcher.rule(RuleIndex(0)).unwrap().issue.units(), [0xD83D]);
}

#[test]
fn a_stopped_call_has_no_verdict() {
    let stop = AtomicBool::new(true);
    let matcher = matcher(r#"[{"issue":"A","error":"a"}]"#);
    let result = matcher.classify(&[], Some(units("a")), &mut Scratch::default(), &stop);
    assert_eq!(result, Err(Cancelled));
}

/// Back-references may need exponential time; such a rule is passed over, and the next ones have
/// their turn.
#[test]
fn an_undecided_rule_is_listed_and_passed_over() {
    let hard = r"^(?:(a+|b)+\\1)+$";
    let matcher = matcher(&format!(
        r#"[{{"issue":"A","error":"{hard}"}},{{"issue":"B","error":"b","test":"{hard}"}},
            {{"issue":"C","error":"b"}}]"#
    ));
    let text = format!("{}b", "a".repeat(40));
    let verdict = classify(&matcher, "", &text);
    assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![RuleIndex(0)]));
    let verdict = classify(&matcher, &text, "b");
    assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![RuleIndex(1)]));
}

/// Classifies in turns whose deadline has passed before they start, with a new scratch wherever
/// that is allowed. Returns the number of turns, too.
fn in_turns(matcher: &Matcher, test: RawText<'_>, error: RawText<'_>) -> (Verdict, u32) {
    let stop = AtomicBool::new(false);
    let mut classification = Classification::new(test, Some(error)).into_owned();
    let mut held = None;
    for turns in 1.. {
        let mut scratch = held.take().unwrap_or_default();
        match classification.resume(matcher, &mut scratch, &Interrupt::until(Instant::now(), &stop))
        {
            Step::Done(verdict) => return (verdict, turns),
            Step::Cancelled => unreachable!("nothing cancels it"),
            Step::Suspended if classification.holds_scratch() && turns % 2 == 1 => {
                held = Some(scratch);
            }
            // the first check may end a turn, but not every turn
            Step::Suspended => {
                let interrupt = Interrupt::until(Instant::now() + Duration::from_micros(20), &stop);
                match classification.resume(matcher, &mut scratch, &interrupt) {
                    Step::Done(verdict) => return (verdict, turns),
                    _ if classification.holds_scratch() => held = Some(scratch),
                    _ => {}
                }
            }
        }
    }
    unreachable!("it ends")
}

/// Each rule has thousands of places, and matches at one of them or nowhere. Some have two literals
/// for the first word, of which one is in few places.
#[test]
fn a_rule_with_many_places_matches_at_any_of_them() {
    let words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath"];
    let pairs = || words.iter().flat_map(|one| words.iter().map(move |other| (*one, *other)));
    let rule = |(at, (one, other)): (usize, (&str, &str))| {
        let one = if at % 3 == 0 { format!("(?:{one}|rare {other})") } else { one.into() };
        format!(r#"{{"issue":"A","error":"'[^']*{one}[^']*' (?:and|or) '[^']*{other}[^']*'"}}"#)
    };
    let rules: Vec<String> = pairs().enumerate().map(rule).collect();
    let matcher = matcher(&format!("[{}]", rules.join(",")));
    let line = |at: usize| format!("a '{}' of many, neither the first\n", words[at % words.len()]);
    let lines: Vec<String> = (0..8000).map(line).collect();
    for (accent, found) in [("", 3), ("é", 40), ("", 63)] {
        let (one, other) = pairs().nth(found).unwrap();
        let one = if found == 3 { format!("rare {other}") } else { one.into() };
        let (before, after) = lines.split_at(100 * found);
        let matching = format!("'{one}' or 'my {other}'");
        let before = [&before.concat(), accent].concat();
        let text = [&before, matching.as_str(), "\n", &after.concat()].concat();
        let verdict = classify(&matcher, "", &text);
        assert_eq!(hit(&verdict), Some(found as u32));
        assert_eq!(verdict.hit.as_ref().unwrap().start, before.encode_utf16().count() as u32);
        let (in_turns, turns) = in_turns(&matcher, raw(""), raw(&text));
        assert!(in_turns == verdict && turns > 1);
        assert_eq!(hit(&classify(&matcher, "", &lines.concat())), None);
    }
}

#[test]
fn a_verdict_in_turns_is_the_verdict_in_one_go() {
    let matcher = matcher(
        r#"[{"issue":"A","error":"([ab])c+\\1d","test":"(?=t)"},
            {"issue":"B","error":"(?=[^]*x)(?<=(a|b)*)c\\1","flags":"s"},
            {"issue":"C","error":"^(?:(a*|bb)\\1*)+$"},
            {"issue":"D","error":"z(?!y)","test":"es"}]"#,
    );
    let stop = AtomicBool::new(false);
    let mut paused = 0;
    for error in ["ac".repeat(1000), "a".repeat(500) + "b", "b".repeat(2000) + "zcx", "z".into()] {
        for test in ["test", "no"] {
            let whole = matcher
                .classify(&units(test), Some(units(&error)), &mut Scratch::default(), &stop)
                .unwrap();
            let (verdict, turns) = in_turns(&matcher, raw(test), raw(&error));
            assert_eq!(verdict, whole, "{test} {}", &error[..1]);
            paused += turns - 1;
        }
    }
    assert!(paused > 100, "the searches were long enough to be suspended: {paused}");
}

/// Whether an ASCII text has control sequences is seen chunk by chunk on the way, not before.
#[test]
fn control_sequences_are_removed_wherever_they_are() {
    let stop = AtomicBool::new(false);
    let interrupt = Interrupt::without_deadline(&stop);
    let json = r#"[{"issue":"A","error":"colou?red text"},{"issue":"B","error":"."}]"#;
    let [strips, keeps] = [Ansi::Strip, Ansi::Keep].map(|ansi| matcher_with(json, ansi));
    let mut scratch = Scratch::default();
    for before in [0, 1, 2_000, 16_383, 16_384, 20_000, 100_000] {
        for after in [0, 3, 50_000] {
            let lines = |bytes: usize| "line\n".repeat(bytes / 5) + &"x".repeat(bytes % 5);
            let colored = "colo\u{1B}[31mred\u{1B}[0m text";
            let text = lines(before) + colored + &lines(after);
            let mut classified = |matcher: &Matcher| {
                let error = RawText::Ascii(text.as_bytes().into());
                let mut classification = Classification::new(raw("test"), Some(error));
                let Step::Done(verdict) = classification.resume(matcher, &mut scratch, &interrupt)
                else {
                    unreachable!("nothing interrupts it")
                };
                verdict.hit.map(|hit| (hit.rule.0, hit.start as usize, hit.end as usize))
            };
            let end = before + "colored text".len();
            assert_eq!(classified(&strips), Some((0, before, end)), "{before} {after}");
            assert_eq!(classified(&keeps).map(|hit| hit.0), Some(1), "{before} {after}");
        }
    }
}

/// A rule whose literal is in many lines is one rule, whether it matches or is undecided.
#[test]
fn a_rule_with_several_start_ranges_is_searched_once() {
    let matcher = matcher(
        r#"[{"issue":"A","error":"literal-1 (a|aa|b)+\\1c"},
            {"issue":"B","error":"literal-1 .*x","also":["no"]},
            {"issue":"C","error":"^.*[^ ] literal-1$","flags":"m"}]"#,
    );
    let line = format!("{}\n literal-1 {}bc x\n", "x".repeat(100), "a".repeat(200));
    let before = line.repeat(6);
    let verdict = classify(&matcher, "", &format!("{before}the literal-1"));
    assert_eq!(hit(&verdict), Some(2));
    assert_eq!(verdict.hit.map(|hit| hit.start as usize), Some(before.len()));
    assert_eq!(verdict.undecided, [RuleIndex(0)]);
}

/// What the rules' loop says, by the exact engine alone.
fn by_loop(rules: &[(&str, &str)], text: &[u16]) -> Option<(u32, u32, u32)> {
    let (text, never) = (Haystack::new(text.to_vec()), AtomicBool::new(false));
    let mut scratch = regexp::Scratch::default();
    (0..).zip(rules).find_map(|(index, (source, flags))| {
        let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
        match pattern.find_exact(&text, &mut scratch, &never) {
            Outcome::Match { start, end } => Some((index, start, end)),
            _ => None,
        }
    })
}

/// Texts of several chunks, with something at the borders of the chunks that are read or encoded.
#[test]
fn a_long_text_is_classified_as_the_loop_would_whatever_interrupts() {
    const RULES: [(&str, &str); 8] = [
        ("needle in the haystack", ""),
        ("[\\ud800-\\udbff](?![\\udc00-\\udfff])", ""),
        ("(?:😀|é)y", "u"),
        ("(?<=\\u009b)[0-9]+z", ""),
        ("^y\\d+$", "m"),
        ("(.)\\1{2}q", ""),
        ("w[^]*x", ""),
        ("t \\n\\.*$", ""),
    ];
    const PIECES: [&str; 18] = [
        "needle in the haystack",
        "needle in\u{1B}[1m the hay\u{1B}[0mstack",
        "~",
        "😀y",
        "éy",
        "\r",
        "\ry12\r",
        "\u{2028}y7\n",
        "\u{2028}",
        "\u{1B}[31mw",
        "\u{1B}]0;needle in the haystack\u{7}",
        "\u{1B}]0;no end",
        "\u{9b}12z",
        "~\u{1B}[0m\u{1B}",
        "\n    at f (needle.js:1:2)\nx",
        "\n \u{1B}[2mat new Promise (<anonymous>)\r\n",
        "zzzq",
        "x",
    ];
    let json: Vec<_> = RULES
        .map(|(source, flags)| (source.replace('\\', "\\\\"), flags))
        .iter()
        .map(|(source, flags)| format!(r#"{{"issue":"A","error":"{source}","flags":"{flags}"}}"#))
        .collect();
    let json = format!("[{}]", json.join(","));
    let matchers = [Ansi::Strip, Ansi::Keep].into_iter().flat_map(|ansi| {
        [StackFrames::Keep, StackFrames::Strip]
            .map(|stack_frames| TextOptions { ansi, stack_frames })
    });
    let matchers: Vec<_> = matchers.map(|options| matcher_of(&json, options)).collect();
    let mut random = 1_u32;
    let mut below = |limit: usize| {
        random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (random >> 16) as usize % limit
    };
    let (mut hits, mut turns) = ([0; RULES.len() + 1], 0);
    for round in 0..80 {
        let mut text = String::new();
        for border in 1..=1 + below(4) {
            // up to where a chunk of the encoder, of the scan or of neither ends
            let length = (border * CHUNK_BYTES / 2).saturating_sub(below(26));
            while text.len() + 6 < length {
                text.push_str("text \n");
            }
            text.extend(std::iter::repeat_n('.', length.saturating_sub(text.len())));
            for _ in 0..below(3) {
                let pieces = [&PIECES[..], &PIECES[2..], &PIECES[9..12], &PIECES[14..]][round % 4];
                text.push_str(pieces[below(pieces.len())]);
            }
        }
        // `~`: a lone surrogate, whose other half may come after a sequence
        let mut lone = [0xD83D, 0xDE00].into_iter().cycle();
        let text: Vec<u16> = text
            .encode_utf16()
            .map(|unit| if unit == u16::from(b'~') { lone.next().unwrap() } else { unit })
            .collect();
        let ascii: Option<Vec<u8>> =
            text.iter().map(|&unit| u8::try_from(unit).ok().filter(u8::is_ascii)).collect();
        let latin1: Option<Vec<u8>> = text.iter().map(|&unit| u8::try_from(unit).ok()).collect();
        let place = |hit: Hit| (hit.rule.0, hit.start, hit.end);
        for matcher in &matchers {
            let matched = matcher.text_options().apply(text.clone());
            let expected = by_loop(&RULES, &matched);
            hits[expected.map_or(RULES.len(), |hit| hit.0 as usize)] += 1;
            let mut raws = vec![RawText::Utf16(text.clone())];
            raws.extend(ascii.iter().map(|ascii| RawText::Ascii(ascii.into())));
            raws.extend(ascii.iter().map(|ascii| RawText::Ascii(ascii.clone().into())));
            for raw_text in raws {
                let (verdict, took) = in_turns(matcher, raw(""), raw_text);
                turns += took;
                assert_eq!(verdict.hit.map(place), expected, "round {round}");
            }
            let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
            let whole = matcher.classify(&[], Some(text.clone()), &mut scratch, &never).unwrap();
            assert_eq!(whole.hit.map(place), expected, "round {round}");
            let Some(latin1) = &latin1 else { continue };
            let error = Some(RawText::of_latin1(latin1));
            let mut classification = Classification::new(raw(""), error);
            let interrupt = Interrupt::without_deadline(&never);
            let Step::Done(borrowed) = classification.resume(matcher, &mut scratch, &interrupt)
            else {
                unreachable!("nothing interrupts it")
            };
            assert_eq!(borrowed.hit.map(place), expected, "round {round}");
        }
    }
    assert!(
        hits.iter().all(|&hits| hits > 0),
        "every rule wins once, and once none does: {hits:?}"
    );
    assert!(turns > 1_000, "{turns}");
}

/// A name is read in chunks, too.
#[test]
fn a_long_name_is_read_in_turns() {
    let matcher = matcher(r#"[{"issue":"A","error":"e","test":"(?:é|x)nd$"}]"#);
    for end in ["xnd", "énd", "nd"] {
        let name = "n".repeat(64 * CHUNK_BYTES) + end;
        let mut raws = vec![raw(&name)];
        if name.is_ascii() {
            raws.push(RawText::Ascii(name.into_bytes().into()));
        }
        for name in raws {
            let (verdict, turns) = in_turns(&matcher, name, raw("e"));
            assert_eq!(hit(&verdict), (end != "nd").then_some(0));
            assert!(turns > 1, "{turns}");
        }
    }
}

#[test]
fn a_turn_ends_in_time() {
    const TURN: Duration = Duration::from_millis(5);
    let matcher = matcher(r#"[{"issue":"A","error":"(a|b)(?:a+)+\\1c"}]"#);
    let stop = AtomicBool::new(false);
    let mut classification = Classification::new(raw(""), Some(raw(&("a".repeat(100_000) + "bc"))));
    let mut scratch = Scratch::default();
    for _ in 0..10 {
        let begun = Instant::now();
        let progress =
            classification.resume(&matcher, &mut scratch, &Interrupt::until(begun + TURN, &stop));
        assert_eq!(progress, Step::Suspended);
        // generous: a loaded machine takes its time
        assert!(begun.elapsed() < 20 * TURN, "{:?}", begun.elapsed());
    }
    stop.store(true, Ordering::Relaxed);
    let interrupt = Interrupt::until(Instant::now() + TURN, &stop);
    assert_eq!(classification.resume(&matcher, &mut scratch, &interrupt), Step::Cancelled);
}

#[test]
fn it_crosses_threads() {
    fn assert_send<T: Send>() {}
    assert_send::<Classification>();
    assert_send::<Scratch>();
}

fn loaded_at(json: &str, now: i64) -> (Matcher, Report) {
    let options = BuildOptions { now: Some(Moment(now)), ..BuildOptions::default() };
    let (matcher, report, _) = Matcher::build(entries(json), options, Ticket::default()).unwrap();
    (matcher, report)
}

/// To the millisecond, when the list is loaded and when the call is made.
#[test]
fn a_rule_is_in_force_until_the_day_after_its_last_one() {
    const END: i64 = 1_709_251_200_000;
    let json = r#"[{"issue":"A","error":"a","expires":"2024-02-29"},
        {"issue":"B","error":"a","expires":"2024-03-01T00:00:00.001Z"},
        {"issue":"C","error":"a","enabled":false}]"#;
    for (now, active, expired) in [(END - 1, 2, 0), (END, 1, 1), (END + 1, 0, 2)] {
        let report = loaded_at(json, now).1;
        assert_eq!((report.active, report.expired, report.disabled), (active, expired, 1));
    }
    let (matcher, _) = loaded_at(json, END - 1);
    for (time, reason, hit) in [
        (END - 1, Reason::Matched, Some(0)),
        (END, Reason::Matched, Some(1)),
        (END + 1, Reason::NoRules, None),
    ] {
        let never = AtomicBool::new(false);
        let mut classification =
            Classification::new(raw(""), Some(raw("a"))).at(Some(Moment(time)));
        let mut scratch = Scratch::default();
        let interrupt = Interrupt::without_deadline(&never);
        let step = classification.resume(&matcher, &mut scratch, &interrupt);
        let Step::Done(verdict) = step else { panic!("{step:?}") };
        assert_eq!(verdict.reason, reason, "{time}");
        assert_eq!(verdict.hit.map(|hit| hit.rule.0), hit, "{time}");
    }
    assert!(matcher.call_time().is_some());
    let (eternal, _) = load(r#"[{"issue":"A","error":"a","also":["b"]}]"#);
    assert!(eternal.call_time().is_none());
}

/// Conditions whose searches are suspended again and again.
#[test]
fn conditions_are_searched_in_turns() {
    let text = "x".repeat(60_000) + " a literal";
    let in_turns = |fields: &str| {
        let json = format!(r#"[{{"issue":"A","error":"a literal"{fields}}}]"#);
        let (verdict, turns) = in_turns(&matcher(&json), raw(""), raw(&text));
        assert_eq!(verdict.undecided, []);
        (hit(&verdict), turns)
    };
    let (_, without) = in_turns("");
    for (fields, expected) in [
        (r#","also":["(?=x)(?:x|xx)+[qr]"]"#, None),
        (r#","unless":["(?=x)(?:x|xx)+[qr]"]"#, Some(0)),
        (r#","also":["(?=x)x+ a"],"unless":["(?=x)(?:x|xx)+[qr]"]"#, Some(0)),
        (r#","also":["(?=x)(?:x|xx)+ a"],"unless":["b","(?=x)(?:x|xx)+ a"]"#, None),
    ] {
        let (hit, turns) = in_turns(fields);
        assert_eq!(hit, expected, "{fields}");
        assert!(turns > without, "{fields}: {turns} turns, {without} without");
    }
}
