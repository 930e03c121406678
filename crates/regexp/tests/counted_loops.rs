//! Counted loops inside each other and inside lookarounds: every engine against a matcher that does
//! what ECMA-262 says, step by step.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use known_failures_regexp::{Answer, Haystack, Interrupt, Outcome, Pattern, Scratch, StartRange};

mod support;

use support::units;

/// Set it to a seed that a failure has printed.
const SEED: &str = "COUNTED_LOOPS_SEED";
const PATTERNS: u32 = 6_000;
const TEXTS: u32 = 6;
/// Steps of the reference matcher for one text. Where it needs more, the text is left out.
const MAX_STEPS: u32 = 20_000;

enum Node {
    Char(char),
    Any,
    Word,
    Start,
    End,
    Sequence(Vec<Node>),
    Either(Box<Node>, Box<Node>),
    Repeat { body: Box<Node>, min: u32, max: Option<u32>, greedy: bool, captures: bool },
    Look { body: Box<Node>, behind: bool, negative: bool },
}

struct Random {
    state: u64,
    /// Whether a loop of the pattern has a minimum above the length of its texts. Only one has:
    /// the reference recurses.
    has_large_minimum: bool,
}

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as u32 % end
    }

    fn one_in(&mut self, of: u32) -> bool {
        self.below(of) == 0
    }

    fn node(&mut self, depth: u32) -> Node {
        match self.below(if depth == 0 { 8 } else { 24 }) {
            0..5 => Node::Char(['a', 'b', 'a', 'c', 'é'][self.below(5) as usize]),
            5 => Node::Any,
            6 => Node::Word,
            7 if self.one_in(2) => {
                if self.one_in(2) {
                    Node::Start
                } else {
                    Node::End
                }
            }
            7 => Node::Sequence(Vec::new()),
            8..12 => Node::Sequence((0..=self.below(3)).map(|_| self.node(depth - 1)).collect()),
            12..14 => Node::Either(self.node(depth - 1).into(), self.node(depth - 1).into()),
            14..16 => Node::Look {
                body: self.node(depth - 1).into(),
                behind: self.one_in(2),
                negative: self.one_in(3),
            },
            _ => {
                let mut min = self.below(4) * self.below(2);
                if self.one_in(8) && !std::mem::replace(&mut self.has_large_minimum, true) {
                    min += 20;
                }
                let large = if self.one_in(9) { 900 } else { 0 };
                let max = (!self.one_in(5)).then(|| min + self.below(5) + large);
                let (body, greedy) = (self.node(depth - 1).into(), !self.one_in(3));
                Node::Repeat { body, min, max, greedy, captures: self.one_in(4) }
            }
        }
    }

    fn text(&mut self) -> String {
        let letters = ["aaab", "ab", "abc", "aé", "aB\n"][self.below(5) as usize];
        let letters: Vec<char> = letters.chars().collect();
        (0..self.below(16)).map(|_| letters[self.below(letters.len() as u32) as usize]).collect()
    }
}

/// The node as ECMAScript writes it.
fn write(node: &Node, source: &mut String) {
    match node {
        Node::Char(c) => source.push(*c),
        Node::Any => source.push('.'),
        Node::Word => source.push_str("\\w"),
        Node::Start => source.push('^'),
        Node::End => source.push('$'),
        Node::Sequence(nodes) => {
            source.push_str("(?:");
            for node in nodes {
                write(node, source);
            }
            source.push(')');
        }
        Node::Either(one, other) => {
            source.push_str("(?:");
            write(one, source);
            source.push('|');
            write(other, source);
            source.push(')');
        }
        Node::Repeat { body, min, max, greedy, captures } => {
            source.push_str(if *captures { "(" } else { "(?:" });
            write(body, source);
            let max = max.map_or(String::new(), |max| max.to_string());
            write!(source, "){{{min},{max}}}{}", if *greedy { "" } else { "?" }).unwrap();
        }
        Node::Look { body, behind, negative } => {
            source.push_str("(?");
            source.push_str(if *behind { "<" } else { "" });
            source.push(if *negative { '!' } else { '=' });
            write(body, source);
            source.push(')');
        }
    }
}

/// ECMA-262, 22.2.2, as it is written there: what follows is a continuation.
struct Reference<'t> {
    text: &'t [char],
    ignore_case: bool,
    steps: u32,
}

type Continuation<'c, 't> = &'c mut dyn FnMut(&mut Reference<'t>, usize) -> Option<usize>;

impl<'t> Reference<'t> {
    fn find(&mut self, node: &Node) -> Option<(usize, usize)> {
        (0..=self.text.len()).find_map(|start| {
            let end = self.run(node, start, false, &mut |_, end| Some(end))?;
            Some((start, end))
        })
    }

    fn run(
        &mut self,
        node: &Node,
        at: usize,
        back: bool,
        then: Continuation<'_, 't>,
    ) -> Option<usize> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return None;
        }
        let read = if back { at.checked_sub(1) } else { Some(at) };
        let found = read.and_then(|at| self.text.get(at).copied());
        let next = if back { at.wrapping_sub(1) } else { at + 1 };
        let fold = |c: char| if self.ignore_case { c.to_lowercase().next().unwrap() } else { c };
        let fits = match node {
            Node::Char(c) => found.is_some_and(|found| fold(found) == fold(*c)),
            Node::Any => found.is_some_and(|found| found != '\n'),
            Node::Word => found.is_some_and(|found| found.is_ascii_alphanumeric()),
            Node::Start => return if at == 0 { then(self, at) } else { None },
            Node::End => return if at == self.text.len() { then(self, at) } else { None },
            Node::Sequence(nodes) => return self.sequence(nodes, at, back, then),
            Node::Either(one, other) => {
                return self.run(one, at, back, then).or_else(|| self.run(other, at, back, then));
            }
            Node::Repeat { .. } => return self.repeat(node, 0, at, back, then),
            Node::Look { body, behind, negative } => {
                let holds = self.run(body, at, *behind, &mut |_, end| Some(end)).is_some();
                return if holds == *negative { None } else { then(self, at) };
            }
        };
        if fits { then(self, next) } else { None }
    }

    fn sequence(
        &mut self,
        nodes: &[Node],
        at: usize,
        back: bool,
        then: Continuation<'_, 't>,
    ) -> Option<usize> {
        let split = if back { nodes.split_last() } else { nodes.split_first() };
        let Some((node, rest)) = split else { return then(self, at) };
        self.run(node, at, back, &mut |all, at| all.sequence(rest, at, back, then))
    }

    /// `RepeatMatcher`; `count`: iterations done.
    fn repeat(
        &mut self,
        node: &Node,
        count: u32,
        at: usize,
        back: bool,
        then: Continuation<'_, 't>,
    ) -> Option<usize> {
        let Node::Repeat { body, min, max, greedy, .. } = node else { unreachable!() };
        if *max == Some(count) {
            return then(self, at);
        }
        if count < *min {
            return self
                .run(body, at, back, &mut |all, end| all.repeat(node, count + 1, end, back, then));
        }
        if !greedy && let Some(end) = then(self, at) {
            return Some(end);
        }
        let found = self.run(body, at, back, &mut |all, end| {
            if end == at { None } else { all.repeat(node, count + 1, end, back, then) }
        });
        if *greedy { found.or_else(|| then(self, at)) } else { found }
    }
}

/// Prints the seed if the test fails.
struct Seed(u64);

impl Drop for Seed {
    #[allow(clippy::print_stderr, reason = "a failed test is run again with this seed")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{SEED}={}", self.0);
        }
    }
}

fn outcome(found: Option<(usize, usize)>) -> Outcome {
    found.map_or(Outcome::NoMatch, |(start, end)| Outcome::Match {
        start: start as u32,
        end: end as u32,
    })
}

#[test]
fn every_engine_finds_what_the_specification_says() {
    let seed = std::env::var(SEED).map_or_else(
        |_| std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64,
        |seed| seed.parse().unwrap(),
    );
    let seed = Seed(seed);
    let mut random = Random { state: seed.0, has_large_minimum: false };
    let (mut scratch, never) = (Scratch::default(), AtomicBool::new(false));
    let (mut compared, mut by_lockstep, mut matches) = (0, 0, 0);
    for _ in 0..PATTERNS {
        random.has_large_minimum = false;
        let node = random.node(4);
        let mut source = String::new();
        write(&node, &mut source);
        let flags = ["", "i", "u", "iu"][random.below(4) as usize];
        let pattern = Pattern::new(&units(&source), &units(flags)).unwrap();
        for _ in 0..TEXTS {
            let text = random.text();
            let chars: Vec<char> = text.chars().collect();
            let ignore_case = flags.contains('i');
            let mut reference = Reference { text: &chars, ignore_case, steps: 0 };
            let expected = outcome(reference.find(&node));
            if reference.steps > MAX_STEPS {
                continue;
            }
            let case = || format!("/{source}/{flags} on {text:?}");
            let haystack = Haystack::from_utf8(&text);
            let exact = pattern.find_exact(&haystack, &mut scratch, &never);
            assert_eq!(exact, expected, "the exact engine: {}", case());
            let found = pattern.find(&haystack, &mut scratch, &never);
            assert_eq!(found, expected, "all together: {}", case());
            if let Some(found) = pattern.find_lockstep(&haystack, &mut scratch, &never) {
                assert_eq!(found, expected, "the lockstep engine: {}", case());
                by_lockstep += 1;
            }
            if let Some(answer) = pattern.find_automaton(&haystack) {
                let start = match expected {
                    Outcome::Match { start, .. } => Some(start),
                    _ => None,
                };
                let right = match answer {
                    Answer::NoMatch => start.is_none(),
                    Answer::MatchFrom { start: from } => start == Some(from),
                    Answer::Match { start, end } => expected == Outcome::Match { start, end },
                };
                assert!(right, "the automata {answer:?}, not {expected:?}: {}", case());
            }
            compared += 1;
            matches += u32::from(expected != Outcome::NoMatch);
        }
    }
    // the test says nothing if it compares nothing
    assert!(compared > PATTERNS && by_lockstep > PATTERNS, "{compared} {by_lockstep}");
    assert!(matches > compared / 10 && matches < compared * 9 / 10, "{matches} of {compared}");
}

/// Patterns that the exact engine cannot run in its budget, each with texts that match and such
/// that nearly do.
const HARD: [(&str, &str, &str, &str, Outcome); 9] = [
    ("(?:a{1,50}){1,50}b", "", "a", "b", Outcome::Match { start: 37_499, end: 40_000 }),
    ("(?:a{1,50}){1,50}b", "", "a", "c", Outcome::NoMatch),
    ("(?:a?b?){0,5000}c", "", "a", "c", Outcome::Match { start: 34_999, end: 40_000 }),
    ("(?:A?B?){0,5000}?C", "i", "a", "c", Outcome::Match { start: 34_999, end: 40_000 }),
    ("(?:é{1,50}ß?){1,50}b", "u", "é", "b", Outcome::Match { start: 37_499, end: 40_000 }),
    ("(?:a{0,500}){0,500}(?!b)$", "", "a", "b", Outcome::Match { start: 40_000, end: 40_000 }),
    ("(?=(?:a{1,50}){1,50}b)a", "", "a", "b", Outcome::Match { start: 37_499, end: 37_500 }),
    ("^(?:(?=(?:a{1,50}){1,50}b)b|a)*$", "", "a", "a", Outcome::Match { start: 0, end: 40_000 }),
    ("(?<!(?:a?b?){40,5000})b|^a*(?<=x(?:aa?){40,90}b)", "", "a", "b", Outcome::NoMatch),
];

#[test]
fn hard_searches_can_be_suspended() {
    let never = AtomicBool::new(false);
    for (source, flags, unit, last, expected) in HARD {
        let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
        let text = unit.repeat(39_999) + last;
        let (haystack, mut scratch) = (Haystack::from_utf8(&text), Scratch::default());
        assert_eq!(pattern.find(&haystack, &mut scratch, &never), expected, "/{source}/{flags}");
        let at_once = Interrupt::until(Instant::now(), &never);
        let anywhere = &[StartRange::ANYWHERE];
        let mut resumptions = 0;
        let mut found = pattern.search(&haystack, anywhere, &mut scratch, &at_once);
        while found == Outcome::Suspended {
            found = pattern.resume(&haystack, anywhere, &mut scratch, &at_once);
            resumptions += 1;
        }
        assert_eq!(found, expected, "/{source}/{flags}, resumed {resumptions} times");
    }
}

#[test]
fn hard_searches_can_be_cancelled() {
    let stop = AtomicBool::new(true);
    for (source, flags, unit, ..) in HARD {
        let pattern = Pattern::new(&units(source), &units(flags)).unwrap();
        let haystack = Haystack::new(units(&unit.repeat(40_000)));
        let mut scratch = Scratch::default();
        let lockstep = pattern.find_lockstep(&haystack, &mut scratch, &stop);
        assert_eq!(lockstep, Some(Outcome::Cancelled), "/{source}/{flags}");
    }
}

#[test]
fn what_a_range_of_starts_leaves_out_is_not_found() {
    let never = AtomicBool::new(false);
    let pattern = Pattern::new(&units("(?:a{1,50}){1,50}b"), &[]).unwrap();
    let haystack = Haystack::new(units(&("a".repeat(39_999) + "b")));
    let mut scratch = Scratch::default();
    let interrupt = Interrupt::without_deadline(&never);
    for (first, last, start) in [
        (0, 37_498, None),
        (0, 37_499, Some(37_499)),
        (39_000, 39_998, Some(39_000)),
        (39_999, 50_000, None),
    ] {
        let found =
            pattern.search(&haystack, &[StartRange { first, last }], &mut scratch, &interrupt);
        let expected = start.map(|start| (start, 40_000));
        assert_eq!(found, outcome(expected), "{first}..={last}");
    }
}

/// Too many combinations of counts for the lockstep engine: the search only has to end.
#[test]
fn what_is_too_hard_is_undecided() {
    let never = AtomicBool::new(false);
    let pattern = Pattern::new(&units("(?:(?:ab?){300,400}){300,400}[cd]"), &[]).unwrap();
    let haystack = Haystack::new(units(&("a".repeat(20_000) + "c")));
    // a match does not fit into it
    assert_eq!(pattern.find(&haystack, &mut Scratch::default(), &never), Outcome::NoMatch);
    let pattern = Pattern::new(&units("(?=(?:(?:ab?){300,400}){300,400}[cd])"), &[]).unwrap();
    assert_eq!(pattern.find_lockstep(&haystack, &mut Scratch::default(), &never), None);
    assert_eq!(pattern.find(&haystack, &mut Scratch::default(), &never), Outcome::Undecided);
}
