//! How long does the prefilter take per error, and how many rules does it leave? (In nanoseconds of wall time and candidates.)
//!
//! `prefilter_bench FILE...`: each file is, in little-endian, a u32 number of rules, of each its pattern and its flags
//! (u32 length in UTF-16 units, units), a u32 number of texts, and each text (the same) with a u32 that is the first rule that matches it
//! (0xFFFFFFFE: none does; 0xFFFFFFFF: not known).
#![allow(clippy::print_stdout, reason = "it is a program that reports")]

use std::hint::black_box;
use std::time::Instant;

use known_failures::prefilter::{Kernel, Prefilter, PrefilterScratch, Requirement};
use known_failures::regexp::Haystack;

const NONE_MATCHES: u32 = 0xFFFF_FFFE;
const UNKNOWN: u32 = 0xFFFF_FFFF;

/// Texts that are timed together: more than the first-level cache holds, less than the second.
const TEXTS_AT_ONCE: usize = 100;
const ROUNDS: usize = 30;

struct Input<'b>(&'b [u8]);

impl Input<'_> {
    fn number(&mut self) -> u32 {
        let (bytes, rest) = self.0.split_first_chunk().expect("the file ends too soon");
        self.0 = rest;
        u32::from_le_bytes(*bytes)
    }

    fn string(&mut self) -> Vec<u16> {
        let length = self.number() as usize;
        let (bytes, rest) = self.0.split_at(length * 2);
        self.0 = rest;
        bytes.as_chunks().0.iter().map(|&unit| u16::from_le_bytes(unit)).collect()
    }
}

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("the file can be read");
        report(&path, &mut Input(&bytes));
    }
}

fn report(path: &str, input: &mut Input) {
    let rules: Vec<_> = (0..input.number()).map(|_| (input.string(), input.string())).collect();
    let texts: Vec<_> =
        (0..input.number()).map(|_| (Haystack::new(input.string()), input.number())).collect();
    let bytes: usize = texts.iter().map(|(text, _)| text.bytes().len()).sum();

    let mut extraction = f64::MAX;
    let mut building = f64::MAX;
    let mut built = None;
    for _ in 0..5 {
        let begun = Instant::now();
        let requirements: Vec<_> = rules
            .iter()
            .zip(0..)
            .map(|((source, flags), rule)| {
                (rule, Requirement::of_pattern(source, flags).expect("the pattern is legal"))
            })
            .collect();
        extraction = extraction.min(begun.elapsed().as_secs_f64());
        if std::env::var_os("BUILD").is_some() {
            for _ in 0..300 {
                black_box(Prefilter::build(requirements.clone()));
            }
        }
        let begun = Instant::now();
        built = Some(Prefilter::build(requirements));
        building = building.min(begun.elapsed().as_secs_f64());
    }
    let prefilter = built.expect("it was built");
    println!(
        "{path}: {} rules, {} texts of {} bytes; parse and extract {:.2} ms, build {:.2} ms, {} KB; \
         {} rules with a short literal, {} without any",
        rules.len(),
        texts.len(),
        bytes / texts.len(),
        extraction * 1e3,
        building * 1e3,
        prefilter.memory() / 1024,
        prefilter.short().len(),
        prefilter.unfiltered().len(),
    );
    for &rule in prefilter.short() {
        let literals: Vec<_> = prefilter
            .literals_of(rule)
            .iter()
            .map(|l| String::from_utf8_lossy(l).into_owned())
            .collect();
        println!("  short: {} {literals:?}", String::from_utf16_lossy(&rules[rule as usize].0));
    }
    if std::env::var_os("NONE").is_some() {
        for &rule in prefilter.unfiltered() {
            println!("  none: {}", String::from_utf16_lossy(&rules[rule as usize].0));
        }
    }

    let mut scratch = PrefilterScratch::default();
    let (mut candidates, mut foreign, mut foreign_texts) = (0, 0, 0);
    let mut often = vec![0_u32; rules.len()];
    for (text, first) in &texts {
        let found = prefilter.scan(text.bytes(), &mut scratch);
        candidates += found.len();
        if *first == NONE_MATCHES {
            foreign += found.len();
            foreign_texts += 1;
            for &rule in found {
                often[rule as usize] += 1;
            }
        } else if *first != UNKNOWN {
            let known = found.contains(first) || prefilter.unfiltered().contains(first);
            assert!(known, "rule {first} matches a text and is no candidate");
        }
    }
    println!(
        "  candidates per text: {:.2}; where no rule matches: {:.2} ({foreign_texts} texts)",
        candidates as f64 / texts.len() as f64,
        f64::from(foreign as u32) / f64::from(foreign_texts.max(1)),
    );
    if std::env::var_os("OFTEN").is_some() {
        let mut order: Vec<_> = (0..rules.len()).collect();
        order.sort_by_key(|&rule| std::cmp::Reverse(often[rule]));
        for rule in order.into_iter().take(20) {
            let literals: Vec<_> = prefilter
                .literals_of(rule as u32)
                .iter()
                .map(|l| String::from_utf8_lossy(l).into_owned())
                .collect();
            println!("  {} {} {literals:?}", often[rule], String::from_utf16_lossy(&rules[rule].0));
        }
    }

    time("detected kernel", &prefilter, &texts);
    let prefilter = prefilter.with_kernel(Kernel::Portable);
    time("portable kernel", &prefilter, &texts);
}

/// The best of several rounds for each few texts: what else the machine does comes and goes. Once with texts that come from
/// the second-level cache, as they do when they have just been made; once with texts that come from beyond it.
fn time(what: &str, prefilter: &Prefilter, texts: &[(Haystack, u32)]) {
    let mut scratch = PrefilterScratch::default();
    let mut once = |few: &[(Haystack, u32)], best: &mut f64| {
        let begun = Instant::now();
        for (text, _) in few {
            black_box(prefilter.scan(black_box(text.bytes()), &mut scratch));
        }
        *best = best.min(begun.elapsed().as_secs_f64());
    };
    let mut warm = vec![f64::MAX; texts.len().div_ceil(TEXTS_AT_ONCE)];
    for (few, best) in texts.chunks(TEXTS_AT_ONCE).zip(&mut warm) {
        for _ in 0..ROUNDS {
            once(few, best);
        }
    }
    let mut cold = vec![f64::MAX; warm.len()];
    for _ in 0..ROUNDS {
        for (few, best) in texts.chunks(TEXTS_AT_ONCE).zip(&mut cold) {
            once(few, best);
        }
    }
    let nanoseconds = |best: Vec<f64>| best.iter().sum::<f64>() / texts.len() as f64 * 1e9;
    println!("  {what}: {:.0} ns per text, cold {:.0} ns", nanoseconds(warm), nanoseconds(cold));
}
