//! The engine alone, as a peer of the benchmarks: bytes in, index of the first matching rule out.
//!
//! `classify_bench RULES`, where RULES is the list as JSON. It prints what loading cost, then obeys as `peer` says.
#![allow(clippy::print_stdout, reason = "it is a program that reports")]

use std::fs;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use matcher::rules::{FieldNames, JsonText, parse_json};
use matcher::{Ansi, BuildOptions, Matcher, Scratch, Ticket};

use known_failures_bench::cpu_time::cpu_time;

fn main() {
    let list = std::env::args().nth(1).expect("usage: classify_bench RULES");
    let json = fs::read(list).expect("the rules can be read");
    let begun = (Instant::now(), cpu_time());
    let entries = parse_json(JsonText::Bytes(json), &FieldNames::default()).expect("it is a list");
    let options = BuildOptions { ansi: Ansi::Keep, strict: false };
    let (matcher, report, leftovers) =
        Matcher::build(entries, options, Ticket::default()).expect("it is not strict");
    let (wall, cpu) = (begun.0.elapsed(), cpu_time().checked_sub(begun.1).unwrap());
    let refused: Vec<_> = report.rejected.iter().map(|rule| rule.index.0).collect();
    drop(leftovers);
    println!(
        "{{\"compileMs\":{:.3},\"compileCpuMs\":{:.3},\"refused\":{refused:?}}}",
        wall.as_secs_f64() * 1e3,
        cpu.as_secs_f64() * 1e3
    );

    let mut scratch = Scratch::default();
    let never = AtomicBool::new(false);
    known_failures_bench::peer::serve(|text| {
        let verdict = matcher.classify_utf8(&text.test, &text.error, &mut scratch, &never).ok()?;
        Some(verdict.hit?.rule.0)
    });
}
