#!/usr/bin/env bash
# The tests of the prefilter's kernels on an emulated 64-bit ARM, for those of NEON: `bash scripts/arm-kernels.sh`.
# Takes half a minute. Says what is missing where it cannot be done.
set -euo pipefail
cd "$(dirname "$0")/.."

target=aarch64-unknown-linux-musl
if [ "$(uname -m)" != aarch64 ] && ! qemu-aarch64 --version >/dev/null 2>&1; then
  echo 'skipped: qemu-aarch64 is missing: apt-get install qemu-user'
  exit 0
fi
if [ ! -d "$(rustc --print target-libdir --target $target)" ] && ! rustup target add $target; then
  echo "skipped: the standard library of $target is missing"
  exit 0
fi

# musl, because Rust brings all that links it
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER=rust-lld
if [ "$(uname -m)" != aarch64 ]; then
  export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUNNER=qemu-aarch64
fi
cargo test --quiet --target $target --package known-failures-matcher --lib -- prefilter::sieve prefilter::shapes
