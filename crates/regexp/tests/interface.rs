//! The crate as its users see it.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use known_failures_regexp::{
    Flags, Haystack, Interrupt, MultiPattern, Outcome, Pattern, PatternError, Scratch, StartRange,
    Undecided,
};

mod support;

use support::units;

#[test]
fn threads_can_share_patterns_and_hand_searches_over() {
    fn assert_send<T: Send>() {}
    fn assert_sync<T: Sync>() {}
    assert_send::<Pattern>();
    assert_sync::<Pattern>();
    assert_send::<MultiPattern>();
    assert_sync::<MultiPattern>();
    assert_send::<Scratch>();
    assert_send::<PatternError>();
}

#[test]
fn strings_and_utf16_are_the_same_pattern() {
    let pattern = Pattern::parse_str("é+", "iu").unwrap();
    assert_eq!(pattern.source(), units("é+"));
    let expected = Flags { ignore_case: true, unicode: true, ..Flags::default() };
    assert_eq!(pattern.flags(), expected);
    // in UTF-16 code units: 😀 has two
    assert_eq!(pattern.find_str("😀 Éé!"), Ok(Some(3..5)));
    assert_eq!(pattern.is_match("e"), Ok(false));
    assert_eq!(
        Pattern::parse_str("a", "q").map(|_| ()),
        Pattern::new(&[0x61], &[0x71]).map(|_| ())
    );
}

#[test]
fn a_search_that_exceeds_its_budget_is_undecided() {
    let pattern = Pattern::parse_str(r"^(a|aa|b)+\1c", "").unwrap();
    assert_eq!(pattern.is_match(&("a".repeat(200) + "bc")), Err(Undecided));
}

#[test]
fn a_search_can_be_suspended_resumed_and_cancelled() {
    let pattern = Pattern::parse_str("(?=(?:a|b|ab)*c)", "").unwrap();
    let text = Haystack::new(units(&"ab".repeat(20_000)));
    let (mut scratch, flag) = (Scratch::default(), AtomicBool::new(false));
    let over = Interrupt::until(Instant::now(), &flag);
    let starts = &[StartRange::ANYWHERE];
    assert_eq!(pattern.search(&text, starts, &mut scratch, &over), Outcome::Suspended);
    assert!(scratch.bytes() > 0);
    let unlimited = Interrupt::without_deadline(&flag);
    assert_eq!(pattern.resume(&text, starts, &mut scratch, &unlimited), Outcome::NoMatch);
    flag.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(pattern.find(&text, &mut scratch, &flag), Outcome::Cancelled);
}
