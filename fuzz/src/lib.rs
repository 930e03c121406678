//! What the fuzzers try: each target takes bytes, makes a case of them and panics where a claim
//! about it fails.
//!
//! A target is an ordinary function, so that three drivers can share it: libFuzzer
//! (`fuzz_targets`), the short run without coverage that any stable toolchain can do
//! (`tests/short_run.rs`), and to replay a crashing input.

mod ansi;
mod bytes;
mod engines;
mod grammar;
mod loader;
mod matcher;
mod parser;

pub use self::ansi::ansi;
pub use self::engines::{engines_grammar, engines_text};
pub use self::loader::loader;
pub use self::matcher::matcher;
pub use self::parser::parser;
