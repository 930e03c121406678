//! The prefilter alone: how long each kernel takes for a byte.
//!
//! `scan RULES TEXTS...`: files in the format of [`read_texts`]; a rule is its flags and its
//! source. Prints a line for each file of texts. The kernels take turns, and the fastest turn
//! counts.
#![allow(clippy::print_stdout, reason = "standard output is the result")]

use std::time::{Duration, Instant};

use known_failures_bench::peer::{Text, read_texts};
use matcher::RuleSlot;
use matcher::prefilter::{Kernel, Prefilter, PrefilterScratch, Requirement};

/// How long a kernel runs in a turn.
const TURN: Duration = Duration::from_millis(15);

const TURNS: usize = 7;

fn main() {
    let mut files = std::env::args().skip(1);
    let rules = read_texts(&files.next().expect("usage: scan RULES TEXTS..."));
    let prefilters: Vec<_> = Kernel::all()
        .into_iter()
        .map(|kernel| (kernel, build(&rules).with_kernel(kernel)))
        .collect();
    let mut scratch = PrefilterScratch::default();
    for file in files {
        let texts = read_texts(&file);
        let mut fastest = vec![f64::MAX; prefilters.len()];
        for _ in 0..TURNS {
            for ((_, prefilter), fastest) in prefilters.iter().zip(&mut fastest) {
                *fastest = fastest.min(nanoseconds(prefilter, &texts, &mut scratch));
            }
        }
        let count = texts.len() as u32;
        let bytes: usize = texts.iter().map(|text| text.error.len()).sum();
        print!("{file}: {count} texts, {bytes} bytes");
        for ((kernel, _), ns) in prefilters.iter().zip(fastest) {
            let (text, byte) = (ns / f64::from(count), ns / f64::from(bytes as u32));
            print!(" | {}: {byte:.3} ns a byte, {text:.0} ns a text", kernel.name());
        }
        println!();
    }
}

/// Rules that cannot be read are left out.
fn build(rules: &[Text]) -> Prefilter {
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let numbered = (0..).map(RuleSlot).zip(rules);
    Prefilter::build(numbered.filter_map(|(slot, Text { test: flags, error: source })| {
        Some((slot, Requirement::of_pattern(&units(source), &units(flags)).ok()?))
    }))
}

/// How long the scan of all texts takes.
fn nanoseconds(prefilter: &Prefilter, texts: &[Text], scratch: &mut PrefilterScratch) -> f64 {
    let (started, mut passes) = (Instant::now(), 0);
    while started.elapsed() < TURN {
        for text in texts {
            std::hint::black_box(prefilter.scan(text.error.as_bytes(), 1, scratch));
        }
        passes += 1;
    }
    started.elapsed().as_secs_f64() * 1e9 / f64::from(passes)
}
