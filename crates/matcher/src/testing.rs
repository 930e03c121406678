//! What unit tests share.

use std::sync::atomic::AtomicBool;

use crate::build::BuildOptions;
use crate::ids::Ticket;
use crate::matcher::Matcher;
use crate::report::Report;
use crate::rules::{JsonText, Rejection, Rule, RuleFormat, parse_json};
use crate::scratch::Scratch;
use crate::text::{Ansi, TextOptions};
use crate::verdict::{Reason, Verdict};

pub(crate) use crate::units::units;

pub(crate) fn entries(json: &str) -> Vec<Result<Rule, Rejection>> {
    parse_json(&JsonText::Utf16(units(json)), &RuleFormat::default()).unwrap()
}

pub(crate) fn load(json: &str) -> (Matcher, Report) {
    let (matcher, report, _) =
        Matcher::build(entries(json), BuildOptions::default(), Ticket::default()).unwrap();
    (matcher, report)
}

pub(crate) fn matcher(json: &str) -> Matcher {
    load(json).0
}

pub(crate) fn matcher_with(json: &str, ansi: Ansi) -> Matcher {
    matcher_of(json, TextOptions { ansi, ..TextOptions::default() })
}

pub(crate) fn matcher_of(json: &str, text: TextOptions) -> Matcher {
    let options = BuildOptions { text, strict: true, now: None };
    Matcher::build(entries(json), options, Ticket::default()).unwrap().0
}

pub(crate) fn classify(matcher: &Matcher, test: &str, error: &str) -> Verdict {
    let never = AtomicBool::new(false);
    matcher.classify(&units(test), Some(units(error)), &mut Scratch::default(), &never).unwrap()
}

pub(crate) fn hit(verdict: &Verdict) -> Option<u32> {
    assert_eq!(verdict.hit.is_some(), verdict.reason == Reason::Matched);
    verdict.hit.as_ref().map(|hit| hit.rule.0)
}
