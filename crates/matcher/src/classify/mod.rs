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
mod search;

use std::borrow::Cow;
use std::mem;
use std::sync::atomic::AtomicBool;

pub use self::explain::{Explanation, Missing, Patience, RuleExplanation, WantedRule};
use self::name::Name;
use self::reading::{Encode, Scan, StripAnsi, StripFrames};
use self::search::Search;
use crate::matcher::Matcher;
use crate::moment::Moment;
use crate::scratch::Scratch;
use crate::text::{Ansi, RawText, StackFrames};
use crate::verdict::{Cancelled, Reason, Verdict};
use regexp::{Haystack, Interrupt, Interruption};

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

impl From<Interruption> for Step {
    fn from(interruption: Interruption) -> Self {
        match interruption {
            Interruption::Cancelled => Self::Cancelled,
            Interruption::Suspended => Self::Suspended,
        }
    }
}

/// A failed test that is being classified.
pub struct Classification<'t> {
    stage: Stage<'t>,
    test: Name<'t>,
    /// When the call was made. `None`: it is when the work begins, if a rule expires.
    now: Option<Moment>,
    /// Whether the error's bytes are memory that the caller wants back.
    owns_bytes: bool,
    /// Memory of the error, once it is not needed.
    spent: TextBuffers,
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
    /// Nothing is done yet. `None`: there is no error.
    New(Option<RawText<'t>>),
    Encode(Encode),
    StripAnsi(StripAnsi),
    StripFrames(StripFrames),
    Scan(Scan<'t>),
    Search(Search<'t>),
}

impl<'t> Stage<'t> {
    /// The first look at a text. `ansi`: whether introducers are looked for.
    fn of_text(text: RawText<'t>, ansi: Ansi, matcher: &Matcher, scratch: &mut Scratch) -> Self {
        match text {
            RawText::Ascii(bytes) => Self::Scan(Scan::new(Haystack::from_ascii(bytes), ansi)),
            RawText::Utf16(units) => {
                Self::Encode(Encode::new(units, ansi, matcher.transcoder(), scratch))
            }
        }
    }
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
        let buffer = scratch.take_utf16();
        let test = Haystack::from_utf8(test);
        let error = Haystack::from_utf8_in(error, buffer, self.transcoder());
        let mut classification = Classification::of_haystacks(test, error).at(now);
        let verdict = self.run(&mut classification, scratch, stop);
        let [_, buffer] = classification.into_buffers().units;
        scratch.keep_utf16(buffer);
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
            match classification.resume(self, scratch, &interrupt) {
                Step::Done(verdict) => return Ok(verdict),
                Step::Cancelled => return Err(Cancelled),
                // without a deadline it does not happen
                Step::Suspended => {}
            }
        }
    }
}

impl<'t> Classification<'t> {
    /// A failed test: its name, and its error as text (`None`: it has none).
    pub fn new(test: RawText<'t>, error: Option<RawText<'t>>) -> Self {
        let owns_bytes = matches!(error, Some(RawText::Ascii(Cow::Owned(_))));
        let (stage, test) = (Stage::New(error), Name::new(test));
        Self { stage, test, now: None, owns_bytes, spent: TextBuffers::default() }
    }

    /// The same, of a call that was made at this time; see [`Matcher::call_time`].
    #[must_use]
    pub fn at(mut self, time: Option<Moment>) -> Self {
        self.now = time;
        self
    }

    /// A failed test whose error is matched as it is.
    fn of_haystacks(test: Haystack<'t>, error: Haystack<'t>) -> Self {
        let (stage, test) = (Stage::Scan(Scan::new(error, Ansi::Keep)), Name::Read(test));
        Self { stage, test, now: None, owns_bytes: false, spent: TextBuffers::default() }
    }

    /// Whether there is an error to classify. Only before the first [`Self::resume`].
    pub fn has_error(&self) -> bool {
        !matches!(self.stage, Stage::New(None))
    }

    /// The memory of the texts that [`Self::new`] was given, or as much as is left of it.
    pub fn into_buffers(self) -> TextBuffers {
        let mut spent = self.spent;
        spent.units[0] = self.test.into_units();
        spent
    }

    /// The classification in memory of its own, so that it can be suspended.
    #[must_use]
    pub fn into_owned(self) -> Classification<'static> {
        let Self { stage, test, now, owns_bytes, spent } = self;
        let stage = match stage {
            Stage::New(error) => Stage::New(error.map(RawText::into_owned)),
            Stage::Encode(encode) => Stage::Encode(encode),
            Stage::StripAnsi(strip) => Stage::StripAnsi(strip),
            Stage::StripFrames(strip) => Stage::StripFrames(strip),
            Stage::Scan(scan) => Stage::Scan(scan.into_owned()),
            Stage::Search(search) => Stage::Search(search.into_owned()),
        };
        Classification { stage, test: test.into_owned(), now, owns_bytes, spent }
    }

    /// Whether a suspended step has its state in the scratch: then it must be resumed with that
    /// one.
    pub fn holds_scratch(&self) -> bool {
        match &self.stage {
            Stage::New(_) | Stage::Encode(_) | Stage::StripAnsi(_) | Stage::StripFrames(_) => false,
            Stage::Scan(scan) => scan.holds_scratch(),
            Stage::Search(search) => search.holds_scratch(),
        }
    }

    /// Works until the verdict, or until it is interrupted. `matcher` is the same each time.
    pub fn resume(
        &mut self,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Step {
        self.now = self.now.or_else(|| matcher.call_time());
        loop {
            let step = match &mut self.stage {
                Stage::New(None) => return Step::Done(Verdict::no_hit(Reason::NoError)),
                Stage::New(Some(_)) if !matcher.has_rules(self.now) => {
                    self.drop_error();
                    return Step::Done(Verdict::no_hit(Reason::NoRules));
                }
                Stage::New(Some(_)) => Ok(()),
                Stage::Encode(encode) => encode.resume(interrupt),
                Stage::StripAnsi(strip) => strip.resume(interrupt),
                Stage::StripFrames(strip) => strip.resume(interrupt),
                Stage::Scan(scan) => scan.resume(matcher, scratch, interrupt),
                Stage::Search(search) => {
                    match search.resume(&mut self.test, self.now, matcher, scratch, interrupt) {
                        Ok(verdict) => {
                            self.finish(scratch);
                            return Step::Done(verdict);
                        }
                        Err(interruption) => Err(interruption),
                    }
                }
            };
            if let Err(interruption) = step {
                return interruption.into();
            }
            self.stage = self.next_stage(matcher, scratch);
            if interrupt.is_cancelled() {
                return Step::Cancelled;
            }
        }
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
                Stage::New(None) | Stage::Search(_) => return Ok(()),
                Stage::New(Some(_)) => {}
                Stage::Encode(encode) => encode.resume(interrupt)?,
                Stage::StripAnsi(strip) => strip.resume(interrupt)?,
                Stage::StripFrames(strip) => strip.resume(interrupt)?,
                Stage::Scan(scan) => scan.resume(matcher, scratch, interrupt)?,
            }
            self.stage = self.next_stage(matcher, scratch);
        }
    }

    /// The name, and the search that is next once the error is read; `None` if there is no error.
    fn into_parts(self) -> (Name<'t>, Option<Search<'t>>) {
        let search = match self.stage {
            Stage::Search(search) => Some(search),
            _ => None,
        };
        (self.test, search)
    }

    /// The stage after the one that is done.
    fn next_stage(&mut self, matcher: &Matcher, scratch: &mut Scratch) -> Stage<'t> {
        let options = matcher.text_options();
        match mem::replace(&mut self.stage, Stage::New(None)) {
            // frames are lines of the text without control sequences
            Stage::New(Some(text)) if options.stack_frames == StackFrames::Strip => {
                match options.ansi {
                    Ansi::Strip => Stage::StripAnsi(StripAnsi::new(text)),
                    Ansi::Keep => Stage::StripFrames(StripFrames::new(text)),
                }
            }
            Stage::New(Some(text)) => Stage::of_text(text, options.ansi, matcher, scratch),
            Stage::Encode(encode) => match encode.finish(scratch) {
                Ok(text) => Stage::Scan(Scan::new(text, Ansi::Keep)),
                Err(strip) => Stage::StripAnsi(strip),
            },
            Stage::StripAnsi(strip) => match options.stack_frames {
                StackFrames::Strip => Stage::StripFrames(StripFrames::new(strip.finish())),
                StackFrames::Keep => Stage::of_text(strip.finish(), Ansi::Keep, matcher, scratch),
            },
            Stage::StripFrames(strip) => {
                Stage::of_text(strip.finish(), Ansi::Keep, matcher, scratch)
            }
            Stage::Scan(scan) => match scan.finish(matcher, scratch) {
                Ok(search) => Stage::Search(search),
                Err(strip) => Stage::StripAnsi(strip),
            },
            last @ (Stage::New(None) | Stage::Search(_)) => last,
        }
    }

    /// Takes the memory of an error that is not looked at.
    fn drop_error(&mut self) {
        match mem::replace(&mut self.stage, Stage::New(None)) {
            Stage::New(Some(RawText::Ascii(Cow::Owned(bytes)))) => self.spent.bytes = bytes,
            Stage::New(Some(RawText::Utf16(units))) => self.spent.units[1] = units,
            _ => {}
        }
    }

    /// Takes the memory of the error once there is a verdict.
    fn finish(&mut self, scratch: &mut Scratch) {
        if let Stage::Search(search) = mem::replace(&mut self.stage, Stage::New(None)) {
            let (units, bytes) = search.into_buffers(scratch);
            self.spent.units[1] = units;
            if self.owns_bytes {
                self.spent.bytes = bytes;
            } else {
                scratch.keep_utf8(bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests;
