//! The Node-API surface: thin, and the only crate of the workspace that knows of Node.
//!
//! A call is read at once on the JavaScript thread (`js` and what stands on it: `options`, `rule_list`, `test_name`,
//! `error_text`, `abort`), worked by the engine (`load` on a thread of its own; `classify` on libuv's pool, through `queue`), and answered on the
//! JavaScript thread (`report`, `environment`, `promises`, `failure`). Three invariants:
//!
//! - a public function never throws and never ends the process: whatever goes wrong, a panic included, is a rejection;
//! - after a public function no exception is pending in the environment, whatever the caller's values did;
//! - what the caller may change later is copied before the function returns.

// a borrowed `Env` bounds the lifetime of the handles that are made in it
#![allow(clippy::trivially_copy_pass_by_ref)]
// napi registers nothing in a test build, and what is not registered is not used
#![cfg_attr(test, allow(dead_code))]

mod api;
mod buffers;
mod calls;
mod error;
mod node;
mod queue;
mod read;
mod report;
