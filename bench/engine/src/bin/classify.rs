//! The engine alone, as a peer of the benchmarks: bytes in, index of the first matching rule out.
//!
//! `classify RULES [KERNEL]`, where RULES is the list as JSON, and KERNEL the index of one of the
//! kernels that this machine can run; the fastest by default. It prints the cost of loading and the
//! names of the kernels, then obeys as `peer` says.
#![allow(clippy::print_stdout, reason = "standard output is the protocol")]

use std::fs;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use cpu_time::ProcessTime;
use matcher::prefilter::Kernel;
use matcher::rules::{JsonText, RuleFormat, parse_json};
use matcher::{Ansi, BuildOptions, Matcher, Scratch, TextOptions, Ticket};

fn main() {
    let list = std::env::args().nth(1).expect("usage: classify RULES");
    let json = fs::read(list).expect("the rules can be read");
    let started = (Instant::now(), ProcessTime::now());
    let entries = parse_json(&JsonText::Bytes(json), &RuleFormat::default()).expect("it is a list");
    let options = BuildOptions {
        text: TextOptions { ansi: Ansi::Keep, ..TextOptions::default() },
        strict: false,
        now: None,
    };
    let (mut matcher, report, leftovers) =
        Matcher::build(entries, options, Ticket::default()).expect("it is not strict");
    let (wall, cpu) = (started.0.elapsed(), started.1.elapsed());
    let refused: Vec<_> = report.rejected.iter().map(|rule| rule.index.0).collect();
    drop(leftovers);
    let kernels = Kernel::all();
    if let Some(kernel) = std::env::args().nth(2) {
        let index: usize = kernel.parse().expect("KERNEL is a number");
        matcher = matcher.with_kernel(kernels[index]);
    }
    let names: Vec<_> = kernels.iter().map(|kernel| kernel.name()).collect();
    println!(
        "{{\"compileMs\":{:.3},\"compileCpuMs\":{:.3},\"refused\":{refused:?},\"kernels\":{names:?}}}",
        wall.as_secs_f64() * 1e3,
        cpu.as_secs_f64() * 1e3
    );

    let mut scratch = Scratch::default();
    let never = AtomicBool::new(false);
    known_failures_bench::peer::serve(|text| {
        let verdict = matcher.classify_utf8(&text.test, &text.error, &mut scratch, &never).ok()?;
        let hit = verdict.hit?;
        // as the addon does
        scratch.keep_match_text(hit.text);
        Some(hit.rule.0)
    });
}
