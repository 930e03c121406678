//! The addon: Node-API and nothing else. It is the only crate of the workspace that knows of Node.
//!
//! The way of a call is read → enqueue → settle:
//!
//! - `api` has the public functions.
//! - `read` reads the caller's values on the JavaScript thread, before the function returns.
//!   `buffers` has the memory that texts are copied into.
//! - `queue` holds the texts until a worker on libuv's pool classifies them by the crate `matcher`.
//!   `loadRules` runs the crate on a thread of its own instead.
//! - `calls` makes the promises and settles them on the JavaScript thread, with a verdict, a
//!   `report` or an `error`.
//! - `node` wraps Node-API. All unsafe code is there.
//!
//! Three invariants:
//!
//! - A public function neither throws nor ends the process: every failure, a panic included, is a
//!   rejected promise.
//! - When a public function returns, no exception is pending in the environment, whatever the
//!   caller's values did.
//! - What the caller can change later is copied before the function returns.

// a borrowed `Env` bounds the lifetime of the handles that are made in it
#![allow(clippy::trivially_copy_pass_by_ref)]
// napi registers nothing in a test build, and what is not registered is not used
#![cfg_attr(test, allow(dead_code))]

#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: matcher::mem::Allocator = matcher::mem::Allocator;

mod api;
mod buffers;
mod calls;
mod error;
mod fault;
mod node;
mod queue;
mod read;
mod report;
mod statistics;
