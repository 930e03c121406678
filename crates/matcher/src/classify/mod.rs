//! One failed test on its way to a verdict.
//!
//! A [`Classification`] reads the error and scans it for literals ([`reading`]), then tries the
//! rules that can match in list order ([`search`]). It is plain data: suspended between two chunks
//! of the text, between two rules or within a search, it is resumed later, by any thread. No step
//! works longer than a chunk between two checks for an interrupt, whatever the text.

mod explain;
mod literal;
mod name;
mod reading;
mod row;
mod search;

use std::borrow::Cow;
use std::mem;
use std::sync::atomic::AtomicBool;

pub use self::explain::{Explanation, Missing, Patience, RuleExplanation, WantedRule};
use self::name::Name;
use self::reading::{Encode, Scan, StripAnsi, StripFrames, one_chunk};
pub use self::row::Row;
use self::search::Search;
use crate::matcher::Matcher;
use crate::moment::Moment;
use crate::prefilter::Candidate;
use crate::scratch::Scratch;
use crate::text::{Ansi, RawText, StackFrames, TextOptions};
use crate::verdict::{Cancelled, Reason, Verdict};
use regexp::{Haystack, Interrupt, Interruption, StartRange};

/// Nothing is known of where a match can start.
const ANYWHERE: &[StartRange] = &[StartRange::ANYWHERE];

/// What a turn of work led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The verdict.
    Done(Verdict),
    /// The caller cancelled: there will be no verdict.
    Cancelled,
    /// The turn is over, and there is more to do.
    Suspended,
}

impl Step {
    /// The verdict, if there is one.
    pub fn into_verdict(self) -> Option<Verdict> {
        match self {
            Self::Done(verdict) => Some(verdict),
            Self::Cancelled | Self::Suspended => None,
        }
    }
}

impl From<Interruption> for Step {
    fn from(interruption: Interruption) -> Self {
        match interruption {
            Interruption::Cancelled => Self::Cancelled,
            Interruption::Suspended => Self::Suspended,
        }
    }
}

/// A failed test that is being classified.
///
/// Its parts stay where they are from stage to stage: for a short text, moving them would take as
/// long as the scan.
pub struct Classification<'t> {
    stage: Stage<'t>,
    /// The search for a rule, once the error is read.
    search: Search,
    /// The error as it is matched; empty until it is read.
    haystack: Haystack<'t>,
    test: Name<'t>,
    /// When the call was made. `None`: it is when the work begins, if a rule expires.
    now: Option<Moment>,
    /// Whether the error's bytes are memory that the caller wants back.
    owns_bytes: bool,
    /// The same of the code units of the name or of the error.
    owns_units: bool,
}

/// Memory that texts were handed over in and that is not needed any more. Its content means
/// nothing.
#[derive(Default)]
pub struct TextBuffers {
    /// Of an error in [`RawText::Ascii`] that was owned.
    pub bytes: Vec<u8>,
    /// Of a name and an error in [`RawText::Utf16`].
    pub units: [Vec<u16>; 2],
}

/// How far the error has come.
enum Stage<'t> {
    /// There is no error.
    NoError,
    /// Nothing is done yet.
    New(RawText<'t>),
    Encode(Encode),
    StripAnsi(StripAnsi),
    StripFrames(StripFrames),
    Scan(Scan),
    /// See [`Classification::search`].
    Search,
}

impl Matcher {
    /// Classifies one failed test: the first rule in list order that matches.
    ///
    /// `test`: the test's name; `error`: its error as text, `None` if it has none. Texts are cut at
    /// [`crate::limits::MAX_TEXT_UNITS`].
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
        self.run(&mut Classification::new(test, error), scratch, stop)
    }

    /// [`Self::classify`] for texts in UTF-8. The error is taken as it is, whatever [`Ansi`] the
    /// rules were loaded with.
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
        let now = self.call_time();
        if !self.has_rules(now) {
            return Ok(Verdict::no_hit(Reason::NoRules));
        }
        let mut classification = Classification {
            stage: Stage::Scan(Scan::new(Ansi::Keep)),
            search: Search::new(),
            haystack: Haystack::with_buffer(scratch.take_utf16(), self.transcoder()),
            test: Name::Utf8(test),
            now,
            owns_bytes: false,
            owns_units: false,
        };
        classification.haystack.set_utf8(error);
        let verdict = self.run(&mut classification, scratch, stop);
        scratch.keep_utf16(classification.haystack.take_buffers().0);
        verdict
    }

    fn run(
        &self,
        classification: &mut Classification<'_>,
        scratch: &mut Scratch,
        stop: &AtomicBool,
    ) -> Result<Verdict, Cancelled> {
        let interrupt = Interrupt::without_deadline(stop);
        loop {
            match classification.work(self, scratch, &interrupt) {
                Ok(()) => return Ok(classification.verdict(scratch)),
                Err(Interruption::Cancelled) => return Err(Cancelled),
                // without a deadline it does not happen
                Err(Interruption::Suspended) => {}
            }
        }
    }
}

impl<'t> Classification<'t> {
    /// A failed test: its name, and its error as text (`None`: it has none).
    #[inline]
    pub fn new(test: RawText<'t>, error: Option<RawText<'t>>) -> Self {
        let owns_bytes = matches!(error, Some(RawText::Ascii(Cow::Owned(_))));
        let is_utf16 = |text: &RawText<'_>| matches!(text, RawText::Utf16(_));
        let owns_units = is_utf16(&test) || error.as_ref().is_some_and(is_utf16);
        let stage = error.map_or(Stage::NoError, Stage::New);
        let (haystack, test) = (Haystack::default(), Name::Raw(test));
        Self { stage, search: Search::new(), haystack, test, now: None, owns_bytes, owns_units }
    }

    /// The same, of a call that was made at this time; see [`Matcher::call_time`].
    #[must_use]
    #[inline]
    pub fn at(mut self, time: Option<Moment>) -> Self {
        self.now = time;
        self
    }

    /// Makes this the name of the test. Only before the first [`Self::resume`], as with
    /// [`Self::set_error`].
    pub fn set_test(&mut self, test: RawText<'t>) {
        self.owns_units |= matches!(test, RawText::Utf16(_));
        self.test = Name::Raw(test);
    }

    /// Makes this the error. If it is [plain](RawText::Plain), [`Self::set_plain_error`] is faster.
    pub fn set_error(&mut self, error: RawText<'t>) {
        self.owns_bytes |= matches!(error, RawText::Ascii(Cow::Owned(_)));
        self.owns_units |= matches!(error, RawText::Utf16(_));
        self.stage = Stage::New(error);
    }

    /// [`Self::set_error`] of a plain text. Without a [`RawText`]: a copy of one that was just
    /// written stalls.
    #[inline]
    pub fn set_plain_error(&mut self, error: &'t [u8]) {
        self.stage = Stage::New(RawText::Plain(error));
    }

    /// [`Self::set_error`] of the next text of a row.
    #[inline]
    pub fn set_error_of_row(&mut self, error: &'t [u8], row: &mut Row, scratch: &mut Scratch) {
        self.haystack.set_plain(error);
        let mut candidates = scratch.take_candidates();
        candidates.clear();
        candidates.extend_from_slice(row.next());
        self.search.start_with(candidates);
        self.stage = Stage::Search;
    }

    /// Whether there is an error to classify. Only before the first [`Self::resume`].
    pub fn has_error(&self) -> bool {
        !matches!(self.stage, Stage::NoError)
    }

    /// Takes the memory of the texts that [`Self::new`] was given, or as much as is left of it;
    /// `None` if they are borrowed, as most are. Only after the verdict.
    #[inline]
    pub fn take_buffers(&mut self) -> Option<TextBuffers> {
        (self.owns_bytes || self.owns_units).then(|| self.take_own_buffers())
    }

    fn take_own_buffers(&mut self) -> TextBuffers {
        let (units, bytes) = match &mut self.stage {
            Stage::New(RawText::Utf16(units)) => (mem::take(units), Cow::default()),
            Stage::New(RawText::Ascii(bytes)) => (Vec::new(), mem::take(bytes)),
            Stage::New(RawText::Plain(_)) => (Vec::new(), Cow::default()),
            _ => self.haystack.take_buffers(),
        };
        let bytes = match bytes {
            Cow::Owned(bytes) if self.owns_bytes => bytes,
            _ => Vec::new(),
        };
        TextBuffers { bytes, units: [self.test.take_units(), units] }
    }

    /// The classification in memory of its own, so that it can be suspended.
    #[must_use]
    pub fn into_owned(self) -> Classification<'static> {
        let Self { stage, search, haystack, test, now, owns_bytes, owns_units } = self;
        let stage = match stage {
            Stage::NoError => Stage::NoError,
            Stage::New(error) => Stage::New(error.into_owned()),
            Stage::Encode(encode) => Stage::Encode(encode),
            Stage::StripAnsi(strip) => Stage::StripAnsi(strip),
            Stage::StripFrames(strip) => Stage::StripFrames(strip),
            Stage::Scan(scan) => Stage::Scan(scan),
            Stage::Search => Stage::Search,
        };
        let (haystack, test) = (haystack.into_owned(), test.into_owned());
        Classification { stage, search, haystack, test, now, owns_bytes, owns_units }
    }

    /// Whether a suspended step has its state in the scratch: then it must be resumed with that
    /// one.
    pub fn holds_scratch(&self) -> bool {
        match &self.stage {
            Stage::Scan(scan) => scan.holds_scratch(),
            Stage::Search => self.search.holds_scratch(),
            _ => false,
        }
    }

    /// Works until the verdict, or until it is interrupted. `matcher` is the same each time. After
    /// the verdict it must not be called again.
    pub fn resume(
        &mut self,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Step {
        match self.work(matcher, scratch, interrupt) {
            Ok(()) => Step::Done(self.verdict(scratch)),
            Err(interruption) => interruption.into(),
        }
    }

    /// Works until there is a [verdict](Self::verdict), unless interrupted.
    fn work(
        &mut self,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Result<(), Interruption> {
        self.now = self.now.or_else(|| matcher.call_time());
        if let Stage::New(_) = self.stage
            && !matcher.has_rules(self.now)
        {
            return Ok(());
        }
        if self.read_short(matcher, scratch) {
            if interrupt.is_cancelled() {
                return Err(Interruption::Cancelled);
            }
        } else {
            self.read(matcher, scratch, interrupt)?;
            if !matches!(self.stage, Stage::Search) {
                return Ok(());
            }
        }
        let Self { search, haystack, test, now, .. } = self;
        search.resume(haystack, test, *now, matcher, scratch, interrupt)
    }

    /// Reads an error that is read [in one go](one_chunk), as most are, up to the search for a
    /// rule. Returns whether it is one. The way through the stages takes as long as its scan.
    #[inline]
    fn read_short(&mut self, matcher: &Matcher, scratch: &mut Scratch) -> bool {
        match &self.stage {
            Stage::Scan(scan) if scan.is_short(&self.haystack) => {}
            Stage::New(text) => {
                let Some(bytes) = one_chunk(text, matcher.text_options()) else { return false };
                match text {
                    RawText::Plain(_) => self.haystack.set_plain(bytes),
                    _ => self.haystack.set_ascii(bytes.into()),
                }
            }
            _ => return false,
        }
        let bytes = self.haystack.bytes();
        let prefilter = matcher.prefilter();
        prefilter.begin_scan(bytes.len(), &mut scratch.prefilter);
        if !bytes.is_empty() {
            prefilter.scan_chunk(bytes, 0..bytes.len(), &mut scratch.prefilter);
        }
        self.search.start(&self.haystack, matcher, scratch);
        self.stage = Stage::Search;
        true
    }

    /// The verdict, once [`Self::work`] has come to it. Gives memory of the scratch back.
    fn verdict(&mut self, scratch: &mut Scratch) -> Verdict {
        let verdict = match &self.stage {
            Stage::Search => {
                scratch.keep_candidates(self.search.take_candidates());
                self.search.verdict(&self.haystack, scratch)
            }
            Stage::NoError => Verdict::no_hit(Reason::NoError),
            _ => Verdict::no_hit(Reason::NoRules),
        };
        if !self.owns_bytes
            && let Cow::Owned(bytes) = self.haystack.take_bytes()
        {
            scratch.keep_utf8(bytes);
        }
        verdict
    }

    /// Reads the error, up to the search for a rule, unless interrupted. It may be called again.
    fn read(
        &mut self,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Result<(), Interruption> {
        loop {
            match &mut self.stage {
                Stage::NoError | Stage::Search => return Ok(()),
                Stage::New(_) => {}
                Stage::Encode(encode) => encode.resume(interrupt)?,
                Stage::StripAnsi(strip) => strip.resume(interrupt)?,
                Stage::StripFrames(strip) => strip.resume(interrupt)?,
                Stage::Scan(scan) => scan.resume(&self.haystack, matcher, scratch, interrupt)?,
            }
            self.advance(matcher, scratch);
            if interrupt.is_cancelled() {
                return Err(Interruption::Cancelled);
            }
        }
    }

    /// The name, and if there is an error, its text and the rules that can match, once it is read.
    fn into_parts(self) -> (Name<'t>, Option<(Haystack<'t>, Vec<Candidate>)>) {
        let candidates = match self.stage {
            Stage::Search => Some(self.search.into_candidates()),
            _ => None,
        };
        (self.test, candidates.map(|candidates| (self.haystack, candidates)))
    }

    /// Goes to the stage after the one that is done.
    fn advance(&mut self, matcher: &Matcher, scratch: &mut Scratch) {
        let options = matcher.text_options();
        match &mut self.stage {
            Stage::NoError | Stage::Search => {}
            Stage::New(text) => {
                let text = mem::replace(text, RawText::Ascii(Cow::Borrowed(&[])));
                match (options.stack_frames, options.ansi) {
                    (StackFrames::Keep, ansi) => self.read_text(text, ansi, matcher, scratch),
                    // frames are lines of the text without control sequences
                    (StackFrames::Strip, Ansi::Strip) => {
                        self.stage = Stage::StripAnsi(StripAnsi::new(text));
                    }
                    (StackFrames::Strip, Ansi::Keep) => {
                        self.stage = Stage::StripFrames(StripFrames::new(text));
                    }
                }
            }
            Stage::Scan(scan) if scan.has_introducer() => {
                let text = RawText::Ascii(self.haystack.take_bytes());
                self.stage = Stage::StripAnsi(StripAnsi::new_in(text, scratch));
            }
            Stage::Scan(scan) => {
                scan.finish(&self.haystack);
                self.search.start(&self.haystack, matcher, scratch);
                self.stage = Stage::Search;
            }
            _ => self.advance_from_rare(options, matcher, scratch),
        }
    }

    /// [`Self::advance`] from a stage that most errors do not go through.
    #[inline(never)]
    fn advance_from_rare(
        &mut self,
        options: TextOptions,
        matcher: &Matcher,
        scratch: &mut Scratch,
    ) {
        match mem::replace(&mut self.stage, Stage::NoError) {
            Stage::Encode(encode) => match encode.finish(scratch) {
                Ok(haystack) => {
                    self.haystack = haystack;
                    self.stage = Stage::Scan(Scan::new(Ansi::Keep));
                }
                Err(strip) => self.stage = Stage::StripAnsi(strip),
            },
            Stage::StripAnsi(strip) if options.stack_frames == StackFrames::Strip => {
                self.stage = Stage::StripFrames(StripFrames::new(strip.finish()));
            }
            Stage::StripAnsi(strip) => self.read_text(strip.finish(), Ansi::Keep, matcher, scratch),
            Stage::StripFrames(strip) => {
                self.read_text(strip.finish(), Ansi::Keep, matcher, scratch);
            }
            other => self.stage = other,
        }
    }

    /// Goes to the first look at a text. `ansi`: whether introducers are looked for.
    fn read_text(
        &mut self,
        text: RawText<'t>,
        ansi: Ansi,
        matcher: &Matcher,
        scratch: &mut Scratch,
    ) {
        match text {
            RawText::Ascii(bytes) => {
                self.haystack.set_ascii(bytes);
                self.stage = Stage::Scan(Scan::new(ansi));
            }
            RawText::Plain(bytes) => {
                self.haystack.set_ascii(bytes.into());
                self.stage = Stage::Scan(Scan::new(Ansi::Keep));
            }
            RawText::Utf16(units) => {
                let encode = Encode::new(units, ansi, matcher.transcoder(), scratch);
                self.stage = Stage::Encode(encode);
            }
        }
    }
}

#[cfg(test)]
mod tests;
