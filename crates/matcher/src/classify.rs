//! One failed test on its way to a verdict, which may take more than one turn.
//!
//! A [`Classification`] is plain data: put aside between two rules or in the midst of a search, it is gone on with later, by any
//! thread. A search that is put aside keeps its [`Scratch`], so whoever goes on needs the same one.

use std::borrow::Cow;
use std::mem;
use std::sync::atomic::AtomicBool;

use crate::ids::RuleIndex;
use crate::limits::MAX_MATCH_TEXT_UNITS;
use crate::matcher::{Ansi, Matcher};
use crate::prefilter::Candidate;
use crate::scratch::Scratch;
use crate::text::{RawText, strip_ansi};
use crate::verdict::{Cancelled, Hit, Reason, Verdict};
use regexp::{Haystack, Interrupt, Outcome, StartRange};

/// Code units from which on a step over a text is a turn's work of its own.
const LONG_TEXT_UNITS: usize = 1 << 20;

impl Matcher {
    /// Judges one failed test: the first rule in list order that matches.
    ///
    /// `test`: the test's name; `error`: its error as text, `None` if it has none. Texts are cut at
    /// [`crate::limits::MAX_TEXT_UNITS`]. `scratch` is memory for the search, any thread's own.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] soon after `stop` is set.
    pub fn classify(
        &self,
        test: &[u16],
        error: Option<Vec<u16>>,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        let (test, error) = (RawText::Utf16(test.to_vec()), error.map(RawText::Utf16));
        self.judge(&mut Classification::new(test, error), scratch, stop)
    }

    /// [`Self::classify`] for texts in UTF-8. The error is taken as it is, whatever [`Ansi`] the rules were loaded with.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] soon after `stop` is set.
    pub fn classify_utf8(
        &self,
        test: &str,
        error: &str,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        if !self.has_rules() {
            return Ok(Verdict::no_hit(Reason::NoRules));
        }
        let memory = scratch.take_utf16();
        let (test, error) = (Haystack::from_utf8(test), Haystack::from_utf8_in(error, memory));
        let mut classification = Classification::of_haystacks(test, error);
        let verdict = self.judge(&mut classification, scratch, stop);
        let [_, memory] = classification.into_buffers().units;
        scratch.keep_utf16(memory);
        verdict
    }

    fn judge(
        &self,
        classification: &mut Classification<'_>,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        let interrupt = Interrupt::without_deadline(stop);
        loop {
            match classification.resume(self, scratch, &interrupt) {
                Step::Done(verdict) => return Ok(verdict),
                Step::Cancelled => return Err(Cancelled),
                // an endless turn does not end
                Step::Suspended => {}
            }
        }
    }
}

/// What a turn led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The verdict. The judgement is over.
    Done(Verdict),
    /// The caller's stop flag was seen: there will be no verdict.
    Cancelled,
    /// The turn is over, and there is more to do.
    Suspended,
}

/// A failed test that is being judged.
pub struct Classification<'t> {
    stage: Stage<'t>,
    test: Name<'t>,
    /// Whether the error was handed over as bytes, and is still what it was.
    is_bytes: bool,
    /// Memory of the error, once it is not needed.
    spent: TextBuffers,
}

/// Memory that texts were handed over in and that is not needed any more. What is in it means nothing.
#[derive(Default)]
pub struct TextBuffers {
    /// Of an error of [`RawText::Ascii`].
    pub bytes: Vec<u8>,
    /// Of a name and an error of [`RawText::Utf16`].
    pub units: [Vec<u16>; 2],
}

enum Stage<'t> {
    /// Nothing is done yet. `None`: there is no error.
    New(Option<RawText<'t>>),
    /// Control sequences are removed, if they are to be.
    Stripped(Vec<u16>),
    /// The error is as the engines read it.
    Read(Haystack<'t>),
    Rules(Search<'t>),
}

/// A test's name. Few rules ask for it.
enum Name<'t> {
    Raw(RawText<'t>),
    Read(Haystack<'t>),
}

/// The way through the rules.
struct Search<'t> {
    error: Haystack<'t>,
    /// The rules that can match, by their places, in list order.
    candidates: Vec<Candidate>,
    /// Which candidate's turn it is.
    next: usize,
    part: Field,
    /// Whether a search of that part has paused.
    paused: bool,
    undecided: Vec<RuleIndex>,
}

/// What of a rule is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Test,
    Error,
}

impl<'t> Classification<'t> {
    /// A failed test: its name, and its error as text (`None`: it has none).
    pub fn new(test: RawText<'t>, error: Option<RawText<'t>>) -> Self {
        let is_bytes = matches!(error, Some(RawText::Ascii(_)));
        Self {
            stage: Stage::New(error),
            test: Name::Raw(test),
            is_bytes,
            spent: TextBuffers::default(),
        }
    }

    /// A failed test whose error is matched as it is.
    pub(crate) fn of_haystacks(test: Haystack<'t>, error: Haystack<'t>) -> Self {
        let (stage, test) = (Stage::Read(error), Name::Read(test));
        Self { stage, test, is_bytes: false, spent: TextBuffers::default() }
    }

    /// Whether there is an error to judge. Of a judgement that has not begun.
    pub fn has_error(&self) -> bool {
        !matches!(self.stage, Stage::New(None))
    }

    /// The memory of the texts that [`Self::new`] was given, or as much as is left of it.
    pub fn into_buffers(self) -> TextBuffers {
        let mut spent = self.spent;
        spent.units[0] = match self.test {
            Name::Raw(RawText::Utf16(name)) => name,
            Name::Raw(RawText::Ascii(_)) => Vec::new(),
            Name::Read(name) => name.into_buffers().0,
        };
        spent
    }

    /// The judgement in memory of its own, to be put aside.
    #[must_use]
    pub fn into_owned(self) -> Classification<'static> {
        let Self { stage, test, is_bytes, spent } = self;
        let stage = match stage {
            Stage::New(error) => Stage::New(error.map(RawText::into_owned)),
            Stage::Stripped(error) => Stage::Stripped(error),
            Stage::Read(error) => Stage::Read(error.into_owned()),
            Stage::Rules(search) => Stage::Rules(search.into_owned()),
        };
        let test = match test {
            Name::Raw(name) => Name::Raw(name.into_owned()),
            Name::Read(name) => Name::Read(name.into_owned()),
        };
        Classification { stage, test, is_bytes, spent }
    }

    /// Whether a search has paused: only with the `scratch` that it has had can it go on.
    pub fn holds_scratch(&self) -> bool {
        matches!(&self.stage, Stage::Rules(search) if search.paused)
    }

    /// Goes on for a turn. `matcher` is the same each time.
    pub fn resume(
        &mut self,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Step {
        loop {
            let length = match mem::replace(&mut self.stage, Stage::New(None)) {
                Stage::New(None) => return Step::Done(Verdict::no_hit(Reason::NoError)),
                Stage::New(Some(error)) if !matcher.has_rules() => {
                    match error {
                        RawText::Ascii(Cow::Owned(bytes)) => self.spent.bytes = bytes,
                        RawText::Ascii(Cow::Borrowed(_)) => {}
                        RawText::Utf16(units) => self.spent.units[1] = units,
                    }
                    return Step::Done(Verdict::no_hit(Reason::NoRules));
                }
                Stage::New(Some(error)) => {
                    let length = error.len();
                    self.stage = self.read(error, matcher.ansi(), scratch);
                    length
                }
                Stage::Stripped(error) => {
                    let length = error.len();
                    let (error, _) = Haystack::of_units(error, scratch.take_utf8());
                    self.stage = Stage::Read(error);
                    length
                }
                Stage::Read(error) => {
                    let strips = self.is_bytes && matcher.ansi() == Ansi::Strip;
                    let candidates = matcher.candidates(&error, strips, scratch);
                    let length = error.bytes().len();
                    self.stage = match candidates {
                        Some(candidates) => Stage::Rules(Search::new(error, candidates)),
                        None => self.strip(error, scratch),
                    };
                    length
                }
                Stage::Rules(mut search) => {
                    let progress = search.resume(&mut self.test, matcher, scratch, interrupt);
                    if progress == Step::Suspended {
                        self.stage = Stage::Rules(search);
                    } else {
                        let (units, bytes) = search.error.into_buffers();
                        scratch.keep_candidates(search.candidates);
                        self.spent.units[1] = units;
                        self.keep(bytes, scratch);
                    }
                    return progress;
                }
            };
            if interrupt.is_cancelled() {
                return Step::Cancelled;
            }
            if length >= LONG_TEXT_UNITS && interrupt.deadline_passed() {
                return Step::Suspended;
            }
        }
    }

    /// The first look at an error. Whether one of bytes has control sequences, which most have not, is seen when its candidates are
    /// looked for: that spares it a pass of its own.
    fn read(&mut self, error: RawText<'t>, ansi: Ansi, scratch: &mut Scratch) -> Stage<'t> {
        let (error, has_introducers) = match error {
            RawText::Ascii(bytes) => (Haystack::of_ascii(bytes), false),
            RawText::Utf16(units) => Haystack::of_units(units, scratch.take_utf8()),
        };
        if ansi == Ansi::Strip && has_introducers {
            return self.strip(error, scratch);
        }
        Stage::Read(error)
    }

    /// Removes the control sequences of an error.
    fn strip(&mut self, error: Haystack<'t>, scratch: &mut Scratch) -> Stage<'t> {
        error.units();
        let (units, bytes) = error.into_buffers();
        self.keep(bytes, scratch);
        // from here on it is another text, and its memory, too
        self.is_bytes = false;
        Stage::Stripped(strip_ansi(units))
    }

    /// Keeps the memory of an error in UTF-8 for whom it is from.
    fn keep(&mut self, bytes: Vec<u8>, scratch: &mut Scratch) {
        if self.is_bytes {
            self.spent.bytes = bytes;
        } else {
            scratch.keep_utf8(bytes);
        }
    }
}

impl<'t> Name<'t> {
    fn haystack(&mut self) -> &Haystack<'t> {
        if let Self::Raw(name) = self {
            let name = mem::replace(name, RawText::Utf16(Vec::new()));
            *self = Self::Read(name.into_haystack());
        }
        match self {
            Self::Read(name) => name,
            Self::Raw(_) => unreachable!("it has just been read"),
        }
    }
}

impl<'t> Search<'t> {
    fn new(error: Haystack<'t>, candidates: Vec<Candidate>) -> Self {
        let (part, undecided) = (Field::Test, Vec::new());
        Self { error, candidates, next: 0, part, paused: false, undecided }
    }

    fn into_owned(self) -> Search<'static> {
        let Self { error, candidates, next, part, paused, undecided } = self;
        Search { error: error.into_owned(), candidates, next, part, paused, undecided }
    }

    fn resume(
        &mut self,
        name: &mut Name<'t>,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Step {
        while let Some(&Candidate { slot, starts }) = self.candidates.get(self.next) {
            let rule = matcher.at(slot);
            // short searches may end before they look
            if interrupt.is_cancelled() {
                return Step::Cancelled;
            }
            if !self.paused && self.next > 0 && interrupt.deadline_passed() {
                return Step::Suspended;
            }
            let (pattern, text, starts) = match (self.part, &rule.test) {
                (Field::Test, &Some(scope)) => (scope, name.haystack(), StartRange::ANYWHERE),
                _ => {
                    self.part = Field::Error;
                    (rule.error, &self.error, starts)
                }
            };
            let pattern = matcher.pattern(pattern);
            let outcome = if mem::take(&mut self.paused) {
                pattern.resume(text, starts, &mut scratch.search, interrupt)
            } else {
                pattern.search(text, starts, &mut scratch.search, interrupt)
            };
            match outcome {
                Outcome::Cancelled => return Step::Cancelled,
                Outcome::Suspended => {
                    self.paused = true;
                    return Step::Suspended;
                }
                Outcome::Match { .. } if self.part == Field::Test => {
                    self.part = Field::Error;
                    continue;
                }
                Outcome::Match { start, end } => {
                    let shown = (end - start).min(MAX_MATCH_TEXT_UNITS as u32);
                    let text = self.error.slice(start as usize, (start + shown) as usize);
                    let hit = Hit { rule: rule.index, start, end, text };
                    return Step::Done(Verdict {
                        reason: Reason::Matched,
                        hit: Some(hit),
                        undecided: mem::take(&mut self.undecided),
                    });
                }
                Outcome::Undecided => self.undecided.push(rule.index),
                Outcome::NoMatch => {}
            }
            (self.next, self.part) = (self.next + 1, Field::Test);
        }
        Step::Done(Verdict {
            undecided: mem::take(&mut self.undecided),
            ..Verdict::no_hit(Reason::NoMatch)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    use super::*;
    use crate::testing::{classify, hit, load, matcher, matcher_with, units};

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
        assert_eq!(*matcher.rule(RuleIndex(1)).unwrap().issue, units("B"));
        assert_eq!(classify(&matcher, "", "nothing").reason, Reason::NoMatch);
    }

    #[test]
    fn a_scope_must_match_too() {
        let (matcher, report) = load(
            r#"[{"issue":"A","error":"b","test":"Cart"},{"issue":"B","error":"b","test":""},{"issue":"C","error":"b"}]"#,
        );
        assert_eq!(hit(&classify(&matcher, "the Cart", "b")), Some(0));
        assert_eq!(hit(&classify(&matcher, "the cart", "b")), Some(1));
        assert_eq!((report.active, report.scoped), (3, 1));
        assert!(matcher.has_test_scopes());
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
        let none = matcher(r#"[{"issue":"A","error":"("}]"#);
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
        assert_eq!(
            verdict.hit,
            Some(Hit { rule: RuleIndex(0), start: 1, end: 2, text: vec![0xD83D] })
        );
        assert_eq!(*matcher.rule(RuleIndex(0)).unwrap().issue, [0xD83D]);
    }

    #[test]
    fn a_stopped_call_has_no_verdict() {
        let stop = AtomicBool::new(true);
        let matcher = matcher(r#"[{"issue":"A","error":"a"}]"#);
        let result = matcher.classify(&[], Some(units("a")), &mut Scratch::default(), &stop);
        assert_eq!(result, Err(Cancelled));
    }

    /// Back-references may need exponential time; such a rule is passed over, and the next ones have their turn.
    #[test]
    fn an_undecided_rule_is_listed_and_passed_over() {
        let hard = r"^(?:(a+)+\\1)+$";
        let matcher = matcher(&format!(
            r#"[{{"issue":"A","error":"{hard}"}},{{"issue":"B","error":"b","test":"{hard}"}},{{"issue":"C","error":"b"}}]"#
        ));
        let text = format!("{}b", "a".repeat(40));
        let verdict = classify(&matcher, "", &text);
        assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![RuleIndex(0)]));
        let verdict = classify(&matcher, &text, "b");
        assert_eq!((hit(&verdict), verdict.undecided), (Some(2), vec![RuleIndex(1)]));
    }

    /// Judges in turns that are over before they begin, by scratches that change hands. Says how many it took.
    fn in_turns(matcher: &Matcher, test: &str, error: &str) -> (Verdict, u32) {
        let stop = AtomicBool::new(false);
        let mut classification = Classification::new(raw(test), Some(raw(error)));
        let mut held = None;
        for turns in 1.. {
            let mut scratch = held.take().unwrap_or_default();
            match classification.resume(
                matcher,
                &mut scratch,
                &Interrupt::until(Instant::now(), &stop),
            ) {
                Step::Done(verdict) => return (verdict, turns),
                Step::Cancelled => unreachable!("nobody stopped it"),
                Step::Suspended if classification.holds_scratch() => held = Some(scratch),
                // the first look of a turn may end it, but every other turn gets on
                Step::Suspended => {
                    let interrupt =
                        Interrupt::until(Instant::now() + Duration::from_micros(20), &stop);
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

    #[test]
    fn a_verdict_in_turns_is_the_verdict_in_one_go() {
        let matcher = matcher(
            r#"[{"issue":"A","error":"([ab])c+\\1d","test":"(?=t)"},{"issue":"B","error":"(?=[^]*x)(?<=(a|b)*)c\\1","flags":"s"},
                {"issue":"C","error":"^(?:(a*)\\1*)+$"},{"issue":"D","error":"z(?!y)","test":"es"}]"#,
        );
        let stop = AtomicBool::new(false);
        let mut paused = 0;
        for error in
            ["ac".repeat(1000), "a".repeat(500) + "b", "b".repeat(2000) + "zcx", "z".into()]
        {
            for test in ["test", "no"] {
                let whole = matcher
                    .classify(&units(test), Some(units(&error)), &mut Scratch::default(), &stop)
                    .unwrap();
                let (verdict, turns) = in_turns(&matcher, test, &error);
                assert_eq!(verdict, whole, "{test} {}", &error[..1]);
                paused += turns - 1;
            }
        }
        assert!(paused > 100, "the searches were long enough to be put aside: {paused}");
    }

    /// Whether a text of bytes has control sequences is seen on the way, stretch by stretch, and not before.
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
                let mut judged = |matcher: &Matcher| {
                    let error = RawText::Ascii(text.as_bytes().into());
                    let mut classification = Classification::new(raw("test"), Some(error));
                    let Step::Done(verdict) =
                        classification.resume(matcher, &mut scratch, &interrupt)
                    else {
                        unreachable!("an without_deadline interrupt does not end")
                    };
                    verdict.hit.map(|hit| (hit.rule.0, hit.start as usize, hit.end as usize))
                };
                let end = before + "colored text".len();
                assert_eq!(judged(&strips), Some((0, before, end)), "{before} {after}");
                assert_eq!(judged(&keeps).map(|hit| hit.0), Some(1), "{before} {after}");
            }
        }
    }

    #[test]
    fn a_turn_ends_in_time() {
        const TURN: Duration = Duration::from_millis(5);
        let matcher = matcher(r#"[{"issue":"A","error":"(a|b)(?:a+)+\\1c"}]"#);
        let stop = AtomicBool::new(false);
        let mut classification =
            Classification::new(raw(""), Some(raw(&("a".repeat(100_000) + "xc"))));
        let mut scratch = Scratch::default();
        for _ in 0..10 {
            let begun = Instant::now();
            let progress = classification.resume(
                &matcher,
                &mut scratch,
                &Interrupt::until(begun + TURN, &stop),
            );
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
}
