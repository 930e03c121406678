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
    closed: AtomicBool,
}

struct State {
    completions: VecDeque<Completion>,
    buffers: BufferPool,
    /// `None`: the inbox is closed.
    waker: Option<Waker>,
    /// Whether the JavaScript thread was woken and has not emptied the inbox since.
    wake_pending: bool,
}

impl Inbox {
    pub(crate) fn new(waker: Waker) -> Self {
        let state = State {
            completions: VecDeque::new(),
            buffers: BufferPool::default(),
            waker: Some(waker),
            wake_pending: false,
        };
        Self { state: Mutex::new(state), closed: AtomicBool::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // nothing under the lock panics between two states that fit together
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts in one completion, and wakes the JavaScript thread.
    pub(crate) fn post_one(&self, completion: Completion) {
        let mut state = self.state();
        if state.waker.is_some() {
            state.completions.push_back(completion);
            state.wake_once();
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
            if more && let Some(waker) = &mut state.waker {
                waker.wake_next_turn();
            }
        } else if more {
            state.wake_once();
        }
    }

    /// While a call is in flight, the environment must stay alive.
    pub(crate) fn keep_alive(&self, env: &Env, alive: bool) {
        if let Some(waker) = &self.state().waker {
            waker.keep_alive(env, alive);
        }
    }

    /// Closes the inbox: what is in it is dropped, and what comes later, too. Returns the waker,
    /// which nobody else uses from now on; `None` if the inbox was closed before.
    pub(crate) fn close(&self) -> Option<Waker> {
        self.closed.store(true, Ordering::Release);
        let (waker, completions) = {
            let mut state = self.state();
            (state.waker.take(), mem::take(&mut state.completions))
        };
        // outside of the lock
        drop(completions);
        waker
    }
}

impl Destination for Inbox {
    fn post(&self, completions: Vec<JobCompletion>, mut buffers: BufferPool, wake: bool) {
        let mut state = self.state();
        if state.waker.is_some() {
            state.completions.extend(completions.into_iter().map(Completion::Job));
            state.buffers.take_from(&mut buffers);
            if wake {
                state.wake_once();
            }
        }
        // what is left is freed outside of the lock
        drop(state);
    }

    fn ask_for_worker(&self) {
        self.state().wake_once();
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }
}

impl State {
    fn wake_once(&mut self) {
        if let Some(waker) = &self.waker
            && !self.wake_pending
        {
            self.wake_pending = true;
            waker.wake();
        }
    }
}
