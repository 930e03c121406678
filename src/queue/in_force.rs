//! The rules that a call is judged by.

use std::sync::Arc;

use matcher::store;
use matcher::{Matcher, Moment};

/// The rules that were in force when a call was made.
#[derive(Clone, Default)]
pub(crate) struct InForce {
    /// `None`: none were ever loaded.
    pub(crate) rules: Option<Arc<Matcher>>,
    /// When the call was made, if that matters to the rules.
    pub(crate) time: Option<Moment>,
}

impl InForce {
    /// For a call that is made now.
    pub(crate) fn now() -> Self {
        let rules = store::current();
        let time = rules.as_ref().and_then(|rules| rules.call_time());
        Self { rules, time }
    }

    /// Whether any rule needs the test's name.
    pub(crate) fn needs_names(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.has_test_scopes())
    }
}
