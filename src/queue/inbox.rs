//! What waits for the JavaScript thread of one environment.
//!
//! Any thread may put something in. The JavaScript thread is woken once and then empties the box in its own time, batch by
//! batch; until it has, nobody needs to wake it again.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::buffers::pool::{self, BufferPool};
use crate::node::waker::Waker;
use crate::queue::completion::Completion;

/// One environment's box.
pub(crate) struct Inbox {
    state: Mutex<State>,
    closed: AtomicBool,
}

struct State {
    completions: VecDeque<Completion>,
    spares: BufferPool,
    /// `None`: the environment has ended.
    wake: Option<Waker>,
    /// Whether the JavaScript thread has been woken and not come to the end of the box since.
    awake: bool,
}

impl Inbox {
    pub(crate) fn new(wake: Waker) -> Self {
        let state = State {
            completions: VecDeque::new(),
            spares: BufferPool::default(),
            wake: Some(wake),
            awake: false,
        };
        Self { state: Mutex::new(state), closed: AtomicBool::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // a panic in here leaves nothing half done
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts letters in, and memory for the texts of other calls. Wakes the JavaScript thread if `wake`; without it, that thread is about
    /// to look anyway.
    pub(crate) fn post(&self, completions: Vec<Completion>, mut spares: BufferPool, wake: bool) {
        let mut state = self.state();
        if state.wake.is_none() {
            // what nobody will read is dropped without holding others up
            drop(state);
            return;
        }
        state.completions.extend(completions);
        state.spares.take_from(&mut spares);
        if wake {
            state.rouse();
        }
        // what there was no room for is freed without holding others up
        drop(state);
    }

    /// Asks the environment for a drainer: only its own thread can start one.
    pub(crate) fn ask_for_worker(&self) {
        self.state().rouse();
    }

    /// The next letters, with `count` verdicts or a few more, for the JavaScript thread. `woken`: it was woken for them, and does not just look. If
    /// it has been woken, only that counts: many tasks may end in one turn of the loop. The memory that is there goes to the thread.
    pub(crate) fn take(&self, count: usize, woken: bool) -> Vec<Completion> {
        let mut state = self.state();
        if state.awake && !woken {
            return Vec::new();
        }
        pool::with(|spares| spares.take_from(&mut state.spares));
        let mut verdicts = 0;
        let heavier = state.completions.iter().take_while(|completion| {
            let fits = verdicts < count;
            verdicts += completion.weight();
            fits
        });
        let completions = heavier.count();
        state.completions.drain(..completions).collect()
    }

    /// Ends a batch. If there is more in the box, the JavaScript thread is woken again after others have had their turn.
    /// `woken`: as in [`Self::take`].
    pub(crate) fn pause(&self, woken: bool) {
        let mut state = self.state();
        let more = !state.completions.is_empty();
        if woken {
            state.awake = more;
            if more && let Some(wake) = &mut state.wake {
                wake.next_turn();
            }
        } else if more {
            state.rouse();
        }
    }

    /// While a call is in flight, the environment must not end for want of work.
    pub(crate) fn keep_alive(&self, env: &napi::Env, alive: bool) {
        if let Some(wake) = &self.state().wake {
            wake.keep_alive(env, alive);
        }
    }

    /// Whether the environment has ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// The environment has ended: nothing of Node may be called for it any more.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        let completions = {
            let mut state = self.state();
            state.wake = None;
            std::mem::take(&mut state.completions)
        };
        drop(completions);
    }
}

impl State {
    fn rouse(&mut self) {
        if let Some(wake) = &self.wake
            && !self.awake
        {
            self.awake = true;
            wake.now();
        }
    }
}
