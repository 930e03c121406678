//! known-failures: tells whether a failed test is a known failure.
//!
//! The engine below `binding` is a plain Rust library that knows nothing of Node. Data flows one way:
//! `rules` (a list becomes rules) → `regexp` (a pattern becomes a program, a program meets a text) →
//! `matcher` (the rules in list order give a verdict) → `store` (the matcher in force) → `binding` (JavaScript).

mod binding;
mod compilation;
mod huge;
pub mod judgement;
pub mod limits;
pub mod matcher;
mod parallel;
mod part;
mod prefetch;
pub mod prefilter;
pub mod regexp;
pub mod rules;
pub mod store;
pub mod text;
pub mod unicode;
