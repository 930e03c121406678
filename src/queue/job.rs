//! The work of one call, done in turns by whatever thread has one to spare.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{mem, vec};

use crate::buffers::arena::{Item, TextArena};
use crate::buffers::pool::Buffers;
use crate::error::panic_message;
use crate::queue::completion::{Completion, Payload, Verdicts};
use crate::queue::inbox::Inbox;
use crate::queue::outbox::Outbox;
use matcher::Interrupt;
use matcher::{Classification, Step};
use matcher::{Matcher, Scratch, Verdict};

/// The flag of calls that nobody can stop. Theirs alone: a counter that all calls share would go from core to core with each.
static NEVER: AtomicBool = AtomicBool::new(false);

/// The failed tests of a call that were not begun yet.
pub(crate) enum Items {
    /// A call that has one needs no allocation for it.
    One(Option<Item>),
    Many(vec::IntoIter<Item>),
}

/// Bytes of texts after which a look at the clock is worth its time. Long searches look on their own.
const WATCHED_BYTES: usize = 16 << 10;

/// What there is to do.
pub(crate) struct Work {
    /// `None`: none were ever loaded.
    pub(crate) rules: Option<Arc<Matcher>>,
    /// The index, among all items of the call, of the first whose verdict was not posted.
    pub(crate) first: u32,
    pub(crate) items: Items,
    pub(crate) texts: TextArena,
}

/// The work of one call, or of a part of it.
pub(crate) struct Job {
    /// Where the verdicts go.
    home: Arc<Inbox>,
    /// Which call of that environment it is.
    call: u32,
    /// `None`: nobody can stop it.
    stop: Option<Arc<AtomicBool>>,
    work: Work,
    /// Bytes of texts since the clock was looked at.
    unwatched: usize,
    /// Boxed, for a job is moved more often than put aside.
    current: Option<Box<Classification<'static>>>,
    /// Of a search that was put aside.
    scratch: Option<Box<Scratch>>,
}

impl Items {
    /// The next one.
    fn peek(&self) -> Option<&Item> {
        match self {
            Self::One(_) => None,
            Self::Many(items) => items.as_slice().first(),
        }
    }

    fn next(&mut self) -> Option<Item> {
        match self {
            Self::One(item) => item.take(),
            Self::Many(items) => items.next(),
        }
    }
}

impl Job {
    /// `work`: of at least one item. `stop`: set when the caller wants no verdict any more.
    pub(crate) fn new(
        home: Arc<Inbox>,
        call: u32,
        stop: Option<Arc<AtomicBool>>,
        work: Work,
    ) -> Self {
        Self { home, call, stop, work, unwatched: 0, current: None, scratch: None }
    }

    pub(crate) fn home(&self) -> &Arc<Inbox> {
        &self.home
    }

    /// Bytes that a search takes which was put aside.
    pub(crate) fn held_bytes(&self) -> usize {
        self.scratch.as_ref().map_or(0, |scratch| scratch.bytes())
    }

    /// Works until the job is done or it is `until`, and posts its verdicts, and the memory of texts that are needed no longer. Gives
    /// itself back if there is more to do.
    pub(crate) fn work(
        mut self,
        scratch: &mut Scratch,
        until: Instant,
        post: &mut Outbox,
    ) -> Option<Self> {
        // of a part of a `classifyAll`
        let mut verdicts: Option<Verdicts> = None;
        let content = loop {
            // of what a panic leaves half done nothing is used again: the call has failed, the scratch is thrown away
            let mut spare = Buffers::default();
            let progress =
                catch_unwind(AssertUnwindSafe(|| self.interrupt(scratch, until, &mut spare)));
            post.add_spare(&self.home, spare);
            let verdict = match progress {
                Ok(Step::Done(verdict)) => verdict,
                Ok(Step::Suspended) => break None,
                Ok(Step::Cancelled) => break Some(Payload::Cancelled),
                Err(panic) => {
                    *scratch = Scratch::default();
                    break Some(Payload::Panicked(panic_message(&*panic)));
                }
            };
            let Items::Many(items) = &self.work.items else {
                break Some(Payload::Verdict(verdict));
            };
            let rest = items.len();
            verdicts.get_or_insert_with(|| Verdicts::new(self.work.first, 1 + rest)).push(verdict);
            if rest == 0 {
                break verdicts.take().map(Payload::Verdicts);
            }
            if self.unwatched >= WATCHED_BYTES {
                self.unwatched = 0;
                if Instant::now() >= until {
                    break None;
                }
            }
        };
        let call = self.call;
        let Some(content) = content else {
            if let Some(verdicts) = verdicts {
                self.work.first += verdicts.len() as u32;
                let content = Payload::Verdicts(verdicts);
                post.add(&self.home, Completion { call, content, last: false });
            }
            return Some(self);
        };
        let piece = mem::take(&mut self.work.texts).into_last();
        post.add_spare(&self.home, Buffers { piece, ..Buffers::default() });
        post.add(&self.home, Completion { call, content, last: true });
        None
    }

    /// `spare`: what is left over if the turn leads to a verdict.
    fn interrupt(&mut self, scratch: &mut Scratch, until: Instant, spare: &mut Buffers) -> Step {
        let Work { rules, items, texts, .. } = &mut self.work;
        let mut classification = match self.current.take() {
            Some(classification) => *classification,
            None => match items.next() {
                Some(item) => {
                    spare.piece = texts.spent_before(&item);
                    self.unwatched += item.bytes();
                    if let Some(next) = items.peek() {
                        texts.expect(next);
                    }
                    let (Item { test, error }, texts) = (item, &*texts);
                    let (test, error) = (texts.read(test), error.map(|error| texts.read(error)));
                    #[cfg(feature = "panic-test")]
                    assert!(
                        error != Some(matcher::text::RawText::Ascii(b"panic!"[..].into())),
                        "asked for by the test"
                    );
                    Classification::new(test, error)
                }
                None => return Step::Cancelled,
            },
        };
        let interrupt = Interrupt::until(until, self.stop.as_deref().unwrap_or(&NEVER));
        if interrupt.is_cancelled() {
            return Step::Cancelled;
        }
        let Some(rules) = rules else {
            return Step::Done(Verdict::without_rules(classification.has_error()));
        };
        let mut own = self.scratch.take();
        let progress =
            classification.resume(rules, own.as_deref_mut().unwrap_or(scratch), &interrupt);
        match progress {
            Step::Suspended => {
                if classification.holds_scratch() {
                    self.scratch = own.or_else(|| Some(Box::new(mem::take(scratch))));
                }
                self.current = Some(Box::new(classification.into_owned()));
            }
            Step::Done(_) => {
                let spent = classification.into_buffers();
                (spare.long, spare.units) = (spent.bytes, spent.units);
            }
            Step::Cancelled => {}
        }
        progress
    }
}
