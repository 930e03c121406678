//! The fuzz targets without a fuzzer: the seeds, and random changes of them, for some seconds each.
//! It needs neither nightly nor a C++ compiler. Without coverage it finds less; `run.sh` is the
//! real thing.
//!
//! `FUZZ_SECONDS=… SEED=… cargo test --release --test short_run` sets the seconds for each target
//! (5 unless told) and repeats a run. A failing input is written to `artifacts`, one that hangs or
//! overflows the stack too.

use std::fs;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// One input that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);
const MAX_INPUT_BYTES: usize = 512;

#[test]
fn engines_text() {
    run("engines_text", known_failures_fuzz::engines_text);
}

#[test]
fn engines_grammar() {
    run("engines_grammar", known_failures_fuzz::engines_grammar);
}

#[test]
fn parser() {
    run("parser", known_failures_fuzz::parser);
}

#[test]
fn loader() {
    run("loader", known_failures_fuzz::loader);
}

#[test]
fn ansi() {
    run("ansi", known_failures_fuzz::ansi);
}

#[test]
fn matcher() {
    run("matcher", known_failures_fuzz::matcher);
}

/// One target at a time: what is measured is time, too.
static TURN: Mutex<()> = Mutex::new(());

fn run(name: &str, target: fn(&[u8])) {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let variable = |name| std::env::var(name).ok().map(|value| value.parse::<u64>().expect(name));
    let end = Instant::now() + Duration::from_secs(variable("FUZZ_SECONDS").unwrap_or(5));
    let seed = variable("SEED").unwrap_or_else(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.subsec_nanos().into())
    });
    say(&format!("{name}: SEED={seed}"));

    let seeds = seeds(name);
    let mut random = Random(seed);
    let (watch, watchdog) = watchdog(name);
    let mut inputs = 0_u64;
    while inputs < seeds.len() as u64 || Instant::now() < end {
        let input = match seeds.get(inputs as usize) {
            Some(seed) => seed.clone(),
            None => changed(&mut random, &seeds),
        };
        let _ = watch.send(input.clone());
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(&input))) {
            say(&format!("{name} fails on {}", kept(name, "crash", &input).display()));
            resume_unwind(panic);
        }
        inputs += 1;
    }
    drop(watch);
    watchdog.join().expect("it has seen every input end");
    say(&format!("{name}: {inputs} inputs"));
}

/// Past the test runner, which would keep it back: a stack overflow leaves no time to show it.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn folder(kind: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(name)
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = folder("seeds", name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the seeds are committed")
        .map(|file| file.expect("a readable folder").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no seeds in {}", folder.display());
    files.iter().map(|file| fs::read(file).expect("a readable file")).collect()
}

/// Writes an input that failed where it can be run again.
fn kept(name: &str, why: &str, input: &[u8]) -> PathBuf {
    let folder = folder("artifacts", name);
    fs::create_dir_all(&folder).expect("a writable folder");
    let file = folder.join(format!("{why}-short-run"));
    fs::write(&file, input).expect("a writable folder");
    file
}

/// Ends the process when an input takes too long: a search cannot be ended from outside.
fn watchdog(name: &str) -> (Sender<Vec<u8>>, thread::JoinHandle<()>) {
    let (sender, receiver) = channel::<Vec<u8>>();
    let name = name.to_owned();
    let thread = thread::spawn(move || {
        let mut current = Vec::new();
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(input) => current = input,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    say(&format!("{name} hangs on {}", kept(&name, "hang", &current).display()));
                    std::process::exit(1);
                }
            }
        }
    });
    (sender, thread)
}

/// A seed, or two, with a few changes.
fn changed(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut input = if random.below(8) == 0 {
        (0..random.below(200)).map(|_| random.below(256) as u8).collect()
    } else {
        seeds[random.below(seeds.len())].clone()
    };
    for _ in 0..=random.below(6) {
        let from = random.below(input.len() + 1);
        let to = (from + random.below(8)).min(input.len());
        match random.below(6) {
            0 => drop(input.drain(from..to)),
            1 => drop(input.splice(from..from, [random.below(256) as u8])),
            2 => input.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
            3 => {
                let again = input[from..to].to_vec();
                drop(input.splice(from..from, again));
            }
            4 => {
                let byte = random.below(256) as u8;
                drop(input.splice(from..to.min(from + 1), [byte]));
            }
            _ => {
                let other = &seeds[random.below(seeds.len())];
                let begin = random.below(other.len() + 1);
                let end = (begin + random.below(24)).min(other.len());
                drop(input.splice(from..to, other[begin..end].iter().copied()));
            }
        }
    }
    input.truncate(MAX_INPUT_BYTES);
    input
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
