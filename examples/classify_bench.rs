//! The engine alone, as a peer of the benchmarks: bytes in, index of the first matching rule out.
//!
//! `classify_bench RULES`, where RULES is the list as JSON. It prints what loading cost, then obeys lines on its input as
//! `bench/programs/vectorscan.cpp` does, and answers each with a line of JSON:
//!
//! - `texts FILE`: read the texts. Little-endian u32 count, then per text its test's name and its error, each UTF-8 after a u32 length
//! - `pass FROM COUNT PASSES`: classify these texts so often; the CPU time that it took
//! - `first FROM COUNT FILE`: classify them once and write the rule that each gets, as little-endian u32s, `0xFFFF_FFFF` for none;
//!   the CPU time that it took
#![allow(clippy::print_stdout, reason = "it is a program that reports")]

use std::fs;
use std::io::{self, BufRead};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use known_failures::matcher::{Ansi, Matcher, Scratch};
use known_failures::rules::{FieldNames, JsonText, parse_json};

const NONE: u32 = 0xFFFF_FFFF;

/// A failed test as the engine takes it.
struct Text {
    test: String,
    error: String,
}

fn main() {
    let list = std::env::args().nth(1).expect("usage: classify_bench RULES");
    let json = fs::read(list).expect("the rules can be read");
    let begun = (Instant::now(), cpu_time());
    let entries = parse_json(JsonText::Bytes(json), &FieldNames::default()).expect("it is a list");
    let matcher = Matcher::build(entries, Ansi::Strip, false).expect("it is not strict");
    let (wall, cpu) = (begun.0.elapsed(), cpu_time().checked_sub(begun.1).unwrap());
    let refused: Vec<_> = matcher.report.rejected.iter().map(|rule| rule.index).collect();
    println!(
        "{{\"compileMs\":{:.3},\"compileCpuMs\":{:.3},\"refused\":{refused:?}}}",
        wall.as_secs_f64() * 1e3,
        cpu.as_secs_f64() * 1e3
    );

    let mut texts = Vec::new();
    let mut scratch = Scratch::default();
    for line in io::stdin().lock().lines() {
        let line = line.expect("the input is text");
        let words: Vec<_> = line.splitn(4, ' ').collect();
        let answer = match words[..] {
            ["texts", path] => {
                texts = read_texts(path);
                format!("{{\"texts\":{}}}", texts.len())
            }
            ["pass", from, count, passes] => {
                let these = slice(&texts, from, count);
                let mut sum = 0_u32;
                let begun = cpu_time();
                for _ in 0..passes.parse().expect("a number of passes") {
                    for text in these {
                        sum = sum.wrapping_add(first(&matcher, text, &mut scratch));
                    }
                }
                let cpu = cpu_time().checked_sub(begun).unwrap();
                format!("{{\"cpuNs\":{},\"sum\":{sum}}}", cpu.as_nanos())
            }
            ["first", from, count, path] => {
                let these = slice(&texts, from, count);
                let begun = cpu_time();
                let rules: Vec<_> =
                    these.iter().map(|text| first(&matcher, text, &mut scratch)).collect();
                let cpu = cpu_time().checked_sub(begun).unwrap();
                let bytes: Vec<_> = rules.into_iter().flat_map(u32::to_le_bytes).collect();
                fs::write(path, bytes).expect("the answers can be written");
                format!("{{\"cpuNs\":{}}}", cpu.as_nanos())
            }
            _ => panic!("unknown command: {line}"),
        };
        println!("{answer}");
    }
}

fn first(matcher: &Matcher, text: &Text, scratch: &mut Scratch) -> u32 {
    let never = AtomicBool::new(false);
    let verdict = matcher.classify_utf8(&text.test, &text.error, scratch, &never);
    verdict.ok().and_then(|verdict| verdict.hit).map_or(NONE, |hit| hit.rule)
}

fn slice<'t>(texts: &'t [Text], from: &str, count: &str) -> &'t [Text] {
    let number = |word: &str| word.parse::<usize>().expect("a number of texts");
    &texts[number(from)..][..number(count)]
}

fn read_texts(path: &str) -> Vec<Text> {
    let file = fs::read(path).expect("the texts can be read");
    let mut rest = file.as_slice();
    let count = number(&mut rest);
    (0..count).map(|_| Text { test: string(&mut rest), error: string(&mut rest) }).collect()
}

fn number(rest: &mut &[u8]) -> u32 {
    let (bytes, after) = rest.split_first_chunk().expect("the file ends too soon");
    *rest = after;
    u32::from_le_bytes(*bytes)
}

fn string(rest: &mut &[u8]) -> String {
    let length = number(rest) as usize;
    let (bytes, after) = rest.split_at(length);
    *rest = after;
    std::str::from_utf8(bytes).expect("the texts are UTF-8").to_owned()
}

/// CPU time of this process, all threads: the clock that the C++ peer reads, too.
fn cpu_time() -> Duration {
    #[repr(C)]
    struct TimeSpec {
        seconds: i64,
        nanoseconds: i64,
    }
    /// On Linux.
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    unsafe extern "C" {
        fn clock_gettime(clock: i32, time: *mut TimeSpec) -> i32;
    }
    let mut time = TimeSpec { seconds: 0, nanoseconds: 0 };
    // SAFETY: the layout is that of a 64-bit Linux's `struct timespec`, and the pointer is to one
    let result = unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(result, 0, "the kernel tells CPU time");
    Duration::new(time.seconds.cast_unsigned(), time.nanoseconds.cast_unsigned() as u32)
}
