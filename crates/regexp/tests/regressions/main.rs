//! What fuzzing has found: a file for each finding, with the smallest input and its story.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use known_failures_regexp::{
    Haystack, Interrupt, Outcome, Pattern, PatternError, Scratch, StartRange,
};

mod counted_loops_in_counted_loops;
mod deep_nullable_loops;
mod duplicate_group_names;
mod idle_loops;
mod large_back_references;
mod mandatory_iterations_left_out;
mod nested_group_names;
mod properties_of_strings;
#[path = "../support/mod.rs"]
mod support;

use support::units;

/// Longer than any of these takes in a debug build on a busy machine: it detects hangs.
const IN_TIME: Duration = Duration::from_secs(60);

/// Parses within [`IN_TIME`].
fn parsed_in_time(source: &str, flags: &str) -> Result<Pattern, PatternError> {
    let begun = Instant::now();
    let parsed = Pattern::new(&units(source), &units(flags));
    let elapsed = begun.elapsed();
    assert!(elapsed < IN_TIME, "{} units took {elapsed:?} to parse", source.len());
    parsed
}

/// Searches within [`IN_TIME`], and fails if the search takes longer.
fn found_in_time(pattern: &Pattern, text: &str) -> Outcome {
    let never = AtomicBool::new(false);
    let interrupt = Interrupt::until(Instant::now() + IN_TIME, &never);
    let outcome = pattern.search(
        &Haystack::new(units(text)),
        &[StartRange::ANYWHERE],
        &mut Scratch::default(),
        &interrupt,
    );
    assert_ne!(outcome, Outcome::Suspended, "{} units took over {IN_TIME:?} to search", text.len());
    outcome
}
