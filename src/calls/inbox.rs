//! What waits for the JavaScript thread of one environment.
//!
//! Any thread may put something in. The JavaScript thread is woken once and then empties the inbox
//! delivery by delivery; until it has, nobody needs to wake it again.

use std::collections::VecDeque;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use napi::Env;

use crate::buffers::pool::{self, BufferPool};
use crate::calls::completion::Completion;
use crate::node::waker::Waker;
use crate::queue::completion::JobCompletion;
use crate::queue::destination::Destination;

pub(crate) struct Inbox {
    state: Mutex<State>,
    /// `None`: the inbox is closed. Not in `state`: a JavaScript thread that is woken wants that at
    /// once, and would wait for the call that has woken it.
    waker: Mutex<Option<Waker>>,
    closed: AtomicBool,
}

struct State {
    completions: VecDeque<Completion>,
    buffers: BufferPool,
    /// Whether the JavaScript thread was woken and has not emptied the inbox since.
    wake_pending: bool,
}

impl Inbox {
    pub(crate) fn new(waker: Waker) -> Self {
        let state = State {
            completions: VecDeque::new(),
            buffers: BufferPool::default(),
            wake_pending: false,
        };
        Self {
            state: Mutex::new(state),
            waker: Mutex::new(Some(waker)),
            closed: AtomicBool::new(false),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // nothing under the lock panics between two states that fit together
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the JavaScript thread, unless it was woken before.
    fn wake_once(&self, mut state: MutexGuard<'_, State>) {
        let first = !mem::replace(&mut state.wake_pending, true);
        drop(state);
        if first && let Some(waker) = &*self.waker() {
            waker.wake();
        }
    }

    /// Puts in one completion, and wakes the JavaScript thread.
    pub(crate) fn post_one(&self, completion: Completion) {
        let mut state = self.state();
        if !self.is_closed() {
            state.completions.push_back(completion);
            self.wake_once(state);
        }
    }

    /// Takes the next completions, for the JavaScript thread: `count` verdicts or a few more. The
    /// buffers that are there go to the pool of the thread.
    ///
    /// `woken`: the thread was woken for them, and does not just look. If it was woken, a mere look
    /// takes nothing: many tasks may end in one turn of the loop.
    pub(crate) fn take(&self, count: usize, woken: bool) -> Vec<Completion> {
        let mut state = self.state();
        if state.wake_pending && !woken {
            return Vec::new();
        }
        pool::with(|pool| pool.take_from(&mut state.buffers));
        let mut verdicts = 0;
        let next = state.completions.iter().take_while(|completion| {
            let fits = verdicts < count;
            verdicts += completion.weight();
            fits
        });
        let completions = next.count();
        state.completions.drain(..completions).collect()
    }

    /// Ends a delivery. If there is more in the inbox, wakes the JavaScript thread in the next turn
    /// of its loop. `woken`: as in [`Self::take`].
    pub(crate) fn end_delivery(&self, woken: bool) {
        let mut state = self.state();
        let more = !state.completions.is_empty();
        if woken {
            state.wake_pending = more;
            drop(state);
            if more && let Some(waker) = &mut *self.waker() {
                waker.wake_next_turn();
            }
        } else if more {
            self.wake_once(state);
        }
    }

    /// While a call is in flight, the environment must stay alive.
    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) {
        if let Some(waker) = &*self.waker() {
            waker.keep_alive(env, alive);
        }
    }

    /// Closes the inbox: what is in it is dropped, and what comes later, too. Returns the waker,
    /// which nobody else uses from now on; `None` if the inbox was closed before.
    pub(crate) fn close(&self) -> Option<Waker> {
        // before the completions are taken: whoever puts some in later, under the lock, sees it
        self.closed.store(true, Ordering::Release);
        let completions = mem::take(&mut self.state().completions);
        // outside of the lock
        drop(completions);
        self.waker().take()
    }
}

impl Destination for Inbox {
    fn post(&self, completions: Vec<JobCompletion>, mut buffers: BufferPool, wake: bool) {
        let mut state = self.state();
        if self.is_closed() {
            return;
        }
        state.completions.extend(completions.into_iter().map(Completion::Job));
        state.buffers.take_from(&mut buffers);
        if wake {
            self.wake_once(state);
        } else {
            drop(state);
        }
        // what is left is freed outside of the lock
        drop(buffers);
    }

    fn ask_for_worker(&self) {
        self.wake_once(self.state());
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }
}
