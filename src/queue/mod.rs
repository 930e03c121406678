//! The calls of all environments that wait for their verdicts, drained by few tasks on libuv's pool.
//!
//! A task per call would cost the JavaScript thread 6 to 10 µs each, and thousands of them would stand before every
//! `fs.readFile`. So calls wait here, and at most [`share`] of the pool's threads work them off, in slices of a few
//! milliseconds: one that has not had its verdict by then is put aside, and gone on with by the next slice that is free.
//!
//! The way of a call: `job` (its work) → the queue → a drainer (a slice of time on the pool) → `post` → `inbox` (what waits for the
//! JavaScript thread, which `wake` wakes) → `completion`.
//!
//! The queue is the process's, for the pool and the rules are; environments have their turn one after the other, however many
//! calls each has. Only a JavaScript thread can start a task, so a slice that ends with work left asks every environment
//! that has some to start the next one: the first to answer does.

pub(crate) mod completion;
pub(crate) mod inbox;
mod job;
pub(crate) mod outbox;
mod share;

use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use napi::Env;

pub(crate) use self::completion::{Completion, Payload};
pub(crate) use self::inbox::Inbox;
pub(crate) use self::job::{Items, Job, Work};
use self::outbox::Outbox;
use self::share::SHARE;
use crate::node::async_work;
use crate::node::waker::OnWake;
pub(crate) use crate::node::waker::Waker;
use matcher::Scratch;

/// Calls that one drainer is enough for.
const CALLS_PER_WORKER: usize = 16;
/// New calls that a drainer takes at a time: each taking needs the lock that the JavaScript threads need, too.
const CLAIM_SIZE: usize = 32;
/// Bytes that searches put aside may hold before no new call is begun until they are through.
const MAX_HELD_BYTES: usize = 64 << 20;
/// How often a drainer that has run out of calls looks for more, after how long a rest each, before it gives its thread back. A call
/// is judged in the time that it takes to make one: without this nearly every call would start a task of its own, and each
/// verdict come back alone.
const IDLE_POLLS: u32 = 3;
const IDLE_POLL_INTERVAL: Duration = Duration::from_micros(20);
/// A drainer lets whoever else wants its processor go first that often. Where there are few, that is often enough the JavaScript thread
/// that it has just woken, or a thread that reads a file: left to itself, a system lets them wait for milliseconds.
const YIELD_INTERVAL: Duration = Duration::from_micros(100);
/// More than what they have to do. After that the drainer goes on for as long as it has waited.
const YIELD_BACKOFF: Duration = Duration::from_millis(1);
static QUEUE: Mutex<Queue> = Mutex::new(Queue::new());

/// The calls that wait.
struct Queue {
    /// Calls that were not begun yet, by environment; the next one whose turn it is first. No line is empty.
    lines: VecDeque<EnvQueue>,
    /// Calls that were begun and put aside.
    suspended: VecDeque<Job>,
    /// What their searches hold.
    held_bytes: usize,
    /// Whether the next slice begins with a call that was put aside, if there is one.
    aside_first: bool,
    /// Calls in `lines`.
    pending: usize,
    /// Tasks on the pool, running or waiting for a thread.
    workers: usize,
    /// Memory for searches that nobody uses at the moment. As many at most as there are drainers at a time.
    scratches: Vec<Scratch>,
}

/// The calls of one environment.
struct EnvQueue {
    home: Arc<Inbox>,
    jobs: VecDeque<Job>,
}

/// The right to be one of the drainers.
pub(crate) struct Permit(());

fn queue() -> MutexGuard<'static, Queue> {
    // what panics is outside of the lock
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a call into the queue. Says whether there should be one more drainer for it.
pub(crate) fn push(job: Job) -> Option<Permit> {
    let mut queue = queue();
    queue.push(job);
    queue.permit()
}

/// Whether there should be one more drainer.
pub(crate) fn permit() -> Option<Permit> {
    queue().permit()
}

/// Takes out the calls of an environment that has ended.
pub(crate) fn abandon(home: &Arc<Inbox>) {
    let abandoned = queue().abandon(home);
    drop(abandoned);
}

/// Asks every environment that has calls waiting for a drainer, except one that looks for itself.
fn ask_for_workers(queue: &Queue, except: Option<&Arc<Inbox>>) {
    let is_other = |home: &Arc<Inbox>| except.is_none_or(|except| !Arc::ptr_eq(home, except));
    for home in
        queue.lines.iter().map(|line| &line.home).chain(queue.suspended.iter().map(Job::home))
    {
        if is_other(home) {
            home.ask_for_worker();
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut queue = queue();
        queue.workers -= 1;
    }
}

/// Starts a drainer, which is completed by `on_complete` on the JavaScript thread. A failure gives the permit back: another
/// environment, or a later call, will start one.
pub(crate) fn start(env: &Env, permit: Permit, home: Arc<Inbox>, on_complete: OnWake) {
    async_work::spawn(env, move || run_worker(permit, &home), move |env, _| on_complete(env));
}

/// Works the queue off for a slice of time. `home` is the environment that started the task and looks into its box when it
/// ends.
fn run_worker(permit: Permit, home: &Arc<Inbox>) {
    let until = Instant::now() + SHARE.slice;
    let mut post = Outbox::default();
    let mut hand = VecDeque::with_capacity(CLAIM_SIZE);
    let mut scratch = {
        let mut queue = queue();
        queue.aside_first = !queue.aside_first;
        queue.scratches.pop().unwrap_or_default()
    };
    let mut lingers = 0;
    let mut give_way = Instant::now() + YIELD_INTERVAL;
    loop {
        let Some(job) = next(&mut hand) else {
            if lingers == IDLE_POLLS || Instant::now() + IDLE_POLL_INTERVAL >= until {
                break;
            }
            lingers += 1;
            post.send(None);
            thread::sleep(IDLE_POLL_INTERVAL);
            continue;
        };
        lingers = 0;
        if job.home().is_closed() {
            continue;
        }
        let more = job.work(&mut scratch, until, &mut post);
        post.send_if_due();
        if let Some(job) = more {
            let abandoned = queue().put_aside(job);
            drop(abandoned);
        }
        let now = Instant::now();
        if now >= until {
            break;
        }
        if now >= give_way {
            thread::yield_now();
            let away = now.elapsed();
            // others may want all that there is of a processor: then it is shared
            let rest = if away > YIELD_BACKOFF { away } else { YIELD_INTERVAL };
            give_way = Instant::now() + rest;
        }
    }
    post.send(Some(home));
    let mut queue = queue();
    queue.give_back(&mut hand);
    queue.scratches.push(scratch);
    ask_for_workers(&queue, Some(home));
    drop(queue);
    drop(permit);
}

/// The next call to work on.
fn next(hand: &mut VecDeque<Job>) -> Option<Job> {
    if hand.is_empty() {
        queue().take(hand);
    }
    hand.pop_front()
}

/// Asks the other environments to go on: the one that was to start the next drainer has ended.
pub(crate) fn hand_over() {
    ask_for_workers(&queue(), None);
}

impl Queue {
    const fn new() -> Self {
        Self {
            lines: VecDeque::new(),
            suspended: VecDeque::new(),
            held_bytes: 0,
            aside_first: false,
            pending: 0,
            workers: 0,
            scratches: Vec::new(),
        }
    }

    fn push(&mut self, job: Job) {
        self.pending += 1;
        match self.lines.iter_mut().find(|line| Arc::ptr_eq(&line.home, job.home())) {
            Some(line) => line.jobs.push_back(job),
            None => {
                let home = job.home().clone();
                self.lines.push_back(EnvQueue { home, jobs: VecDeque::from([job]) });
            }
        }
    }

    fn permit(&mut self) -> Option<Permit> {
        let waiting = self.pending + self.suspended.len();
        let wanted = waiting.div_ceil(CALLS_PER_WORKER).min(SHARE.threads);
        (self.workers < wanted).then(|| {
            self.workers += 1;
            Permit(())
        })
    }

    /// Takes the calls that are to be worked on now: a handful of new ones, or one that was put aside. The two kinds take turns,
    /// slice by slice; but if those put aside hold much memory, they go first.
    fn take(&mut self, hand: &mut VecDeque<Job>) {
        let suspended = self.aside_first || self.pending == 0 || self.held_bytes > MAX_HELD_BYTES;
        if suspended && let Some(job) = self.suspended.pop_front() {
            self.held_bytes -= job.held_bytes();
            hand.push_back(job);
            return;
        }
        while hand.len() < CLAIM_SIZE
            && let Some(mut line) = self.lines.pop_front()
        {
            if let Some(job) = line.jobs.pop_front() {
                self.pending -= 1;
                hand.push_back(job);
            }
            if !line.jobs.is_empty() {
                self.lines.push_back(line);
            }
        }
    }

    /// Takes back calls that were not begun. Those of environments that have ended are left.
    fn give_back(&mut self, hand: &mut VecDeque<Job>) {
        let (abandoned, kept): (VecDeque<_>, VecDeque<_>) =
            hand.drain(..).partition(|job| job.home().is_closed());
        *hand = abandoned;
        for job in kept.into_iter().rev() {
            self.pending += 1;
            match self.lines.iter_mut().find(|line| Arc::ptr_eq(&line.home, job.home())) {
                Some(line) => line.jobs.push_front(job),
                None => {
                    let home = job.home().clone();
                    self.lines.push_front(EnvQueue { home, jobs: VecDeque::from([job]) });
                }
            }
        }
    }

    /// Gives the call back if its environment has ended: this one was not in the queue when that was cleared out.
    fn put_aside(&mut self, job: Job) -> Option<Job> {
        if job.home().is_closed() {
            return Some(job);
        }
        self.held_bytes += job.held_bytes();
        self.suspended.push_back(job);
        None
    }

    fn abandon(&mut self, home: &Arc<Inbox>) -> (Option<EnvQueue>, VecDeque<Job>) {
        let line = self.lines.iter().position(|line| Arc::ptr_eq(&line.home, home));
        let line = line.and_then(|line| self.lines.remove(line));
        self.pending -= line.as_ref().map_or(0, |line| line.jobs.len());
        let (suspended, kept) = mem::take(&mut self.suspended)
            .into_iter()
            .partition(|job| Arc::ptr_eq(job.home(), home));
        self.suspended = kept;
        self.held_bytes = self.suspended.iter().map(Job::held_bytes).sum();
        (line, suspended)
    }
}
