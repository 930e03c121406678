//! The work of one call, done in turns by whatever thread has one to spare.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{mem, vec};

use super::letter::{Content, Letter};
use super::mailbox::Mailbox;
use crate::binding::failure::words_of;
use crate::binding::spare::Spare;
use crate::binding::texts::{Item, Texts};
use crate::judgement::{Judgement, Progress};
use crate::matcher::{Matcher, Scratch, Verdict};
use crate::regexp::Turn;

/// The flag of calls that nobody can stop. Theirs alone: a counter that all calls share would go from core to core with each.
static NEVER: AtomicBool = AtomicBool::new(false);

/// The failed tests of a call that were not begun yet.
pub(in crate::binding) enum Items {
    /// A call that has one needs no allocation for it.
    One(Option<Item>),
    Many(vec::IntoIter<Item>),
}

/// What there is to do.
pub(in crate::binding) struct Work {
    /// `None`: none were ever loaded.
    pub(in crate::binding) rules: Option<Arc<Matcher>>,
    /// The index of the first item among all of the call.
    pub(in crate::binding) first: u32,
    pub(in crate::binding) items: Items,
    pub(in crate::binding) texts: Texts,
}

/// The work of one call, or of a part of it.
pub(in crate::binding) struct Job {
    /// Where the verdicts go.
    home: Arc<Mailbox>,
    /// Which call of that environment it is.
    call: u32,
    /// `None`: nobody can stop it.
    stop: Option<Arc<AtomicBool>>,
    work: Work,
    /// The index of the item whose turn it is.
    index: u32,
    /// Boxed, for a job is moved more often than put aside.
    current: Option<Box<Judgement<'static>>>,
    /// Of a search that was put aside.
    scratch: Option<Box<Scratch>>,
}

impl Items {
    fn is_empty(&self) -> bool {
        match self {
            Self::One(item) => item.is_none(),
            Self::Many(items) => items.len() == 0,
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
    pub(in crate::binding) fn new(
        home: Arc<Mailbox>,
        call: u32,
        stop: Option<Arc<AtomicBool>>,
        work: Work,
    ) -> Self {
        let index = work.first;
        Self { home, call, stop, work, index, current: None, scratch: None }
    }

    pub(super) fn home(&self) -> &Arc<Mailbox> {
        &self.home
    }

    /// Bytes that a search takes which was put aside.
    pub(super) fn held_bytes(&self) -> usize {
        self.scratch.as_ref().map_or(0, |scratch| scratch.bytes())
    }

    /// Works until the job is done or it is `until`, and hands to `post` each letter, and the memory that the text of a verdict
    /// needs no longer. Gives itself back if there is more to do.
    pub(super) fn work(
        mut self,
        scratch: &mut Scratch,
        until: Instant,
        post: &mut impl FnMut(&Arc<Mailbox>, Letter, Spare),
    ) -> Option<Self> {
        loop {
            // of what a panic leaves half done nothing is used again: the call has failed, the scratch is thrown away
            let mut spare = Spare::default();
            let progress = catch_unwind(AssertUnwindSafe(|| self.turn(scratch, until, &mut spare)));
            let content = match progress {
                Ok(Progress::Paused) => return Some(self),
                Ok(Progress::Done(verdict)) => Content::Verdict(self.index, verdict),
                Ok(Progress::Stopped) => Content::Stopped,
                Err(panic) => {
                    *scratch = Scratch::default();
                    Content::Panicked(words_of(&*panic))
                }
            };
            self.index += 1;
            let last = self.work.items.is_empty() || !matches!(content, Content::Verdict(..));
            if last {
                spare.piece = mem::take(&mut self.work.texts).into_last();
            }
            post(&self.home, Letter { call: self.call, content, last }, spare);
            if last {
                return None;
            }
            if Instant::now() >= until {
                return Some(self);
            }
        }
    }

    /// `spare`: what is left over if the turn leads to a verdict.
    fn turn(&mut self, scratch: &mut Scratch, until: Instant, spare: &mut Spare) -> Progress {
        let Work { rules, items, texts, .. } = &mut self.work;
        let mut judgement = match self.current.take() {
            Some(judgement) => *judgement,
            None => match items.next() {
                Some(item) => {
                    spare.piece = texts.spent_before(&item);
                    let (Item { test, error }, texts) = (item, &*texts);
                    let (test, error) = (texts.read(test), error.map(|error| texts.read(error)));
                    #[cfg(feature = "panic-test")]
                    assert!(
                        error != Some(crate::text::RawText::Plain(b"panic!"[..].into())),
                        "asked for by the test"
                    );
                    Judgement::new(test, error)
                }
                None => return Progress::Stopped,
            },
        };
        let turn = Turn::until(until, self.stop.as_deref().unwrap_or(&NEVER));
        if turn.is_stopped() {
            return Progress::Stopped;
        }
        let Some(rules) = rules else {
            return Progress::Done(Verdict::without_rules(judgement.has_error()));
        };
        let mut own = self.scratch.take();
        let progress = judgement.go_on(rules, own.as_deref_mut().unwrap_or(scratch), &turn);
        match progress {
            Progress::Paused => {
                if judgement.holds_scratch() {
                    self.scratch = own.or_else(|| Some(Box::new(mem::take(scratch))));
                }
                self.current = Some(Box::new(judgement.into_owned()));
            }
            Progress::Done(_) => {
                let spent = judgement.into_memory();
                (spare.long, spare.units) = (spent.bytes, spent.units);
            }
            Progress::Stopped => {}
        }
        progress
    }
}
