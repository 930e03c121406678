//! What comes back from the queue, and from a load.

use std::mem;

use crate::binding::failure::Failure;
use crate::binding::report::LoadReport;
use crate::matcher::Verdict;

/// News of a call.
pub(in crate::binding) struct Letter {
    /// Which call of its environment.
    pub(in crate::binding) call: u32,
    pub(in crate::binding) content: Content,
    /// Whether the job is over: there will be no more letters of it.
    pub(in crate::binding) last: bool,
}

impl Letter {
    /// How many verdicts are in it, at least one.
    pub(in crate::binding) fn weight(&self) -> usize {
        match &self.content {
            Content::Verdicts(verdicts) => verdicts.len().max(1),
            _ => 1,
        }
    }
}

/// Verdicts on the item of an index, and those after it.
pub(in crate::binding) struct Verdicts {
    first: u32,
    /// Of each where the text that it matched ends in `texts`, where those of all are: what one thread allocates and another one frees
    /// is expensive.
    all: Vec<(Verdict, usize)>,
    texts: Vec<u16>,
}

impl Verdicts {
    /// None yet. `first`: the index of the item that the first will be on; `room`: for how many there has to be room.
    pub(super) fn new(first: u32, room: usize) -> Self {
        Self { first, all: Vec::with_capacity(room), texts: Vec::new() }
    }

    pub(super) fn push(&mut self, mut verdict: Verdict) {
        if let Some(hit) = &mut verdict.hit {
            self.texts.append(&mut mem::take(&mut hit.text));
        }
        self.all.push((verdict, self.texts.len()));
    }

    pub(in crate::binding) fn len(&self) -> usize {
        self.all.len()
    }

    /// Each with the index of its item, and the text that was matched, if any was.
    pub(in crate::binding) fn iter(&self) -> impl Iterator<Item = (u32, &Verdict, &[u16])> {
        let mut begin = 0;
        (self.first..).zip(&self.all).map(move |(index, &(ref verdict, end))| {
            let text = &self.texts[begin..end];
            begin = end;
            (index, verdict, text)
        })
    }
}

/// See [`Letter`].
pub(in crate::binding) enum Content {
    /// The verdict of a `classify`.
    Verdict(Verdict),
    /// Verdicts of a `classifyAll`.
    Verdicts(Verdicts),
    /// The caller has stopped the call.
    Stopped,
    /// A load is done.
    Loaded(Box<Result<LoadReport, Failure>>),
    /// A bug: what the panic said.
    Panicked(String),
}
