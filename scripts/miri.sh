#!/usr/bin/env bash
# The crates' own memory code under Miri, which finds undefined behaviour: `bash scripts/miri.sh`.
# Needs a nightly toolchain, and says so where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! rustup run nightly rustc --version >/dev/null 2>&1; then
  echo 'skipped: Miri needs a nightly toolchain (rustup toolchain install nightly)'
  exit 0
fi
if ! rustup run nightly cargo miri --version >/dev/null 2>&1; then
  rustup component add miri rust-src --toolchain nightly
fi

export CARGO_TARGET_DIR=target/miri
# alignment as the code asks for it, not as an allocation happens to have it
export MIRIFLAGS='-Zmiri-symbolic-alignment-check'

# the modules with unsafe code; `regexp` forbids it
miri() {
  for module in mem:: prefilter::fold::; do
    cargo +nightly miri test --quiet --package known-failures-matcher --lib -- "$module"
  done
}

miri
echo 'once more, under Tree Borrows'
MIRIFLAGS="$MIRIFLAGS -Zmiri-tree-borrows" miri
