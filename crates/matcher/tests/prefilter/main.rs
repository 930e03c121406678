//! The prefilter against two oracles that cannot be wrong in the same way: a naive search for the
//! literals that it chose, and the backtracking engine, whose every match must be among the
//! candidates.
//!
//! `SEED=… ROUNDS=… cargo test --test prefilter` repeats a run, or tries more cases.

mod choice;
mod gates;
mod law;
mod nearby;
#[path = "../random/mod.rs"]
mod random;
mod ranges;
mod scan;
mod starts;
#[path = "../units/mod.rs"]
mod units;
mod writer;

use known_failures_matcher::RuleSlot;
use known_failures_matcher::prefilter::{
    Candidate, Kernel, Prefilter, PrefilterScratch, Requirement,
};
use regexp::{Haystack, StartRange};

use self::units::units;

fn requirement(source: &str, flags: &str) -> Requirement {
    match Requirement::of_pattern(&units(source), &units(flags)) {
        Ok(requirement) => requirement,
        Err(error) => panic!("/{source}/{flags}: {error}"),
    }
}

fn slots() -> impl Iterator<Item = RuleSlot> {
    (0..).map(RuleSlot)
}

fn prefilter(patterns: &[&str]) -> Prefilter {
    Prefilter::build(slots().zip(patterns.iter().map(|source| requirement(source, ""))))
}

fn scan(prefilter: &Prefilter, text: &[u8]) -> Vec<u32> {
    scan_with(prefilter, text, &mut PrefilterScratch::default())
}

/// The rules that can match `text`, without where their matches start.
fn scan_with(prefilter: &Prefilter, text: &[u8], scratch: &mut PrefilterScratch) -> Vec<u32> {
    let unit_bytes = if text.is_ascii() { 1 } else { 3 };
    let candidates = prefilter.scan(text, unit_bytes, scratch).iter();
    let mut rules: Vec<u32> = candidates.map(|candidate| candidate.slot.0).collect();
    // a rule may have several ranges
    rules.dedup();
    rules
}

/// How often a property is tried: `ROUNDS` from the environment, or `usual`.
fn rounds(usual: usize) -> usize {
    std::env::var("ROUNDS").map_or(usual, |rounds| rounds.parse().expect("ROUNDS is a number"))
}

fn folded(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| byte | 0x20).collect()
}

/// What `scan` must return for rules without gates, by a search for each literal at each place, or
/// for each run.
fn naive(prefilter: &Prefilter, rules: u32, text: &[u8]) -> Vec<u32> {
    let folded = folded(text);
    let has_literal = |literal: &[u8]| folded.windows(literal.len()).any(|part| part == literal);
    let has_run = |run: &[Vec<u8>]| {
        let fits = |part: &[u8]| run.iter().zip(part).all(|(set, byte)| set.contains(byte));
        text.windows(run.len()).any(fits)
    };
    let can_match = |rule: &u32| {
        let (slot, runs) = (RuleSlot(*rule), prefilter.runs_of(RuleSlot(*rule)));
        if prefilter.unfiltered().contains(&slot) {
            false
        } else if runs.is_empty() {
            prefilter.literals_of(slot).iter().any(|literal| has_literal(literal))
        } else {
            runs.iter().any(|run| has_run(run))
        }
    };
    (0..rules).filter(can_match).collect()
}

/// Whether a text of this length is taken to have a rule's run anywhere: it has very many places
/// for one.
fn is_assumed(candidates: &[Candidate], rule: u32, length: usize) -> bool {
    let starts = starts_of(candidates, RuleSlot(rule));
    starts.iter().any(|starts| starts.last as usize > length)
}

/// A prefilter for each kernel that the machine can run.
fn kernels(build: impl Fn() -> Prefilter) -> Vec<Prefilter> {
    Kernel::all().into_iter().map(|kernel| build().with_kernel(kernel)).collect()
}

/// Where matches of a rule can start.
fn starts_of(candidates: &[Candidate], slot: RuleSlot) -> Vec<StartRange> {
    let of_rule = candidates.iter().filter(|candidate| candidate.slot == slot);
    of_rule.map(|candidate| candidate.starts).collect()
}

/// Whether one of the ranges has the code unit at `at` of the text.
fn allow(starts: &[StartRange], text: &Haystack<'_>, at: u32) -> bool {
    let before = Haystack::new(text.units()[..at as usize].to_vec()).bytes().len() as u32;
    starts.iter().any(|starts| (starts.first..=starts.last).contains(&before))
}

#[test]
fn is_shared_by_threads() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Prefilter>();
    assert_shared::<PrefilterScratch>();
}
