//! What does a loaded rule, a built engine and an automaton take, in live bytes on the heap? The
//! allocator's own overhead is not in it.
//!
//! `memory RULES TEXTS`: the list as JSON, and texts as `peer` reads them; rule i matches text i.
//! Prints one line of JSON.
#![allow(clippy::print_stdout, reason = "standard output is the protocol")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use known_failures_bench::peer;
use matcher::rules::{JsonText, PatternSource, RuleFormat, parse_json};
use matcher::{self, BuildOptions, Matcher, Ticket};
use regexp::{Haystack, Pattern, Scratch};

/// The system's allocator, counting.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static HIGHEST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        HIGHEST.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `dealloc`
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

fn main() {
    let paths: Vec<_> = std::env::args().skip(1).collect();
    let [rules, texts] = &paths[..] else { panic!("usage: memory RULES TEXTS") };
    let texts: Vec<Vec<u16>> =
        peer::read_texts(texts).iter().map(|text| text.error.encode_utf16().collect()).collect();

    let json = fs::read(rules).expect("the rules can be read");
    let before = live();
    HIGHEST.store(before, Ordering::Relaxed);
    let size = json.len();
    let entries = parse_json(&JsonText::Bytes(json), &RuleFormat::default()).expect("it is a list");
    let patterns: Vec<PatternSource> =
        entries.iter().flatten().map(|rule| rule.error.clone()).collect();
    let copied: usize =
        patterns.iter().map(|p| p.source.bytes().len() + 2 * p.flags.len()).sum::<usize>()
            + patterns.capacity() * size_of::<PatternSource>();
    let options = BuildOptions::default();
    let (matcher, report, leftovers) =
        Matcher::build(entries, options, Ticket::default()).expect("it is not strict");
    let active = report.active;
    drop((report, leftovers));
    let loaded = live() - (before - size) - copied;
    let highest = HIGHEST.load(Ordering::Relaxed) - (before - size) - copied;

    let mut scratch = matcher::Scratch::default();
    let never = AtomicBool::new(false);
    let before = live();
    for text in &texts {
        let _ = matcher.classify(&[], Some(text.clone()), &mut scratch, &never);
    }
    let classified = live() - before;

    // one pattern at a time, outside the matcher: its parsed form, then its engine
    let mut pattern_bytes = Vec::new();
    let mut engine_bytes = Vec::new();
    let mut automaton_bytes = Vec::new();
    for (source, text) in patterns.iter().zip(&texts) {
        let before = live();
        let Ok(pattern) = Pattern::new(&source.source.units(), &source.flags) else { continue };
        pattern_bytes.push(live() - before);
        let haystack = Haystack::new(text.clone());
        let before = live();
        // the scratch is no pattern's own
        pattern.find(&haystack, &mut Scratch::default(), &never);
        engine_bytes.push(live() - before);
        let before = live();
        if pattern.find_automaton(&haystack).is_some() {
            automaton_bytes.push(live() - before);
        }
    }
    println!(
        "{{\"rules\":{},\"loadedBytes\":{loaded},\"highestBytes\":{highest},\
         \"allClassifiedBytes\":{classified},\"pattern\":{},\"engine\":{},\"automaton\":{}}}",
        active,
        summary(&mut pattern_bytes),
        summary(&mut engine_bytes),
        summary(&mut automaton_bytes)
    );
}

fn summary(bytes: &mut [usize]) -> String {
    bytes.sort_unstable();
    let total: usize = bytes.iter().sum();
    let at = |percent: usize| bytes[(bytes.len() - 1) * percent / 100];
    format!(
        "{{\"mean\":{},\"median\":{},\"p99\":{},\"max\":{}}}",
        total / bytes.len(),
        at(50),
        at(99),
        at(100)
    )
}
