//! The kernels against each other, and the pass against what a text really has.

use std::sync::atomic::AtomicBool;

use regexp::syntax;
use regexp::{Flags, Haystack, Outcome, Pattern, Scratch, StartRange};

use crate::ids::RuleSlot;
use crate::prefilter::Kernel;
use crate::prefilter::candidates::Candidate;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::separators::Separators;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::shapes::builder::{MAX_RUNS, ShapesBuilder};
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::edges::Edges;
use crate::prefilter::shapes::extract::required_runs;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, BUCKETS, DEPTH, Masks};
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::{RequiredRun, RequiredRuns, Run, mismatch};
use crate::prefilter::shapes::{FoundRuns, Shapes, TRIES, kernel_places};
use crate::prefilter::starts::{FirstSeparators, Starts};

/// Numbers that look random: Weyl's sequence, multiplied.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    let number = |at: u64| at.wrapping_mul(MULTIPLIER_64);
    (1..).map(move |at| number(number(seed << 32 | at) >> 32) >> 40)
}

fn rarity() -> Rarity {
    Rarity::of(std::iter::empty())
}

/// The runs of a pattern, each as the characters of its sets, and whether they are common.
fn runs_of(source: &str, flags: &str) -> Option<(Vec<String>, bool)> {
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let flags = Flags::parse(&units(flags)).expect("the flags are good");
    let ast = syntax::parse(&units(source), flags).expect("the pattern is good");
    let RequiredRuns { runs, are_common } = required_runs(&ast, &rarity())?;
    Some((runs.iter().map(|required| written(&required.run)).collect(), are_common))
}

fn written(run: &[ByteSet]) -> String {
    let set = |set: &ByteSet| {
        let bytes: Vec<u8> = set.bytes().collect();
        match bytes[..] {
            [byte] => byte.escape_ascii().to_string(),
            [first, .., last] if bytes.len() > 4 => {
                format!("[{}..{}]", first.escape_ascii(), last.escape_ascii())
            }
            _ => format!("[{}]", bytes.escape_ascii()),
        }
    };
    run.iter().map(set).collect()
}

#[test]
fn the_rarest_run_is_chosen() {
    let upper = "[A..Z]";
    let digit = "[0..9]";
    let hex = "[0..f]";
    for (source, flags, expected, common) in [
        (r"[A-Z]{3,}-\d{2,8}", "", vec![format!("{}-{}", upper.repeat(3), digit.repeat(2))], false),
        (r"\b[a-f0-9]{24}\b", "", vec![hex.repeat(24)], false),
        // of the longest one, what is kept
        (r"[a-f0-9]{200}", "", vec![hex.repeat(32)], false),
        (
            r"(?:x\d{5}y|[A-F]{6})+z?",
            "",
            vec![format!("x{}y", digit.repeat(5)), "[A..F]".repeat(6)],
            false,
        ),
        (r"(?:E|W)(?:RR|RN)\d{3}", "", vec![format!("[EW]R[NR]{}", digit.repeat(3))], false),
        (r"(?=\d{9})x*", "", vec![digit.repeat(9)], true),
        (r"(\d+)ms.*(\d+)ms", "", vec![format!("{digit}ms")], true),
        ("Zx7q", "i", vec!["[Zz][Xx]7[Qq]".to_owned()], false),
        // beyond ASCII: exact bytes, or those that a character can start or end with
        ("[É]q7z", "", vec![r"\xc3\x89q7z".to_owned()], false),
        (r"7q[é€]", "", vec![r"7q[\xc3\xe2][\x80..\xbf]".to_owned()], false),
        (r"\ud83d7q", "", vec![r"[\x80..\xff][\x80..\xff][7..\xff][7q]".to_owned()], false),
        // whatever is in between or is left out
        (r#"[rR]"(-*)\["#, "", vec![r#"[Rr]\"[-[]"#.to_owned()], false),
        (r"a?b?~~", "", vec!["~~".to_owned()], false),
        ("`", "", vec!["`".to_owned()], true),
    ] {
        assert_eq!(runs_of(source, flags), Some((expected, common)), "/{source}/{flags}");
    }
    for source in [r"\d+", r".*", "", r"(?!\d{9})", r"(\d{9})?", "e|", r"[a-z]+ [a-z]+", r"(.)\1"] {
        assert_eq!(runs_of(source, ""), None, "/{source}/");
    }
}

#[test]
fn all_kernels_agree_and_let_runs_pass() {
    for seed in 1..200 {
        let mut random = numbers(seed);
        let mut next = |below: u64| random.next().unwrap_or_default() % below;
        let mut masks = Masks::EMPTY;
        let runs: Vec<Run> = (0..BUCKETS)
            .map(|_| {
                (0..=next(DEPTH as u64 - 1))
                    .map(|_| {
                        let first = next(256) as u8;
                        ByteSet::range(first, first.saturating_add(next(64) as u8))
                    })
                    .collect()
            })
            .collect();
        for (bucket, run) in runs.iter().enumerate().take(1 + seed as usize % BUCKETS) {
            masks.add(bucket, run);
        }
        // as if the bytes after these were not worth it
        masks.depth = masks.depth.min(1 + seed as usize % (DEPTH + 2));
        let mut block = [0; BLOCK_BYTES];
        for byte in &mut block {
            *byte = next(256) as u8;
        }
        let mut buckets = [0; BLOCK];
        let places = masks.places(&block, &mut buckets);
        for kernel in Kernel::all() {
            let mut of_kernel = [0; BLOCK];
            let found = kernel_places(kernel, &masks, &block, &mut of_kernel);
            assert_eq!((found, of_kernel), (places, buckets), "{kernel:?}, {seed}");
        }
        for (place, buckets) in buckets.into_iter().enumerate() {
            assert_eq!(buckets != 0, places >> place & 1 == 1, "{seed}: {place}");
            let found = mismatch(&runs[0], &block, place).is_none();
            assert!(!found || buckets & 1 == 1, "{seed}: the first run at {place}");
        }
    }
}

fn shapes(runs: &[Run]) -> Shapes {
    let mut builder = ShapesBuilder::default();
    for (slot, run) in (0..).map(RuleSlot).zip(runs) {
        let runs = vec![RequiredRun { run: run.clone(), max_offset: MaxOffset::ZERO }];
        assert!(builder.add(slot, &RequiredRuns { runs, are_common: false }));
    }
    Shapes::new(builder.build(&rarity()))
}

fn scan(shapes: &Shapes, kernel: Kernel, text: &[u8]) -> Vec<Candidate> {
    let mut found = FoundRuns::default();
    let mut candidates = Vec::new();
    shapes.begin(text.len(), &mut found);
    for chunk in crate::prefilter::chunks(text.len()) {
        shapes.scan(kernel, text, chunk, &mut found);
    }
    shapes.candidates(
        &mut found,
        Starts::new(text, 1, &FirstSeparators::default()),
        &mut candidates,
    );
    candidates.sort_unstable_by_key(|candidate| candidate.slot);
    candidates
}

fn run(text: &str) -> Run {
    text.bytes().map(|byte| ByteSet::range(byte, byte)).collect()
}

#[test]
fn a_pass_looks_at_as_few_bytes_as_tell_enough() {
    let depth = |run: Run, literals: &[&[u8]]| {
        let mut builder = ShapesBuilder::default();
        let runs = vec![RequiredRun { run, max_offset: MaxOffset::ZERO }];
        assert!(builder.add(RuleSlot(0), &RequiredRuns { runs, are_common: false }));
        let (tables, _) = builder.build(&Rarity::of(literals.iter().copied()));
        tables.passes[0].masks.depth
    };
    assert_eq!(depth(run("zq"), &[]), 2);
    assert_eq!(depth(run("zqxjkvwy"), &[]), 3);
    assert_eq!(depth(run("zqxjkvwy"), &[b"zqxjk, zqxjk"]), 6, "the list has five bytes of it");
    assert_eq!(depth(vec![ByteSet::range(b'0', b'9'); 20], &[]), 6, "so has the background");
}

/// One run and as many as there can be, at the ends of a text and at those of its chunks.
#[test]
fn a_run_is_found_at_every_place() {
    for count in [1, 9, 40, MAX_RUNS] {
        let texts: Vec<String> = (0..count).map(|number| format!("<{number:03}>zq")).collect();
        let runs: Vec<Run> = texts.iter().map(|text| run(text)).collect();
        let shapes = shapes(&runs);
        for kernel in Kernel::all() {
            for (rule, text) in (0..).zip(&texts).step_by(7) {
                for length in [7, 8, 63, 64, 65, 80, 16_400] {
                    let last = length - text.len();
                    for at in [0, 1, last / 2, last.saturating_sub(9), last].map(|at| at.min(last))
                    {
                        let mut haystack = vec![b'.'; length];
                        haystack[at..at + text.len()].copy_from_slice(text.as_bytes());
                        let [Candidate { slot, starts }] = scan(&shapes, kernel, &haystack)[..]
                        else {
                            panic!("{text} at {at} of {length}, {kernel:?}")
                        };
                        assert_eq!(slot, RuleSlot(rule));
                        assert_eq!((starts.first, starts.last), (at as u32, at as u32));
                    }
                }
            }
        }
    }
}

/// Each place has the range of its line.
#[test]
fn a_match_starts_near_one_of_the_places_of_a_run() {
    let line = Separators::of_character(|byte| byte != b'\n').times(None);
    let max_offset = MaxOffset::after(0, usize::MAX, line);
    let mut builder = ShapesBuilder::default();
    let required = RequiredRun { run: run("<7>zq"), max_offset };
    assert!(builder.add(RuleSlot(7), &RequiredRuns { runs: vec![required], are_common: false }));
    let shapes = Shapes::new(builder.build(&rarity()));
    let other = format!("{}\n", ".".repeat(40)).repeat(500);
    let text = format!("one <7>zq\n{other}two <7>zq <7>zq\n{other}");
    let (first, second) = (text.find("<7>").unwrap(), text.find("two").unwrap());
    let starts = [(0, first), (second, text.rfind("<7>").unwrap())];
    let starts = starts.map(|(first, last)| StartRange { first: first as u32, last: last as u32 });
    for kernel in Kernel::all() {
        let expected = starts.map(|starts| Candidate { slot: RuleSlot(7), starts });
        assert_eq!(scan(&shapes, kernel, text.as_bytes()), expected);
    }
}

/// A text with a place for a run at each of its bytes: the pass gives up on finding the places.
#[test]
fn a_text_full_of_places_costs_no_more_than_others() {
    let digit = ByteSet::range(b'0', b'9');
    let letters_and_digit: Run = run("ZZZZZZZZ").into_iter().chain([digit]).collect();
    let shapes = shapes(&[letters_and_digit, vec![digit; 20]]);
    for kernel in Kernel::all() {
        let [letters] = scan(&shapes, kernel, "Z".repeat(100_000).as_bytes())[..] else {
            panic!("{kernel:?}")
        };
        assert_eq!(letters.slot, RuleSlot(0));
        assert_eq!(
            (letters.starts.first, letters.starts.last),
            (TRIES - 1 + 100_000 / 32, u32::MAX)
        );
        // too short for either
        assert_eq!(scan(&shapes, kernel, "77 ZZ ".repeat(50).as_bytes()), []);
    }
}

/// Of a run of the same sets, a byte that is wrong rules out all places before it.
#[test]
fn a_uniform_run_is_found_after_shorter_ones() {
    let shapes = shapes(&[vec![ByteSet::range(b'0', b'9'); 20]]);
    for kernel in Kernel::all() {
        let mut text = "7777777777777777777 ".repeat(30);
        let at = text.len() as u32;
        text.push_str(&"7".repeat(21));
        let [Candidate { starts, .. }] = scan(&shapes, kernel, text.as_bytes())[..] else {
            panic!("{kernel:?}")
        };
        assert_eq!((starts.first, starts.last), (at, at + 1));
    }
}

#[test]
fn rules_with_common_runs_can_be_taken_back() {
    let mut builder = ShapesBuilder::default();
    for (slot, text, are_common) in
        [(7, "abc", true), (3, "xyz", false), (5, "xyz", true), (9, "q7z", false)]
    {
        let runs = vec![RequiredRun { run: run(text), max_offset: MaxOffset::ZERO }];
        assert!(builder.add(RuleSlot(slot), &RequiredRuns { runs, are_common }));
    }
    assert_eq!(builder.take_common(), [7, 5].map(RuleSlot));
    let shapes = Shapes::new(builder.build(&rarity()));
    assert_eq!(shapes.common(), []);
    let slots = |text: &str| -> Vec<u32> {
        scan(&shapes, Kernel::detect(), text.as_bytes()).iter().map(|one| one.slot.0).collect()
    };
    assert_eq!((slots("abc"), slots("xyz"), slots("q7z")), (vec![], vec![3], vec![9]));
}

/// Edges and runs of random patterns, against random texts that have halves of pairs, too.
#[test]
fn what_matches_has_its_edges_and_its_runs() {
    const PARTS: [&str; 24] = [
        "q",
        "~",
        "",
        "[q~]",
        "[^q]",
        ".",
        r"\s",
        r"\S",
        "é",
        "€",
        "[é€]",
        r"\ud83d",
        r"\ude00",
        "[😀]",
        "(?:q~|é)",
        "(?=q)",
        "(?!~)",
        r"\b",
        "(?<=~q)",
        r"(q|~)\1",
        "^",
        "$",
        r"[\ud800-\udfff]",
        r"[^\ud83d]",
    ];
    const COUNTS: [&str; 7] = ["", "", "", "*", "+", "{2,3}", "?"];
    const TEXT: [u16; 8] = [0x71, 0x7E, 0xE9, 0x20AC, 0xD83D, 0xDE00, 0x0A, 0x20];
    let mut random = numbers(7);
    let mut next = |below: usize| random.next().unwrap_or_default() as usize % below;
    let (rarity, mut scratch, never) = (rarity(), Scratch::default(), AtomicBool::new(false));
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let (mut matched, mut ruled_out, mut with_runs) = (0, 0, 0);
    for _ in 0..4000 {
        let mut source = ["", "^"][next(2)].to_owned();
        for _ in 0..=next(4) {
            let (part, count) = (PARTS[next(PARTS.len())], COUNTS[next(COUNTS.len())]);
            let is_bare = matches!(part, "" | "^" | "$" | r"\b" | "(?<=~q)");
            source.extend([part, if is_bare { "" } else { count }]);
        }
        source.push_str(["", "^", "$", "|~$"][next(4)]);
        let flags = ["", "i", "m", "s", "u", "y"][next(6)];
        let Ok(pattern) = Pattern::new(&units(&source), &units(flags)) else { continue };
        let ast = pattern.syntax_tree().expect("it was read before");
        let runs = required_runs(&ast, &rarity).map_or(Vec::new(), |required| required.runs);
        let edges = Edges::new(std::iter::once(Some(ast)));
        for _ in 0..8 {
            let text = Haystack::new((0..next(7)).map(|_| TEXT[next(TEXT.len())]).collect());
            let bytes = text.bytes();
            let possible = edges.possible(bytes, text.unit_bytes() == 1).next().is_some();
            ruled_out += u32::from(!possible);
            if let Outcome::Match { .. } = pattern.find(&text, &mut scratch, &never) {
                let has = |one: &RequiredRun| {
                    (0..bytes.len()).any(|at| mismatch(&one.run, bytes, at).is_none())
                };
                let shown = || format!("/{source}/{flags} on {:?}", text.units());
                assert!(possible, "{}", shown());
                assert!(runs.is_empty() || runs.iter().any(has), "{}: {runs:?}", shown());
                (matched, with_runs) = (matched + 1, with_runs + u32::from(!runs.is_empty()));
            }
        }
    }
    assert!(matched > 1000 && ruled_out > 1000 && with_runs > 100, "{matched} {with_runs}");
}
