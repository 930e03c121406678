//! What a job sends back.

use std::sync::Arc;

use crate::queue::call_id::CallId;
use crate::queue::verdicts::Verdicts;
use matcher::{Matcher, Verdict};

/// News of a call.
pub(crate) struct JobCompletion {
    pub(crate) call: CallId,
    pub(crate) payload: Payload,
    /// Whether the job is over: no completion of it follows.
    pub(crate) last: bool,
    /// The rules that gave the verdicts, back from the job: so only the JavaScript thread counts
    /// their owners, where two threads would wait for each other's caches.
    pub(crate) rules: Option<Arc<Matcher>>,
}

/// See [`JobCompletion`].
pub(crate) enum Payload {
    /// The verdict of a `classify`.
    Verdict(Verdict),
    /// Verdicts of a `classifyAll`.
    Verdicts(Verdicts),
    /// The job has seen the flag by which its caller stops it.
    Cancelled,
    /// A bug: the message of the panic.
    Panicked(String),
}

impl JobCompletion {
    /// The number of verdicts in it, at least 1.
    pub(crate) fn weight(&self) -> usize {
        match &self.payload {
            Payload::Verdicts(verdicts) => verdicts.len().max(1),
            _ => 1,
        }
    }
}
