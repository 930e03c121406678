//! What an inbox holds.

use crate::calls::explained::Explained;
use crate::error::Failure;
use crate::queue::call_id::CallId;
use crate::queue::completion::JobCompletion;
use crate::report::LoadReport;

/// News of a call of this environment.
pub(crate) enum Completion {
    /// From the queue: of a `classify` or `classifyAll`.
    Job(JobCompletion),
    /// From the JavaScript thread: the texts of a `classifyAll` are still to be copied.
    Uncopied(CallId),
    /// From the thread of a load: it is over.
    Load { call: CallId, report: Box<Result<LoadReport, Failure>> },
    /// From the thread of explanations: it is over.
    Explained { call: CallId, outcome: Box<Result<Explained, Failure>> },
}

impl Completion {
    /// How much of a delivery it is, in verdicts.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Job(completion) => completion.weight(),
            Self::Uncopied(_) | Self::Load { .. } | Self::Explained { .. } => 1,
        }
    }
}
