//! `strip_ansi` against what its documentation says, written down as a pattern.

use std::cell::OnceCell;
use std::sync::atomic::AtomicBool;

use matcher::text::strip_ansi;
use regexp::{Haystack, Outcome, Pattern, Scratch};

use crate::bytes::{from_str, shown, units};

/// Control sequences, complete and broken off; control strings; other escape sequences.
const SEQUENCE: &str = concat!(
    r"(?:\x1b\[|\x9b)(?:[0-?]*[ -/]*[@-~]|[0-?]+)",
    r"|\x1b[PX\]^_][^\0-\x1f\x7f-\x9f]*(?:\x07|\x9c|\x1b\\)",
    r"|\x1b(?![\[PX\]^_])[ -/]*[0-~]",
);

const MAX_UNITS: usize = 300;

/// The input is the text.
pub fn ansi(input: &[u8]) {
    let mut text = units(input);
    text.truncate(MAX_UNITS);
    let stripped = strip_ansi(text.clone());

    let mut rest = text.iter();
    let in_order = stripped.iter().all(|unit| rest.any(|other| other == unit));
    assert!(in_order, "what stays, stays in order: {}", shown(&text));
    if !text.iter().any(|unit| matches!(unit, 0x1B | 0x9B)) {
        assert_eq!(stripped, text, "without an introducer all stays");
    }
    assert_eq!(shown(&stripped), shown(&stripped_by_pattern(&text)), "{}", shown(&text));
    // Not claimed: that a second pass finds nothing. `ESC ESC [m [m` leaves a sequence behind, as
    // it must.
}

/// `text.replace(SEQUENCE, '')` under `g`. The pattern looks at nothing before its match, so each
/// search can begin with the text that is left.
fn stripped_by_pattern(text: &[u16]) -> Vec<u16> {
    thread_local! {
        static PATTERN: OnceCell<Pattern> = const { OnceCell::new() };
    }
    PATTERN.with(|cell| {
        let pattern =
            cell.get_or_init(|| Pattern::new(&from_str(SEQUENCE), &[]).expect("it is legal"));
        let (never, mut scratch) = (AtomicBool::new(false), Scratch::default());
        let (mut kept, mut rest) = (Vec::new(), text);
        while let Outcome::Match { start, end } =
            pattern.find_exact(&Haystack::new(rest.to_vec()), &mut scratch, &never)
        {
            kept.extend_from_slice(&rest[..start as usize]);
            rest = &rest[end as usize..];
        }
        kept.extend_from_slice(rest);
        kept
    })
}
