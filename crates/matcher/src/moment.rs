//! Points in time on the clock that people read.

use std::time::{SystemTime, UNIX_EPOCH};

/// A point in time, in milliseconds since 1970, as `Date.now()` counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Later than any other.
    pub const NEVER: Self = Self(i64::MAX);

    /// What the clock says.
    pub fn now() -> Self {
        let milliseconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()),
            Err(before) => i64::try_from(before.duration().as_millis()).map(|until| -until),
        };
        Self(milliseconds.unwrap_or(i64::MAX))
    }
}
