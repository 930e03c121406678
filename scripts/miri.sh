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

# a crate, and the modules of it that have unsafe code
miri() {
  local crate=$1
  shift
  for module in "$@"; do
    cargo +nightly miri test --quiet --package "$crate" --lib -- "$module"
  done
}

miri known-failures-matcher mem:: prefilter::fold::
miri known-failures-regexp backtrack::packed::

echo 'once more, under Tree Borrows'
export MIRIFLAGS="$MIRIFLAGS -Zmiri-tree-borrows"
miri known-failures-matcher mem:: prefilter::fold::
miri known-failures-regexp backtrack::packed::
