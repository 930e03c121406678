//! What a job sends back.

use std::mem;
use std::sync::Arc;

use crate::queue::call_id::CallId;
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

/// Verdicts on items of a `classifyAll` that follow each other.
pub(crate) struct Verdicts {
    first: u32,
    /// Each verdict with the end of the text that it matched, in `texts`. The texts share one
    /// allocation: one that another thread frees is expensive.
    all: Vec<(Verdict, usize)>,
    texts: Vec<u16>,
}

impl Verdicts {
    /// No verdicts yet. `first`: the index of the item of the first; `capacity`: how many to
    /// expect.
    pub(crate) fn new(first: u32, capacity: usize) -> Self {
        Self { first, all: Vec::with_capacity(capacity), texts: Vec::new() }
    }

    pub(crate) fn push(&mut self, mut verdict: Verdict) {
        if let Some(hit) = &mut verdict.hit {
            self.texts.append(&mut mem::take(&mut hit.text));
        }
        self.all.push((verdict, self.texts.len()));
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Each verdict with the index of its item and the text that it matched, if it matched any.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Verdict, &[u16])> {
        let mut start = 0;
        (self.first..).zip(&self.all).map(move |(index, &(ref verdict, end))| {
            let text = &self.texts[start..end];
            start = end;
            (index, verdict, text)
        })
    }
}
