//! What comes back from the queue, and from a load.

use std::mem;

use crate::error::Failure;
use crate::report::LoadReport;
use matcher::Verdict;

/// News of a call.
pub(crate) struct Completion {
    /// Which call of its environment.
    pub(crate) call: u32,
    pub(crate) content: Payload,
    /// Whether the job is over: there will be no more letters of it.
    pub(crate) last: bool,
}

impl Completion {
    /// How many verdicts are in it, at least one.
    pub(crate) fn weight(&self) -> usize {
        match &self.content {
            Payload::Verdicts(verdicts) => verdicts.len().max(1),
            _ => 1,
        }
    }
}

/// Verdicts on the item of an index, and those after it.
pub(crate) struct Verdicts {
    first: u32,
    /// Of each where the text that it matched ends in `texts`, where those of all are: what one thread allocates and another one frees
    /// is expensive.
    all: Vec<(Verdict, usize)>,
    texts: Vec<u16>,
}

impl Verdicts {
    /// None yet. `first`: the index of the item that the first will be on; `room`: for how many there has to be room.
    pub(crate) fn new(first: u32, room: usize) -> Self {
        Self { first, all: Vec::with_capacity(room), texts: Vec::new() }
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

    /// Each with the index of its item, and the text that was matched, if any was.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Verdict, &[u16])> {
        let mut begin = 0;
        (self.first..).zip(&self.all).map(move |(index, &(ref verdict, end))| {
            let text = &self.texts[begin..end];
            begin = end;
            (index, verdict, text)
        })
    }
}

/// See [`Completion`].
pub(crate) enum Payload {
    /// The verdict of a `classify`.
    Verdict(Verdict),
    /// Verdicts of a `classifyAll`.
    Verdicts(Verdicts),
    /// The caller has stopped the call.
    Cancelled,
    /// A load is done.
    Loaded(Box<Result<LoadReport, Failure>>),
    /// A bug: what the panic said.
    Panicked(String),
}
