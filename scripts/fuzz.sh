#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the fuzz targets of tests/fuzz with libFuzzer, AddressSanitizer and UBSan, and prints what each did.
#   scripts/fuzz.sh [SECONDS [TARGET ...]]     60 seconds for every target by default
# New inputs are kept under out/fuzz/; findings are written there too, and make the exit status 1.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh build test clang

seconds=${1:-60}
[ $# -eq 0 ] || shift
if [ $# -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do set -- "$@" "$(basename "$source" _fuzz.cpp)"; done
fi

status=0
for target in "$@"; do
  folder=out/fuzz/$target
  mkdir -p "$folder/corpus" "tests/fuzz/corpus/$target"
  echo "== $target"
  libraries=
  if [ "$target" = ga4 ]; then libraries=-lsimdjson; fi
  # shellcheck disable=SC2086
  clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -D_GLIBCXX_ASSERTIONS \
    -isystem /usr/include/eigen3 -I include -I . "tests/fuzz/${target}_fuzz.cpp" -o "$folder/fuzz" $libraries
  "$folder/fuzz" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=8192 -use_value_profile=1 \
    -print_final_stats=1 -artifact_prefix="$folder/" "$folder/corpus" "tests/fuzz/corpus/$target" >"$folder/log" 2>&1 ||
    status=1
  grep -E 'stat::number_of_executed_units|stat::peak_rss_mb|ERROR|SUMMARY' "$folder/log" || true
  grep -E 'cov: [0-9]+' "$folder/log" | tail -n 1
done
exit $status
