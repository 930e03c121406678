//! One pattern, one text, every way to an answer.
//!
//! The automata and the exact engine must agree. The exact engine must also agree with itself where
//! one meaning has two forms that it runs differently: with and without its memory of failed
//! states, forwards and backwards.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use regexp::{Answer, Haystack, Interrupt, Outcome, Pattern, Scratch, StartRange};

use crate::bytes::{Decisions, from_str, raw_units, shown, units};
use crate::grammar;

const MAX_PATTERN_UNITS: usize = 256;
const MAX_TEXT_UNITS: usize = 256;

/// Copies of a text that make it a long one: it crosses pages of the memo table and is polled
/// often.
const LONG: usize = 20;

/// Times that a search with back-references is resumed, which may need exponentially many.
const MAX_RESUMPTIONS: usize = 16;

/// The input as a person writes it: flags, a line feed, the pattern, a line feed, the text. After a
/// leading `*` the text is repeated; after a `!` pattern and text are UTF-16 (little-endian).
pub fn engines_text(input: &[u8]) {
    let (long, input) = input.strip_prefix(b"*").map_or((false, input), |rest| (true, rest));
    let (raw, input) = input.strip_prefix(b"!").map_or((false, input), |rest| (true, rest));
    let decode = if raw { raw_units } else { units };
    let mut parts = input.splitn(3, |&byte| byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let (flags, pattern, mut text) = (units(next()), decode(next()), decode(next()));
    text.truncate(MAX_TEXT_UNITS);
    if long {
        text = text.repeat(LONG);
    }
    check(&pattern, &flags, &text);
}

/// The input as decisions of a grammar: flags, text, pattern.
pub fn engines_grammar(input: &[u8]) {
    let mut decisions = Decisions::new(input);
    let flags = grammar::flags(&mut decisions);
    let mut text = grammar::text(&mut decisions, 48);
    let pattern = grammar::pattern(&mut decisions, 40);
    if decisions.below(4) == 1 {
        text = text.repeat(LONG);
    }
    check(&pattern, &flags, &text);
}

/// Checks every claim about one pattern on one text.
pub fn check(pattern: &[u16], flags: &[u16], text: &[u16]) {
    if pattern.len() > MAX_PATTERN_UNITS {
        return;
    }
    let Ok(compiled) = Pattern::new(pattern, flags) else { return };
    let case = || format!("/{}/{} on \"{}\"", shown(pattern), shown(flags), shown(text));
    let haystack = Haystack::new(text.to_vec());
    let mut scratch = Scratch::default();
    // A search that may take exponential time is cancelled at the first poll. The others must end
    // by themselves, in the time that the driver allows.
    let refers = may_refer(pattern);
    let stop = AtomicBool::new(refers);

    let exact = compiled.find_exact(&haystack, &mut scratch, &stop);
    let decided = decided(exact);
    if let Outcome::Match { start, end } = exact {
        assert!(start <= end && end as usize <= text.len(), "{exact:?}: {}", case());
    }
    if let (Some(_), Some(answer)) = (decided, compiled.find_automaton(&haystack)) {
        let right = match (answer, exact) {
            (Answer::Match { start, end }, _) => exact == Outcome::Match { start, end },
            (Answer::MatchFrom { start: from }, Outcome::Match { start, .. }) => start == from,
            (Answer::MatchFrom { .. }, _) => false,
            (Answer::NoMatch, _) => exact == Outcome::NoMatch,
        };
        assert!(right, "the automata {answer:?} and the exact engine {exact:?}: {}", case());
    }
    let found = compiled.find(&haystack, &mut scratch, &stop);
    if decided.is_some() {
        assert_eq!(found, exact, "as the matcher runs it and the exact engine: {}", case());
    }
    if let (Some(_), false) = (decided, refers)
        && let Some(lockstep) = compiled.find_lockstep(&haystack, &mut scratch, &stop)
    {
        assert_eq!(lockstep, exact, "the lockstep engine and the exact one: {}", case());
    }
    let again = compiled.find_exact(&haystack, &mut scratch, &stop);
    assert_eq!(again, exact, "a search with used memory: {}", case());

    with_interruptions(pattern, flags, &haystack, &case);
    if let (false, Some(matches)) = (refers, decided) {
        rewritten(pattern, flags, &haystack, exact, matches, &mut scratch, &case);
    }
}

/// A search that is suspended at every poll ends as an uninterrupted one does. Returns how often it
/// was resumed.
fn with_interruptions(
    pattern: &[u16],
    flags: &[u16],
    haystack: &Haystack,
    case: &impl Fn() -> String,
) -> usize {
    // Only the exact engine can be suspended. The second alternative never matches, but the
    // automata cannot run it, and their over-approximation of it refuses no text.
    let source = [&from_str("(?:"), pattern, &from_str(")|(?!)")].concat();
    let Ok(compiled) = Pattern::new(&source, flags) else { return 0 };
    let never = AtomicBool::new(false);
    let over = Interrupt::until(Instant::now(), &never);
    let mut scratch = Scratch::default();
    let mut resumptions = 0;
    let mut outcome = compiled.search(haystack, &[StartRange::ANYWHERE], &mut scratch, &over);
    while outcome == Outcome::Suspended {
        if resumptions == MAX_RESUMPTIONS && may_refer(pattern) {
            return resumptions;
        }
        outcome = compiled.resume(haystack, &[StartRange::ANYWHERE], &mut scratch, &over);
        resumptions += 1;
    }
    let whole = compiled.find_exact(haystack, &mut scratch, &never);
    assert_eq!(outcome, whole, "resumed {resumptions} times and uninterrupted: {}", case());
    resumptions
}

/// The same meaning in other forms. `pattern` has no back-references.
fn rewritten(
    pattern: &[u16],
    flags: &[u16],
    haystack: &Haystack,
    exact: Outcome,
    matches: bool,
    scratch: &mut Scratch,
    case: &impl Fn() -> String,
) {
    let mut run = |before: &str, after: &str| {
        let source = [from_str(before), pattern.to_vec(), from_str(after)].concat();
        let compiled = Pattern::new(&source, flags).ok()?;
        let stop = AtomicBool::new(may_refer(&source));
        let outcome = compiled.find_exact(haystack, scratch, &stop);
        decided(outcome).map(|_| outcome)
    };
    // A back-reference switches the memory of failed states off.
    if let Some(outcome) = run("(?:", ")(?<zz>)\\k<zz>") {
        assert_eq!(exact, outcome, "with and without memory: {}", case());
    }
    // In a lookaround successful states are remembered, too.
    if let Some(outcome) = run("(?=", ")") {
        let expected = match exact {
            Outcome::Match { start, .. } => Outcome::Match { start, end: start },
            other => other,
        };
        assert_eq!(expected, outcome, "in a lookahead: {}", case());
    }
    // Read backwards it matches other spans, but in the same texts.
    if !flags.contains(&u16::from(b'y'))
        && let Some(outcome) = run("(?<=", ")")
    {
        assert_eq!(Some(matches), decided(outcome), "in a lookbehind: {}", case());
    }
}

/// Whether there is a match, if the search came to an end.
pub fn decided(outcome: Outcome) -> Option<bool> {
    match outcome {
        Outcome::Match { .. } => Some(true),
        Outcome::NoMatch => Some(false),
        Outcome::Undecided | Outcome::Cancelled | Outcome::Suspended => None,
    }
}

/// Whether the source may hold a back-reference: it has `\k` or a backslash and a digit.
pub fn may_refer(pattern: &[u16]) -> bool {
    pattern.windows(2).any(|pair| {
        pair[0] == u16::from(b'\\')
            && u8::try_from(pair[1]).is_ok_and(|byte| byte == b'k' || byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The claim about suspended searches says nothing if no search is suspended.
    #[test]
    fn long_searches_are_suspended() {
        let text = Haystack::new(from_str(&"ab".repeat(1000)));
        for (pattern, flags) in [
            ("(?:a|b|ab)*c", ""),
            ("(?:a|b|ab)*c", "u"),
            ("(?<=(?:ab)*)c|d", "i"),
            ("^(a)(?:b|a)*\\1{3}", ""),
        ] {
            let resumptions =
                with_interruptions(&from_str(pattern), &from_str(flags), &text, &String::new);
            assert!(resumptions > 0, "/{pattern}/{flags}");
            assert!(
                resumptions < MAX_RESUMPTIONS || !may_refer(&from_str(pattern)),
                "/{pattern}/{flags}"
            );
        }
    }
}
