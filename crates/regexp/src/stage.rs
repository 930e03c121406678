//! How far a pattern's search has come, which decides how it goes on when it is resumed or when its
//! engine gives up.

/// The engine that runs, and for how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The exact engine, as long as an automaton would have been more expensive.
    #[default]
    BeforeAutomaton,
    Automaton,
    /// The exact engine, as long as the lockstep engine would have been more expensive.
    BeforeLockstep,
    Lockstep,
    /// The exact engine, to the end, with what the lockstep engine has noted.
    AfterLockstep,
    /// The exact engine, to the end.
    Last,
}
