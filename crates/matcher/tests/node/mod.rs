//! Node as an oracle: one process for a whole batch.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// What the oracle `script`, a file beside this one, prints when it is given `input`.
pub fn run(script: &str, input: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node").join(script);
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test compares with Node, so `node` must be on the path");
    let mut stdin = node.stdin.take().expect("it is piped");
    thread::scope(|scope| {
        // on another thread than the reader: each could wait for the other at a full pipe
        scope.spawn(move || stdin.write_all(input.as_bytes()).expect("node reads all of it"));
        let output = node.wait_with_output().expect("node ends");
        assert!(output.status.success(), "node failed: {}", output.status);
        String::from_utf8(output.stdout).expect("the script prints ASCII")
    })
}

/// Appends `bytes` in hexadecimal.
pub fn hex(text: &mut String, bytes: impl Iterator<Item = u8>) {
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
}
