//! What comes back from the queue, and from a load.

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
            Content::Verdicts(_, verdicts) => verdicts.len().max(1),
            _ => 1,
        }
    }
}

/// See [`Letter`].
pub(in crate::binding) enum Content {
    /// The verdict of a `classify`.
    Verdict(Verdict),
    /// Verdicts of a `classifyAll`: on the item of that index, and those after it.
    Verdicts(u32, Vec<Verdict>),
    /// The caller has stopped the call.
    Stopped,
    /// A load is done.
    Loaded(Box<Result<LoadReport, Failure>>),
    /// A bug: what the panic said.
    Panicked(String),
}
