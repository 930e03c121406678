//! Starts at which a string that the pattern requires is missing are passed over.

use super::{Machine, UNITS_PER_STEP};
use crate::backtrack::program::Program;
use crate::backtrack::required::{MOST, Required};
use crate::units::scan;
use crate::units::unit::Unit;

const LINE_FEED: u16 = 0x0A;

/// Units after the range of starts that are looked through. Where a string can be further away and
/// is not found, the attempt is made: it may well fail sooner.
const FAR_UNITS: u32 = 1 << 9;

/// So many more for each start of the range: each may be an attempt.
const FAR_UNITS_OF_START: u32 = 16;

/// Starts that are tried without a look at what is beside a string.
const FEW_STARTS: u32 = 16;

/// Units that are looked through at once.
const MOST_UNITS: u32 = 1 << 16;

/// How much faster a string is looked for than what [`Machine::charge_units`] is for.
const SPEED: u32 = 4;

/// What a search knows of required strings and of lines. Starts ascend, and what is looked for
/// follows them, so that the text is gone through once for each string.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    strings: [Next; MOST],
    line_feed: Next,
    /// No line feed is in these.
    line: (u32, u32),
    /// No start of the range up to this one need be asked about.
    pub(super) asked_until: u32,
    /// Whether they are not looked for.
    is_off: bool,
    /// Whether they were looked for.
    was_asked: bool,
    /// Whether what is beside them is looked at: from the second time on, or where there are many
    /// starts. Most texts that have a string match, and what is read for this is in no cache.
    is_careful: bool,
}

/// Where something is next.
#[derive(Clone, Copy, Debug, Default)]
struct Next {
    /// It is nowhere between where it was last looked for and this offset.
    at: u32,
    /// Whether it is at the offset.
    is_there: bool,
}

/// What is known of the offsets from one to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    At(u32),
    Nowhere,
    Unknown,
}

impl Next {
    /// Where it is from `from` to before `to`. `far`: up to where to look. `find` looks for it
    /// from one offset to before another, as
    /// [`MaskedString::find`](crate::units::masked::MaskedString::find) does.
    #[inline]
    fn find(
        &mut self,
        from: u32,
        to: u32,
        far: u32,
        find: impl FnOnce(usize, usize) -> Result<usize, usize>,
    ) -> Found {
        if self.at < from {
            *self = Self { at: from, is_there: false };
        }
        if !self.is_there && self.at < to {
            let far = far.max(self.at.saturating_add(FAR_UNITS));
            let near = to.min(far).min(self.at.saturating_add(MOST_UNITS));
            let found = find(self.at as usize, near as usize);
            let (Ok(at) | Err(at)) = found;
            *self = Self { at: at as u32, is_there: found.is_ok() };
        }
        match self {
            _ if self.at >= to => Found::Nowhere,
            Self { at, is_there: true } => Found::At(*at),
            _ => Found::Unknown,
        }
    }
}

impl<U: Unit> Machine<'_, U> {
    /// [`Self::likely_start`] of a range that the search has come to.
    pub(super) fn first_likely_start(&mut self) -> Option<u32> {
        // After a long search the next attempt is made anyway, and then a poll.
        if self.scratch.known.is_off || self.fuel <= 0 {
            return Some(self.start);
        }
        let likely = self.likely_start();
        self.program.required.note(likely == Some(self.start));
        likely
    }

    /// The first start of the range from `start` on at which no required string is known to be
    /// missing. `None`: one is missing for all.
    #[inline(never)]
    pub(super) fn likely_start(&mut self) -> Option<u32> {
        let program = self.program;
        let mut start = self.start;
        let mut asked_until = u32::MAX;
        if !self.scratch.known.is_off {
            let has_many = self.last.saturating_sub(start) > FEW_STARTS;
            self.scratch.known.note_asked(has_many);
            for (index, required) in program.required.strings.iter().flatten().enumerate() {
                start = self.start_with(index, required, start)?;
                // the same string would be found, or looked for in vain
                let next = self.scratch.known.strings[index].at;
                asked_until = asked_until.min(next.saturating_sub(required.offset.least));
            }
        }
        self.scratch.known.asked_until = asked_until;
        Some(start)
    }

    fn start_with(&mut self, index: usize, required: &Required, start: u32) -> Option<u32> {
        let text = self.text;
        let length = text.len() as u32;
        let last = self.last.min(length);
        let offset = required.offset;
        let from = start.saturating_add(offset.least);
        let mut to = length;
        if let Some(most) = offset.bound() {
            to = to.min(last.saturating_add(most).saturating_add(1));
        }
        let of_starts = last.saturating_sub(start).saturating_mul(FAR_UNITS_OF_START);
        let far = last.saturating_add(FAR_UNITS).saturating_add(of_starts);
        let known = &mut self.scratch.known;
        let mut looked = 0;
        if !offset.has_line_feed {
            let before = known.line_feed.at.max(last);
            let end = known.line_feed.find(last, to, far, |from, to| {
                let units = &text[from..to];
                let found = from + scan::find(units, [LINE_FEED]);
                if found < to { Ok(found) } else { Err(found) }
            });
            looked += known.line_feed.at.saturating_sub(before);
            if let Found::At(end) = end {
                // what is required may begin with a line feed
                to = end + 1;
            }
        }
        let next = &mut known.strings[index];
        let before = next.at.max(from);
        let (string, is_careful) = (&required.string, known.is_careful);
        let found = next.find(from, to, far, |from, to| {
            if is_careful {
                self.program.required.find_in_surroundings(index, string, text, from, to)
            } else {
                string.find(text, from, to)
            }
        });
        looked += next.at.saturating_sub(before);
        let start = match found {
            Found::Nowhere => None,
            Found::Unknown => Some(start),
            Found::At(at) => {
                let nearest =
                    offset.bound().map_or(start, |most| start.max(at.saturating_sub(most)));
                Some(if offset.has_line_feed {
                    nearest
                } else {
                    known.line_start(text, nearest, at)
                })
            }
        };
        self.charge_units(looked / SPEED + UNITS_PER_STEP);
        start
    }
}

impl Known {
    /// At the start of a search.
    #[inline]
    pub(super) fn new(program: &Program) -> Self {
        // what is undecided must not depend on other searches
        let is_off = program.captures == 0 && !program.required.are_worth_it();
        Self { is_off, asked_until: if is_off { u32::MAX } else { 0 }, ..Self::default() }
    }

    /// Notes that the strings are looked for, and whether `has_many` starts depend on it. Once it
    /// counts what is beside them, it does for those that were found before, too.
    fn note_asked(&mut self, has_many: bool) {
        if (self.was_asked || has_many) && !self.is_careful {
            self.is_careful = true;
            self.strings.iter_mut().for_each(|next| next.is_there = false);
        }
        self.was_asked = true;
    }

    /// The first offset from `start` on from which there is no line feed up to `at`.
    fn line_start<U: Unit>(&mut self, text: &[U], start: u32, at: u32) -> u32 {
        let (known, end) = self.line;
        let is_known = (known..=end).contains(&start);
        let from = if is_known { end } else { start };
        if at <= from {
            return start;
        }
        let found = scan::find_last(&text[from as usize..at as usize], LINE_FEED);
        let first = found.map_or(start, |found| from + found as u32 + 1);
        self.line = (if is_known && found.is_none() { known } else { first }, at);
        first
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::time::Instant;

    use crate::backtrack::compiler::{self, Loops};
    use crate::backtrack::program::Program;
    use crate::backtrack::required::RequiredStrings;
    use crate::backtrack::start::Start;
    use crate::backtrack::vm::{self, End, Scratch};
    use crate::interrupt::Interrupt;
    use crate::outcome::Outcome;
    use crate::start_range::StartRange;
    use crate::syntax::flags::Flags;
    use crate::syntax::parser;
    use crate::text::haystack::Haystack;

    /// Steps of a search, so that the few patterns that take very many do not delay the test.
    const BUDGET: u64 = 200_000;

    const TERMS: &[&str] = &[
        "ab",
        "foo",
        "foo 12",
        "=k=s",
        " s",
        "bk",
        "\\n",
        "\\nab",
        ".*",
        ".*?",
        ".{0,5}",
        "[^]{1,9}?",
        "[^\\n]{0,8}",
        "[^\\n]*",
        "[^]*",
        "[^]{2,9}",
        "[oé]+",
        "[éü]*",
        "\\s*",
        "\\w+",
        "\\w*?",
        "=\\s*",
        "\\s+foo",
        "\\d*ab\\s?=",
        "o?",
        "[ \\n]*(?:foo|b)",
        "(é)*",
        "\\b",
        "\\B",
        "^",
        "$",
        "(?:foo|b)",
        "(?:ab|)",
        "(foo)",
        "(?<n>a)b",
        "\\1",
        "\\k<n>",
        "(?=.*foo)",
        "(?=[^]*ab)",
        "(?=(?:ab)+)",
        "(?!foo)",
        "(?<=ab)",
        "(?<!b)",
        "(?<=[^\\n])",
        "(?<![\\wé])",
        "(?<=[^])",
        "(?<=^|o)",
        "(?<=o\\s?)",
        "(?<=(?:foo|[é\\n])[k ]*)",
        "(?:$|b)",
        "\\s*$",
        "(.)\\1{3}",
        "(..)\\1",
        "(?:k|([^b]{3})b?)\\1{2}",
        "([of]{2})1?\\1\\1",
        "(?:ab)+",
        "(?:a.*b)+?",
        "(?:o1){2}",
        "(?:foo)?",
        "(?:foo){0}",
        "[aA]b",
        "[ks]1",
        "é\u{e9}",
        "😀",
        "\\ud83d",
        "\\ude00a",
        "ſk",
        "(?i:ab)",
    ];

    const PIECES: &[&str] = &[
        "ab",
        "aB",
        "foo",
        "FOO",
        "foo 12",
        "=k=s",
        "=K=S",
        "=\u{212A}=ſ",
        " s",
        "o1o1",
        "1",
        "\n",
        "\n",
        "\r",
        "\u{2028}",
        "b",
        "bk",
        "k1",
        "éÉ",
        "éé",
        "😀",
        "a",
        "                    ",
    ];

    const FLAGS: &[&str] = &["", "", "i", "m", "s", "u", "iu", "iv", "ims", "imsu", "y"];

    struct Random(u64);

    impl Random {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % end
        }

        fn some(&mut self, of: &[&str], most: usize) -> String {
            (0..=self.below(most)).map(|_| of[self.below(of.len())]).collect()
        }

        /// An ASCII text in half of all cases; else perhaps with half of a pair at its end.
        fn text(&mut self) -> Vec<u16> {
            let most = [6, 40, 300][self.below(3)];
            let mut text = self.some(PIECES, most);
            let is_ascii = self.below(2) == 0;
            text.retain(|c| !is_ascii || c.is_ascii());
            let mut units: Vec<u16> = text.encode_utf16().collect();
            if !is_ascii && self.below(3) == 0 {
                units.push([0xD83D, 0xDE00][self.below(2)]);
            }
            units
        }

        fn ranges(&mut self, length: usize) -> Vec<StartRange> {
            if self.below(4) == 0 {
                return vec![StartRange::ANYWHERE];
            }
            let mut ranges = Vec::new();
            let most = [2, 40][self.below(2)];
            let mut first = self.below(most);
            while first <= length + 1 && self.below(9) > 0 {
                let last = first + self.below(most);
                ranges.push(StartRange { first: first as u32, last: last as u32 });
                first = last + 1 + self.below(most);
            }
            ranges
        }
    }

    fn compile(source: &str, flags: &str) -> Option<Program> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let ast = parser::parse(&units(source), Flags::parse(&units(flags)).ok()?).ok()?;
        compiler::compile(&ast, Loops::Fast).ok()
    }

    fn search(
        program: &Program,
        text: &Haystack,
        starts: &[StartRange],
        in_turns: bool,
    ) -> Outcome {
        let (never, mut scratch) = (AtomicBool::new(false), Scratch::default());
        let interrupt = || {
            if in_turns {
                Interrupt::until(Instant::now(), &never)
            } else {
                Interrupt::without_deadline(&never)
            }
        };
        let mut end = vm::search(program, text, starts, 0, BUDGET, &mut scratch, &interrupt());
        while end == End::Suspended {
            end = vm::resume(program, text, starts, &mut scratch, &interrupt());
        }
        end.outcome(&scratch)
    }

    #[test]
    fn several_ranges_are_passed_over_where_a_line_ends_far_after_them() {
        let program = compile("foo.{600,}needle", "").unwrap();
        let piece =
            format!("foo{}\n{}needle{}\n", "x".repeat(697), "y".repeat(299), "z".repeat(992));
        let text = Haystack::new(piece.repeat(3).encode_utf16().collect());
        let at = |start: usize| StartRange { first: start as u32, last: start as u32 };
        let ranges = [0, 1, 2].map(|times| at(times * piece.len()));
        assert_eq!(search(&program, &text, &ranges, false), Outcome::NoMatch);
    }

    #[test]
    fn what_is_passed_over_has_no_match() {
        let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
        let mut random = Random(seed);
        let (mut matches, mut misses) = (0, 0);
        for _ in 0..3_000 {
            let (source, flags) = (random.some(TERMS, 6), FLAGS[random.below(FLAGS.len())]);
            let (Some(program), Some(mut plain)) =
                (compile(&source, flags), compile(&source, flags))
            else {
                continue;
            };
            plain.required = RequiredStrings::default();
            plain.exits = Box::default();
            plain.first_loop = None;
            plain.possessive = 0;
            if let Start::Opening(_) = plain.start {
                plain.start = Start::Anywhere;
            }
            for _ in 0..30 {
                let text = Haystack::new(random.text());
                let ranges = random.ranges(text.length());
                let expected = search(&plain, &text, &ranges, false);
                if expected == Outcome::Undecided {
                    continue;
                }
                let found = search(&program, &text, &ranges, random.below(2) == 0);
                let units = text.units();
                assert_eq!(
                    found, expected,
                    "seed {seed}: /{source}/{flags}, {units:?}, {ranges:?}"
                );
                *(if expected == Outcome::NoMatch { &mut misses } else { &mut matches }) += 1;
            }
        }
        assert!(matches > 5_000 && misses > 5_000, "seed {seed}: {matches}, {misses}");
    }
}
