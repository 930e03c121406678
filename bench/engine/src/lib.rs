//! What the benchmark programs written in Rust share.
#![allow(clippy::print_stdout, reason = "programs that report")]

pub mod cpu_time;
pub mod peer;
