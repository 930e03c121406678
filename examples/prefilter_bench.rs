//! How long does the prefilter take per error, and how many rules does it leave? (In nanoseconds of wall time and candidates.)
//!
//! `prefilter_bench FILE...`: each file is, in little-endian, a u32 number of rules, of each its pattern and its flags
//! (u32 length in UTF-16 units, units), a u32 number of texts, and each text (the same) with a u32 that is the first rule that matches it
//! (0xFFFFFFFE: none does; 0xFFFFFFFF: not known).
#![allow(clippy::print_stdout, reason = "it is a program that reports")]
#![allow(clippy::cast_precision_loss, reason = "it reports means of small numbers")]

use std::hint::black_box;
use std::time::Instant;

use aho_corasick::AhoCorasick;
use known_failures::prefilter::{Kernel, Prefilter, PrefilterScratch, Requirement};
use known_failures::regexp::Haystack;

const NONE_MATCHES: u32 = 0xFFFF_FFFE;
const UNKNOWN: u32 = 0xFFFF_FFFF;

/// Texts that are timed together: more than the first-level cache holds, less than the second.
const TEXTS_AT_ONCE: usize = 100;
const ROUNDS: usize = 30;
const BUILDS: usize = 20;

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

    let (mut extraction, mut building) = (f64::MAX, f64::MAX);
    let mut built = None;
    for _ in 0..BUILDS {
        let begun = Instant::now();
        let requirements: Vec<_> = rules
            .iter()
            .zip(0..)
            .map(|((source, flags), rule)| {
                (rule, Requirement::of_pattern(source, flags).expect("the pattern is legal"))
            })
            .collect();
        extraction = extraction.min(begun.elapsed().as_secs_f64());
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

    let mut scratch = PrefilterScratch::default();
    let (mut candidates, mut foreign, mut foreign_texts) = (0, 0, 0);
    for (text, first) in &texts {
        let found = prefilter.scan(text.bytes(), text.unit_bytes(), &mut scratch);
        candidates += found.len();
        if *first == NONE_MATCHES {
            foreign += found.len();
            foreign_texts += 1;
        } else if *first != UNKNOWN {
            let known = found.iter().any(|candidate| candidate.rule == *first)
                || prefilter.unfiltered().contains(first);
            assert!(known, "rule {first} matches a text and is no candidate");
        }
    }
    println!(
        "  candidates per text: {:.2}; where no rule matches: {:.2} ({foreign_texts} texts)",
        candidates as f64 / texts.len() as f64,
        f64::from(foreign as u32) / f64::from(foreign_texts.max(1)),
    );
    let peer = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build((0..rules.len() as u32).flat_map(|rule| prefilter.literals_of(rule)))
        .expect("the literals are few");
    println!(
        "  (kernel {:?}; aho-corasick takes {} KB)",
        Kernel::detect(),
        peer.memory_usage() / 1024
    );
    let mut scratch = PrefilterScratch::default();
    time("prefilter", &texts, |text| prefilter.scan(text, 3, &mut scratch).len());
    let portable = prefilter.with_kernel(Kernel::Portable);
    time("prefilter, portable kernel", &texts, |text| portable.scan(text, 3, &mut scratch).len());
    time("aho-corasick over the same literals", &texts, |text| {
        peer.find_overlapping_iter(text).count()
    });
}

/// The best of several rounds for each few texts: what else the machine does comes and goes. Once with texts that come from
/// the second-level cache, as they do when they have just been made; once with texts that come from beyond it.
fn time(what: &str, texts: &[(Haystack, u32)], mut scan: impl FnMut(&[u8]) -> usize) {
    let mut once = |few: &[(Haystack, u32)], best: &mut f64| {
        let begun = Instant::now();
        for (text, _) in few {
            black_box(scan(black_box(text.bytes())));
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
