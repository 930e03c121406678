//! A peer of the benchmarks: `bench/harness/child.mjs` drives it.
//!
//! It obeys lines on its input as `bench/programs/vectorscan.cpp` does, and answers each with a
//! line of JSON:
//!
//! - `texts FILE`: read the texts, see [`read_texts`]
//! - `pass FROM COUNT PASSES`: classify a range of the texts, PASSES times; answers with the CPU
//!   time
//! - `first FROM COUNT FILE`: classify a range once and write the rule that each text gets, as
//!   little-endian u32s, `0xFFFF_FFFF` for none; answers with the CPU time
#![allow(clippy::print_stdout, reason = "standard output is the protocol")]

use std::fs;
use std::io::{self, BufRead};

use cpu_time::ProcessTime;

const NONE: u32 = 0xFFFF_FFFF;

/// A failed test as the engine takes it.
pub struct Text {
    /// The name of the test.
    pub test: String,
    /// The error it failed with.
    pub error: String,
}

/// Obeys until the input ends. `first` gives the first rule that matches a text, by its index in
/// the list.
///
/// CPU time is that of all threads: a busy machine must not make an engine look slow.
///
/// # Panics
///
/// If a command is malformed.
pub fn serve(mut first: impl FnMut(&Text) -> Option<u32>) {
    let mut first = |text: &Text| first(text).unwrap_or(NONE);
    let mut texts = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line.expect("the input is text");
        let (command, arguments) = line.split_once(' ').unwrap_or((&line, ""));
        // a path is the last argument, and may have spaces
        let arguments: Vec<_> =
            arguments.splitn(if command == "texts" { 1 } else { 3 }, ' ').collect();
        let answer = match (command, &arguments[..]) {
            ("texts", [path]) => {
                texts = read_texts(path);
                format!("{{\"texts\":{}}}", texts.len())
            }
            ("pass", [from, count, passes]) => {
                let range = slice(&texts, from, count);
                let mut sum = 0_u32;
                let started = ProcessTime::now();
                for _ in 0..passes.parse().expect("a number of passes") {
                    for text in range {
                        sum = sum.wrapping_add(first(text));
                    }
                }
                let cpu = started.elapsed();
                format!("{{\"cpuNs\":{},\"sum\":{sum}}}", cpu.as_nanos())
            }
            ("first", [from, count, path]) => {
                let range = slice(&texts, from, count);
                let started = ProcessTime::now();
                let rules: Vec<_> = range.iter().map(&mut first).collect();
                let cpu = started.elapsed();
                let bytes: Vec<_> = rules.into_iter().flat_map(u32::to_le_bytes).collect();
                fs::write(path, bytes).expect("the answers can be written");
                format!("{{\"cpuNs\":{}}}", cpu.as_nanos())
            }
            _ => panic!("unknown command: {line}"),
        };
        println!("{answer}");
    }
}

fn slice<'t>(texts: &'t [Text], from: &str, count: &str) -> &'t [Text] {
    let number = |word: &str| word.parse::<usize>().expect("a number of texts");
    &texts[number(from)..][..number(count)]
}

/// Reads the texts of a file: a little-endian u32 count, then per text the name of its test and its
/// error, each UTF-8 after a u32 length.
///
/// # Panics
///
/// If there is no such file, or its format is another one.
pub fn read_texts(path: &str) -> Vec<Text> {
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
