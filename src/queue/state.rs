//! The jobs that wait, of all environments.

use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::queue::destination::{Destination, same};
use crate::queue::job::Job;
use crate::queue::share::SHARE;
use matcher::Scratch;

/// Jobs for which one worker is enough.
const JOBS_PER_WORKER: usize = 16;
/// Pending jobs that a worker claims at a time: each claim takes the lock, which the JavaScript
/// threads need, too.
pub(super) const CLAIM_SIZE: usize = 32;
/// The memory of suspended searches, in bytes, above which they go before all pending jobs.
const MAX_HELD_BYTES: usize = 64 << 20;

static QUEUE: Mutex<Queue> = Mutex::new(Queue::new());

/// The jobs that wait.
pub(super) struct Queue {
    /// Jobs that nobody has started, by environment, the one whose turn is next first. No
    /// environment here is without jobs.
    environments: VecDeque<EnvQueue>,
    /// Jobs that were suspended.
    suspended: VecDeque<Job>,
    /// The memory of their searches, in bytes.
    held_bytes: usize,
    /// Whether this slice takes suspended jobs before pending ones.
    suspended_first: bool,
    /// The number of jobs in `environments`.
    pending: usize,
    /// The number of workers on the pool, running or waiting for a thread.
    workers: usize,
    /// The scratches of past workers, for the next ones.
    scratches: Vec<Scratch>,
}

/// The pending jobs of one environment.
struct EnvQueue {
    destination: Arc<dyn Destination>,
    jobs: VecDeque<Job>,
}

/// The right to be a worker.
pub(crate) struct Permit(());

impl Drop for Permit {
    fn drop(&mut self) {
        queue().workers -= 1;
    }
}

/// The queue of the process.
pub(super) fn queue() -> MutexGuard<'static, Queue> {
    // nothing under the lock panics between two states that fit together
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks every environment that has jobs waiting for a worker, except one that looks by itself.
pub(super) fn ask_for_workers(queue: &Queue, except: Option<&Arc<dyn Destination>>) {
    let pending = queue.environments.iter().map(|environment| &environment.destination);
    for destination in pending.chain(queue.suspended.iter().map(Job::destination)) {
        if except.is_none_or(|except| !same(destination, except)) {
            destination.ask_for_worker();
        }
    }
}

impl Queue {
    const fn new() -> Self {
        Self {
            environments: VecDeque::new(),
            suspended: VecDeque::new(),
            held_bytes: 0,
            suspended_first: false,
            pending: 0,
            workers: 0,
            scratches: Vec::new(),
        }
    }

    fn of_environment(&mut self, destination: &Arc<dyn Destination>) -> Option<&mut EnvQueue> {
        self.environments.iter_mut().find(|known| same(&known.destination, destination))
    }

    /// Adds a job behind all others of its environment.
    pub(super) fn push(&mut self, job: Job) {
        self.pending += 1;
        match self.of_environment(job.destination()) {
            Some(environment) => environment.jobs.push_back(job),
            None => {
                let destination = job.destination().clone();
                self.environments.push_back(EnvQueue { destination, jobs: VecDeque::from([job]) });
            }
        }
    }

    /// A permit if there should be one more worker.
    pub(super) fn permit(&mut self) -> Option<Permit> {
        let waiting = self.pending + self.suspended.len();
        let wanted = waiting.div_ceil(JOBS_PER_WORKER).min(SHARE.threads);
        (self.workers < wanted).then(|| {
            self.workers += 1;
            Permit(())
        })
    }

    /// Starts a worker's slice. Slices take turns in what they claim first: pending or suspended
    /// jobs.
    pub(super) fn start_slice(&mut self) -> Scratch {
        self.suspended_first = !self.suspended_first;
        self.scratches.pop().unwrap_or_default()
    }

    /// Ends a worker's slice. `claimed`: jobs that it has not started; those of environments that
    /// have ended stay in it.
    pub(super) fn end_slice(&mut self, claimed: &mut VecDeque<Job>, scratch: Scratch) {
        let (abandoned, kept): (VecDeque<_>, VecDeque<_>) =
            claimed.drain(..).partition(|job| job.destination().is_closed());
        *claimed = abandoned;
        for job in kept.into_iter().rev() {
            self.pending += 1;
            match self.of_environment(job.destination()) {
                Some(environment) => environment.jobs.push_front(job),
                None => {
                    let destination = job.destination().clone();
                    self.environments
                        .push_front(EnvQueue { destination, jobs: VecDeque::from([job]) });
                }
            }
        }
        self.scratches.push(scratch);
    }

    /// Claims the jobs to work on now: some pending ones, one environment after the other, or one
    /// that was suspended. Suspended jobs go first if their searches hold much memory.
    pub(super) fn claim(&mut self, claimed: &mut VecDeque<Job>) {
        let suspended =
            self.suspended_first || self.pending == 0 || self.held_bytes > MAX_HELD_BYTES;
        if suspended && let Some(job) = self.suspended.pop_front() {
            self.held_bytes -= job.held_bytes();
            claimed.push_back(job);
            return;
        }
        while claimed.len() < CLAIM_SIZE
            && let Some(mut environment) = self.environments.pop_front()
        {
            if let Some(job) = environment.jobs.pop_front() {
                self.pending -= 1;
                claimed.push_back(job);
            }
            if !environment.jobs.is_empty() {
                self.environments.push_back(environment);
            }
        }
    }

    /// Adds a job that was suspended. Returns it if its environment has ended: it was not in the
    /// queue when that one's jobs were taken out.
    pub(super) fn suspend(&mut self, job: Job) -> Option<Job> {
        if job.destination().is_closed() {
            return Some(job);
        }
        self.held_bytes += job.held_bytes();
        self.suspended.push_back(job);
        None
    }

    /// Takes out the jobs of an environment.
    pub(super) fn abandon(&mut self, destination: &Arc<dyn Destination>) -> Vec<Job> {
        let at = self.environments.iter().position(|known| same(&known.destination, destination));
        let environment = at.and_then(|at| self.environments.remove(at));
        let pending = environment.map_or_else(VecDeque::new, |environment| environment.jobs);
        self.pending -= pending.len();
        let (suspended, kept): (VecDeque<_>, VecDeque<_>) = mem::take(&mut self.suspended)
            .into_iter()
            .partition(|job| same(job.destination(), destination));
        self.suspended = kept;
        self.held_bytes = self.suspended.iter().map(Job::held_bytes).sum();
        pending.into_iter().chain(suspended).collect()
    }
}
