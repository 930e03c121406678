//! Memory per loaded rule, per built engine and per automaton, as the allocator sees it: live bytes on the heap, nothing of
//! the allocator's own.
//!
//! `memory_bench RULES TEXTS`: the list as JSON, and texts as `classify_bench` takes them, of which text i is one that rule i matches.
//! Prints one line of JSON.
#![allow(clippy::print_stdout, reason = "it is a program that reports")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use matcher::rules::{FieldNames, JsonText, PatternSource, parse_json};
use matcher::{self, Ansi, BuildOptions, Matcher, Ticket};
use regexp::{Haystack, Pattern, Scratch};

/// The system's allocator, counting.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static HIGHEST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on as it came
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        HIGHEST.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller's promise
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise
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
    let [rules, texts] = &paths[..] else { panic!("usage: memory_bench RULES TEXTS") };
    let texts = read_texts(texts);

    let json = fs::read(rules).expect("the rules can be read");
    let before = live();
    HIGHEST.store(before, Ordering::Relaxed);
    let size = json.len();
    let entries = parse_json(JsonText::Bytes(json), &FieldNames::default()).expect("it is a list");
    let patterns: Vec<PatternSource> =
        entries.iter().flatten().map(|rule| rule.error.clone()).collect();
    let copied: usize =
        patterns.iter().map(|p| 2 * (p.source.len() + p.flags.len())).sum::<usize>()
            + patterns.capacity() * size_of::<PatternSource>();
    let options = BuildOptions { ansi: Ansi::Strip, strict: false };
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

    // one pattern at a time, away from the matcher: what its parsed form takes, and its engine when it has been run
    let mut pattern_bytes = Vec::new();
    let mut engine_bytes = Vec::new();
    let mut automaton_bytes = Vec::new();
    for (source, text) in patterns.iter().zip(&texts) {
        let before = live();
        let Ok(pattern) = Pattern::new(&source.source, &source.flags) else { continue };
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
        "{{\"rules\":{},\"jsonBytes\":{size},\"loadedBytes\":{loaded},\"highestBytes\":{highest},\"allClassifiedBytes\":{classified},\
         \"pattern\":{},\"engine\":{},\"automaton\":{}}}",
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

fn read_texts(path: &str) -> Vec<Vec<u16>> {
    let file = fs::read(path).expect("the texts can be read");
    let mut rest = file.as_slice();
    let count = number(&mut rest);
    let mut error = || {
        string(&mut rest);
        string(&mut rest).encode_utf16().collect()
    };
    (0..count).map(|_| error()).collect()
}

fn number(rest: &mut &[u8]) -> u32 {
    let (bytes, after) = rest.split_first_chunk().expect("the file ends too soon");
    *rest = after;
    u32::from_le_bytes(*bytes)
}

fn string<'t>(rest: &mut &'t [u8]) -> &'t str {
    let length = number(rest) as usize;
    let (bytes, after) = rest.split_at(length);
    *rest = after;
    std::str::from_utf8(bytes).expect("the texts are UTF-8")
}
