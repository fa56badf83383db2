#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the fuzz targets of tests/fuzz with libFuzzer, AddressSanitizer and UBSan, and prints what each did as a table.
#   scripts/fuzz.sh [SECONDS [TARGET ...]]     60 seconds for every target by default
# JOBS=2 in the environment runs two targets at a time. New inputs are kept under out/fuzz/TARGET/corpus; what breaks a target goes
# to out/fuzz/TARGET/findings, is tried first by the next run, and makes the exit status 1.
set -eu
cd "$(dirname "$0")/.."

# The parts, for one target each: it builds; it runs and leaves its row of the table behind.
if [ "${1:-}" = --build ]; then
  target=$2 folder=out/fuzz/$2
  mkdir -p "$folder"
  rm -f "$folder/fuzz"
  flags=
  case $target in
    ga4) flags=-lsimdjson ;;
    # The widest registers against plain code, without the checks at every access that take the compiler minutes.
    kernels) flags="-march=native -ffp-contract=off -fno-sanitize=alignment,null,object-size,pointer-overflow,vptr" ;;
  esac
  # shellcheck disable=SC2086
  exec clang++ -std=c++20 -O1 -g1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -D_GLIBCXX_ASSERTIONS \
    -isystem /usr/include/eigen3 -I include -I . "tests/fuzz/${target}_fuzz.cpp" -o "$folder/fuzz" $flags
fi
if [ "${1:-}" = --run ]; then
  seconds=$2 target=$3 folder=out/fuzz/$3
  mkdir -p "$folder/corpus" "$folder/findings"
  rm -f "$folder/row" "$folder/log"
  dictionary=
  if [ -f "tests/fuzz/$target.dict" ]; then dictionary=-dict=tests/fuzz/$target.dict; fi
  # Without -entropic=0 the fuzzer of clang 14 spends most of its time on statistics about its own corpus.
  found=none
  # shellcheck disable=SC2086
  ASAN_OPTIONS=malloc_context_size=4:quarantine_size_mb=16 \
    "$folder/fuzz" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=1024 -max_len=8192 -use_value_profile=1 -entropic=0 \
    -print_final_stats=1 -artifact_prefix="$folder/findings/" $dictionary \
    "$folder/corpus" "$folder/findings" "tests/fuzz/corpus/$target" >"$folder/log" 2>&1 || found="see $folder/log"
  number() { sed -n -E "s/^stat::$1: +([0-9]+)$/\1/p" "$folder/log"; }
  edges=$(sed -n -E 's/.* cov: ([0-9]+) .*/\1/p' "$folder/log" | tail -n 1)
  all=$(sed -n -E 's/^INFO: Loaded 1 PC tables \(([0-9]+) PCs\).*/\1/p' "$folder/log" | head -n 1)
  printf '%-11s %11s %9s %14s %8s  %s\n' "$target" "$(number number_of_executed_units)" "$(number average_exec_per_sec)" \
    "${edges:-0} of ${all:-0}" "$(number new_units_added)" "$found" >"$folder/row"
  exit 0
fi

sh scripts/bootstrap.sh build test clang
seconds=${1:-60}
[ $# -eq 0 ] || shift
if [ $# -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do set -- "$@" "$(basename "$source" _fuzz.cpp)"; done
fi
status=0
printf '%s\n' "$@" | xargs -n 1 -P "${JOBS:-1}" sh scripts/fuzz.sh --build
printf '%s\n' "$@" | xargs -n 1 -P "${JOBS:-1}" sh scripts/fuzz.sh --run "$seconds"
printf '%-11s %11s %9s %14s %8s  %s\n' target executions 'a second' 'edges reached' 'new ones' findings
for target in "$@"; do
  cat "out/fuzz/$target/row"
  grep -q ' none$' "out/fuzz/$target/row" || status=1
done
exit $status
