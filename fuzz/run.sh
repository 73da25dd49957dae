#!/bin/sh
# Fuzzes a target for some seconds with a stable compiler: fuzz/run.sh quick_add 60
# The first inputs are the lines of the tables that the tests use.
set -eu
cd "$(dirname "$0")"
target=${1:?which target}
seconds=${2:-60}
corpus=corpus/$target
mkdir -p "$corpus" "artifacts/$target"
if [ "$target" = quick_add ]; then
  n=0
  for locale in 0:english 3:american 6:german 9:spanish 12:arabic; do
    # Which context, where the caret is, and the text: as the target reads them.
    which=$(printf '\\%03o' "${locale%%:*}")
    while IFS= read -r line; do
      case $line in '' | '## '*) continue ;; esac
      n=$((n + 1))
      printf "$which\\000\\000%s" "${line%% => *}" > "$corpus/table-$n"
    done < "../crates/model/tests/quick_add/${locale#*:}.txt"
  done
fi
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1" \
  cargo build --release --target "$host" --bin "$target"
exec "target/$host/release/$target" "$corpus" -artifact_prefix="artifacts/$target/" -max_len=200 -timeout=5 \
  -max_total_time="$seconds" -print_final_stats=1
