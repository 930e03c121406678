//! What comes back of an `explain`.

use matcher::Explanation;

/// An explanation, with the name of the test.
pub(crate) struct Explained {
    pub(crate) test: Vec<u16>,
    pub(crate) explanation: Explanation,
}
