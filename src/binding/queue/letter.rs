//! What comes back from the queue, and from a load.

use std::sync::Arc;

use crate::binding::failure::Failure;
use crate::binding::report::LoadReport;
use crate::matcher::{Matcher, Verdict};

/// News of a call.
pub(in crate::binding) struct Letter {
    /// Which call of its environment.
    pub(in crate::binding) call: u32,
    pub(in crate::binding) content: Content,
    /// Whether the call is over: there will be no more letters.
    pub(in crate::binding) last: bool,
}

/// See [`Letter`].
pub(in crate::binding) enum Content {
    /// The verdict on the call's next item, and the rules that gave it; `None` if none were ever loaded.
    Verdict(Verdict, Option<Arc<Matcher>>),
    /// The caller has stopped the call.
    Stopped,
    /// A load is done.
    Loaded(Box<Result<LoadReport, Failure>>),
    /// A bug: what the panic said.
    Panicked(String),
}
