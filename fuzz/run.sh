#!/bin/sh
# Coverage-guided fuzzing with libFuzzer, on any toolchain that has a C++ compiler beside it (stable will do).
#
#   fuzz/run.sh TARGET [SECONDS] [libFuzzer options …]      one target
#   fuzz/run.sh all [SECONDS each]                          all of them, one after the other
#
# New inputs go to fuzz/corpus, failures to fuzz/artifacts; `fuzz/run.sh TARGET 0 FILE` runs one input again.
set -eu
cd "$(dirname "$0")"

target=${1:?usage: fuzz/run.sh TARGET [SECONDS] [libFuzzer options]}
seconds=${2:-60}
[ $# -ge 2 ] && shift 2 || shift
if [ "$target" = all ]; then
  for file in fuzz_targets/*.rs; do
    ./run.sh "$(basename "$file" .rs)" "$seconds"
  done
  exit
fi

# What `cargo fuzz build --sanitizer none` sets. No sanitizer: scripts/miri.sh checks the unsafe code. `--target` keeps the
# flags away from build scripts.
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0"
cargo build --release --features libfuzzer --target "$host" --bin "$target"
binary=${CARGO_TARGET_DIR:-target}/$host/release/$target

mkdir -p "artifacts/$target"
if [ "$seconds" = 0 ]; then
  exec "$binary" "$@"
fi
case $target in
  engines_text | parser | ansi) dictionary=-dict=regexp.dict ;;
  loader) dictionary=-dict=json.dict ;;
  *) dictionary= ;;
esac
mkdir -p "corpus/$target" "seeds/$target"
exec "$binary" -artifact_prefix="artifacts/$target/" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
  -max_len=512 -print_final_stats=1 $dictionary "$@" "corpus/$target" "seeds/$target"
