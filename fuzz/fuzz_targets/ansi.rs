#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| known_failures_fuzz::ansi(input));
