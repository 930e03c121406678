//! What fuzzing has found: one file for each finding, the smallest input in it, its story above it.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use known_failures::regexp::{Haystack, Outcome, Pattern, PatternError, Scratch};

mod deep_nullable_loops;
mod duplicate_group_names;
mod nested_group_names;
mod properties_of_strings;

/// A hang, not a benchmark: far above what any of these takes when it is right, in a debug build on a busy machine.
const IN_TIME: Duration = Duration::from_secs(60);

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// Parses within [`IN_TIME`].
fn parsed_in_time(source: &str, flags: &str) -> Result<Pattern, PatternError> {
    let begun = Instant::now();
    let parsed = Pattern::new(&units(source), &units(flags));
    let elapsed = begun.elapsed();
    assert!(elapsed < IN_TIME, "{} units took {elapsed:?} to parse", source.len());
    parsed
}

/// Searches within [`IN_TIME`].
fn found_in_time(pattern: &Pattern, text: &str) -> Outcome {
    let begun = Instant::now();
    let haystack = Haystack::new(units(text));
    let found = pattern.find(&haystack, &mut Scratch::default(), &AtomicBool::new(false));
    let elapsed = begun.elapsed();
    assert!(elapsed < IN_TIME, "{} units took {elapsed:?} to search", text.len());
    found
}
