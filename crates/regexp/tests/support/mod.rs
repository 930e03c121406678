//! What the integration tests share.
#![allow(dead_code, reason = "each test is a crate of its own and uses a part of this")]

use std::io::Write as _;
use std::process::{Command, Stdio};

/// A text in UTF-16.
pub fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// Runs a script of this folder's parent with `node`, and returns what it prints about `input`.
pub fn ask_node(script: &str, input: &str) -> String {
    let mut node = Command::new("node")
        .arg(format!("{}/tests/{script}", env!("CARGO_MANIFEST_DIR")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed");
    let mut stdin = node.stdin.take().expect("stdin is piped");
    stdin.write_all(input.as_bytes()).expect("the script reads");
    drop(stdin);
    let output = node.wait_with_output().expect("the script ends");
    assert!(output.status.success(), "{script} failed: {}", output.status);
    String::from_utf8(output.stdout).expect("the script prints UTF-8")
}
