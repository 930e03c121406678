//! The work of one call, done in turns by whatever thread has one to spare.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{mem, vec};

use super::letter::{Content, Letter};
use super::mailbox::Mailbox;
use crate::binding::failure::words_of;
use crate::judgement::{Judgement, Progress};
use crate::matcher::Scratch;
use crate::matcher::{Matcher, Verdict};
use crate::regexp::Turn;

/// A failed test, copied.
pub(in crate::binding) struct Item {
    pub(in crate::binding) test: Vec<u16>,
    /// `None`: null or undefined.
    pub(in crate::binding) error: Option<Vec<u16>>,
}

/// One call's work.
pub(in crate::binding) struct Job {
    /// Where the verdicts go.
    home: Arc<Mailbox>,
    /// Which call of that environment it is.
    call: u32,
    rules: Option<Arc<Matcher>>,
    stop: Arc<AtomicBool>,
    items: vec::IntoIter<Item>,
    /// Boxed, for a job is moved more often than put aside.
    current: Option<Box<Judgement<'static>>>,
    /// Of a search that was put aside.
    scratch: Option<Scratch>,
}

impl Job {
    /// `items` must not be empty. `stop`: set when the caller wants no verdict any more.
    pub(in crate::binding) fn new(
        home: Arc<Mailbox>,
        call: u32,
        rules: Option<Arc<Matcher>>,
        stop: Arc<AtomicBool>,
        items: Vec<Item>,
    ) -> Self {
        Self { home, call, rules, stop, items: items.into_iter(), current: None, scratch: None }
    }

    pub(super) fn home(&self) -> &Arc<Mailbox> {
        &self.home
    }

    /// Bytes that a search takes which was put aside.
    pub(super) fn held_bytes(&self) -> usize {
        self.scratch.as_ref().map_or(0, Scratch::bytes)
    }

    /// Works until the call is done or it is `until`, and hands each letter to `post`. Gives itself back if there is more
    /// to do.
    pub(super) fn work(
        mut self,
        spare: &mut Scratch,
        until: Instant,
        post: &mut impl FnMut(&Arc<Mailbox>, Letter),
    ) -> Option<Self> {
        loop {
            // of what a panic leaves half done nothing is used again: the call is over, the scratch is thrown away
            let progress = catch_unwind(AssertUnwindSafe(|| self.turn(spare, until)));
            let content = match progress {
                Ok(Progress::Paused) => return Some(self),
                Ok(Progress::Done(verdict)) => Content::Verdict(verdict, self.rules.clone()),
                Ok(Progress::Stopped) => Content::Stopped,
                Err(panic) => {
                    *spare = Scratch::default();
                    Content::Panicked(words_of(&*panic))
                }
            };
            let last = self.items.len() == 0 || !matches!(content, Content::Verdict(..));
            post(&self.home, Letter { call: self.call, content, last });
            if last {
                return None;
            }
            if Instant::now() >= until {
                return Some(self);
            }
        }
    }

    fn turn(&mut self, spare: &mut Scratch, until: Instant) -> Progress {
        let mut judgement = match self.current.take() {
            Some(judgement) => *judgement,
            None => match self.items.next() {
                Some(Item { test, error }) => {
                    #[cfg(feature = "panic-test")]
                    assert!(
                        !test.iter().copied().eq("panic!".encode_utf16()),
                        "asked for by the test"
                    );
                    Judgement::new(test, error)
                }
                None => return Progress::Stopped,
            },
        };
        let turn = Turn::until(until, &self.stop);
        if turn.is_stopped() {
            return Progress::Stopped;
        }
        let Some(rules) = &self.rules else {
            return Progress::Done(Verdict::without_rules(judgement.has_error()));
        };
        let mut own = self.scratch.take();
        let scratch = own.as_mut().unwrap_or(spare);
        let progress = judgement.go_on(rules, scratch, &turn);
        if progress == Progress::Paused {
            if judgement.holds_scratch() {
                self.scratch = own.or_else(|| Some(mem::take(spare)));
            }
            self.current = Some(Box::new(judgement));
        }
        progress
    }
}
